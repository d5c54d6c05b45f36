"""Images that serve models, as they were before environments."""

from __future__ import annotations

from azureml.core.image.container import ContainerImage
from azureml.core.image.image import Image
from azureml.core.image.unknown_image import UnknownImage

__all__ = ["ContainerImage", "Image", "UnknownImage"]
