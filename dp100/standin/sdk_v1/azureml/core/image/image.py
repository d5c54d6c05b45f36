"""Images of any kind."""

from __future__ import annotations

from azureml._local.later import absent as _absent

(Asset, Image, ImageConfig, TargetRuntime) = _absent(
    __name__, "Asset", "Image", "ImageConfig", "TargetRuntime"
)
