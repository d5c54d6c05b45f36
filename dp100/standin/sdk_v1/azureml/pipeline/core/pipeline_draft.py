"""Drafts of pipelines."""

from __future__ import annotations

from azureml._local.later import absent as _absent

PipelineDraft = _absent(__name__, "PipelineDraft")
