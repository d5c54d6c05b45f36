"""Definitions of datasets, as they were before there were two kinds."""

from __future__ import annotations

from azureml._local.later import absent as _absent

DatasetDefinition = _absent(__name__, "DatasetDefinition")
