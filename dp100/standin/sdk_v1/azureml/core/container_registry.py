"""Where images are kept."""

from __future__ import annotations

from azureml._base_sdk_common.abstract_run_config_element import _AbstractRunConfigElement


class ContainerRegistry(_AbstractRunConfigElement):
    """A registry of images and how to sign in to it."""

    def __init__(self):
        self.address = None
        self.username = None
        self.password = None
        self.registry_identity = None


class RegistryIdentity(_AbstractRunConfigElement):
    """A managed identity that may pull from a registry."""

    def __init__(self):
        self.resource_id = None
        self.client_id = None
