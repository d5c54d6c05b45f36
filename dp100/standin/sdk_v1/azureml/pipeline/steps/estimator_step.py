"""Steps of the kind estimator."""

from __future__ import annotations

from azureml._local.later import absent as _absent

EstimatorStep = _absent(__name__, "EstimatorStep")
