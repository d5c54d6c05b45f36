"""Azure SQL databases."""

from __future__ import annotations

from azureml._local.credentials import Credential as _Credential
from azureml.data.abstract_datastore import AbstractDatastore


class AzureSqlDatabaseDatastore(AbstractDatastore):
    """An Azure SQL database."""

    tenant_id = _Credential()
    client_id = _Credential()
    client_secret = _Credential()
    password = _Credential()

    def __init__(
        self,
        workspace,
        name,
        server_name,
        database_name,
        tenant_id=None,
        client_id=None,
        client_secret=None,
        resource_url=None,
        authority_url=None,
        username=None,
        password=None,
        auth_type=None,
        service_data_access_auth_identity=None,
    ):
        super().__init__(workspace, name, "AzureSqlDatabase")
        self.server_name = server_name
        self.database_name = database_name
        self.tenant_id = tenant_id
        self.client_id = client_id
        self.client_secret = client_secret
        self.resource_url = resource_url
        self.authority_url = authority_url
        self.username = username
        self.password = password
        self.auth_type = auth_type
        self.service_data_access_auth_identity = service_data_access_auth_identity
