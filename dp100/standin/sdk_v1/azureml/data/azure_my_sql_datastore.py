"""Azure databases for MySQL."""

from __future__ import annotations

from azureml._local.credentials import Credential as _Credential
from azureml.data.abstract_datastore import AbstractDatastore


class AzureMySqlDatastore(AbstractDatastore):
    """An Azure database for MySQL."""

    user_password = _Credential()

    def __init__(self, workspace, name, server_name, database_name, user_id, user_password, port_number=None):
        super().__init__(workspace, name, "AzureMySql")
        self.server_name = server_name
        self.database_name = database_name
        self.user_id = user_id
        self.user_password = user_password
        self.port_number = port_number or "3306"
