"""Estimators of deep learning frameworks."""

from __future__ import annotations

from azureml._local.later import absent as _absent
from azureml.train._distributed_training import Gloo, Mpi, Nccl, ParameterServer

__all__ = ["Chainer", "Gloo", "Mpi", "Nccl", "ParameterServer", "PyTorch", "TensorFlow"]

(Chainer, PyTorch, TensorFlow) = _absent(__name__, "Chainer", "PyTorch", "TensorFlow")
