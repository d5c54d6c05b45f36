"""How columns become features."""

from azureml.automl.core.featurization.featurizationconfig import FeaturizationConfig

__all__ = ["FeaturizationConfig"]
