"""Runs: what is logged, uploaded and known of one execution."""

from __future__ import annotations

import logging
import os

from azureml._local import run_details as _details
from azureml._local.errors import raises as _raises
from azureml._local.errors import refused as _refused
from azureml._local.offline_run import OfflineRun as _OfflineRun
from azureml._restclient.exceptions import ServiceException as _ServiceException
from azureml._run_impl.run_artifacts import _RunArtifacts
from azureml._run_impl.run_children import _RunChildren
from azureml._run_impl.run_lifecycle import _RunLifecycle
from azureml._run_impl.run_logging import _RunLogging
from azureml.exceptions._azureml_exception import RunEnvironmentException, UserErrorException

from dp100.standin.engine import store as _store
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
class Run(_RunLogging, _RunArtifacts, _RunChildren, _RunLifecycle):
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
    def tags(self):
        """Its tags."""
        return self.get_tags()

    @property
    def properties(self):
        """Its properties."""
        return self.get_properties()

    def get_tags(self):
        """Its tags, read anew; one that was set without a value has None."""
        return {key: value or None for key, value in self._read().user_tags.items()}

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

    # --- models, environments, secrets -------------------------------------------------------------------

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
            raise UserErrorException("There is no run definition or environment specified for the run.")
        from azureml.core.environment import Environment

        return Environment._from_dict(definition["environment"])

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
