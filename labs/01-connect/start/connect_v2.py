"""Connects with SDK v2 and notes down what the service tells about the workspace."""

from __future__ import annotations

import json
from pathlib import Path

from azure.ai.ml import MLClient
from azure.identity import DefaultAzureCredential


def main() -> None:
    """Write workspace.json."""
    facts: dict[str, str] = {}
    # TODO step 4: make an MLClient from config.json, and get the workspace with it.
    # TODO step 4: fill facts with name, resource_group, location and storage_account.
    Path("workspace.json").write_text(json.dumps(facts, indent=2))
    print(facts)


if __name__ == "__main__":
    main()
