"""Runs of hyperparameter tuning."""

from __future__ import annotations

from azureml._local.later import absent as _absent

HyperDriveRun = _absent(__name__, "HyperDriveRun")
