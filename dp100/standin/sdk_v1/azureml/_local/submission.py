"""From a script with its configuration to a job of the engine."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path, PureWindowsPath

from azureml._local import environments, materialized
from azureml._local.runconfig_parts import OutputData
from azureml.data.abstract_dataset import AbstractDataset
from azureml.data.data_reference import DataReference
from azureml.data.dataset_consumption_config import DatasetConsumptionConfig
from azureml.data.output_dataset_config import (
    HDFSOutputDatasetConfig,
    LinkFileOutputDatasetConfig,
    LinkTabularOutputDatasetConfig,
    OutputDatasetConfig,
    OutputFileDatasetConfig,
    OutputTabularDatasetConfig,
)
from azureml.exceptions._azureml_exception import (
    ExperimentExecutionException,
    SnapshotException,
    UserErrorException,
)

from dp100.standin.engine.data import datastores, uris
from dp100.standin.engine.errors import EngineError, Forbidden, NotOffline, TooLarge
from dp100.standin.engine.jobs import names
from dp100.standin.engine.jobs.spec import JobSpec
from dp100.standin.engine.jobs.submit import submit
from dp100.standin.engine.workspace import access

_NO_NAME = re.compile(r"^\W|[\x00-\x1f/\\:@<>\"|?*%]|.{256}")  # what no name of a dataset has
_SHELL = {"&&", "||", "|", ";", ">", ">>", "<", "&"}


def submitted(
    config, workspace, experiment_name, run_id=None, parent=None, tags=None, kind="azureml.scriptrun"
):
    """Submit; returns the ScriptRun."""
    from azureml.core.experiment import Experiment
    from azureml.core.script_run import ScriptRun

    if workspace is None:
        raise RuntimeError("Argument workspace cannot be None.")
    try:
        access.check(workspace._ws, "jobs/write")
    except Forbidden as error:  # the snapshot comes first, and is what the service refuses
        raise SnapshotException(error.message) from error
    spec = job(config, workspace, experiment_name, run_id, parent, tags)
    spec.properties.setdefault("azureml.runsource", "experiment")
    spec.extra["type"] = kind
    try:
        name = submit(workspace._ws, spec)
    except TooLarge as error:
        raise SnapshotException(error.message) from error
    except (NotOffline, Forbidden):
        raise
    except EngineError as error:
        if error.target == "compute":
            raise ExperimentExecutionException(error.message) from error
        raise UserErrorException(error.message) from error
    experiment = Experiment(workspace, experiment_name, _skip_name_validation=True)
    return ScriptRun(experiment, name, config.source_directory, config.run_config)


def job(config, workspace, experiment_name, run_id=None, parent=None, tags=None):
    """The job that a ScriptRunConfig stands for."""
    run = config.run_config
    folder = Path(config.source_directory or ".")
    if config.command and config.script:
        raise UserErrorException("Cannot provide both script and command. Please provide only one of them.")
    if not config.command and not config.script:
        raise UserErrorException("You must provide either a script or a command to run.")
    if config.script and not (folder / config.script).is_file():
        raise UserErrorException(
            f"{config.script} script path doesn't exist. The script should be inside the project folder. "
            f"Project folder path {folder.resolve()}"
        )
    if run.services:
        raise NotOffline("RunConfiguration.services", "No container runs here that could offer one.")
    if str(run.framework).lower() == "pyspark":
        raise NotOffline(
            "RunConfiguration.framework PySpark", "There is no Spark here to submit the script to."
        )
    if not isinstance(run.max_run_duration_seconds, int | float | None):
        raise UserErrorException(
            f"max_run_duration_seconds has to be a number of seconds, not {run.max_run_duration_seconds!r}."
        )
    name = run_id or names.v1(experiment_name)
    io = _Bindings(workspace, name)
    arguments = [io.word(each) for each in config.arguments or ()]
    told = [_told(each) for each in config.arguments or ()]
    command = config.command
    if command and not isinstance(command, str):
        command = [io.word(each) for each in command]
        if _SHELL.intersection(command):
            command = " ".join(command)
    if command and config.arguments:
        command = [*command, *arguments] if isinstance(command, list) else " ".join([command, *arguments])
        arguments = told = []
    for key, value in run.data.items():
        io.data(key, value)
    for key, value in run.output_data.items():
        io.output(value, key)
    for key, value in run.data_references.items():
        io.reference(key, value)
    variables = {
        **(run.environment.environment_variables or {}),
        **(run.environment_variables or {}),
        **io.variables(),
    }
    return JobSpec(
        experiment=experiment_name,
        name=name,
        code=str(folder),
        script=None if command else config.script,
        command=command or None,
        arguments=arguments,
        inputs=io.inputs,
        outputs=io.outputs,
        environment=_environment(workspace, run.environment),
        environment_variables={key: str(value) for key, value in variables.items()},
        compute=_target(run),
        instance_count=max(1, run.node_count or 1),
        distribution=_distribution(run),
        timeout=run.max_run_duration_seconds,
        tags={str(key): str(value) for key, value in (tags or {}).items()},
        parent=parent,
        python=_python(run.environment),
        sdk="v1",
        extra={
            "definition": run._to_dict() | {"script": config.script, "arguments": told},
            "datasets": io.datasets,
            "made": io.made,
            "registrations": io.registrations,
        },
    )


class _Bindings:
    """The inputs and outputs of a job, collected from its arguments and its configuration."""

    def __init__(self, workspace, run_id):
        self.workspace = workspace
        self.run_id = run_id
        self.inputs = {}
        self.outputs = {}
        self.datasets = {}
        self.registrations = {}
        self.made = {}
        self.modes = {}
        self.links = []

    def word(self, value):
        """An argument as text; data becomes what the engine replaces when the run starts."""
        if isinstance(value, DatasetConsumptionConfig):
            self.dataset(value.name, value)
            return f"${{{{inputs.{value.name}}}}}"
        if isinstance(value, AbstractDataset):
            raise UserErrorException(
                "Dataset cannot be used directly in a run. If you are using a FileDataset and would like to mount or "
                "download the dataset, please call the as_mount or the as_download methods on the dataset object. If "
                "you would like to use the direct mode, please call the as_named_input method on the dataset object "
                "to convert the dataset into a DatasetConsumptionConfig."
            )
        if isinstance(value, OutputDatasetConfig):
            self.output(value, value.name)
            return value.name if value.name in self.links else f"${{{{outputs.{value.name}}}}}"
        # The real one sends the arguments as JSON. A DataReference has to be given as str(reference), and what it
        # stands for comes with the entry in run_config.data_references only.
        json.dumps(value)
        return str(value)

    def dataset(self, name, config):
        """An input that is a dataset."""
        dataset = config.dataset
        if not isinstance(dataset, AbstractDataset):
            raise NotOffline(f"A {type(dataset).__name__} as the dataset of an input")
        identity = dataset._ensure_saved(self.workspace)
        self.datasets[name] = {
            "id": identity,
            "name": dataset.name,
            "version": dataset.version,
            "mode": config.mode,
        }
        self.modes[name] = config.mode
        if config.mode == "direct":
            self.inputs[name] = {"type": "string", "value": identity}
            return
        if config.mode == "hdfs":
            raise NotOffline("The mode hdfs of an input")
        target = _on_compute(config.path_on_compute)
        place = materialized.place(self.workspace, dataset)
        self.inputs[name] = {
            "type": "uri_file" if place.is_file() else "uri_folder",
            "path": str(place),
            "mode": "download" if config.mode == "download" else "ro_mount",
            **({"target": target} if target else {}),
        }

    def data(self, name, value):
        """An entry of ``run_config.data``."""
        if isinstance(value, DatasetConsumptionConfig):
            self.dataset(name, value)
            return
        if isinstance(value, AbstractDataset):
            raise UserErrorException(
                "Dataset cannot be used without providing a name for the run. Please provide a name by calling the "
                "as_named_input instance method on dataset."
            )
        location = getattr(value, "data_location", None)
        known = getattr(location, "dataset", None)
        if known is None or not (known.id or known.name):
            raise UserErrorException(f"{type(value).__name__} cannot be used as input.")
        dataset = (
            AbstractDataset.get_by_id(self.workspace, known.id)
            if known.id
            else AbstractDataset.get_by_name(self.workspace, known.name, known.version or "latest")
        )
        self.dataset(name, DatasetConsumptionConfig(name, dataset, value.mechanism, value.path_on_compute))

    def reference(self, name, value):
        """A data reference, as an input or an output."""
        config = value.to_config() if isinstance(value, DataReference) else value
        target = _on_compute(config.path_on_compute)
        place = uris.datastore_uri(config.data_store_name, (config.path_on_data_store or "").lstrip("/"))
        if config.mode == "upload":
            self.outputs[name] = {"type": "uri_folder", "path": place, "mode": "upload"}
            if target:
                self.outputs[name]["source"] = target
            return
        self.inputs[name] = {"type": "uri_folder", "path": place, "mode": "ro_mount"}
        if config.mode == "download":  # the service chooses the place of a mount itself
            self.inputs[name] |= {"mode": "download"} | ({"target": target} if target else {})

    def output(self, config, name):
        """An output; returns nothing."""
        if isinstance(config, LinkFileOutputDatasetConfig | LinkTabularOutputDatasetConfig):
            self.links.append(name)
            if config._registration:
                self.registrations[name] = {
                    "name": config._registration.name,
                    "description": config._registration.description,
                    "tags": config._registration.tags,
                }
            return
        files = config._output if isinstance(config, OutputTabularDatasetConfig) else config
        if isinstance(files, OutputData):
            raise NotOffline(
                "An OutputData in RunConfiguration.output_data", "Use an OutputFileDatasetConfig."
            )
        if not isinstance(files, OutputFileDatasetConfig | HDFSOutputDatasetConfig):
            raise UserErrorException(f"{type(config).__name__} cannot be used as output.")
        source = _on_compute(files.source, "source")
        datastore, path = _destination(self.workspace, files, name, self.run_id)
        spec = {
            "type": "uri_folder",
            "path": uris.datastore_uri(datastore, path.rstrip("/") + "/"),
            "mode": "upload" if config.mode == "upload" else "rw_mount",
            **({"source": source} if source else {}),
        }
        self.made[name] = _definition(config, datastore, path)
        if config._registration:
            if _NO_NAME.search(config._registration.name):  # now, and not when the run has done its work
                raise UserErrorException(
                    f"The dataset name '{config._registration.name}' of register_on_complete is invalid. It may not "
                    "have slashes, colons, quotation marks or any of @<>|?*%."
                )
            spec["name"] = config._registration.name
            self.registrations[config._registration.name] = {
                "description": config._registration.description,
                "tags": config._registration.tags,
                "definition": self.made[name],
            }
        self.outputs[name] = spec

    def variables(self):
        """How the script finds its datasets: the service's variables."""
        found = {}
        if self.modes:
            found["AZUREML_DATASET_ENVIRONMENT_VARS"] = ",".join(f"{k}:{v}" for k, v in self.modes.items())
        if self.outputs:
            found["AZUREML_DATASET_FILE_OUTPUTS"] = ";".join(self.outputs)
        if self.links:
            found["AZUREML_LINK_DATASET_OUTPUTS"] = ";".join(self.links)
        return found


