"""Says of the workspace what it is for, so that others find it and the bill finds its owner."""

from __future__ import annotations

from azureml.core import Workspace

NEW_TAGS = {"stage": "production", "data": "confidential"}


def main() -> None:
    """Give the workspace a friendly name, a description and more tags."""
    ws = Workspace.from_config()
    print("tags before:", ws.tags)
    ws.update(
        friendly_name="Dairy quality",
        description="Predicts from laboratory tests which milk will spoil early.",
        tags={**ws.tags, **NEW_TAGS},  # what is not in here would be gone
    )
    print("tags after: ", Workspace.from_config().tags)


if __name__ == "__main__":
    main()
