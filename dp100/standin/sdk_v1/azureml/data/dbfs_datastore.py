"""The Databricks file system."""

from __future__ import annotations

from azureml.data.abstract_datastore import AbstractDatastore


class DBFSDatastore(AbstractDatastore):
    """The Databricks file system, for pipelines that copy from and to it."""

    def __init__(self, workspace, name):
        super().__init__(workspace, name, "DBFS")
