"""The pictures of the milk filters as a file dataset."""

from azureml.core import Dataset, Workspace

ws = Workspace.from_config()
store = ws.get_default_datastore()

Dataset.File.upload_directory(
    "data/filters", target=(store, "filters"), overwrite=True, show_progress=False
)

pictures = Dataset.File.from_files(path=(store, "filters/**/*.pgm"))

pictures.register(
    ws,
    name="milk-filters",
    description="Pictures of the filters, one a week for each tank",
    create_new_version=True,
)

paths = pictures.to_path()
print(len(paths), "files:", *paths[:3], "...", *paths[-3:], sep="\n  ")
