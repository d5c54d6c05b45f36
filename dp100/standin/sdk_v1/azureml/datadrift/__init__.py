"""Watching data for drift."""

from __future__ import annotations

from azureml._local.later import absent as _absent
from azureml.datadrift.alert_configuration import AlertConfiguration
from azureml.datadrift.datadriftdetector import DataDriftDetector

__all__ = ["AlertConfiguration", "DataDriftDetector", "Metric", "MetricType", "ModelServingDataset"]

(Metric, MetricType, ModelServingDataset) = _absent(__name__, "Metric", "MetricType", "ModelServingDataset")
