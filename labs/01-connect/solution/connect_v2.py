"""Connects with SDK v2 and notes down what the service tells about the workspace."""

from __future__ import annotations

import json
from pathlib import Path

from azure.ai.ml import MLClient
from azure.identity import DefaultAzureCredential


def main() -> None:
    """Write workspace.json."""
    client = MLClient.from_config(DefaultAzureCredential())
    ws = client.workspaces.get(client.workspace_name)
    facts = {
        "name": ws.name,
        "resource_group": ws.resource_group,
        "location": ws.location,
        "storage_account": ws.storage_account,
    }
    Path("workspace.json").write_text(json.dumps(facts, indent=2))
    print(facts)


if __name__ == "__main__":
    main()
