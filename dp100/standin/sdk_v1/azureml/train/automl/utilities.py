"""Names of metrics."""

from __future__ import annotations

from azureml._local.later import absent_function as _absent_function

get_primary_metrics = _absent_function(__name__, "get_primary_metrics")
