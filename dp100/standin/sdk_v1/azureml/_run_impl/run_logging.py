"""What is logged to a run, and read back."""

from __future__ import annotations

import io
import json
import numbers
import time

from azureml._common.exceptions import AzureMLException
from azureml._local import logged_values as _values
from azureml._local import run_files as _files
from azureml._local.errors import raises as _raises
from azureml._local.errors import refused as _refused
from azureml._run_impl.run_base import _RunBase
from azureml.exceptions._azureml_exception import UserErrorException


@_raises(UserErrorException, _refused)
class _RunLogging(_RunBase):
    """The log methods of a run, and its metrics."""

    def log(self, name, value, description="", step=None):
        """Log a value; logged again, it becomes a series."""
        if step is not None and not isinstance(step, int | float | numbers.Integral):
            raise UserErrorException(f"The step of a metric has to be a number, not {step!r}.")
        self._tracking.log_scalar(self._run_id, name, value, None if step is None else int(step))

    def log_list(self, name, value, description=""):
        """Log several values at once."""
        values = [*value]
        _values.check_list(values)
        self._tracking.log_list(self._run_id, name, values)

    def log_row(self, name, description=None, **kwargs):
        """Log a row of a table, its cells as keyword arguments."""
        _values.check_row(kwargs)
        self._tracking.log_row(self._run_id, name, kwargs)

    def log_table(self, name, value, description=""):
        """Log a table, a dict of columns."""
        _values.check_table(value)
        self._tracking.log_table(self._run_id, name, value)

    def log_image(self, name, path=None, plot=None, description=""):
        """Log an image: a file, or a plot of matplotlib."""
        if path is not None and plot is not None:
            raise AzureMLException(
                "Invalid parameters, path and plot were both provided, only one at a time is supported"
            )
        if path is None and plot is None:
            raise AzureMLException("Invalid parameters, one of path and plot is required as input")
        if path is not None:
            _values.check_image(path)
            name_in_run = _values.image_name(path)
            _files.check_free(self._tracking, self._run_id, name_in_run)
            self._tracking.log_image(self._run_id, name, path, name_in_run)
            return
        image = io.BytesIO()
        try:
            plot.savefig(image, format="png")
        except AttributeError as error:
            raise AzureMLException(
                "Argument [plot] is of invalid type. Expected type: [matplotlib.pyplot]"
            ) from error
        taken = set(self._tracking.artifacts.names(self._run_id))
        seconds = int(time.time())
        while (file := f"{name}_{seconds}.png") in taken:  # several in one second
            seconds += 1
        self._tracking.log_image(self._run_id, name, image.getvalue(), file)

    def log_confusion_matrix(self, name, value, description=""):
        """Log a confusion matrix: a dict or its JSON."""
        self._chart("confusion_matrix", name, value)

    def log_accuracy_table(self, name, value, description=""):
        """Log an accuracy table: a dict or its JSON."""
        self._chart("accuracy_table", name, value)

    def log_residuals(self, name, value, description=""):
        """Log residuals: a dict or its JSON."""
        self._chart("residuals", name, value)

    def log_predictions(self, name, value, description=""):
        """Log predictions: a dict or its JSON."""
        self._chart("predictions", name, value)

    def _chart(self, kind, name, value):
        # As in the real SDK, what the JSON says is not looked at; the studio draws what has the schema of a chart.
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                raise UserErrorException("Invalid JSON provided") from None
        json.dumps(value)
        _files.check_free(self._tracking, self._run_id, name)
        self._tracking.log_json(self._run_id, name, kind, value)

    def get_metrics(self, name=None, recursive=False, run_type=None, populate=False):
        """What was logged, by name; with ``recursive`` by run id and name, for the run and all below it."""
        if recursive:
            below = self.get_children(recursive=True, type=run_type)
            ids = [self._run_id, *(child.id for child in below)]
            found = self._tracking.get_metrics_of(ids, name)
        else:
            found = {self._run_id: self._tracking.get_metrics(self._run_id, name)}
        if populate:
            found = {each: _files.populated(self._tracking, each, held) for each, held in found.items()}
        return found if recursive else found[self._run_id]

    def flush(self, timeout_seconds=300):
        """Wait until everything logged is written; it always is at once."""
