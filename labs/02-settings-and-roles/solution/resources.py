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

    def name(key: str) -> str | None:
        arm_id = details.get(key)  # there is no registry before the first image is built
        return arm_id.rsplit("/", 1)[-1] if arm_id else None

    return {
        "storage account": name("storageAccount"),
        "key vault": name("keyVault"),
        "application insights": name("applicationInsights"),
        "container registry": name("containerRegistry"),
    }


def main() -> None:
    """Write resources.json."""
    details = Workspace.from_config().get_details()
    print(json.dumps(details, indent=2))
    Path("resources.json").write_text(json.dumps(resources(details), indent=2))


if __name__ == "__main__":
    main()
