"""Steps of the kind data transfer."""

from __future__ import annotations

from azureml._local.later import absent as _absent

DataTransferStep = _absent(__name__, "DataTransferStep")
