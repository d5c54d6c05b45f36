"""Steps of the kind azurebatch."""

from __future__ import annotations

from azureml._local.later import absent as _absent

AzureBatchStep = _absent(__name__, "AzureBatchStep")
