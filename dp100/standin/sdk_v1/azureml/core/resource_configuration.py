"""What a model needs to be served."""

from __future__ import annotations

from azureml.exceptions._azureml_exception import WebserviceException


class ResourceConfiguration:
    """Cores, memory and GPUs."""

    def __init__(self, cpu=None, memory_in_gb=None, gpu=None):
        self.cpu = cpu
        self.memory_in_gb = memory_in_gb
        self.gpu = gpu

    def serialize(self):
        """A dict with the service's names."""
        return {"cpu": self.cpu, "memoryInGB": self.memory_in_gb, "gpu": self.gpu}

    @staticmethod
    def deserialize(payload_obj):
        """The configuration in such a dict."""
        if payload_obj is None:
            return None
        return ResourceConfiguration(
            payload_obj.get("cpu"), payload_obj.get("memoryInGB"), payload_obj.get("gpu")
        )

    def _validate_configuration(self):
        """Raise WebserviceException where a number is none of what it counts."""
        error = "".join(
            f"Invalid configuration, {name} must be greater than zero.\n"
            for name in ("cpu", "memory_in_gb")
            if getattr(self, name) and getattr(self, name) <= 0
        )
        if self.gpu and not isinstance(self.gpu, int) and self.gpu <= 0:
            error += "Invalid configuration, gpu must be integer and greater than zero.\n"
        if error:
            raise WebserviceException(error)
