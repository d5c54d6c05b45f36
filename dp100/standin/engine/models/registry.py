"""The model registry: MLflow's tables and the folder ``models``; whatever MLflow registers is here too."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dp100.standin.engine.errors import Invalid, NotFound
from dp100.standin.engine.models import files, rows
from dp100.standin.engine.models.entities import (
    CUSTOM,
    MLFLOW,
    TYPES,
    Model,
    ModelContainer,
    check_label,
    check_name,
    check_stage,
    check_version,
)
from dp100.standin.engine.tracking import permission
from dp100.standin.engine.tracking.artifacts import Artifacts, local_path
from dp100.standin.engine.tracking.database import Database
from dp100.standin.engine.tracking.entities import milliseconds
from dp100.standin.engine.tracking.runs import current_user
from dp100.standin.engine.tracking.template import Place
from dp100.standin.engine.tracking.texts import name_of, value_of

_TAG_LENGTH = 100_000
_DESCRIPTION_LENGTH = 5000


def register(
    ws: Place,
    name: str,
    path: str | os.PathLike[str] | None = None,
    *,
    artifact: str | None = None,
    run_id: str | None = None,
    version: str | int | None = None,
    type: str | None = None,
    tags: Mapping[str, object] | None = None,
    properties: Mapping[str, object] | None = None,
    description: str | None = None,
    framework: str | None = None,
    framework_version: str | None = None,
    created_by: str | None = None,
    extra: Mapping[str, Any] | None = None,
) -> Model:
    """Register a file or folder as the next version of a model, which is made if there is none.

    Args:
        path: a file or folder on this machine; it is copied.
        artifact: instead of a path, the name of a file or folder of the run ``run_id``; kept in ``extra``.
        run_id: the run that the model comes from.
        version: a version of one's own choice that is not taken; the highest plus one if not given.
        type: ``custom_model``, ``mlflow_model`` or ``triton_model``; found out from the files if not given.
        extra: anything in JSON that an SDK layer wants back.

    Raises:
        Invalid: the name, version or type is none; no or two sources; an ``mlflow_model`` without MLmodel file.
        NotFound: there is no such path, run or artifact.
        AlreadyExists: the version is taken.
        Forbidden: the principal may not register models.
    """
    permission.check(ws, permission.WRITE_MODELS)
    check_name(name)
    number = None if version is None else check_version(version)
    if type is not None and type not in TYPES:
        raise Invalid(f"'{type}' is no model type; the types are {', '.join(TYPES)}.", target="model")
    if (path is None) == (artifact is None):
        raise Invalid("A model is registered from either a path or an artifact of a run.", target="model")
    source = _source(ws, path, artifact, run_id)
    mlmodel = files.read_mlmodel(source)
    if type == MLFLOW and mlmodel is None:
        raise Invalid(
            f"{source} is no MLflow model: it is not a folder with an MLmodel file.", target="model"
        )
    type = type or (CUSTOM if mlmodel is None else MLFLOW)
    is_folder = source.is_dir()
    record = {
        "type": type,
        "file": None if is_folder else source.name,
        "properties": {name_of("property", k): str(v) for k, v in (properties or {}).items()},
        "framework": framework,
        "framework_version": framework_version,
        "flavors": (mlmodel or {}).get("flavors", {}),
        "created_by": created_by or current_user(),
        "extra": dict(extra or {}) | ({} if artifact is None else {"artifact": _normal(artifact)}),
    }
    labelled = {name_of("tag", k): value_of("tag", v, _TAG_LENGTH) for k, v in (tags or {}).items()}
    text = None if description is None else value_of("description", description, _DESCRIPTION_LENGTH)
    incoming = files.bring(ws, name, source)
    try:
        with Database(ws).writing() as connection:
            number = rows.free_version(connection, name, number)
            incoming = files.settle(incoming, number)
            # MLflow takes folders only, so a file is known to it by the folder that it is alone in.
            place = (incoming / source.name if is_folder else incoming).as_uri()
            rows.insert(connection, name, number, place, text, run_id, labelled, record)
    except BaseException:
        files.discard(incoming)
        raise
    return _got(ws, name, number)


def _source(ws: Place, path: str | os.PathLike[str] | None, artifact: str | None, run_id: str | None) -> Path:
    if path is not None:
        source = Path(path).expanduser().absolute()
        if not source.exists():
            raise NotFound(
                "Model path",
                str(path),
                message=f'Error, provided model path "{path}" cannot be found',
                target="model",
            )
        return source if source.name and source.name != ".." else source.resolve()
    if run_id is None:
        raise Invalid("To register an artifact, name the run that it belongs to.", target="model")
    artifacts = Artifacts(ws)
    wanted = _normal(str(artifact))
    try:
        return artifacts.locate(run_id, wanted)
    except NotFound as error:
        if error.kind != "Artifact":
            raise
        raise NotFound(
            "Artifact",
            wanted,
            # The sentence of azureml-core's ModelPathNotFoundException.
            message=f"Could not locate the provided model_path {wanted} in the set of files uploaded to the run:"
            f" {artifacts.names(run_id)}\n                See https://aka.ms/run-logging for more details.",
            target="model_path",
        ) from None


def _normal(artifact: str) -> str:
    return os.path.normpath(artifact).replace(os.sep, "/")


# --- reading ---------------------------------------------------------------------------------------------


def get(ws: Place, name: str, version: str | int | None = None, *, label: str | None = None) -> Model:
    """One version of a model; archived ones are found too.

    Args:
        version: the version; the latest if neither this nor a label is given.
        label: ``latest`` or one of the labels that versions of this model were given.

    Raises:
        NotFound: there is no such model, version or label.
        Forbidden: the principal may not read models.
    """
    permission.check(ws, permission.READ_MODELS)
    return _got(ws, name, version, label)


def _got(ws: Place, name: str, version: str | int | None, label: str | None = None) -> Model:
    """A version; who asks is not looked at."""
    with Database(ws).reading() as connection:
        number = rows.resolve(connection, name, version, label)
        found = rows.versions(ws, connection, "v.name = ? AND v.version = ?", [name, number])
    if not found:
        raise rows.missing(name, number)
    return found[0]


def list(
    ws: Place,
    name: str | None = None,
    *,
    tags: Mapping[str, str | None] | None = None,
    properties: Mapping[str, str | None] | None = None,
    run_id: str | None = None,
    framework: str | None = None,
    latest: bool = False,
    archived: bool | None = False,
) -> Sequence[Model]:
    """Versions of models, the last registered first.

    Args:
        name: only of this model.
        tags: only those with these tags; a value of None takes any.
        properties: the same for properties.
        run_id: only those that come from this run.
        framework: only those of this framework.
        latest: only the latest version of each model.
        archived: False for those that are not, True for those that are, None for all.
    """
    permission.check(ws, permission.READ_MODELS)
    wanted = {"v.name": name, "v.run_id": run_id}
    chosen = {column: value for column, value in wanted.items() if value is not None}
    where = " AND ".join(f"{column} = ?" for column in chosen) or "1"
    with Database(ws).reading() as connection:
        found = rows.versions(ws, connection, where, [*chosen.values()])
        newest = {one.name: one.latest for one in rows.containers(connection)} if latest else {}
    return [
        model
        for model in found
        if (archived is None or model.archived == archived)
        and (framework is None or (model.framework or "").lower() == framework.lower())
        and (not latest or newest.get(model.name) == model.version)
        and _holds(model.tags, tags)
        and _holds(model.properties, properties)
    ]


def path(ws: Place, name: str, version: str | int | None = None, *, label: str | None = None) -> Path:
    """The file or folder of a version on disk; the latest one's if neither version nor label is given.

    Raises:
        NotFound: there is no such version, or its files are gone.
    """
    model = get(ws, name, version, label=label)
    if not model.path.exists():
        raise NotFound(
            "Model files", model.id, message=f"The files of the model {model.id} are gone.", target="model"
        )
    return model.path


def containers(ws: Place, *, archived: bool | None = False) -> Sequence[ModelContainer]:
    """The registered models as a whole, the last changed first.

    Args:
        archived: False for those that are not, True for those that are, None for all.
    """
    permission.check(ws, permission.READ_MODELS)
    with Database(ws).reading() as connection:
        return [one for one in rows.containers(connection) if archived is None or one.archived == archived]


def container(ws: Place, name: str) -> ModelContainer:
    """The registered model of that name as a whole.

    Raises:
        NotFound: there is none.
    """
    permission.check(ws, permission.READ_MODELS)
    with Database(ws).reading() as connection:
        return rows.container(connection, name)


# --- changing --------------------------------------------------------------------------------------------


def update(
    ws: Place,
    name: str,
    version: str | int,
    *,
    description: str | None = None,
    tags: Mapping[str, object] | None = None,
    add_tags: Mapping[str, object] | None = None,
    remove_tags: Sequence[str] = (),
    add_properties: Mapping[str, object] | None = None,
    extra: Mapping[str, Any] | None = None,
) -> Model:
    """Change what may change of a version; what is not given stays.

    Args:
        tags: all of the tags that it has from now on.
        add_tags: tags to set beside those that it has.
        remove_tags: tags to remove; those that are not there do not matter.
        add_properties: properties to add; those it has do not change.
        extra: values to set beside those that are kept.

    Raises:
        NotFound: there is no such version.
        Invalid: a property is there already with another value.
    """
    permission.check(ws, permission.WRITE_MODELS)
    with Database(ws).writing() as connection:
        number = rows.resolve(connection, name, version, None)
        now = milliseconds(None)
        connection.execute(
            "UPDATE model_versions SET last_updated_time = ?, description = coalesce(?, description)"
            " WHERE name = ? AND version = ?",
            (
                now,
                None if description is None else value_of("description", description, _DESCRIPTION_LENGTH),
                name,
                number,
            ),
        )
        if tags is not None:
            connection.execute(
                "DELETE FROM model_version_tags WHERE name = ? AND version = ?", (name, number)
            )
        connection.executemany(
            "DELETE FROM model_version_tags WHERE name = ? AND version = ? AND key = ?",
            [(name, number, key) for key in remove_tags],
        )
        connection.executemany(
            "INSERT OR REPLACE INTO model_version_tags (name, version, key, value) VALUES (?, ?, ?, ?)",
            [
                (name, number, name_of("tag", key), value_of("tag", value, _TAG_LENGTH))
                for key, value in {**(tags or {}), **(add_tags or {})}.items()
            ],
        )
        if add_properties or extra:
            record = rows.record(connection, name, number)
            known = record.setdefault("properties", {})
            for key, value in (add_properties or {}).items():
                if known.setdefault(name_of("property", key), str(value)) != str(value):
                    raise Invalid(f"The property {key} of {name}:{number} cannot be changed.", target="model")
            record.setdefault("extra", {}).update(extra or {})
            rows.put(connection, name, number, record=json.dumps(record))
    return _got(ws, name, number)


def archive(ws: Place, name: str, version: str | int | None = None, *, label: str | None = None) -> None:
    """Hide a version from lists; the whole model if neither version nor label is given."""
    _set_archived(ws, name, version, label, True)


def restore(ws: Place, name: str, version: str | int | None = None, *, label: str | None = None) -> None:
    """Show an archived version, or the whole model, again."""
    _set_archived(ws, name, version, label, False)


def _set_archived(ws: Place, name: str, version: str | int | None, label: str | None, archived: bool) -> None:
    permission.check(ws, permission.WRITE_MODELS)
    with Database(ws).writing() as connection:
        rows.container(connection, name)
        whole = version is None and label is None
        number = 0 if whole else rows.resolve(connection, name, version, label)
        rows.put(connection, name, number, archived=int(archived))


def delete(ws: Place, name: str, version: str | int | None = None) -> None:
    """Delete a version with its files, or the whole model; the number of a deleted version is not used again.

    Raises:
        NotFound: there is no such model or version.
    """
    permission.check(ws, permission.DELETE_MODELS)
    with Database(ws).writing() as connection:
        rows.container(connection, name)
        chosen = None if version is None else rows.resolve(connection, name, version, None)
        places = connection.execute(
            "SELECT storage_location FROM model_versions WHERE name = ?"
            + ("" if chosen is None else " AND version = ?"),
            [name] if chosen is None else [name, chosen],
        ).fetchall()
        if chosen is None:
            for table in (
                "registered_model_aliases",
                "model_version_tags",
                "model_versions",
                "registered_model_tags",
            ):
                connection.execute(f"DELETE FROM {table} WHERE name = ?", (name,))
            connection.execute("DELETE FROM registered_models WHERE name = ?", (name,))
        else:
            now = milliseconds(None)
            connection.execute(
                "DELETE FROM registered_model_aliases WHERE name = ? AND version = ?", (name, chosen)
            )
            connection.execute("DELETE FROM azureml_models WHERE name = ? AND version = ?", (name, chosen))
            connection.execute(
                "UPDATE registered_models SET last_updated_time = ? WHERE name = ?", (now, name)
            )
            # As MLflow does it, so that its clients see the version gone and its number taken.
            connection.execute(
                "UPDATE model_versions SET current_stage = ?, last_updated_time = ?, description = NULL,"
                " user_id = NULL, source = 'REDACTED-SOURCE-PATH', run_id = 'REDACTED-RUN-ID',"
                " run_link = 'REDACTED-RUN-LINK', status_message = NULL WHERE name = ? AND version = ?",
                (rows.DELETED, now, name, chosen),
            )
    for (place,) in places:
        if place and place.startswith("file:"):
            path = local_path(place)
            folder = next((p for p in (path, *path.parents) if p.parent.parent == ws.folder / "models"), None)
            if folder is not None and files.owned(ws, folder):
                files.discard(folder)


def download(
    ws: Place, name: str, version: str | int, target: str | os.PathLike[str], *, overwrite: bool = True
) -> Path:
    """Copy a version's file or folder into the folder ``target``; returns where it is now.

    Raises:
        NotFound: there is no such version, or its files are gone.
        AlreadyExists: it is there and ``overwrite`` is false.
    """
    return files.copy_out(path(ws, name, version), Path(target), overwrite=overwrite)


def set_label(ws: Place, name: str, label: str, version: str | int) -> None:
    """Give a label (an alias, in MLflow's words) to a version; another version loses it."""
    permission.check(ws, permission.WRITE_MODELS)
    check_label(label)
    with Database(ws).writing() as connection:
        number = rows.resolve(connection, name, version, None)
        connection.execute(
            "INSERT OR REPLACE INTO registered_model_aliases (name, alias, version) VALUES (?, ?, ?)",
            (name, label, number),
        )


def delete_label(ws: Place, name: str, label: str) -> None:
    """Take a label away; nothing happens if no version has it."""
    permission.check(ws, permission.WRITE_MODELS)
    with Database(ws).writing() as connection:
        connection.execute("DELETE FROM registered_model_aliases WHERE name = ? AND alias = ?", (name, label))


def set_stage(
    ws: Place, name: str, version: str | int, stage: str, *, archive_existing: bool = False
) -> Model:
    """Move a version to a stage of MLflow's.

    Args:
        archive_existing: move the versions that are in that stage to ``Archived``.
    """
    permission.check(ws, permission.WRITE_MODELS)
    stage = check_stage(stage)
    with Database(ws).writing() as connection:
        number = rows.resolve(connection, name, version, None)
        now = milliseconds(None)
        if archive_existing:
            if stage not in ("Staging", "Production"):
                raise Invalid(
                    "Model version transition cannot archive existing model versions because"
                    f" '{stage}' is not an Active stage. Valid stages are ['Staging', 'Production']",
                    target="model",
                )
            connection.execute(
                "UPDATE model_versions SET current_stage = 'Archived', last_updated_time = ?"
                " WHERE name = ? AND current_stage = ? AND version <> ?",
                (now, name, stage, number),
            )
        connection.execute(
            "UPDATE model_versions SET current_stage = ?, last_updated_time = ? WHERE name = ? AND version = ?",
            (stage, now, name, number),
        )
        connection.execute("UPDATE registered_models SET last_updated_time = ? WHERE name = ?", (now, name))
    return _got(ws, name, number)


def _holds(have: Mapping[str, str], wanted: Mapping[str, str | None] | None) -> bool:
    return all(key in have and value in (None, have[key]) for key, value in (wanted or {}).items())
