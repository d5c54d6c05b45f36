"""Creates the workspace of the bike-share team, and the file that leads other code to it."""

from __future__ import annotations

from azureml.core import Workspace

NAME = "mlw-rides"
GROUP = "rg-rides"
LOCATION = "westeurope"


def main() -> None:
    """Create the workspace, or open it when it is there."""
    ws = Workspace.create(
        name=NAME,
        resource_group=GROUP,
        location=LOCATION,
        exist_ok=True,  # a second run opens the workspace instead of failing
    )
    ws.write_config()
    print(ws)


if __name__ == "__main__":
    main()
