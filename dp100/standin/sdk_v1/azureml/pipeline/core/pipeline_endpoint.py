"""Endpoints of pipelines."""

from __future__ import annotations

from azureml._local.later import absent as _absent

(PipelineEndpoint, PipelineIdVersion, PipelineVersion) = _absent(
    __name__, "PipelineEndpoint", "PipelineIdVersion", "PipelineVersion"
)
