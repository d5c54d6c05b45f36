"""Steps of the kind r script."""

from __future__ import annotations

from azureml._local.later import absent as _absent

RScriptStep = _absent(__name__, "RScriptStep")
