"""Detectors of drift."""

from __future__ import annotations

from azureml._local.later import absent as _absent

DataDriftDetector = _absent(__name__, "DataDriftDetector")
