"""Azure Data Lake Storage, both generations."""

from __future__ import annotations

from azureml._local.credentials import Credential as _Credential
from azureml.data.abstract_datastore import AbstractDatastore


class AbstractADLSDatastore(AbstractDatastore):
    """A data lake, opened by a service principal."""

    tenant_id = _Credential()
    client_id = _Credential()
    client_secret = _Credential()

    def __init__(
        self,
        workspace,
        name,
        datastore_type,
        tenant_id,
        client_id,
        client_secret,
        resource_url,
        authority_url,
        service_data_access_auth_identity,
    ):
        super().__init__(workspace, name, datastore_type)
        self.tenant_id = tenant_id
        self.client_id = client_id
        self.client_secret = client_secret
        self.resource_url = resource_url
        self.authority_url = authority_url
        self.service_data_access_auth_identity = service_data_access_auth_identity


class AzureDataLakeDatastore(AbstractADLSDatastore):
    """A data lake of generation 1."""

    def __init__(
        self,
        workspace,
        name,
        store_name,
        tenant_id,
        client_id,
        client_secret,
        resource_url=None,
        authority_url=None,
        subscription_id=None,
        resource_group=None,
        service_data_access_auth_identity=None,
    ):
        super().__init__(
            workspace,
            name,
            "AzureDataLake",
            tenant_id,
            client_id,
            client_secret,
            resource_url or "https://datalake.azure.net/",
            authority_url,
            service_data_access_auth_identity,
        )
        self.store_name = store_name
        self._subscription_id = subscription_id
        self._resource_group = resource_group

    @property
    def subscription_id(self):
        """The subscription of the data lake."""
        return self._subscription_id

    @subscription_id.setter
    def subscription_id(self, value):
        self._subscription_id = value

    @property
    def resource_group(self):
        """The resource group of the data lake."""
        return self._resource_group

    @resource_group.setter
    def resource_group(self, value):
        self._resource_group = value


class AzureDataLakeGen2Datastore(AbstractADLSDatastore):
    """A file system of a data lake of generation 2."""

    def __init__(
        self,
        workspace,
        name,
        container_name,
        account_name,
        tenant_id=None,
        client_id=None,
        client_secret=None,
        resource_url=None,
        authority_url=None,
        protocol=None,
        endpoint=None,
        service_data_access_auth_identity=None,
    ):
        super().__init__(
            workspace,
            name,
            "AzureDataLakeGen2",
            tenant_id,
            client_id,
            client_secret,
            resource_url or "https://storage.azure.com/",
            authority_url,
            service_data_access_auth_identity,
        )
        self.container_name = container_name
        self.account_name = account_name
        self.protocol = protocol or "https"
        self.endpoint = endpoint or "core.windows.net"
