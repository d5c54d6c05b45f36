"""What steps of modules have in common."""

from __future__ import annotations

from azureml._local.later import absent as _absent

ModuleStepBase = _absent(__name__, "ModuleStepBase")
