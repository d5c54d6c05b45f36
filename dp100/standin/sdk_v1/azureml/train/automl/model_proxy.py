"""Models that answer elsewhere."""

from __future__ import annotations

from azureml._local.later import absent as _absent

ModelProxy = _absent(__name__, "ModelProxy")
