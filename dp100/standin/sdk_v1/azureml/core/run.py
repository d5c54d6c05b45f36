"""Runs: what is logged, uploaded and known of one execution."""

from __future__ import annotations

import json
import logging
import os
import sys

from azureml._common.exceptions import AzureMLException
from azureml._local import run_details as _details
from azureml._local import run_files as _files
from azureml._local.errors import raises as _raises
from azureml._local.errors import refused as _refused
from azureml._local.offline_run import OfflineRun as _OfflineRun
from azureml._restclient.exceptions import ServiceException as _ServiceException
from azureml._run_impl.run_base import _RunBase
from azureml.core._experiment_method import get_experiment_submit as _get_experiment_submit
from azureml.exceptions._azureml_exception import (
    ActivityFailedException,
    ExperimentExecutionException,
    RunEnvironmentException,
    SnapshotException,
    UserErrorException,
)

from dp100.standin.engine import store as _store
from dp100.standin.engine.errors import EngineError as _EngineError
from dp100.standin.engine.errors import Forbidden as _Forbidden
from dp100.standin.engine.errors import NotFound as _NotFound
from dp100.standin.engine.tracking.entities import ENDED as _ENDED
from dp100.standin.engine.tracking.store import Tracking as _Tracking

BASE_RUN_SOURCE = "azureml.runsource"
OUTPUTS_DIR = "./outputs"
RUN_ORIGIN = "ExperimentRun"
SDK_TARGET = "sdk"
RUNNING_STATES = [
    "NotStarted",
    "Starting",
    "Provisioning",
    "Preparing",
    "Queued",
    "Running",
    "CancelRequested",
    "NotResponding",
    "Paused",
]
POST_PROCESSING_STATES = ["Finalizing"]

_logger = logging.getLogger(__name__)
_TYPE_PROVIDERS: dict = {}


