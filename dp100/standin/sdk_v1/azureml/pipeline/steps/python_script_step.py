"""Steps of the kind python script."""

from __future__ import annotations

from azureml._local.later import absent as _absent

PythonScriptStep = _absent(__name__, "PythonScriptStep")
