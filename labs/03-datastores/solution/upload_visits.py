"""Makes `visits` the default datastore, and uploads the visits of this year to it."""

from __future__ import annotations

from pathlib import Path

from azureml.core import Datastore, Workspace

TARGET = "raw/2025"  # the folder in the datastore


def main() -> None:
    """Upload the files, and show the default datastore."""
    ws = Workspace.from_config()
    print("in data:", ", ".join(sorted(file.name for file in Path("data").iterdir())))
    ws.set_default_datastore("visits")
    # Files by name and not the folder: names.csv has to stay here.
    files = [str(file.resolve()) for file in sorted(Path("data").glob("visits-*.csv"))]
    Datastore.get(ws, "visits").upload_files(files, target_path=TARGET, overwrite=True)
    print("default datastore:", ws.get_default_datastore().name)


if __name__ == "__main__":
    main()
