"""Steps of the kind databricks."""

from __future__ import annotations

from azureml._local.later import absent as _absent

DatabricksStep = _absent(__name__, "DatabricksStep")
