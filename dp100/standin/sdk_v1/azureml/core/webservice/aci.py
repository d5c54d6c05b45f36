"""Web services on Azure Container Instances."""

from __future__ import annotations

from azureml._local.later import absent as _absent

(
    AciServiceDeploymentConfiguration,
    AciWebservice,
    ContainerResourceRequirements,
    EncryptionProperties,
    VnetConfiguration,
) = _absent(
    __name__,
    "AciServiceDeploymentConfiguration",
    "AciWebservice",
    "ContainerResourceRequirements",
    "EncryptionProperties",
    "VnetConfiguration",
)
