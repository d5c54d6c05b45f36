"""How several processes of a training run work together."""

from __future__ import annotations

from azureml.exceptions._azureml_exception import TrainingException


class _DistributedTraining:
    """A way to train in several processes."""

    _supported_frameworks: tuple[str, ...] = ()

    def validate(self, estimator_name):
        """Raise TrainingException where the estimator cannot do it."""
        if estimator_name.lower() not in self._supported_frameworks:
            raise TrainingException(
                f"Unsupported framework for {type(self).__name__} distributed training type. Supported frameworks "
                f"are: {[*self._supported_frameworks]}"
            )


class Mpi(_DistributedTraining):
    """MPI."""

    _supported_frameworks = ("pytorch", "tensorflow", "chainer", "estimator", "lightgbm")

    def __init__(self, process_count_per_node=1):
        self.process_count_per_node = process_count_per_node


class ParameterServer(_DistributedTraining):
    """Workers and parameter servers of TensorFlow."""

    _supported_frameworks = ("tensorflow", "estimator")

    def __init__(self, worker_count=1, parameter_server_count=1):
        self.worker_count = worker_count
        self.parameter_server_count = parameter_server_count


class Gloo(_DistributedTraining):
    """Gloo of PyTorch."""

    _supported_frameworks = ("pytorch", "estimator")


class Nccl(_DistributedTraining):
    """NCCL of PyTorch."""

    _supported_frameworks = ("pytorch", "estimator")
