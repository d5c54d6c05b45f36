"""Registers the container of visits with SDK v1, with the account's key."""

from __future__ import annotations

from azureml.core import Datastore, Workspace

NAME = "visits"
ACCOUNT = "stclinic"
CONTAINER = "visits-raw"
SECRET = "stclinic-key"  # the name of the key in the workspace's key vault, not the key


def main() -> None:
    """Register the datastore, or change it when it is there."""
    ws = Workspace.from_config()
    Datastore.register_azure_blob_container(
        workspace=ws,
        datastore_name=NAME,
        container_name=CONTAINER,
        account_name=ACCOUNT,
        account_key=ws.get_default_keyvault().get_secret(SECRET),
        overwrite=True,  # changes the datastore that is there instead of failing
    )
    print("datastores:", ", ".join(ws.datastores))


if __name__ == "__main__":
    main()
