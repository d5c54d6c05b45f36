"""How profiles are made."""

from __future__ import annotations

from azureml._local.later import absent as _absent

DatasetProfileRunConfig = _absent(__name__, "DatasetProfileRunConfig")
