"""Steps of the kind synapse spark."""

from __future__ import annotations

from azureml._local.later import absent as _absent

SynapseSparkStep = _absent(__name__, "SynapseSparkStep")
