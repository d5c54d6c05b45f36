"""Datastores: registered and found."""

from __future__ import annotations

from azureml._local.errors import raises as _raises
from azureml.data.datastore_client import _datastore
from azureml.exceptions._azureml_exception import UserErrorException

from dp100.standin.engine.data import datastores as _datastores
from dp100.standin.engine.errors import AlreadyExists as _AlreadyExists


@_raises(UserErrorException)
class Datastore:
    """A name for a place in storage. Making one finds it: an object of the class for its type is returned.

    Args:
        workspace: the workspace.
        name: the datastore's name; the default one if it is missing.
    """

    def __new__(cls, workspace, name=None):
        """The datastore of that name, of the class for its type."""
        if name is None:
            return Datastore.get_default(workspace)
        return Datastore.get(workspace, name)

    def __init__(self, workspace, name=None):
        self.workspace = workspace
        self.name = name

    def set_as_default(self):
        """Make it the datastore that is used when none is named."""
        _datastores.set_default(self.workspace._ws, self.name)

    def unregister(self):
        """Forget the datastore; what is stored stays."""
        _datastores.unregister(self.workspace._ws, self.name)

    @staticmethod
    def get(workspace, datastore_name):
        """The datastore of that name."""
        held = _datastores.get(workspace._ws, datastore_name)
        return _datastore(workspace, held, secrets=True)

    @staticmethod
    def get_default(workspace):
        """The datastore that is used when none is named."""
        return _datastore(workspace, _datastores.default(workspace._ws), secrets=True)

    @staticmethod
    def register_azure_blob_container(
        workspace,
        datastore_name,
        container_name,
        account_name,
        sas_token=None,
        account_key=None,
        protocol=None,
        endpoint=None,
        overwrite=False,
        create_if_not_exists=False,
        skip_validation=False,
        blob_cache_timeout=None,
        grant_workspace_access=False,
        subscription_id=None,
        resource_group=None,
    ):
        """Register a blob container."""
        return _registered(
            workspace,
            datastore_name,
            "AzureBlob",
            overwrite,
            container_name=container_name,
            account_name=account_name,
            sas_token=sas_token,
            account_key=account_key,
            protocol=protocol or "https",
            endpoint=endpoint or "core.windows.net",
            subscription_id=subscription_id,
            resource_group=resource_group,
            blob_cache_timeout=blob_cache_timeout,
            grant_workspace_access=grant_workspace_access or None,
        )

    @staticmethod
    def register_azure_file_share(
        workspace,
        datastore_name,
        file_share_name,
        account_name,
        sas_token=None,
        account_key=None,
        protocol=None,
        endpoint=None,
        overwrite=False,
        create_if_not_exists=False,
        skip_validation=False,
    ):
        """Register a file share."""
        return _registered(
            workspace,
            datastore_name,
            "AzureFile",
            overwrite,
            file_share_name=file_share_name,
            account_name=account_name,
            sas_token=sas_token,
            account_key=account_key,
            protocol=protocol or "https",
            endpoint=endpoint or "core.windows.net",
        )

    @staticmethod
    def register_azure_data_lake(
        workspace,
        datastore_name,
        store_name,
        tenant_id=None,
        client_id=None,
        client_secret=None,
        resource_url=None,
        authority_url=None,
        subscription_id=None,
        resource_group=None,
        overwrite=False,
        grant_workspace_access=False,
    ):
        """Register a data lake of generation 1."""
        return _registered(
            workspace,
            datastore_name,
            "AzureDataLakeGen1",
            overwrite,
            store_name=store_name,
            tenant_id=tenant_id,
            client_id=client_id,
            client_secret=client_secret,
            resource_url=resource_url,
            authority_url=authority_url,
            subscription_id=subscription_id,
            resource_group=resource_group,
            grant_workspace_access=grant_workspace_access or None,
        )

    @staticmethod
    def register_azure_data_lake_gen2(
        workspace,
        datastore_name,
        filesystem,
        account_name,
        tenant_id=None,
        client_id=None,
        client_secret=None,
        resource_url=None,
        authority_url=None,
        protocol=None,
        endpoint=None,
        overwrite=False,
        subscription_id=None,
        resource_group=None,
        grant_workspace_access=False,
    ):
        """Register a file system of a data lake of generation 2."""
        return _registered(
            workspace,
            datastore_name,
            "AzureDataLakeGen2",
            overwrite,
            filesystem=filesystem,
            account_name=account_name,
            tenant_id=tenant_id,
            client_id=client_id,
            client_secret=client_secret,
            resource_url=resource_url,
            authority_url=authority_url,
            protocol=protocol or "https",
            endpoint=endpoint or "core.windows.net",
            subscription_id=subscription_id,
            resource_group=resource_group,
            grant_workspace_access=grant_workspace_access or None,
        )

    @staticmethod
    def register_azure_sql_database(
        workspace,
        datastore_name,
        server_name,
        database_name,
        tenant_id=None,
        client_id=None,
        client_secret=None,
        resource_url=None,
        authority_url=None,
        endpoint=None,
        overwrite=False,
        username=None,
        password=None,
        subscription_id=None,
        resource_group=None,
        grant_workspace_access=False,
        **kwargs,
    ):
        """Register an Azure SQL database."""
        return _registered(
            workspace,
            datastore_name,
            "AzureSqlDatabase",
            overwrite,
            server_name=server_name,
            database_name=database_name,
            tenant_id=tenant_id,
            client_id=client_id,
            client_secret=client_secret,
            resource_url=resource_url,
            authority_url=authority_url,
            endpoint=endpoint,
            username=username,
            password=password,
            subscription_id=subscription_id,
            resource_group=resource_group,
            grant_workspace_access=grant_workspace_access or None,
        )

    @staticmethod
    def register_azure_postgre_sql(
        workspace,
        datastore_name,
        server_name,
        database_name,
        user_id,
        user_password,
        port_number=None,
        endpoint=None,
        overwrite=False,
        enforce_ssl=True,
        **kwargs,
    ):
        """Register an Azure database for PostgreSQL."""
        _required(
            "PostreSQL",
            ("User id", user_id),
            ("User password", user_password),
            ("Server name", server_name),
            ("Database name", database_name),
        )
        return _registered(
            workspace,
            datastore_name,
            "AzurePostgreSql",
            overwrite,
            server_name=server_name,
            database_name=database_name,
            user_id=user_id,
            user_password=user_password,
            port_number=port_number,
            endpoint=endpoint,
            enforce_ssl=enforce_ssl,
        )

    @staticmethod
    def register_azure_my_sql(
        workspace,
        datastore_name,
        server_name,
        database_name,
        user_id,
        user_password,
        port_number=None,
        endpoint=None,
        overwrite=False,
        **kwargs,
    ):
        """Register an Azure database for MySQL."""
        _required(
            "My SQL",
            ("User id", user_id),
            ("User password", user_password),
            ("Server name", server_name),
            ("Database name", database_name),
        )
        return _registered(
            workspace,
            datastore_name,
            "AzureMySql",
            overwrite,
            server_name=server_name,
            database_name=database_name,
            user_id=user_id,
            user_password=user_password,
            port_number=port_number,
            endpoint=endpoint,
        )

    @staticmethod
    def register_dbfs(workspace, datastore_name):
        """Register the Databricks file system."""
        return _registered(workspace, datastore_name, "DBFS", False)

    @staticmethod
    def register_hdfs(
        workspace,
        datastore_name,
        protocol,
        namenode_address,
        hdfs_server_certificate,
        kerberos_realm,
        kerberos_kdc_address,
        kerberos_principal,
        kerberos_keytab=None,
        kerberos_password=None,
        overwrite=False,
    ):
        """Register a Hadoop file system."""
        if not kerberos_keytab and not kerberos_password:
            raise UserErrorException("Either kerberos_keytab or kerberos_password has to be given.")
        certificate = None
        if hdfs_server_certificate:
            import base64
            from pathlib import Path

            certificate = base64.b64encode(Path(hdfs_server_certificate).read_bytes()).decode()
        return _registered(
            workspace,
            datastore_name,
            "Hdfs",
            overwrite,
            protocol=protocol,
            namenode_address=namenode_address,
            hdfs_server_certificate_data=certificate,
            kerberos_realm=kerberos_realm,
            kerberos_kdc_address=kerberos_kdc_address,
            kerberos_principal=kerberos_principal,
            kerberos_keytab=kerberos_keytab,
            kerberos_password=kerberos_password,
        )


def _required(what, *named):
    for label, value in named:
        if value is None:
            raise UserErrorException(f"{label} is required for {what}.")


def _registered(workspace, name, kind, overwrite, **spec):
    try:
        held = _datastores.register(workspace._ws, name, kind, overwrite=overwrite, **spec)
    except _AlreadyExists as error:
        raise UserErrorException("Another datastore with the same name already exists") from error
    return _datastore(workspace, held, secrets=True)
