"""Where the real SDK keeps its version."""

from azureml._version import VERSION

__version__ = VERSION

__all__ = ["__version__"]
