"""From a command job of azure.ai.ml to the engine's record of one: files uploaded, names resolved."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from azure.ai.ml import Input, Output
from azure.ai.ml._utils.utils import map_single_brackets_and_warn
from azure.ai.ml.constants import AssetTypes
from azure.ai.ml.entities import Command, CommandJob, Job, ValidationResult
from azure.ai.ml.entities._job._input_output_helpers import validate_key_contains_allowed_characters
from azure.ai.ml.entities._validation import PathAwareSchemaValidatableMixin
from azure.ai.ml.exceptions import ErrorTarget, ValidationErrorType

from dp100.standin.engine import store
from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.engine.data.uris import parse
from dp100.standin.engine.errors import NotOffline
from dp100.standin.engine.jobs.spec import PATH_TYPES, JobSpec
from dp100.standin.engine.models import registry
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2 import assets, codes, job_settings, places, uploads
from dp100.standin.sdk_v2.errors import bad_request, invalid, missing
from dp100.standin.sdk_v2.operations import environments

_MODELS = (AssetTypes.MLFLOW_MODEL, AssetTypes.CUSTOM_MODEL, AssetTypes.TRITON_MODEL)


def validated(job: Job, *, raise_on_failure: bool) -> ValidationResult:
    """What is wrong with a job, as its schema says.

    Raises:
        ValidationException: something is and ``raise_on_failure`` is true.
    """
    if not hasattr(job, "_validate"):
        raise NotOffline(f"A job of the type {job.type}")
    if isinstance(job, Command):
        result = job._validate(raise_error=raise_on_failure)
    else:  # which the SDK checks when it is sent
        result = PathAwareSchemaValidatableMixin._create_empty_validation_result()
    code = getattr(job, "code", None)
    if isinstance(code, str) and code.startswith("git+"):
        result.append_error(
            message=f"Invalid code value: {code}. Git paths are not supported.", yaml_path="code"
        )
    result.try_raise(
        raise_error=raise_on_failure, error_func=lambda message, plain: invalid(message, ErrorTarget.JOB)
    )
    assert isinstance(result, ValidationResult)
    return result


def plain_of(job: Command | CommandJob) -> CommandJob:
    """The job as the SDK is about to send it; one that comes from the service is sent without its default output.

    What only its component says is not in it: the environment, and defaults of inputs.

    Raises:
        ValidationException: no environment, an input that the command names is missing, or a name is none.
        NotOffline: something that only a container could do.
    """
    job_settings.check(job)
    plain = job._to_job() if isinstance(job, Command) else job
    plain._validate()
    plain.command = map_single_brackets_and_warn(str(plain.command))
    if job.id:
        plain.outputs = {name: each for name, each in (plain.outputs or {}).items() if name != "default"}
    for name in (*(plain.inputs or {}), *(plain.outputs or {})):
        validate_key_contains_allowed_characters(name)
    return plain


def spec_of(ws: Workspace, job: Command | CommandJob, plain: CommandJob) -> JobSpec:
    """The engine's record of a job.

    Args:
        plain: the same, from :func:`plain_of`.

    Raises:
        ValidationException: an input without path, a file that is not there ...
        NotFound: an environment, a label or an asset that is not there.
        HttpResponseError: a type, or the place of an output, that the service does not take.
        NotOffline: an address that only the cloud has.
    """
    base = job._base_path
    resources = _mapping(plain.resources)
    if more := dict(getattr(plain.resources, "properties", None) or {}):  # which is a property of the class
        resources = (resources or {}) | {"properties": store.plain(more)}
    limits: Any = plain.limits
    nodes = (resources or {}).get("instance_count")
    inputs = {name: _input(ws, name, each, base) for name, each in (plain.inputs or {}).items()}
    outputs = {name: _output(name, each) for name, each in (plain.outputs or {}).items()}
    extra: dict[str, Any] = {
        "created_by": (ws.principal or access.user()).name,
        "resources": resources,
        "limits": _mapping(limits),
        "queue_settings": _mapping(plain.queue_settings),
        "identity": _mapping(plain.identity),
    }
    compute = plain.compute
    return JobSpec(
        experiment=plain.experiment_name or _default_experiment(),
        name=plain.name,
        display_name=plain.display_name,
        code=codes.take(ws, plain.code, base),
        command=plain.command,
        inputs=inputs,
        outputs=outputs,
        environment=environments.reference(ws, plain.environment) if plain.environment else None,
        environment_variables={str(k): str(v) for k, v in (plain.environment_variables or {}).items()},
        compute=getattr(compute, "name", None) or str(compute or "serverless"),
        instance_count=1 if nodes is None else int(nodes),
        distribution=_mapping(plain.distribution),
        timeout=float(limits.timeout) if limits and getattr(limits, "timeout", None) else None,
        tags={str(key): str(value) for key, value in (plain.tags or {}).items()},
        properties={str(key): str(value) for key, value in {**(plain.properties or {}), **_git()}.items()},
        description=plain.description,
        parent=getattr(plain, "parent_job_name", None),
        sdk="v2",
        extra={key: value for key, value in extra.items() if value},
    )


# --- inside ----------------------------------------------------------------------------------------------


def _default_experiment() -> str:
    """The working folder's name without blanks, as the SDK takes it; where that is no experiment's name, made one."""
    name = re.sub(r"[^\w-]", "_", Path.cwd().resolve().stem.replace(" ", ""), flags=re.ASCII)
    return re.sub(r"^[^a-zA-Z0-9]+", "", name)[:255] or "Default"


def _mapping(given: Any) -> dict[str, Any] | None:
    """The attributes of one of the SDK's small classes that have a value."""
    if given is None:
        return None
    held = given if isinstance(given, Mapping) else vars(given)
    found = {
        str(key): value
        for key, value in held.items()
        if not str(key).startswith("_") and value not in (None, {}, [])
    }
    plain = store.plain({key: _nested(value) for key, value in found.items()})
    assert isinstance(plain, dict)
    return plain or None


