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
    # TODO step 1: get the key of SECRET from the workspace's key vault.
    # TODO step 1: register the blob container as the datastore NAME; a second run must not fail.
    print("datastores:", ", ".join(ws.datastores))


if __name__ == "__main__":
    main()
