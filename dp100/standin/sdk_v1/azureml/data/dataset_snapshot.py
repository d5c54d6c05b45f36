"""Snapshots of datasets."""

from __future__ import annotations

from azureml._local.later import absent as _absent

DatasetSnapshot = _absent(__name__, "DatasetSnapshot")
