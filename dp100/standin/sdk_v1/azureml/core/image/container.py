"""Images of containers."""

from __future__ import annotations

from azureml._local.later import absent as _absent

(ContainerImage, ContainerImageConfig) = _absent(__name__, "ContainerImage", "ContainerImageConfig")