def _told(argument):
    """An argument in the definition of the run: data by its name, as the real SDK sends it."""
    if isinstance(argument, DatasetConsumptionConfig):
        return f"DatasetConsumptionConfig:{argument.name}"
    if isinstance(argument, OutputDatasetConfig):
        return f"DatasetOutputConfig:{argument.name}"
    return str(argument)


def _on_compute(given, parameter="path_on_compute"):
    """A path on this computer, or below the working folder of the script, as text; None where none is named."""
    if not given:
        return None
    path = str(given)
    if not Path(path).is_absolute() and (path.startswith(("/", "\\")) or PureWindowsPath(path).drive):
        raise NotOffline(
            f"The {parameter} '{path}', which is no path of this computer,",
            "Name one that is, or a path relative to the working folder.",
        )
    return path


def _destination(workspace, config, name, run_id):
    """Datastore and path of an output, ``dataset/<run id>/<name>`` in the default one where none are named."""
    if not config.destination:
        return datastores.default(workspace._ws).name, f"dataset/{run_id}/{name}"
    given = config.destination if isinstance(config.destination, tuple) else (config.destination,)
    datastore = given[0] if isinstance(given[0], str) else given[0].name
    path = given[1] if len(given) > 1 and given[1] else "dataset/{run-id}/{output-name}"
    return datastore, path.replace("{run-id}", run_id).replace("{output-name}", name)


