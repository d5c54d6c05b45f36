"""Models as rows of MLflow's registry tables, with the service's own table beside them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dp100.standin.engine.errors import AlreadyExists, Invalid, NotFound
from dp100.standin.engine.models import files
from dp100.standin.engine.models.entities import CUSTOM, LATEST, MLFLOW, Model, ModelContainer, check_version
from dp100.standin.engine.tracking.artifacts import Artifacts, local_path
from dp100.standin.engine.tracking.entities import milliseconds, moment
from dp100.standin.engine.tracking.template import Place

DELETED = "Deleted_Internal"  # the stage in which MLflow keeps the number of a deleted version


def resolve(connection: sqlite3.Connection, name: str, version: str | int | None, label: str | None) -> int:
    """The number of the version that is meant, which exists."""
    if version is not None:
        number = check_version(version)
        if not connection.execute(
            "SELECT 1 FROM model_versions WHERE name = ? AND version = ? AND current_stage <> ?",
            (name, number, DELETED),
        ).fetchone():
            raise missing(name, number)
        return number
    if label is None or label == LATEST:
        latest = container(connection, name).latest
        if latest is None:
            raise missing(name, None)
        return latest
    row = connection.execute(
        "SELECT version FROM registered_model_aliases WHERE name = ? AND alias = ?", (name, label)
    ).fetchone()
    if row is None:
        raise NotFound(
            "Model", f"{name}@{label}", message=f"Model {name} has no label {label}.", target="model"
        )
    return int(row[0])


def missing(name: str, version: int | None) -> NotFound:
    """The error for a model, or version of one, that is not there."""
    which = name if version is None else f"{name}:{version}"
    # The sentence of azureml-core.
    return NotFound(
        "Model",
        which,
        message=f"ModelNotFound: Model with name {name} and version {version} not found"
        if version is not None
        else f"ModelNotFound: Model with name {name} not found",
        code="ModelNotFound",
        target="model",
    )


def container(connection: sqlite3.Connection, name: str) -> ModelContainer:
    """The registered model of that name; NotFound if there is none."""
    found = containers(connection, name)
    if not found:
        raise missing(name, None)
    return found[0]


def containers(connection: sqlite3.Connection, name: str | None = None) -> Sequence[ModelContainer]:
    """All registered models, or that of one name; prompts, which MLflow keeps as models, are left out."""
    where, values = ("", []) if name is None else (" WHERE m.name = ?", [name])
    tags: dict[str, dict[str, str]] = {}
    for model, key, value in connection.execute(
        f"SELECT m.name, m.key, m.value FROM registered_model_tags AS m{where}", values
    ):
        tags.setdefault(model, {})[key] = value or ""
    rows = connection.execute(
        f"""
        SELECT m.name, m.description, m.creation_time, m.last_updated_time, coalesce(w.archived, 0),
               coalesce(
                   (SELECT max(v.version) FROM model_versions AS v LEFT JOIN azureml_models AS a USING (name, version)
                     WHERE v.name = m.name AND v.current_stage <> '{DELETED}' AND coalesce(a.archived, 0) = 0),
                   (SELECT max(v.version) FROM model_versions AS v
                     WHERE v.name = m.name AND v.current_stage <> '{DELETED}'))
          FROM registered_models AS m LEFT JOIN azureml_models AS w ON w.name = m.name AND w.version = 0{where}
         ORDER BY m.last_updated_time DESC, m.name
        """,
        values,
    ).fetchall()
    return [
        ModelContainer(model, latest, text, tags.get(model, {}), bool(gone), moment(created), moment(updated))
        for model, text, created, updated, gone, latest in rows
        if tags.get(model, {}).get("mlflow.prompt.is_prompt") != "true"  # MLflow keeps prompts as models
    ]


def versions(
    ws: Place, connection: sqlite3.Connection, where: str, values: Sequence[object]
) -> Sequence[Model]:
    """The versions that a condition on ``model_versions AS v`` chooses, the last registered first."""
    tail = f"FROM model_versions AS v WHERE {where} AND v.current_stage <> '{DELETED}'"
    tags: dict[tuple[str, int], dict[str, str]] = {}
    for name, version, key, value in connection.execute(
        "SELECT name, version, key, value FROM model_version_tags"
        f" WHERE (name, version) IN (SELECT v.name, v.version {tail})",
        values,
    ):
        tags.setdefault((name, version), {})[key] = value or ""
    labels: dict[tuple[str, int], tuple[str, ...]] = {}
    for name, version, alias in connection.execute(
        "SELECT name, version, alias FROM registered_model_aliases"
        f" WHERE name IN (SELECT v.name {tail}) ORDER BY alias",
        values,
    ):
        labels[name, version] = (*labels.get((name, version), ()), alias)
    rows = connection.execute(
        f"""
        SELECT v.name, v.version, v.creation_time, v.last_updated_time, v.description, v.user_id, v.current_stage,
               v.source, coalesce(v.storage_location, v.source), v.run_id, a.record,
               coalesce(a.archived, 0) OR coalesce(w.archived, 0),
               (SELECT e.name FROM runs JOIN experiments AS e USING (experiment_id) WHERE run_uuid = v.run_id)
          FROM model_versions AS v
          LEFT JOIN azureml_models AS a ON a.name = v.name AND a.version = v.version
          LEFT JOIN azureml_models AS w ON w.name = v.name AND w.version = 0
         WHERE {where} AND v.current_stage <> '{DELETED}'
           AND NOT EXISTS (SELECT 1 FROM registered_model_tags AS t WHERE t.name = v.name
                              AND t.key = 'mlflow.prompt.is_prompt' AND t.value = 'true')
         ORDER BY v.creation_time DESC, v.rowid DESC
        """,
        values,
    ).fetchall()
    models = []
    for (
        name,
        version,
        created,
        updated,
        text,
        user,
        stage,
        source,
        place,
        run_id,
        record,
        gone,
        experiment,
    ) in rows:
        kept = json.loads(record) if record else {}
        path = _path(ws, connection, place, kept.get("file"))
        # One that MLflow registered has no record; whatever it is, its files say so.
        mlmodel = None if kept.get("type") else files.read_mlmodel(path)
        models.append(
            Model(
                name=name,
                version=version,
                type=kept.get("type") or (MLFLOW if mlmodel is not None else CUSTOM),
                path=path,
                source=source or "",
                description=text,
                tags=tags.get((name, version), {}),
                properties=kept.get("properties", {}),
                flavors=kept.get("flavors") or (mlmodel or {}).get("flavors", {}),
                framework=kept.get("framework"),
                framework_version=kept.get("framework_version"),
                stage=stage or "None",
                labels=labels.get((name, version), ()),
                run_id=run_id or None,
                experiment=experiment,
                created=moment(created),
                updated=moment(updated),
                created_by=kept.get("created_by") or user or "",
                archived=bool(gone),
                extra=kept.get("extra", {}),
            )
        )
    return models


def _path(ws: Place, connection: sqlite3.Connection, place: str | None, file: str | None) -> Path:
    """The file or folder of a version, wherever MLflow says it is."""
    place = place or ""
    if place.startswith("models:/m-"):
        row = connection.execute(
            "SELECT artifact_location FROM logged_models WHERE model_id = ?",
            (place.removeprefix("models:/"),),
        ).fetchone()
        place = row[0] if row else ""
    if place.startswith("runs:/"):
        run_id, _, below = place.removeprefix("runs:/").partition("/")
        try:
            return Artifacts(ws).locate(run_id, below)
        except NotFound:
            return Path(place)
    try:
        path = local_path(place)
    except Invalid:
        return Path(place)  # on another machine; it does not exist here
    return path / file if file else path


def record(connection: sqlite3.Connection, name: str, version: int) -> dict[str, Any]:
    """What the service keeps of a version beside MLflow's columns; empty if MLflow registered it."""
    row = connection.execute(
        "SELECT record FROM azureml_models WHERE name = ? AND version = ?", (name, version)
    ).fetchone()
    found: dict[str, Any] = json.loads(row[0]) if row else {}
    return found


