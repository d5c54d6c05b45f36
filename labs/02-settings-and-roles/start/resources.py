"""Lists the Azure resources that the workspace stands on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from azureml.core import Workspace


def resources(details: dict[str, Any]) -> dict[str, str | None]:
    """The names of the associated resources; None for one that has not been made.

    Args:
        details: what `Workspace.get_details()` gives. It names resources by ARM id.
    """
    # TODO step 2: find the four in details, and take the last part of each id.
    return {
        "storage account": None,
        "key vault": None,
        "application insights": None,
        "container registry": None,
    }


def main() -> None:
    """Write resources.json."""
    details = Workspace.from_config().get_details()
    print(json.dumps(details, indent=2))
    Path("resources.json").write_text(json.dumps(resources(details), indent=2))


if __name__ == "__main__":
    main()
