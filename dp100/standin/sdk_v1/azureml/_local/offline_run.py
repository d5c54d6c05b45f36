"""The run of a script that runs outside of one: it prints what would be logged."""

from __future__ import annotations

from dp100.standin.engine import store


class OfflineRun:
    """Stands for the run outside of one: it prints what would be logged."""

    def __init__(self, parent_logger=None, run_id=None, **kwargs):
        self._run_id = run_id or f"OfflineRun_{store.guid()}"

    @property
    def id(self):
        """A made-up id."""
        return self._run_id

    def _emit(self, kind, name, value):
        print(f"Attempted to log {kind} metric {name}:\n{value}")

    def log(self, name, value, description="", step=None):
        """Print a value."""
        self._emit("scalar", name, value)

    def log_list(self, name, value, description=""):
        """Print values."""
        self._emit("list", name, value)

    def log_row(self, name, description=None, **kwargs):
        """Print a row."""
        self._emit("row", name, kwargs)

    def log_table(self, name, value, description=""):
        """Print a table."""
        self._emit("table", name, value)

    def log_image(self, name, path=None, plot=None, description=""):
        """Print that there is an image."""
        self._emit("image", name, plot or path)

    def log_residuals(self, name, value, description=None):
        """Print residuals."""
        self._emit("residual", name, value)

    def log_predictions(self, name, value, description=None):
        """Print predictions."""
        self._emit("predictions", name, value)

    def log_accuracy_table(self, name, value, description=None):
        """Print an accuracy table."""
        self._emit("accuracy_table", name, value)

    def log_confusion_matrix(self, name, value, description=None):
        """Print a confusion matrix."""
        self._emit("confusion_matrix", name, value)

    def add_properties(self, properties):
        """Print properties."""
        print(f"Attempted to add properties {properties}")

    def set_tags(self, tags):
        """Print tags."""
        print(f"Attempted to set tags {tags}")

    def tag(self, name, value=None):
        """Print a tag."""
        print(f"Attempted to add tag {name} with value {value}")

    def upload_file(self, name, path_or_stream, datastore_name=None):
        """Print the name of a file."""
        print(f"Attempted to track file {name} at {path_or_stream}")

    def upload_files(self, name, paths, return_artifacts=False, timeout_seconds=None, datastore_name=None):
        """Print the names of files."""
        print(f"Attempted to track files {name} at {paths} with timeout {timeout_seconds}s")

    def upload_folder(self, name, path, datastore_name=None):
        """Print the name of a folder."""
        print(f"Attempted to track folder {name} at {path}")

    def child_run(self, name=None, run_id=None, outputs=None):
        """Another run that only prints."""
        return OfflineRun(run_id=run_id or f"{self.id}.{name or store.guid()}")

    def complete(self):
        """Nothing: there is no run."""

    def fail(self, error_details=None, error_code=None):
        """Print why."""
        print(f"Run failed with error code {error_code}:\n{error_details}")

    def cancel(self):
        """Nothing: there is no run."""

    def flush(self):
        """Print that nothing has to be written."""
        print(f"Attempted to flush run with id {self.id}")

    def __enter__(self):
        print(f"[START] Run {self.id} context")
        return self

    def __exit__(self, *problem):
        print(f"[STOP] Run {self.id} context")
