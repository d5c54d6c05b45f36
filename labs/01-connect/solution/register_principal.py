"""Makes the service principal of the nightly job, and keeps its secret out of code."""

from __future__ import annotations

import env_file
from azure_cli import az  # az("account", "show") runs `az account show`
from azureml.core import Workspace

NAME = "sp-rides-nightly"


def main() -> None:
    """Register the service principal and write nightly.env."""
    ws = Workspace.from_config()
    # A second run finds the application by its name and gives it a new secret.
    made = az(
        "ad", "sp", "create-for-rbac",
        "--name", NAME,
        "--role", "Reader",
        "--scopes", ws.get_details()["id"],
    )  # fmt: skip
    env_file.write(
        "nightly.env",
        AZURE_TENANT_ID=made["tenant"],
        AZURE_CLIENT_ID=made["appId"],
        AZURE_CLIENT_SECRET=made["password"],  # shown this once
    )
    print(f"{made['displayName']} is registered; its secret is in nightly.env.")


if __name__ == "__main__":
    main()
