"""Makes the service principal of the nightly job, and keeps its secret out of code."""

from __future__ import annotations

import env_file
from azure_cli import az  # az("account", "show") runs `az account show`
from azureml.core import Workspace

NAME = "sp-rides-nightly"


def main() -> None:
    """Register the service principal and write nightly.env."""
    # TODO step 5: open the workspace; its ARM id is get_details()["id"].
    # TODO step 5: have az make a service principal NAME with the role Reader on that id alone.
    made: dict[str, str] = {}
    if made:
        env_file.write(
            "nightly.env",
            AZURE_TENANT_ID=made["tenant"],
            AZURE_CLIENT_ID=made["appId"],
            AZURE_CLIENT_SECRET=made["password"],  # shown this once
        )
        print(f"{made['displayName']} is registered; its secret is in nightly.env.")


if __name__ == "__main__":
    main()
