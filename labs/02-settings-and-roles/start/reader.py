"""Tries out what a Reader may do. Nothing to do here."""

from __future__ import annotations

import json
import os
from pathlib import Path

from azure.ai.ml import MLClient
from azure.ai.ml.entities import AmlCompute, Workspace
from azure.identity import ClientSecretCredential
from probe import allowed


def sign_in() -> MLClient:
    """A client for the audit's service principal, whose credentials are in audit.env."""
    for line in Path("audit.env").read_text().splitlines():
        name, _, value = line.partition("=")
        os.environ.setdefault(name, value)
    credential = ClientSecretCredential(
        os.environ["AUDIT_TENANT_ID"],
        os.environ["AUDIT_CLIENT_ID"],
        os.environ["AUDIT_CLIENT_SECRET"],
    )
    return MLClient.from_config(credential)


def main() -> None:
    """Write reader.json."""
    client = sign_in()
    name = client.workspace_name
    cluster = AmlCompute(name="cpu-audit", size="Standard_DS3_v2", max_instances=1)
    blobs = "workspaceblobstore"
    found = {
        "see the workspace": allowed(lambda: client.workspaces.get(name)),
        "list the models": allowed(lambda: list(client.models.list())),
        "see a datastore": allowed(lambda: client.datastores.get(blobs)),
        "see its key": allowed(lambda: client.datastores.get(blobs, include_secrets=True)),
        "change a tag": allowed(
            lambda: client.workspaces.begin_update(
                Workspace(name=name, tags={"audit": "ok"})
            ).result()
        ),
        "create a cluster": allowed(
            lambda: client.compute.begin_create_or_update(cluster).result()
        ),
    }
    Path("reader.json").write_text(json.dumps(found, indent=2))
    for action, may in found.items():
        print(f"{action:20} {'yes' if may else 'no'}")


if __name__ == "__main__":
    main()
