"""Pipelines as a whole."""

from __future__ import annotations

from azureml._local.later import absent as _absent

Pipeline = _absent(__name__, "Pipeline")
