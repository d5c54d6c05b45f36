"""What a model needs to be served."""

from __future__ import annotations


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
