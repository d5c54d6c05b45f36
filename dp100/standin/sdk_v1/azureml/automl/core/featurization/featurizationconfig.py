"""How columns become features."""

from __future__ import annotations

from azureml._local.later import absent as _absent

FeaturizationConfig = _absent(__name__, "FeaturizationConfig")
