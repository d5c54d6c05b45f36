"""Azure Machine Learning SDK v1, offline: the names of azureml-sdk 1.6x over dp100's engine.

The real SDK is out of support and cannot be installed beside v2. Names, signatures and defaults are those of the
real packages; tests/standin/sdk_v1/test_conformance.py holds them to that.
"""

import sys as _sys
from importlib import import_module as _import_module

from azureml._local import missing as _missing


def __getattr__(name):
    """The packages that ``import azureml.core`` of the real SDK brings along."""
    if name in ("automl", "data", "exceptions", "pipeline", "train") and "azureml.core" in _sys.modules:
        return _import_module(f"azureml.{name}")
    raise AttributeError(f"module 'azureml' has no attribute {name!r}")


_missing.install()
_missing.answer_for(_sys.modules[__name__])
