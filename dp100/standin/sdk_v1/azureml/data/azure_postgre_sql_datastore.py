"""Azure databases for PostgreSQL."""

from __future__ import annotations

from azureml._local.credentials import Credential as _Credential
from azureml.data.abstract_datastore import AbstractDatastore


class AzurePostgreSqlDatastore(AbstractDatastore):
    """An Azure database for PostgreSQL."""

    user_password = _Credential()

    def __init__(
        self,
        workspace,
        name,
        server_name,
        database_name,
        user_id,
        user_password,
        port_number=None,
        enforce_ssl=True,
    ):
        super().__init__(workspace, name, "AzurePostgreSql")
        self.server_name = server_name
        self.database_name = database_name
        self.user_id = user_id
        self.user_password = user_password
        self.port_number = port_number or "5432"
        self.enforce_ssl = enforce_ssl
