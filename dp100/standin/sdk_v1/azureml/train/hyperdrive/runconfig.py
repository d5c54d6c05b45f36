"""How hyperparameters are tuned."""

from __future__ import annotations

from enum import Enum as _Enum

from azureml._local.later import absent as _absent

HyperDriveConfig, HyperDriveRunConfig = _absent(__name__, "HyperDriveConfig", "HyperDriveRunConfig")


class PrimaryMetricGoal(_Enum):
    """Whether the metric that runs are compared by is to be large or small."""

    MAXIMIZE = "MAXIMIZE"
    MINIMIZE = "MINIMIZE"

    @staticmethod
    def from_str(goal):
        """The goal that a text such as ``maximize`` names."""
        return PrimaryMetricGoal[goal.upper()]