def _nested(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float | bool | Mapping | list | tuple):
        return value
    return _mapping(value)


def _input(ws: Workspace, name: str, given: Any, base: Any) -> Any:
    held = getattr(given, "_data", given)
    if not isinstance(held, Input):
        return held
    if held.type not in PATH_TYPES:
        return {"type": held.type, "value": held.default}
    if held.path_on_compute:
        raise NotOffline(
            f"path_on_compute of the input '{name}'", "There is no container that it could be in."
        )
    if not held.path:
        raise missing("Input path can't be empty for jobs.", ErrorTarget.JOB)
    return {"type": held.type, "mode": _mode(held.mode, "ro_mount")} | _path(ws, name, held, base)


def _path(ws: Workspace, name: str, given: Input, base: Any) -> dict[str, str]:
    """An input's path as the engine takes it, and the asset that it is, if it is one."""
    text = str(given.path)
    kind = "models" if given.type in _MODELS else "data"
    if "://" in text or text.startswith("runs:/"):
        uri = places.settled(ws, text)
        if parse(uri).form in ("url", "storage", "datastore"):
            places.locate(ws, uri)  # refuses what only the cloud has, and a datastore that there is not
        return {"path": uri, "asset": text}
    if text.startswith("/subscriptions/") or text.startswith("azureml:/"):
        return _asset(ws, name, text, given.type, kind, direct=_mode(given.mode, "") == "direct")
    path = Path(text)
    if path.is_absolute():
        if given.type == AssetTypes.URI_FOLDER and not path.is_dir():
            raise _nothing("dir", text)
        if given.type == AssetTypes.URI_FILE and not path.is_file():
            raise _nothing("file", text)
    elif ":" in text or "@" in text:
        return _asset(ws, name, text, given.type, kind, direct=_mode(given.mode, "") == "direct")
    place = uploads.absolute(path, base)
    return {"path": uploads.upload(ws, place, ErrorTarget.JOB, getattr(given, "datastore", None))}


