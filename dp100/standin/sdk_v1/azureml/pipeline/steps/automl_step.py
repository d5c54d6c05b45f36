"""Steps of the kind automl."""

from __future__ import annotations

from azureml._local.later import absent as _absent

(AutoMLStep, AutoMLStepRun) = _absent(__name__, "AutoMLStep", "AutoMLStepRun")