@_raises(UserErrorException, _refused)
class Run(_RunBase):
    """One execution of a script, or of code in this process.

    Args:
        experiment: the experiment it belongs to.
        run_id: its id.
    """

    def __init__(self, experiment, run_id, outputs=None, **kwargs):
        super().__init__(experiment, run_id, outputs=outputs, **kwargs)

    # --- finding -------------------------------------------------------------------------------------------

    @classmethod
    def get_context(cls, allow_offline=True, used_for_context_manager=False, **kwargs):
        """The run that this process belongs to; outside of one a run that only prints.

        Raises:
            RunEnvironmentException: there is none, and ``allow_offline`` is false.
        """
        run_id = os.environ.get("AZUREML_RUN_ID")
        name = os.environ.get("AZUREML_ARM_WORKSPACE_NAME")
        if run_id and name:
            return _SubmittedRun._of_environment(run_id, name)
        if not allow_offline:
            raise RunEnvironmentException()
        return _OfflineRun(**kwargs)

    @classmethod
    def get_submitted_run(cls, **kwargs):
        """The run that this process belongs to, under the name of :meth:`get_context` that it had first."""
        _logger.warning("Run.get_submitted_run() is deprecated, use Run.get_context() instead")
        return cls.get_context(allow_offline=False, **kwargs)

    @staticmethod
    def get(workspace, run_id):
        """The run of that id, whatever its experiment."""
        try:
            held = _Tracking(workspace._ws).run(run_id)
        except _NotFound as error:
            raise _ServiceException(f"(UserError) Run {run_id} was not found.", status_code=404) from error
        return _run(workspace, held)

    @staticmethod
    def list(
        experiment,
        type=None,
        tags=None,
        properties=None,
        status=None,
        include_children=False,
        _rehydrate_runs=True,
    ):
        """The runs of an experiment, the last started first: a generator."""
        found = experiment._tracking.runs(
            experiment.name, tags=tags, properties=properties, children=include_children, status=status
        )
        return _of_type((_run(experiment.workspace, held, experiment) for held in found), type)

    @staticmethod
    def list_by_compute(compute, type=None, tags=None, properties=None, status=None):
        """The runs on a compute target that have not ended: a generator."""
        workspace = compute.workspace
        found = _Tracking(workspace._ws).runs(tags=tags, properties=properties)
        held = (
            each
            for each in found
            if (each.state == status if status else each.state not in _ENDED)
            and _details.target(workspace._ws, each.id) == compute.name
        )
        return _of_type((_run(workspace, each) for each in held), type)

    @staticmethod
    def add_type_provider(runtype, run_factory):
        """Have runs of a type made by a function of experiment and run id."""
        _TYPE_PROVIDERS[runtype] = run_factory

    @classmethod
    def _start_logging(
        cls,
        experiment,
        name=None,
        run_id=None,
        outputs=None,
        snapshot_directory=".",
        display_name=None,
        description=None,
        tags=None,
        **kwargs,
    ):
        held = experiment._tracking.create_run(
            experiment.name,
            run_id or _store.guid(),
            display_name or name or _details.friendly_name(),
            user=_details.user(experiment.workspace._ws),
            tags=tags,
            properties=_details.properties_of_interactive(experiment.workspace._ws, snapshot_directory),
        )
        made = cls(
            experiment,
            held.id,
            outputs=None if outputs is False else OUTPUTS_DIR if outputs in (None, True, "") else outputs,
            _run_dto=held,
        )
        if description:
            made.description = description
        return made

    # --- what it tells -------------------------------------------------------------------------------------

    @property
    def experiment(self):
        """The experiment it belongs to."""
        return self._experiment

    @property
    def id(self):
        """Its id."""
        return self._run_id

    @property
    def name(self):
        """Its name, the display name."""
        return self._read().name

    @property
    def display_name(self):
        """The name that lists show."""
        return self._read().name

    @display_name.setter
    def display_name(self, value):
        self._tracking.rename_run(self._run_id, value)

    @property
    def description(self):
        """What it is about."""
        return self._read().tags.get("mlflow.note.content")

    @description.setter
    def description(self, value):
        self._tracking.set_tag(self._run_id, "mlflow.note.content", value)

    @property
    def number(self):
        """Its number in the experiment: the first run has 1."""
        runs = self._tracking.runs(self._experiment.name, deleted=None, oldest_first=True)
        return next(number for number, held in enumerate(runs, start=1) if held.id == self._run_id)

    @property
    def parent(self):
        """The run it is a child of, or None."""
        parent = self._read().parent
        return Run.get(self._experiment.workspace, parent) if parent else None

    @property
    def type(self):
        """What kind of run it is, such as ``azureml.scriptrun``; None for one that was started in a process."""
        return _details.kind(self._ws, self._run_id)

    @property
    def status(self):
        """Its state: ``Running``, ``Completed`` ..."""
        return self.get_status()

    @property
    def tags(self):
        """Its tags."""
        return self.get_tags()

    @property
    def properties(self):
        """Its properties."""
        return self.get_properties()

    def get_status(self):
        """Its state now: ``Queued``, ``Running``, ``Completed`` ..."""
        return _details.state(self._ws, self._read())

    def get_detailed_status(self):
        """Its state with more about it, a dict."""
        return {"status": self.get_status(), "details": ""}

    def get_details(self):
        """Everything about it: definition, state, properties, and where its logs are."""
        return _details.details(self._experiment.workspace, self._read())

    def get_details_with_logs(self):
        """:meth:`get_details` with the text of the logs instead of where they are."""
        found = self.get_details()
        found["logFiles"] = {
            name: path.read_text(encoding="utf-8", errors="replace")
            for name, path in _files.logs(self._tracking, self._ws, self._run_id).items()
        }
        return found

    def get_tags(self):
        """Its tags, read anew."""
        return self._read().user_tags

    def get_properties(self):
        """Its properties, read anew."""
        return dict(self._read().properties)

    def tag(self, key, value=None):
        """Set one tag."""
        self.set_tags({key: value})

    def set_tags(self, tags):
        """Set tags, over those of the same names."""
        self._tracking.set_tags(
            self._run_id, {str(key): "" if value is None else str(value) for key, value in tags.items()}
        )

    def remove_tags(self, tags):
        """Remove tags, a list of names; returns the names."""
        names = [tags] if isinstance(tags, str) else [*tags]
        self._tracking.delete_tags(self._run_id, names)
        return names

    def add_properties(self, properties):
        """Add properties, which cannot be changed once they are set."""
        self._tracking.add_properties(self._run_id, {str(k): str(v) for k, v in properties.items()})

    # --- logging -------------------------------------------------------------------------------------------

    def log(self, name, value, description="", step=None):
        """Log a value; logged again, it becomes a series."""
        self._tracking.log_scalar(self._run_id, name, value, step)

    def log_list(self, name, value, description=""):
        """Log several values at once."""
        self._tracking.log_list(self._run_id, name, value)

    def log_row(self, name, description=None, **kwargs):
        """Log a row of a table, its cells as keyword arguments."""
        self._tracking.log_row(self._run_id, name, kwargs)

    def log_table(self, name, value, description=""):
        """Log a table, a dict of columns."""
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
            self._tracking.log_image(self._run_id, name, path)
            return
        import io

        image = io.BytesIO()
        plot.savefig(image, format="png")
        self._tracking.log_image(self._run_id, name, image.getvalue())

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
        self._tracking.log_json(self._run_id, name, kind, value)

    def get_metrics(self, name=None, recursive=False, run_type=None, populate=False):
        """What was logged, by name; with ``recursive`` by run id and name, for the run and all below it."""
        if recursive:
            below = self.get_children(recursive=True, type=run_type)
            ids = [self._run_id, *(child.id for child in below)]
            return self._tracking.get_metrics_of(ids, name)
        found = self._tracking.get_metrics(self._run_id, name)
        return _files.populated(self._tracking, self._run_id, found) if populate else found

    def flush(self, timeout_seconds=300):
        """Wait until everything logged is written; it always is at once."""

    # --- files ---------------------------------------------------------------------------------------------

    def upload_file(self, name, path_or_stream, datastore_name=None):
        """Put a file among the run's files, where ``name`` is free."""
        return _files.upload(self._tracking, self._ws, self._run_id, {name: path_or_stream}, datastore_name)

    def upload_files(self, names, paths, return_artifacts=False, timeout_seconds=None, datastore_name=None):
        """Put several files among the run's files."""
        if len(names) != len(paths):
            raise UserErrorException("names and paths have to be of the same length.")
        pairs = dict(zip(names, paths, strict=True))
        return _files.upload(self._tracking, self._ws, self._run_id, pairs, datastore_name)

    def upload_folder(self, name, path, datastore_name=None):
        """Put a folder's files among the run's files, below ``name``."""
        return _files.upload_folder(self._tracking, self._ws, self._run_id, name, path, datastore_name)

    def get_file_names(self):
        """The names of the run's files."""
        return _files.names(self._tracking, self._ws, self._run_id)

    def download_file(self, name, output_file_path=None, _validate_checksum=False):
        """Copy one of the run's files to a path, into a folder, or to the working folder."""
        _files.download(self._tracking, self._ws, self._run_id, name, output_file_path)

    def download_files(
        self,
        prefix=None,
        output_directory=None,
        output_paths=None,
        batch_size=100,
        append_prefix=True,
        timeout_seconds=None,
    ):
        """Copy the run's files, those below ``prefix``, to a folder or to the paths given."""
        _files.download_many(
            self._tracking, self._ws, self._run_id, prefix, output_directory, output_paths, append_prefix
        )

    def get_all_logs(self, destination=None):
        """Copy the logs to a folder; returns their paths."""
        return _files.download_logs(self._tracking, self._ws, self._run_id, destination)

    # --- children ------------------------------------------------------------------------------------------

    def child_run(self, name=None, run_id=None, outputs=None):
        """Start a run that is a child of this one."""
        held = self._tracking.create_run(
            self._experiment.name,
            run_id or _store.guid(),
            name or _details.friendly_name(),
            parent=self._run_id,
            user=_details.user(self._ws),
        )
        return Run(self._experiment, held.id, outputs=outputs, _run_dto=held)

    def create_children(self, count=None, tag_key=None, tag_values=None):
        """Start several children: so many, or one for each value of a tag."""
        if count is not None and (tag_key or tag_values):
            raise UserErrorException("Either count, or tag_key and tag_values have to be given.")
        if count is None and not (tag_key and tag_values):
            raise UserErrorException("Either count, or tag_key and tag_values have to be given.")
        children = []
        for value in tag_values if count is None else [None] * count:
            child = self.child_run()
            if tag_key:
                child.tag(tag_key, value)
            children.append(child)
        return children

    def get_children(
        self,
        recursive=False,
        tags=None,
        properties=None,
        type=None,
        status=None,
        _rehydrate_runs=True,
    ):
        """The children, the last started first; with ``recursive`` all below: a generator."""
        workspace = self._experiment.workspace

        def below(run_id):
            for held in self._tracking.runs(parent=run_id):
                yield held
                if recursive:
                    yield from below(held.id)

        if not (tags or properties or status):
            found = below(self._run_id)
        else:
            chosen = {
                held.id for held in self._tracking.runs(tags=tags, properties=properties, status=status)
            }
            found = (held for held in below(self._run_id) if held.id in chosen)
        return _of_type((_run(workspace, held) for held in found), type)

    def submit_child(self, config, tags=None, **kwargs):
        """Submit a script or another configuration as a child of this run."""
        return _get_experiment_submit(config)(
            config,
            self._experiment.workspace,
            self._experiment.name,
            tags=tags,
            _parent_run_id=self._run_id,
            **kwargs,
        )

    # --- state ---------------------------------------------------------------------------------------------

    def start(self):
        """Say that the run has begun."""
        self._turn("Running")

    def complete(self, _set_status=True):
        """Say that the run is done."""
        if _set_status:
            self._turn("Completed")

    def fail(self, error_details=None, error_code=None, _set_status=True):
        """Say that the run has failed, and why: a text or an exception."""
        if not isinstance(error_details, str | BaseException | None):
            raise TypeError("error_details must be instance of string or BaseException.")
        if not _set_status or self._turn("Failed"):
            _details.keep_error(self._tracking, self._run_id, error_details, error_code)

    def cancel(self):
        """End the run; a submitted script with all its processes.

        Raises:
            ExperimentExecutionException: it has ended already.
        """
        from dp100.standin.engine.jobs import control, records

        if not records.exists(self._ws, self._run_id):
            state = self.get_status()
            if state in _ENDED:
                raise ExperimentExecutionException(
                    f"Run {self._run_id} is in the state {state} and cannot be canceled."
                )
            self._turn("Canceled")
            return
        try:
            control.cancel(self._ws, self._run_id)
        except _Forbidden:
            raise
        except _EngineError as error:
            raise ExperimentExecutionException(error.message) from error

    def _turn(self, state):
        """Put a run that was started in a process into a state; whether it was put there.

        An end is final: what comes after it is told, and changes nothing, so that ``complete()`` in a ``finally``
        or at the end of a ``with`` does not hide that the run has failed.

        Raises:
            ServiceException: the run was submitted, and its state is the service's business.
        """
        from dp100.standin.engine.jobs import records

        if records.exists(self._ws, self._run_id):
            raise _ServiceException(
                f"(UserError) Client is not permitted to update status for run {self._run_id}. "
                "Status for this run is system managed."
            )
        now = self.get_status()
        if now in _ENDED:
            if now != state:
                _logger.warning(
                    "Run %s has ended in the state %s, which %s does not change.", self._run_id, now, state
                )
            return False
        if state in _ENDED:
            _files.upload_tracked(self._tracking, self._ws, self._run_id, self._outputs)
        self._tracking.set_status(self._run_id, state)
        return True

    def wait_for_completion(self, show_output=False, wait_post_processing=False, raise_on_error=True):
        """Wait for the run's end; returns its details.

        Args:
            show_output: print the log as it comes.
            raise_on_error: raise ActivityFailedException if the run fails.
        """
        try:
            if show_output:
                _details.stream(self, sys.stdout)
            else:
                _details.wait(self)
        except KeyboardInterrupt:
            raise ExperimentExecutionException(
                "The output streaming for the run interrupted.\nBut the run is still executing on the compute "
                "target. \nDetails for canceling the run can be found here: https://aka.ms/aml-docs-cancel-run"
            ) from None
        found = self.get_details()
        if found["status"] == "Failed":
            error = (
                found.get("error") or "Detailed error not set on the Run. Please check the logs for details."
            )
            if raise_on_error:
                raise ActivityFailedException(error_details=json.dumps(error, indent=4))
            if show_output:
                print("\nError:\n" + json.dumps(error, indent=4))
        return found

    def clean(self):
        """Delete what the run has left on its target; here nothing is left."""
        return []

    # --- models, environments, snapshots, secrets ----------------------------------------------------------

    def register_model(
        self,
        model_name,
        model_path=None,
        tags=None,
        properties=None,
        model_framework=None,
        model_framework_version=None,
        description=None,
        datasets=None,
        sample_input_dataset=None,
        sample_output_dataset=None,
        resource_configuration=None,
        **kwargs,
    ):
        """Register a file or folder of the run as a model; returns the model."""
        from azureml._local.models import register_from_run

        return register_from_run(
            self,
            model_name,
            model_path,
            tags,
            properties,
            description=description,
            model_framework=model_framework,
            model_framework_version=model_framework_version,
            datasets=datasets,
            sample_input_dataset=sample_input_dataset,
            sample_output_dataset=sample_output_dataset,
            resource_configuration=resource_configuration,
        )

    def get_environment(self):
        """The environment that the run was submitted with."""
        definition = _details.definition(self._ws, self._run_id)
        if not definition.get("environment"):
            raise UserErrorException("The run has no environment.")
        from azureml.core.environment import Environment

        return Environment._from_dict(definition["environment"])

    def get_snapshot_id(self):
        """The id of the run's snapshot, or None."""
        return self._read().properties.get("ContentSnapshotId")

    def take_snapshot(self, file_or_folder_path):
        """Keep a copy of a folder with the run; returns its id."""
        from dp100.standin.engine.errors import TooLarge
        from dp100.standin.engine.jobs import snapshot

        if self.get_snapshot_id():
            raise SnapshotException(f"Run with id {self._run_id} already has a snapshot.")
        try:
            kept = snapshot.take(self._ws, file_or_folder_path, max_files=snapshot.FILES)
        except TooLarge as error:
            raise SnapshotException(error.message) from error
        self.add_properties({"ContentSnapshotId": kept})
        return kept

    def restore_snapshot(self, snapshot_id=None, path=None):
        """Write the run's snapshot to a ZIP file; returns its path."""
        kept = snapshot_id or self.get_snapshot_id()
        if not kept:
            raise UserErrorException(f"Run {self._run_id} has no snapshot.")
        return _files.restore_snapshot(self._ws, kept, path)

    def get_secret(self, name):
        """A secret of the workspace's key vault."""
        return self._experiment.workspace.get_default_keyvault().get_secret(name)

    def get_secrets(self, secrets):
        """Several secrets of the workspace's key vault, by name."""
        return self._experiment.workspace.get_default_keyvault().get_secrets(secrets)


