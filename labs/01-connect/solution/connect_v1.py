"""Two ways to a workspace with SDK v1: by its file, and by its name."""

from __future__ import annotations

from azureml.core import Workspace


def by_file(folder: str) -> Workspace:
    """The workspace that the config.json of a folder names."""
    return Workspace.from_config(path=folder)


def by_name(name: str, group: str) -> Workspace:
    """The workspace of this name in this resource group; there need be no file."""
    # Without the group, a name that two groups use leads nowhere.
    return Workspace.get(name, resource_group=group)


def main() -> None:
    """Open the team's workspace and the sandbox."""
    print("by file:", by_file("."))
    print("by name:", by_name("mlw-rides", "rg-sandbox"))


if __name__ == "__main__":
    main()
