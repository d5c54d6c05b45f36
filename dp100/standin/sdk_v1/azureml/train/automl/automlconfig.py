"""How models are searched."""

from __future__ import annotations

from azureml._local.later import absent as _absent

AutoMLConfig = _absent(__name__, "AutoMLConfig")
