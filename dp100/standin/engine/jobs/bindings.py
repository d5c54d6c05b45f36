"""Inputs and outputs of a job: from what was said to paths, values and the files behind them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dp100.standin.engine import store
from dp100.standin.engine.data import datastores, uris
from dp100.standin.engine.errors import Invalid
from dp100.standin.engine.jobs import named_places, read_only
from dp100.standin.engine.jobs.expressions import Value
from dp100.standin.engine.jobs.spec import FILE_TYPES, PATH_TYPES, JobSpec, literal
from dp100.standin.engine.workspace.workspace import Workspace

_MODELS = frozenset({"mlflow_model", "custom_model", "triton_model"})


@dataclass(frozen=True, slots=True)
class Output:
    """A named output.

    Attributes:
        name: its name.
        uri: where it goes.
        place: the file or folder of ``uri``.
        path: where the script writes: ``place``, or a path in the job's own folder that is copied at the end.
        spec: what was said of it.
    """

    name: str
    uri: str
    place: Path
    path: Path
    spec: Mapping[str, Any]


@dataclass(slots=True)
class Bound:
    """Inputs and outputs that a job can use.

    Attributes:
        values: for expressions, by kind and name.
        outputs: the named outputs.
        variables: environment variables.
        notes: sentences for the job's log.
    """

    values: dict[str, dict[str, Value | None]] = field(default_factory=dict)
    outputs: list[Output] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def bind(ws: Workspace, spec: JobSpec, data: Path, work: Path) -> Bound:
    """Find the inputs, make room for the outputs.

    Args:
        spec: with its ``name``.
        data: a folder of the job's own, for downloaded inputs and uploaded outputs.
        work: the working directory of the script, for inputs with a ``target`` and outputs with a ``source``.

    Raises:
        Invalid: an input has no file behind it, with the service's sentence; or a file is where it is to go.
        NotFound: an input names a datastore or asset that is missing.
        NotOffline: an input is at an address that only the cloud has.
    """
    bound = Bound()
    inputs: dict[str, Value | None] = {}
    for name in spec.inputs:
        inputs[name] = value = _input(ws, spec, name, data, work, bound.notes)
        if value is not None:
            bound.variables |= _variables("INPUT", name, value.text)
    outputs: dict[str, Value | None] = {}
    for name, given in spec.outputs.items():
        output = _output(ws, spec, name, given or {}, data, work)
        bound.outputs.append(output)
        if output.spec.get("source") and output.spec.get("mode") != "upload":
            bound.notes.append(
                f"The output '{name}' is copied from {output.spec['source']} when the script has ended: it is not "
                "mounted there, as it would be by the service."
            )
        direct = (given or {}).get("mode") == "direct"
        outputs[name] = Value(output.uri if direct else str(output.path), path=not direct)
        bound.variables |= _variables("OUTPUT", name, output.uri if direct else str(output.path))
    search = {name: Value(literal(value)) for name, value in spec.search_space.items()}
    bound.values = {"inputs": inputs, "outputs": outputs, "search_space": {**search}}
    return bound


def placeholders(spec: JobSpec) -> dict[str, dict[str, Value | None]]:
    """Values that only tell what there is, to check a command before its inputs are looked for."""
    return {
        "inputs": {name: None if _absent(given) else Value("x") for name, given in spec.inputs.items()},
        "outputs": {name: Value("x") for name in spec.outputs},
        "search_space": {name: Value("x") for name in spec.search_space},
    }


def output_uri(ws: Workspace, spec: JobSpec, name: str) -> str:
    """Where a named output goes: what was said, or ``azureml/<run id>/<name>/`` in the default datastore."""
    given = spec.outputs.get(name) or {}
    kind = given.get("type", "uri_folder")
    path = str(given.get("path") or "").strip()
    default = datastores.default(ws).name
    if not path:
        end = "" if kind in FILE_TYPES else "/"
        return uris.datastore_uri(default, f"azureml/{spec.name}/{name}{end}")
    for expression, value in (
        ("name", spec.name or ""),
        ("output_name", name),
        ("default_datastore", default),
        ("parent.jobs.name", spec.name or ""),
    ):
        path = path.replace(f"${{{{{expression}}}}}", value)
    return path


def collect(outputs: list[Output], run_id: str) -> None:
    """Copy what was written beside its place to its place."""
    for output in outputs:
        if output.path == output.place or not output.path.exists():
            continue
        if output.path.is_dir():
            shutil.copytree(output.path, output.place, dirs_exist_ok=True)
        else:
            output.place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(output.path, output.place)
        if Path(output.spec.get("source") or "").is_absolute():
            named_places.collected(output.path, run_id)


def register(
    ws: Workspace, run_id: str, outputs: list[Output], *, v1: bool = False
) -> dict[str, dict[str, str]]:
    """Register the outputs that have a name, as data assets or models.

    Args:
        v1: the job is a run of SDK v1, whose datasets may have blanks in their names.

    Returns:
        by output: ``kind``, ``name`` and ``version``.
    """
    made: dict[str, dict[str, str]] = {}
    for output in outputs:
        name = output.spec.get("name")
        if not name:
            continue
        kind = output.spec.get("type", "uri_folder")
        version = output.spec.get("version")
        if kind in _MODELS:
            from dp100.standin.engine.models import registry

            model = registry.register(
                ws, name, output.place, version=version, type=kind, run_id=run_id, extra={"path": output.uri}
            )
            made[output.name] = {"kind": "models", "name": str(model.name), "version": str(model.version)}
        else:
            from dp100.standin.engine.data.assets import AssetStore

            asset = AssetStore(ws, "data").create(
                name, version, {"type": kind, "path": output.uri, "properties": {"run_id": run_id}}, v1=v1
            )
            made[output.name] = {"kind": "data", "name": asset.name, "version": asset.version}
    return made


# --- inside ----------------------------------------------------------------------------------------------


def _absent(given: Any) -> bool:
    if isinstance(given, Mapping):
        return given.get("path") in (None, "") and given.get("value", given.get("default")) is None
    return given is None


def _input(ws: Workspace, spec: JobSpec, name: str, data: Path, work: Path, notes: list[str]) -> Value | None:
    given = spec.inputs[name]
    if _absent(given):
        return None
    if not isinstance(given, Mapping):
        return Value(literal(given))
    kind = given.get("type", "uri_folder" if given.get("path") else "string")
    if kind not in PATH_TYPES:
        return Value(literal(given.get("value", given.get("default"))))
    path = str(given["path"])
    mode = given.get("mode") or "ro_mount"
    if mode == "direct":
        return Value(path)
    found = _model(ws, path) if kind in _MODELS else uris.locate(ws, path)
    if not found.exists():
        raise Invalid(
            f"The input '{name}' has no data: there is nothing at {path}. Check that the path is right and that the "
            "files have been uploaded.",
            code="UserError",
            target=name,
        )
    if kind in FILE_TYPES and found.is_dir():
        files = [each for each in found.iterdir() if each.is_file()]
        if len(files) == 1:
            found = files[0]
        else:
            raise Invalid(
                f"The input '{name}' is a uri_file, but {path} is a folder.", code="UserError", target=name
            )
    if given.get("target"):
        target = str(given["target"])
        if Path(target).is_absolute():
            found = named_places.put(found, name, Path(target), str(spec.name))
        else:
            found = _put(found, name, target, work)
    elif mode == "ro_mount":
        copied = store.inside(data / "inputs" / name, found.name)
        if read_only.copy(found, copied):
            found = copied
        else:
            notes.append(
                f"The input '{name}' is too large to be copied for this job, which reads it where it is, {found}: "
                "nothing keeps the script from writing there, as the read-only mount of the service would."
            )
    elif mode in ("download", "eval_download"):
        copied = store.inside(data / "inputs" / name, found.name)
        copied.parent.mkdir(parents=True, exist_ok=True)
        if found.is_dir():
            shutil.copytree(found, copied)
        else:
            shutil.copyfile(found, copied)
        found = copied
    return Value(str(found), path=True)


def _put(found: Path, name: str, target: str, work: Path) -> Path:
    """Copy an input to a folder below the working directory, over what is there; a file keeps its name."""
    folder = store.inside(work, target)
    for each in (folder, *folder.parents):
        if each == work:
            break
        if each.exists() and not each.is_dir():
            raise Invalid(
                f"The input '{name}' cannot be put at {target}: there is a file in the job's code.",
                code="UserError",
                target=name,
            )
    if found.is_dir():
        shutil.copytree(found, folder, dirs_exist_ok=True)
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(found, folder / found.name)
    return folder / found.name


def _model(ws: Workspace, path: str) -> Path:
    named = uris.parse(path)
    if named.form == "asset" and named.name and named.workspace is None:
        from dp100.standin.engine.models import registry

        return registry.path(ws, named.name, named.version, label=named.label)
    return uris.locate(ws, path, kind="models")


def _output(
    ws: Workspace, spec: JobSpec, name: str, given: Mapping[str, Any], data: Path, work: Path
) -> Output:
    uri = output_uri(ws, spec, name)
    place = uris.locate(ws, uri)
    single = given.get("type", "uri_folder") in FILE_TYPES
    if single and uri.endswith("/"):
        place = place / name  # a folder was named for a file
    path = data / "outputs" / name if given.get("mode") == "upload" else place
    if given.get("source"):
        if Path(given["source"]).is_absolute():
            path = named_places.make(name, Path(given["source"]), str(spec.name))
        else:
            path = store.inside(work, str(given["source"]))
        if path.exists() and path.is_dir() is single:
            raise Invalid(
                f"The output '{name}' cannot be copied from {given['source']}: the job's code has a "
                f"{'folder' if single else 'file'} there.",
                code="UserError",
                target=name,
            )
    (path.parent if single else path).mkdir(parents=True, exist_ok=True)
    (place.parent if single else place).mkdir(parents=True, exist_ok=True)
    return Output(name, uri, place, path, given)


def _variables(what: str, name: str, text: str) -> dict[str, str]:

    found = {f"AZURE_ML_{what}_{name}": text, f"AZUREML_{what}_{name}": text}
    found[f"AZUREML_DATAREFERENCE_{name}"] = text
    return found
