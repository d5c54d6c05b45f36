"""How several processes of a training run work together."""

from __future__ import annotations


class _DistributedTraining:
    """A way to train in several processes."""

    def validate(self, estimator_name):
        """Raise UserErrorException where something is wrong; nothing can be."""


class Mpi(_DistributedTraining):
    """MPI."""

    def __init__(self, process_count_per_node=1):
        self.process_count_per_node = process_count_per_node


class ParameterServer(_DistributedTraining):
    """Workers and parameter servers of TensorFlow."""

    def __init__(self, worker_count=1, parameter_server_count=1):
        self.worker_count = worker_count
        self.parameter_server_count = parameter_server_count


class Gloo(_DistributedTraining):
    """Gloo of PyTorch."""


class Nccl(_DistributedTraining):
    """NCCL of PyTorch."""
