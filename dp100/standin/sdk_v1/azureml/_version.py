"""The version of azureml-core that this stands in for."""

VERSION = "1.61.0"