def put(connection: sqlite3.Connection, name: str, version: int, **columns: object) -> None:
    """Set columns of ``azureml_models``; version 0 is the model as a whole."""
    connection.execute("INSERT OR IGNORE INTO azureml_models (name, version) VALUES (?, ?)", (name, version))
    for column, value in columns.items():
        connection.execute(
            f"UPDATE azureml_models SET {column} = ? WHERE name = ? AND version = ?", (value, name, version)
        )


def free_version(connection: sqlite3.Connection, name: str, wanted: int | None) -> int:
    """The version that the next registration gets; AlreadyExists if the wanted one is taken."""
    if wanted is None:
        [(highest,)] = connection.execute("SELECT max(version) FROM model_versions WHERE name = ?", (name,))
        return int(highest or 0) + 1
    if connection.execute(
        "SELECT 1 FROM model_versions WHERE name = ? AND version = ?", (name, wanted)
    ).fetchone():
        raise AlreadyExists(
            "Model",
            f"{name}:{wanted}",
            message=f"A model with this name and version already exists. Name: {name}, version: {wanted}.",
            target="model",
        )
    return wanted


def insert(
    connection: sqlite3.Connection,
    name: str,
    version: int,
    place: str,
    description: str | None,
    run_id: str | None,
    tags: Mapping[str, str],
    record: Mapping[str, Any],
) -> None:
    """Write a new version, and the model itself if this is its first; the transaction is the caller's."""
    now = milliseconds(None)
    connection.execute(
        "INSERT INTO registered_models (name, creation_time, last_updated_time) SELECT ?, ?, ?"
        " WHERE NOT EXISTS (SELECT 1 FROM registered_models WHERE name = ?)",
        (name, now, now, name),
    )
    connection.execute("UPDATE registered_models SET last_updated_time = ? WHERE name = ?", (now, name))
    connection.execute(
        "INSERT INTO model_versions (name, version, creation_time, last_updated_time, description, user_id,"
        " current_stage, source, storage_location, run_id, status)"
        " VALUES (?, ?, ?, ?, ?, ?, 'None', ?, ?, ?, 'READY')",
        (name, version, now, now, description, record["created_by"], place, place, run_id),
    )
    connection.executemany(
        "INSERT INTO model_version_tags (name, version, key, value) VALUES (?, ?, ?, ?)",
        [(name, version, key, value) for key, value in tags.items()],
    )
    connection.execute(
        "INSERT OR REPLACE INTO azureml_models (name, version, record) VALUES (?, ?, ?)",
        (name, version, json.dumps(record, default=str)),
    )
