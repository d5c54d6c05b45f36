"""Azure Machine Learning SDK v1, offline: the names of azureml-sdk 1.6x over dp100's engine.

The real SDK is out of support and cannot be installed beside v2. Names, signatures and defaults are those of the
real packages; tests/standin/sdk_v1/test_conformance.py holds them to that.
"""

import sys as _sys

from azureml._local import missing as _missing

_missing.install()
_missing.answer_for(_sys.modules[__name__])
