"""Parameters of stored procedures."""

from __future__ import annotations

from azureml._local.later import absent as _absent

(StoredProcedureParameter, StoredProcedureParameterType) = _absent(
    __name__, "StoredProcedureParameter", "StoredProcedureParameterType"
)