class _SubmittedRun(Run):
    """The run that this process belongs to; its state is the service's business."""

    _instances: dict = {}

    @classmethod
    def _of_environment(cls, run_id, name):
        from azureml.core.experiment import Experiment
        from azureml.core.workspace import Workspace

        if run_id not in cls._instances:
            workspace = Workspace.get(
                name,
                subscription_id=os.environ.get("AZUREML_ARM_SUBSCRIPTION"),
                resource_group=os.environ.get("AZUREML_ARM_RESOURCEGROUP"),
            )
            held = _Tracking(workspace._ws).run(run_id)
            experiment = Experiment(workspace, held.experiment, _skip_name_validation=True)
            cls._instances[run_id] = cls(experiment, run_id, _run_dto=held)
        return cls._instances[run_id]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._inputs = self._outputs_ = None

    @property
    def input_datasets(self):
        """The input datasets by name: the dataset, or the path where its files are."""
        if self._inputs is None:
            self._inputs = InputDatasets(self._experiment.workspace)
        return self._inputs

    @property
    def output_datasets(self):
        """The outputs by name: the path to write to."""
        if self._outputs_ is None:
            self._outputs_ = OutputDatasets(self._experiment.workspace)
        return self._outputs_

    def complete(self):
        """Nothing: the run is done when its script is."""

    def fail(self, error_details=None, error_code=None):
        """Keep why; the run fails when its script does."""
        super().fail(error_details, error_code, _set_status=False)

    def cancel(self):
        """Nothing: a script is canceled from outside."""
        _logger.warning("cancel is not supported for submitted runs.")

    def __exit__(self, *problem):
        return None


