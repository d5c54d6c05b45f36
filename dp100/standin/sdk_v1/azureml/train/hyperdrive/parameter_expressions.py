"""Distributions of hyperparameters."""

from __future__ import annotations

from azureml._local.later import absent_function as _absent_function

choice = _absent_function(__name__, "choice")
lognormal = _absent_function(__name__, "lognormal")
loguniform = _absent_function(__name__, "loguniform")
normal = _absent_function(__name__, "normal")
qlognormal = _absent_function(__name__, "qlognormal")
qloguniform = _absent_function(__name__, "qloguniform")
qnormal = _absent_function(__name__, "qnormal")
quniform = _absent_function(__name__, "quniform")
randint = _absent_function(__name__, "randint")
uniform = _absent_function(__name__, "uniform")
