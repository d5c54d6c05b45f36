"""Steps of the kind parallel run."""

from __future__ import annotations

from azureml._local.later import absent as _absent

ParallelRunStep = _absent(__name__, "ParallelRunStep")
