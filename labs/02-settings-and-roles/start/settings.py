"""Says of the workspace what it is for, so that others find it and the bill finds its owner."""

from __future__ import annotations

from azureml.core import Workspace

NEW_TAGS = {"stage": "production", "data": "confidential"}


def main() -> None:
    """Give the workspace a friendly name, a description and more tags."""
    ws = Workspace.from_config()
    print("tags before:", ws.tags)
    # TODO step 1: friendly name "Dairy quality", a description, NEW_TAGS beside the tags it has.
    print("tags after: ", Workspace.from_config().tags)


if __name__ == "__main__":
    main()
