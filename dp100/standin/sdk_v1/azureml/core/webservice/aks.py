"""Web services on Azure Kubernetes Service."""

from __future__ import annotations

from azureml._local.later import absent as _absent

(
    AksEndpoint,
    AksEndpointDeploymentConfiguration,
    AksServiceAccessToken,
    AksServiceDeploymentConfiguration,
    AksWebservice,
    AutoScaler,
    ContainerResourceRequirements,
    DataCollection,
    LivenessProbeRequirements,
) = _absent(
    __name__,
    "AksEndpoint",
    "AksEndpointDeploymentConfiguration",
    "AksServiceAccessToken",
    "AksServiceDeploymentConfiguration",
    "AksWebservice",
    "AutoScaler",
    "ContainerResourceRequirements",
    "DataCollection",
    "LivenessProbeRequirements",
)
