"""How a run gets a cache."""

from __future__ import annotations

from azureml._local.later import absent as _absent

DatacacheConsumptionConfig = _absent(__name__, "DatacacheConsumptionConfig")
