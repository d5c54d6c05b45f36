"""Azure Data Explorer clusters."""

from __future__ import annotations

from azureml._local.later import absent as _absent

KustoCompute, KustoAttachConfiguration = _absent(__name__, "KustoCompute", "KustoAttachConfiguration")
