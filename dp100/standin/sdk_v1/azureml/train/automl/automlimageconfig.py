"""How models of images are searched."""

from __future__ import annotations

from azureml._local.later import absent as _absent

AutoMLImageConfig = _absent(__name__, "AutoMLImageConfig")
