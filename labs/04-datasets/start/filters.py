"""The pictures of the milk filters as a file dataset."""

from azureml.core import Dataset, Workspace

ws = Workspace.from_config()
store = ws.get_default_datastore()

Dataset.File.upload_directory(
    "data/filters", target=(store, "filters"), overwrite=True, show_progress=False
)

# TODO: a file dataset of the pictures (.pgm) of all tanks, without the notes and the broken uploads.
pictures = None

# TODO: register it as milk-filters, as a new version each time this runs.

if pictures is not None:
    paths = pictures.to_path()
    print(len(paths), "files:", *paths[:3], "...", *paths[-3:], sep="\n  ")
