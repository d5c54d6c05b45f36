"""Steps of the kind parallel run config."""

from __future__ import annotations

from azureml._local.later import absent as _absent

ParallelRunConfig = _absent(__name__, "ParallelRunConfig")
