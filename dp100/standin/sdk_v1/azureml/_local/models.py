"""Registering models, from files and from runs."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from azureml._local.account import account
from azureml._local.errors import as_exception, refused_model
from azureml.exceptions._azureml_exception import ModelPathNotFoundException, WebserviceException

from dp100.standin.engine.errors import EngineError, NotFound
from dp100.standin.engine.models import registry

# What SDK v1 keeps of a model that MLflow's tables have no place for.
_KEPT = ("datasets", "sample_input_dataset", "sample_output_dataset", "resource_configuration")


def extra(workspace, values):
    """The ids of datasets and the like as JSON can hold them."""
    kept = {}
    for name in _KEPT:
        value = values.get(name)
        if value is None:
            continue
        if name == "datasets":
            kept[name] = [[scenario, dataset._ensure_saved(workspace)] for scenario, dataset in value]
        elif name == "resource_configuration":
            value._validate_configuration()
            kept[name] = value.serialize()
        else:
            kept[name] = value._ensure_saved(workspace)
    return kept


def register_from_run(
    run,
    name,
    path,
    tags,
    properties,
    *,
    description,
    model_framework,
    model_framework_version,
    **others,
):
    """Register a file or folder of a run; returns the Model."""
    from azureml.core.model import Model

    workspace = run.experiment.workspace
    try:
        held = registry.register(
            workspace._ws,
            name,
            artifact=str(path or name),
            run_id=run.id,
            tags=tags,
            properties=properties,
            description=description,
            framework=model_framework,
            framework_version=model_framework_version,
            created_by=account().user,
            extra=extra(workspace, others),
        )
    except NotFound as error:
        if error.target == "model_path":
            raise ModelPathNotFoundException(error.message) from error
        raise WebserviceException(error.message) from error
    except EngineError as error:
        raise as_exception(error, WebserviceException, refused_model) from error
    return Model._of(workspace, held)


def register_path(workspace, path, name, child_paths, **others):
    """Register a local file or folder, or some of what is in it; returns the engine's model."""
    source = Path(os.path.normpath(Path.cwd() / path))
    if not source.exists():
        raise WebserviceException(f'Error, provided model path "{path}" cannot be found')
    for child in child_paths or ():
        if not (source / child).exists():
            raise WebserviceException(f'Error, provided child path "{child}" cannot be found')
    with tempfile.TemporaryDirectory() as folder:
        if child_paths:
            part = Path(folder) / source.name
            for child in child_paths:
                target = part / child
                target.parent.mkdir(parents=True, exist_ok=True)
                if (source / child).is_dir():
                    shutil.copytree(source / child, target)
                else:
                    shutil.copyfile(source / child, target)
            source = part
        try:
            return registry.register(workspace._ws, name, source, created_by=account().user, **others)
        except EngineError as error:
            raise as_exception(error, WebserviceException, refused_model) from error