def _definition(config, datastore, path):
    """The dataset that an output is registered as."""
    if not isinstance(config, OutputTabularDatasetConfig):
        source = {"type": "files", "paths": [{"datastore": datastore, "path": path}], "options": {}}
        return {"kind": "file", "source": source, "steps": []}
    read = dict(config._read)
    kind, glob = read.pop("kind"), read.pop("path_glob")
    types = read.pop("types") or {}
    options = {
        "infer": True,
        "separator": ",",
        "header": 3,
        "empty_as_string": False,
        "encoding": "utf8",
        **read,
        "types": {name: list(value._kind) for name, value in types.items()},
    }
    where = [{"datastore": datastore, "path": f"{path.rstrip('/')}/{glob}" if glob else path}]
    source = {"type": kind, "paths": where, "options": options}
    return {"kind": "tabular", "source": source, "steps": [list(step) for step in config._steps]}


def _environment(workspace, environment):
    """The environment, registered if it is the learner's own, as the service does with a run's."""
    if environment.version and environments.is_registered(workspace._ws, environment):
        return f"{environment.name}:{environment.version}"
    if not environment.name:
        return environments.spec(environment) | {"v1": None}
    try:
        held = environments.register(workspace._ws, environment, keep_version=False)
    except Exception as error:
        raise ExperimentExecutionException(str(error)) from error
    return f"{held.name}:{held.version}"


def _python(environment):
    """The interpreter that a user-managed environment names, if this machine has it."""
    path = environment.python.interpreter_path
    if environment.python.user_managed_dependencies and path and path != "python" and os.path.isfile(path):  # noqa: PTH113
        return str(path)
    return None


def _target(run):
    target = run.target or "local"
    if target == "amlcompute" and run.amlcompute.vm_size is None:
        raise ExperimentExecutionException("Must specify VM size for the compute target to be created.")
    return "serverless" if target.lower() == "amlcompute" else target


def _distribution(run):
    communicator = (run.communicator or "None").lower()
    nodes = max(1, run.node_count or 1)
    if communicator in ("intelmpi", "openmpi", "mpi"):
        return {"type": "mpi", "process_count_per_instance": run.mpi.process_count_per_node or 1}
    if communicator in ("nccl", "gloo"):
        total = run.pytorch.process_count or nodes
        return {"type": "pytorch", "process_count_per_instance": max(1, total // nodes)}
    if communicator == "parameterserver":
        held = run.tensorflow
        return {
            "type": "tensorflow",
            "worker_count": held.worker_count,
            "parameter_server_count": held.parameter_server_count,
        }
    return None
