"""Creates the workspace of the bike-share team, and the file that leads other code to it."""

from __future__ import annotations

from azureml.core import Workspace

NAME = "mlw-rides"
GROUP = "rg-rides"
LOCATION = "westeurope"


def main() -> None:
    """Create the workspace, or open it when it is there."""
    ws: Workspace | None = None
    # TODO step 1: create the workspace NAME in GROUP and LOCATION, or open it when it is there.
    # TODO step 2: write config.json into this folder.
    print(ws or f"{NAME} has not been created.")


if __name__ == "__main__":
    main()
