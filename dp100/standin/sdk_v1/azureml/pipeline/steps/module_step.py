"""Steps of the kind module."""

from __future__ import annotations

from azureml._local.later import absent as _absent

ModuleStep = _absent(__name__, "ModuleStep")
