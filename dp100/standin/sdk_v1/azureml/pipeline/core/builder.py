"""Data that goes from step to step of a pipeline, and what steps are."""

from __future__ import annotations

from azureml._local.later import absent as _absent

from dp100.standin.engine.errors import NotOffline as _NotOffline

PipelineStep, StepSequence = _absent(__name__, "PipelineStep", "StepSequence")


class PipelineData:
    """Data that one step of a pipeline makes and others use.

    Args:
        name: its name: letters, digits and underscores.
        datastore: where it is kept.
        output_name: the name of the step's output; the name by default.
        output_mode: ``mount`` or ``upload``.
        output_path_on_compute: where the step writes.
        output_overwrite: whether files that are there are replaced.
        data_type: the type of the data.
        is_directory: whether it is a folder; so by default.
        pipeline_output_name: the name of the pipeline's output that it is.
        training_output: what of an AutoML or tuning step it is.
    """

    def __init__(
        self,
        name,
        datastore=None,
        output_name=None,
        output_mode="mount",
        output_path_on_compute=None,
        output_overwrite=None,
        data_type=None,
        is_directory=None,
        pipeline_output_name=None,
        training_output=None,
    ):
        import re

        if not re.fullmatch(r"\w+", str(name or ""), re.ASCII):
            raise ValueError(
                f"PipelineData name: [{name}] is not a valid, as it may contain only letters, digits, and underscores."
            )
        if output_mode not in ("mount", "upload", "hdfs"):
            raise ValueError(f"Invalid output mode [{output_mode}]. It can be mount or upload.")
        self._name = name
        self._datastore = datastore
        self._output_name = output_name or name
        self._output_mode = output_mode
        self._output_path_on_compute = output_path_on_compute
        self._output_overwrite = output_overwrite
        self._data_type = data_type
        self._is_directory = is_directory
        self._pipeline_output_name = pipeline_output_name
        self._training_output = training_output

    @property
    def name(self):
        """Its name."""
        return self._name

    @property
    def datastore(self):
        """Where it is kept."""
        return self._datastore

    @property
    def data_type(self):
        """The type of the data."""
        return self._data_type

    def get_env_variable_name(self):
        """The name of the variable that tells a step where it is."""
        return f"$AZUREML_DATAREFERENCE_{self._name}"

    def as_dataset(self):
        """The data as a dataset."""
        raise _NotOffline("PipelineData.as_dataset")

    def as_input(self, input_name):
        """The data as an input of that name."""
        raise _NotOffline("PipelineData.as_input")

    def as_download(self, input_name=None, path_on_compute=None, overwrite=None):
        """The data as an input that is downloaded."""
        raise _NotOffline("PipelineData.as_download")

    def as_mount(self, input_name=None):
        """The data as an input that is mounted."""
        raise _NotOffline("PipelineData.as_mount")

    def create_input_binding(self, input_name=None, mode=None, path_on_compute=None, overwrite=None):
        """The data as an input of a step."""
        raise _NotOffline("PipelineData.create_input_binding")

    def __str__(self):
        return self.get_env_variable_name()

    __repr__ = __str__
