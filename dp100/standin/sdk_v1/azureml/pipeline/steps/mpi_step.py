"""Steps of the kind mpi."""

from __future__ import annotations

from azureml._local.later import absent as _absent

MpiStep = _absent(__name__, "MpiStep")
