"""Steps of the kind hyper drive."""

from __future__ import annotations

from azureml._local.later import absent as _absent

(HyperDriveStep, HyperDriveStepRun) = _absent(__name__, "HyperDriveStep", "HyperDriveStepRun")
