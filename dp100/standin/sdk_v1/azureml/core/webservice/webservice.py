"""Web services of any kind."""

from __future__ import annotations

from azureml._local.later import absent as _absent

(
    AutoScaler,
    ContainerResourceRequirements,
    DataCollection,
    LivenessProbeRequirements,
    WebServiceAccessToken,
    Webservice,
    WebserviceDeploymentConfiguration,
) = _absent(
    __name__,
    "AutoScaler",
    "ContainerResourceRequirements",
    "DataCollection",
    "LivenessProbeRequirements",
    "WebServiceAccessToken",
    "Webservice",
    "WebserviceDeploymentConfiguration",
)
