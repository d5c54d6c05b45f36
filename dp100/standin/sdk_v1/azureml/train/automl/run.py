"""Runs of automated machine learning."""

from __future__ import annotations

from azureml._local.later import absent as _absent

AutoMLRun = _absent(__name__, "AutoMLRun")
