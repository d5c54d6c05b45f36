"""Steps of the kind kusto."""

from __future__ import annotations

from azureml._local.later import absent as _absent

KustoStep = _absent(__name__, "KustoStep")
