"""Runs on Databricks."""

from __future__ import annotations

from azureml._local.later import absent as _absent

AutoMLADBRun = _absent(__name__, "AutoMLADBRun")