def _asset(ws: Workspace, to: str, text: str, wanted: str, kind: str, *, direct: bool) -> dict[str, str]:
    """The version of data or of a model that a reference names; it has to be there.

    Args:
        to: the input that it is for.
        wanted: the input's type.
        direct: the input's mode is ``direct``.
    """
    found = parse(text if text.startswith(("azureml:", "/")) else f"azureml:{text}")
    name, version = str(found.name), found.version
    label = found.label if version is None else None
    if label:
        assets.check_label(name, label)
    if (found.kind or kind) == "models":
        model = registry.get(ws, name, version, label=label)
        # Any folder can be taken as a custom model; the other types promise what is in theirs.
        if kind != "models" or wanted not in (model.type, AssetTypes.CUSTOM_MODEL):
            raise _mismatch(to, wanted, "model", f"{model.name}:{model.version}", model.type)
        return {"path": str(model.path), "asset": model.id}
    if version is None and label is None:
        raise missing(
            f"Failed to extract version when parsing asset {text} of type data as arm id. Version must be provided.",
            ErrorTarget.ASSET,
        )
    held = AssetStore(ws, "data").get(name, version, label=label)
    there = held.spec.get("type")
    # A dataset of SDK v1 says only with its mode how it is to be read; a table is a folder with a file MLTable.
    fits = there in (None, wanted) or held.spec.get("v1") or (there, wanted) == ("mltable", "uri_folder")
    if kind == "models" or not fits:
        raise _mismatch(
            to, wanted, "data asset", f"{held.name}:{held.version}", held.spec.get("type") or "uri_folder"
        )
    path = f"azureml:{held.name}:{held.version}"
    if direct and str(held.spec.get("path")).startswith("azureml://"):
        path = (
            uploads.shown(ws, held.spec["path"]) or path
        )  # the script gets no asset but the place of its data
    return {"path": path, "asset": f"{held.name}:{held.version}"}


def _mismatch(to: str, wanted: str, what: str, which: str, kind: str) -> Exception:
    return bad_request(
        f"The input '{to}' has the type {wanted}, which does not match the type {kind} of the {what} {which}."
    )


def _nothing(what: str, path: str) -> Exception:
    return invalid(
        f"There is no {what} on target path: {path}",
        ErrorTarget.JOB,
        ValidationErrorType.FILE_OR_FOLDER_NOT_FOUND,
    )


def _output(name: str, given: Any) -> dict[str, Any]:
    held = getattr(given, "_data", given)
    if isinstance(held, str):
        return {"type": "uri_folder", "path": held}
    if not isinstance(held, Output):
        return {"type": "uri_folder"}
    if held.path_on_compute:
        raise NotOffline(
            f"path_on_compute of the output '{name}'", "There is no container that it could be in."
        )
    path = str(held.path) if held.path else None
    if path and parse(path).form == "local":
        raise bad_request(
            f"The output '{name}' cannot be written to {path}. Name a place in a datastore: "
            "azureml://datastores/<datastore>/paths/<path>."
        )
    found = {
        "type": held.type,
        "path": path,
        "mode": _mode(held.mode, "rw_mount") if held.mode else None,
        "name": held.name,
        "version": held.version,
        "description": held.description,
    }
    return {key: value for key, value in found.items() if value is not None}


def _mode(given: str | None, mount: str) -> str:
    """A mode as the service has it, for which ``mount`` is a short word."""
    mode = str(given or mount).lower()
    return mount if mode == "mount" else mode


def _git() -> dict[str, str]:
    """Repository, branch and commit of the working folder, as the SDK notes them; none outside a repository."""
    try:
        from azure.ai.ml.operations._job_ops_helper import get_git_properties, has_pat_token
    except ImportError:
        return {}
    if not any((each / ".git").exists() for each in (Path.cwd(), *Path.cwd().parents)) and not os.environ.get(
        "AZUREML_GIT_REPOSITORY_URI"
    ):
        return {}  # spares starting git
    found = dict(get_git_properties())
    return {} if has_pat_token(found.get("mlflow.source.git.repoURL")) else found
