"""Shows in a terminal what the pages of studio show in a browser."""

from __future__ import annotations

from azureml.core import Workspace


def pages(ws: Workspace) -> dict[str, list[str]]:
    """The names that pages of studio list, by page."""
    return {
        "Data": list(ws.datasets),  # dictionaries by name, each asked of the service when used
        "Models": list(ws.models),
        "Jobs": list(ws.experiments),
        "Compute": list(ws.compute_targets),
    }


def main() -> None:
    """Print the pages of both workspaces."""
    ours = Workspace.from_config()
    for ws in (ours, Workspace.get("mlw-dairy-test", resource_group=ours.resource_group)):
        print(ws.name)
        for page, names in pages(ws).items():
            print(f"  {page:8} {', '.join(names)}")


if __name__ == "__main__":
    main()