class InputDatasets(dict):
    """The input datasets of a run by name: the dataset itself, or the path where its files are."""

    def __init__(self, workspace):
        super().__init__()
        from azureml.data.abstract_dataset import AbstractDataset

        for pair in filter(None, os.environ.get("AZUREML_DATASET_ENVIRONMENT_VARS", "").split(",")):
            name, _, mode = pair.partition(":")
            value = os.environ.get(f"AZUREML_DATAREFERENCE_{name}")
            self[name] = AbstractDataset.get_by_id(workspace, value) if mode == "direct" else value


class OutputDatasets(dict):
    """The outputs of a run by name: the path to write to, or what links a dataset to the run."""

    def __init__(self, workspace):
        super().__init__()
        self.workspace = workspace
        for name in filter(None, os.environ.get("AZUREML_DATASET_FILE_OUTPUTS", "").split(";")):
            self[name] = os.environ.get(f"AZUREML_DATAREFERENCE_{name}")
        for name in filter(None, os.environ.get("AZUREML_LINK_DATASET_OUTPUTS", "").split(";")):
            self[name] = LinkOutput(workspace, name)


class LinkOutput:
    """An output that a dataset is linked to."""

    def __init__(self, workspace, name=None):
        self.workspace = workspace
        self.name = name

    def link(self, dataset, run=None):
        """Link a dataset to the run."""
        from azureml.data.abstract_dataset import AbstractDataset

        if not isinstance(dataset, AbstractDataset):
            raise RuntimeError("Argument dataset must an instance of AbstractDataset")
        owner = run or Run.get_context()
        identity = dataset._ensure_saved(self.workspace)
        owner.add_properties({f"azureml.output.{self.name}": identity})


def get_run(experiment, run_id, rehydrate=True, clean_up=True):
    """The run of that id in an experiment."""
    found = Run.get(experiment.workspace, run_id)
    if found.experiment.name != experiment.name:
        raise _ServiceException(f"(UserError) Run {run_id} was not found.", status_code=404)
    return found


def _run(workspace, held, experiment=None):
    """The object for a run of the store, of the class for its type."""
    from azureml.core.experiment import Experiment

    if experiment is None or experiment.name != held.experiment:
        experiment = Experiment(workspace, held.experiment, _skip_name_validation=True)
    kind = _details.kind(workspace._ws, held.id)
    if kind in _TYPE_PROVIDERS:
        return _TYPE_PROVIDERS[kind](experiment, held.id)
    if kind == "azureml.scriptrun":
        from azureml.core.script_run import ScriptRun

        return ScriptRun(experiment, held.id, _run_dto=held)
    return Run(experiment, held.id, _run_dto=held)


def _of_type(runs, kind):
    return (run for run in runs if kind is None or run.type == kind)
