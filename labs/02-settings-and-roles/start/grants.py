"""Gives people the roles that they need in the workspace, and takes away what they need no more."""

from __future__ import annotations

from azure_cli import az  # az("account", "show") runs `az account show`
from azureml.core import Workspace


def main() -> None:
    """Assign roles, then show who has which."""
    workspace = Workspace.from_config().get_details()["id"]
    group = workspace.split("/providers/")[0]

    # TODO step 4: assign a role for the workspace to Lena, Omar and Ida.
    # TODO step 4: take away what Jan still has in the group.

    print("Roles that hold in the workspace, with those of its group:")
    for held in az("role", "assignment", "list", "--scope", workspace, "--include-inherited"):
        place = "workspace" if held["scope"] == workspace else "group or above"
        print(f"  {held['principalName']:40} {held['roleDefinitionName']:26} {place}")
    print(f"The group is {group}")


if __name__ == "__main__":
    main()
