"""Automated machine learning."""

from __future__ import annotations

from azureml._local.later import absent_function as _absent_function
from azureml.train.automl.automlconfig import AutoMLConfig
from azureml.train.automl.automlimageconfig import AutoMLImageConfig

__all__ = ["AutoMLConfig", "AutoMLImageConfig", "get_sdk_dependencies"]

get_sdk_dependencies = _absent_function(__name__, "get_sdk_dependencies")
