"""Data Science Virtual Machines, which the SDK used to make."""

from __future__ import annotations

from azureml._local.later import absent as _absent

DsvmCompute, DsvmProvisioningConfiguration = _absent(__name__, "DsvmCompute", "DsvmProvisioningConfiguration")
