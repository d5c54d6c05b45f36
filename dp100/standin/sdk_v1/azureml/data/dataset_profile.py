"""Profiles of datasets."""

from __future__ import annotations

from azureml._local.later import absent as _absent

DatasetProfile = _absent(__name__, "DatasetProfile")
