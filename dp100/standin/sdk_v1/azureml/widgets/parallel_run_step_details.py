"""What notebooks show of a parallel run step."""

from __future__ import annotations

from azureml._local.later import absent as _absent

ParallelRunStepDetails = _absent(__name__, "ParallelRunStepDetails")
