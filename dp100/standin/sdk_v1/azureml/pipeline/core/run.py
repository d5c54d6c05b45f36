"""Runs of pipelines."""

from __future__ import annotations

from azureml._local.later import absent as _absent

(PipelineRun, StepRun, StepRunOutput) = _absent(__name__, "PipelineRun", "StepRun", "StepRunOutput")
