"""Steps of the kind adla."""

from __future__ import annotations

from azureml._local.later import absent as _absent

AdlaStep = _absent(__name__, "AdlaStep")
