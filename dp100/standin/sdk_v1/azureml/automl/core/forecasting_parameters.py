"""How the future is forecast."""

from __future__ import annotations

from azureml._local.later import absent as _absent

ForecastingParameters = _absent(__name__, "ForecastingParameters")
