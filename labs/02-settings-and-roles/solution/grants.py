"""Gives people the roles that they need in the workspace, and takes away what they need no more."""

from __future__ import annotations

from azure_cli import az  # az("account", "show") runs `az account show`
from azureml.core import Workspace

NEEDED = [
    ("lena@dairy.example", "AzureML Data Scientist"),
    ("omar@dairy.example", "AzureML Data Scientist"),
    ("omar@dairy.example", "AzureML Compute Operator"),  # roles add up
    ("ida@dairy.example", "Reader"),
]


def main() -> None:
    """Assign roles, then show who has which."""
    workspace = Workspace.from_config().get_details()["id"]
    group = workspace.split("/providers/")[0]

    for who, role in NEEDED:
        # Assigning what is assigned already changes nothing, so this can be run again.
        az("role", "assignment", "create", "--assignee", who, "--role", role, "--scope", workspace)
    for held in az("role", "assignment", "list", "--scope", group):
        if held["principalName"] == "jan@dairy.example":
            az("role", "assignment", "delete", "--ids", held["id"])

    print("Roles that hold in the workspace, with those of its group:")
    for held in az("role", "assignment", "list", "--scope", workspace, "--include-inherited"):
        place = "workspace" if held["scope"] == workspace else "group or above"
        print(f"  {held['principalName']:40} {held['roleDefinitionName']:26} {place}")
    print(f"The group is {group}")


if __name__ == "__main__":
    main()
