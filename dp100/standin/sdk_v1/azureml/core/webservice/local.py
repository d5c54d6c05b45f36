"""Web services on this machine."""

from __future__ import annotations

from azureml._local.later import absent as _absent

(LocalWebservice, LocalWebserviceDeploymentConfiguration) = _absent(
    __name__, "LocalWebservice", "LocalWebserviceDeploymentConfiguration"
)
