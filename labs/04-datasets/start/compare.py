"""How much is new in a version of a dataset."""

from azureml.core import Dataset, Workspace


def added_rows(ws, name, old, new):
    """How many rows version ``new`` of the dataset ``name`` has more than version ``old``."""
    # TODO: get the dataset in both versions, and compare their numbers of rows.


if __name__ == "__main__":
    workspace = Workspace.from_config()
    if "milk-tests" in Dataset.get_all(workspace):
        latest = Dataset.get_by_name(workspace, "milk-tests").version
        print("Rows added since version 1:", added_rows(workspace, "milk-tests", 1, latest))
