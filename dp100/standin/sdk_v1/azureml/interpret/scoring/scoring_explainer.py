"""Explainers that are deployed with models."""

from __future__ import annotations

from azureml._local.later import absent as _absent
from azureml._local.later import absent_function as _absent_function

(
    DeepScoringExplainer,
    KernelScoringExplainer,
    LinearScoringExplainer,
    ScoringExplainer,
    TreeScoringExplainer,
) = _absent(
    __name__,
    "DeepScoringExplainer",
    "KernelScoringExplainer",
    "LinearScoringExplainer",
    "ScoringExplainer",
    "TreeScoringExplainer",
)
load = _absent_function(__name__, "load")
save = _absent_function(__name__, "save")
