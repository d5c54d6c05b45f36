"""Two ways to a workspace with SDK v1: by its file, and by its name."""

from __future__ import annotations

from azureml.core import Workspace


def by_file(folder: str) -> Workspace:
    """The workspace that the config.json of a folder names."""
    # TODO step 3: read the file.


def by_name(name: str, group: str) -> Workspace:
    """The workspace of this name in this resource group; there need be no file."""
    # TODO step 3: ask for the workspace.


def main() -> None:
    """Open the team's workspace and the sandbox."""
    print("by file:", by_file("."))
    print("by name:", by_name("mlw-rides", "rg-sandbox"))


if __name__ == "__main__":
    main()
