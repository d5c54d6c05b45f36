"""Datastores of the engine as objects of the SDK."""

from __future__ import annotations

from azureml._local.credentials import credential as _credential
from azureml.data.azure_data_lake_datastore import AzureDataLakeDatastore, AzureDataLakeGen2Datastore
from azureml.data.azure_my_sql_datastore import AzureMySqlDatastore
from azureml.data.azure_postgre_sql_datastore import AzurePostgreSqlDatastore
from azureml.data.azure_sql_database_datastore import AzureSqlDatabaseDatastore
from azureml.data.azure_storage_datastore import AzureBlobDatastore, AzureFileDatastore
from azureml.data.dbfs_datastore import DBFSDatastore
from azureml.data.hdfs_datastore import HDFSDatastore

from dp100.standin.engine.errors import NotOffline as _NotOffline


def _datastore(workspace, held, *, secrets=False):
    """The object for a datastore.

    Args:
        held: the engine's record.
        secrets: whether its credentials can be asked for.
    """

    def hidden(*names):
        return _credential(workspace, held.name, *names) if secrets else None

    spec = held.spec
    place = (workspace, held.name)

    def principal():
        return {
            "tenant_id": spec.get("tenant_id") or hidden("tenant_id"),
            "client_id": spec.get("client_id") or hidden("client_id"),
            "client_secret": hidden("client_secret"),
            "resource_url": spec.get("resource_url"),
            "authority_url": spec.get("authority_url"),
        }

    def storage(cls):
        made = cls(
            *place,
            held.container,
            held.account,
            hidden("sas_token"),
            hidden("account_key"),
            spec.get("protocol"),
            spec.get("endpoint"),
        )
        made.credential_type = held.credential_type
        return made

    if held.type == "AzureBlob":
        return storage(AzureBlobDatastore)
    if held.type == "AzureFile":
        return storage(AzureFileDatastore)
    if held.type == "AzureDataLakeGen1":
        return AzureDataLakeDatastore(
            *place,
            held.account,
            **principal(),
            subscription_id=spec.get("subscription_id"),
            resource_group=spec.get("resource_group"),
        )
    if held.type == "AzureDataLakeGen2":
        return AzureDataLakeGen2Datastore(
            *place,
            held.container,
            held.account,
            **principal(),
            protocol=spec.get("protocol"),
            endpoint=spec.get("endpoint"),
        )
    if held.type == "AzureSqlDatabase":
        return AzureSqlDatabaseDatastore(
            *place,
            held.account,
            held.container,
            **principal(),
            username=spec.get("username"),
            password=hidden("password"),
            auth_type=held.credential_type,
        )
    if held.type in ("AzurePostgreSql", "AzureMySql"):
        cls = AzurePostgreSqlDatastore if held.type == "AzurePostgreSql" else AzureMySqlDatastore
        return cls(
            *place,
            held.account,
            held.container,
            spec.get("user_id"),
            hidden("user_password"),
            spec.get("port_number"),
        )
    if held.type == "DBFS":
        return DBFSDatastore(*place)
    if held.type == "Hdfs":
        return HDFSDatastore(
            *place,
            spec.get("protocol"),
            held.account,
            spec.get("hdfs_server_certificate_data"),
            spec.get("kerberos_realm"),
            spec.get("kerberos_kdc_address"),
            spec.get("kerberos_principal"),
            hidden("kerberos_keytab", "kerberos_password"),
            held.credential_type,
        )
    raise _NotOffline(f"A datastore of the type {held.type} in SDK v1")
