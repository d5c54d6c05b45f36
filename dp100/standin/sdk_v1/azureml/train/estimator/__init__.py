"""Estimators: a script with its packages, compute and data in one object."""

from azureml.train._distributed_training import Gloo, Mpi, Nccl, ParameterServer
from azureml.train.estimator._estimator import Estimator
from azureml.train.estimator._framework_base_estimator import _FrameworkBaseEstimator
from azureml.train.estimator._mml_base_estimator import MMLBaseEstimator

__all__ = [
    "Estimator",
    "Gloo",
    "MMLBaseEstimator",
    "Mpi",
    "Nccl",
    "ParameterServer",
    "_FrameworkBaseEstimator",
]
