"""How hyperparameters are chosen."""

from __future__ import annotations

from azureml._local.later import absent as _absent

(BayesianParameterSampling, GridParameterSampling, HyperParameterSampling, RandomParameterSampling) = _absent(
    __name__,
    "BayesianParameterSampling",
    "GridParameterSampling",
    "HyperParameterSampling",
    "RandomParameterSampling",
)
