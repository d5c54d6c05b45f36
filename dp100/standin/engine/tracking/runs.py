"""Runs in MLflow's store: their record, state, params, tags and properties."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from dp100.standin.engine.errors import AlreadyExists, Conflict, Invalid, NotFound
from dp100.standin.engine.tracking import permission
from dp100.standin.engine.tracking.entities import ENDED, STATE, STATUS, Experiment, Run, milliseconds, moment
from dp100.standin.engine.tracking.experiments import Experiments
from dp100.standin.engine.tracking.texts import NAME_LENGTH, PARAM_LENGTH, TAG_LENGTH, name_of, value_of

_ID = re.compile(r"[a-zA-Z0-9][\w\-]{0,255}", re.ASCII)  # MLflow's rule
_COLUMNS = """runs.run_uuid, runs.experiment_id, experiments.name, runs.name, azureml_runs.state,
    azureml_runs.status, runs.status, runs.user_id, azureml_runs.parent, runs.start_time, runs.end_time,
    runs.lifecycle_stage, runs.artifact_uri, azureml_runs.properties"""
_FROM = """FROM runs JOIN experiments USING (experiment_id) LEFT JOIN azureml_runs USING (run_uuid)"""
_PARENT = "mlflow.parentRunId"
_NAME_TAG = "mlflow.runName"


class Runs(Experiments):
    """Creates, finds and changes runs."""

    def create_run(
        self,
        experiment: str | Experiment,
        run_id: str,
        name: str | None = None,
        *,
        parent: str | None = None,
        tags: Mapping[str, object] | None = None,
        properties: Mapping[str, object] | None = None,
        user: str | None = None,
        state: str = "Running",
        started: datetime | None = None,
    ) -> Run:
        """Begin a run.

        Args:
            experiment: the experiment, or its name (made if there is none).
            run_id: letters, digits, ``_`` and ``-``.
            name: the display name; the id if none is given.
            parent: id of the run it is a child of.
            user: who starts it; the operating system's user if not given.
            state: a state of the service, ``NotStarted`` for a job that waits.

        Raises:
            Invalid: the id, a name or the state is none.
            AlreadyExists: there is a run of that id.
            NotFound: there is no run ``parent``.
            Conflict: the experiment is archived.
        """
        if not _ID.fullmatch(run_id):
            raise Invalid(
                f"'{run_id}' is no run id: it has to be of 1 to 256 letters, digits, '_' and '-',"
                " and start with a letter or a digit.",
                target="run",
            )
        status = _status(state)
        with self._changing(permission.WRITE_RUNS) as connection:
            group = experiment if isinstance(experiment, Experiment) else self._made(experiment)
            if group.archived:
                raise Conflict(f"Experiment {group.name} is archived.", target="experiment")
            if connection.execute("SELECT 1 FROM runs WHERE run_uuid = ?", (run_id,)).fetchone():
                raise AlreadyExists("Run", run_id)
            all_tags = dict(tags or {})
            label = value_of("run name", name or all_tags.get(_NAME_TAG) or run_id, NAME_LENGTH)
            all_tags |= {_NAME_TAG: label}
            if parent:
                all_tags |= {_PARENT: parent, "mlflow.rootRunId": self._root_of(connection, parent)}
            who = value_of("user", user or all_tags.get("mlflow.user") or current_user(), 256)
            all_tags.setdefault("mlflow.user", who)
            begun = milliseconds(started)
            connection.execute(
                "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status,"
                " start_time, end_time, source_version, lifecycle_stage, artifact_uri, experiment_id)"
                " VALUES (?, ?, 'UNKNOWN', '', '', ?, ?, ?, ?, '', 'active', ?, ?)",
                (
                    run_id,
                    label,
                    who,
                    status,
                    begun,
                    begun if state in ENDED else None,
                    f"{group.artifact_location}/{run_id}/artifacts",
                    int(group.id),
                ),
            )
            connection.execute(
                "INSERT OR REPLACE INTO azureml_runs (run_uuid, state, status, parent, properties)"
                " VALUES (?, ?, ?, ?, ?)",
                (run_id, state, status, parent, json.dumps(_texts("property", properties))),
            )
            self._write_tags(connection, run_id, all_tags)
            return self._run(run_id)

    def _root_of(self, connection: sqlite3.Connection, run_id: str) -> str:
        self._require(connection, run_id, changing=False)
        row = connection.execute(
            "SELECT value FROM tags WHERE run_uuid = ? AND key = 'mlflow.rootRunId'", (run_id,)
        ).fetchone()
        return str(row[0]) if row else run_id

    # --- reading -------------------------------------------------------------------------------------------

    def run(self, run_id: str) -> Run:
        """The run of that id, also from MLflow's bin.

        Raises:
            NotFound: there is none.
        """
        permission.check(self.ws, permission.READ_RUNS)
        return self._run(run_id)

    def _run(self, run_id: str) -> Run:
        """The run of that id; who asks is not looked at."""
        found = self._runs("runs.run_uuid = ?", [run_id])
        if not found:
            raise NotFound("Run", run_id, message=f"Run {run_id} was not found.", target="run")
        return found[0]

    def runs(
        self,
        experiment: str | None = None,
        *,
        tags: Mapping[str, str] | str | None = None,
        properties: Mapping[str, str] | str | None = None,
        parent: str | None = None,
        children: bool = True,
        status: str | None = None,
        deleted: bool | None = False,
        oldest_first: bool = False,
        limit: int | None = None,
    ) -> list[Run]:
        """Runs, the latest first.

        Args:
            experiment: only of the experiment of this name.
            tags: only those that have the tag of this name, or all of these tags with these values.
            properties: the same for properties.
            parent: only children of this run.
            children: whether runs that have a parent are among them (when ``parent`` is not given).
            status: only those in this state of the service.
            deleted: False for those not in MLflow's bin, True for those in it, None for all.
            limit: at most so many.
        """
        permission.check(self.ws, permission.READ_RUNS)
        where, values = ["1"], list[object]()
        if experiment is not None:
            where.append("experiments.name = ?")
            values.append(experiment)
        if deleted is not None:
            where.append(f"runs.lifecycle_stage = '{'deleted' if deleted else 'active'}'")
        in_tags = "EXISTS (SELECT 1 FROM tags WHERE tags.run_uuid = runs.run_uuid AND tags.key = ?"
        if parent is not None:
            where.append(f"{in_tags} AND tags.value = ?)")
            values += [_PARENT, parent]
        elif not children:
            where.append(f"NOT {in_tags})")
            values.append(_PARENT)
        for key, value in _filters(tags):
            where.append(in_tags + (")" if value is None else " AND tags.value = ?)"))
            values += [key] if value is None else [key, value]
        for key, value in _filters(properties):
            found = "EXISTS (SELECT 1 FROM json_each(azureml_runs.properties) AS p WHERE p.key = ?"
            where.append(found + (")" if value is None else " AND p.value = ?)"))
            values += [key] if value is None else [key, value]
        if status is not None:
            where.append("runs.status = ?")
            values.append(_status(status))
        order = "" if oldest_first else " DESC"
        chosen = self._runs(
            " AND ".join(where),
            values,
            f"ORDER BY runs.start_time{order}, runs.rowid{order}",
            # The finer state is not a column, so a limit has to wait for it.
            limit if status is None else None,
        )
        if status is not None:
            chosen = [run for run in chosen if run.state == status][:limit]
        return chosen

    def _runs(
        self, where: str, values: Sequence[object], order: str = "", limit: int | None = None
    ) -> list[Run]:
        tail = f"{_FROM} WHERE {where} {order}" + (f" LIMIT {int(limit)}" if limit is not None else "")
        metrics: dict[str, dict[str, float]] = {}
        params: dict[str, dict[str, str]] = {}
        tags: dict[str, dict[str, str]] = {}
        with self.database.reading() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} {tail}", values).fetchall()
            some = f"run_uuid IN (SELECT runs.run_uuid {tail})"
            for run_id, key, value, nan in connection.execute(
                f"SELECT run_uuid, key, value, is_nan FROM latest_metrics WHERE {some}", values
            ):
                metrics.setdefault(run_id, {})[key] = float("nan") if nan else float(value)
            for table, into in (("params", params), ("tags", tags)):
                for run_id, key, text in connection.execute(
                    f"SELECT run_uuid, key, value FROM {table} WHERE {some}", values
                ):
                    into.setdefault(run_id, {})[key] = text if text is not None else ""
        none: dict[str, str] = {}
        return [
            Run(
                id=run_id,
                experiment_id=str(number),
                experiment=experiment,
                name=name or "",
                state=state if state and at_status == status else STATE.get(status, "Running"),
                status=status,
                user=user or "",
                parent=parent or tags.get(run_id, none).get(_PARENT),
                started=moment(started),
                ended=moment(ended),
                deleted=stage == "deleted",
                artifact_uri=location or "",
                metrics=metrics.get(run_id, {}),
                params=params.get(run_id, {}),
                tags=tags.get(run_id, {}),
                properties=json.loads(properties) if properties else {},
            )
            for (
                run_id,
                number,
                experiment,
                name,
                state,
                at_status,
                status,
                user,
                parent,
                started,
                ended,
                stage,
                location,
                properties,
            ) in rows
        ]

    # --- changing ------------------------------------------------------------------------------------------

    def set_status(
        self, run_id: str, state: str, *, ended: datetime | None = None, started: datetime | None = None
    ) -> None:
        """Put the run into a state of the service (MLflow's statuses are understood too).

        Args:
            ended: when it ended, for an end state; now if not given.
            started: when it began to run, if that is to be corrected.
        """
        state = STATE.get(state, state)
        status = _status(state)
        with self._changing(permission.WRITE_RUNS) as connection:
            self._require(connection, run_id)
            connection.execute(
                "INSERT INTO azureml_runs (run_uuid, state, status) VALUES (?, ?, ?)"
                " ON CONFLICT (run_uuid) DO UPDATE SET state = excluded.state, status = excluded.status",
                (run_id, state, status),
            )
            connection.execute(
                "UPDATE runs SET status = ?, end_time = ?, start_time = coalesce(?, start_time) WHERE run_uuid = ?",
                (
                    status,
                    milliseconds(ended) if state in ENDED else None,
                    milliseconds(started) if started else None,
                    run_id,
                ),
            )

    def rename_run(self, run_id: str, name: str) -> None:
        """Give the run another display name."""
        label = name_of("run name", name)
        with self._changing(permission.WRITE_RUNS) as connection:
            self._require(connection, run_id)
            connection.execute("UPDATE runs SET name = ? WHERE run_uuid = ?", (label, run_id))
            self._write_tags(connection, run_id, {_NAME_TAG: label})

    def delete_run(self, run_id: str) -> None:
        """Put the run into MLflow's bin, from where :meth:`restore_run` brings it back."""
        self._set_run_stage(run_id, "deleted", milliseconds(None))

    def restore_run(self, run_id: str) -> None:
        """Take the run out of MLflow's bin."""
        self._set_run_stage(run_id, "active", None)

    def _set_run_stage(self, run_id: str, stage: str, deleted: int | None) -> None:
        with self._changing(permission.WRITE_RUNS) as connection:
            self._require(connection, run_id, changing=False)
            connection.execute(
                "UPDATE runs SET lifecycle_stage = ?, deleted_time = ? WHERE run_uuid = ?",
                (stage, deleted, run_id),
            )

    def log_param(self, run_id: str, key: str, value: object) -> None:
        """Log one parameter; see :meth:`log_params`."""
        self.log_params(run_id, {key: value})

    def log_params(self, run_id: str, params: Mapping[str, object]) -> None:
        """Log parameters.

        Raises:
            Invalid: one was logged before with another value; then none of them is.
        """
        with self._changing(permission.WRITE_RUNS) as connection:
            self._require(connection, run_id)
            for key, value in params.items():
                text = value_of("param", "None" if value is None else value, PARAM_LENGTH)
                name = name_of("param", key)
                row = connection.execute(
                    "SELECT value FROM params WHERE key = ? AND run_uuid = ?", (name, run_id)
                ).fetchone()
                if row is None:
                    connection.execute(
                        "INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)", (name, text, run_id)
                    )
                elif row[0] != text:
                    raise Invalid(
                        f"Changing param values is not allowed. Param with key='{name}' was already logged with"
                        f" value='{row[0]}' for run ID='{run_id}'. Attempted logging new value '{text}'.",
                        target="run",
                    )

    def set_tag(self, run_id: str, key: str, value: object) -> None:
        """Set one tag."""
        self.set_tags(run_id, {key: value})

    def set_tags(self, run_id: str, tags: Mapping[str, object]) -> None:
        """Set tags, over those of the same names."""
        with self._changing(permission.WRITE_RUNS) as connection:
            self._require(connection, run_id)
            self._write_tags(connection, run_id, tags)
            if name := tags.get(_NAME_TAG):
                connection.execute("UPDATE runs SET name = ? WHERE run_uuid = ?", (str(name), run_id))

    def delete_tags(self, run_id: str, keys: Iterable[str]) -> None:
        """Remove tags; those that are not there do not matter."""
        with self._changing(permission.WRITE_RUNS) as connection:
            self._require(connection, run_id)
            connection.executemany(
                "DELETE FROM tags WHERE run_uuid = ? AND key = ?", [(run_id, k) for k in keys]
            )

    def add_properties(self, run_id: str, properties: Mapping[str, object]) -> None:
        """Add properties.

        Raises:
            Conflict: one of them has another value already; properties do not change.
        """
        with self._changing(permission.WRITE_RUNS) as connection:
            run = self._run(run_id)
            self._require(connection, run_id)
            new = _texts("property", properties)
            for key in new.keys() & run.properties.keys():
                if new[key] != run.properties[key]:
                    raise Conflict(f"The property {key} of run {run_id} cannot be changed.", target="run")
            connection.execute(
                "INSERT INTO azureml_runs (run_uuid, state, status, properties) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (run_uuid) DO UPDATE SET properties = excluded.properties",
                (run_id, run.state, run.status, json.dumps({**run.properties, **new})),
            )

    @staticmethod
    def _write_tags(connection: sqlite3.Connection, run_id: str, tags: Mapping[str, object]) -> None:
        connection.executemany(
            "INSERT OR REPLACE INTO tags (key, value, run_uuid) VALUES (?, ?, ?)",
            [
                (name_of("tag", key), value_of("tag", value, TAG_LENGTH), run_id)
                for key, value in tags.items()
            ],
        )

    @staticmethod
    def _require(connection: sqlite3.Connection, run_id: str, *, changing: bool = True) -> None:
        row = connection.execute("SELECT lifecycle_stage FROM runs WHERE run_uuid = ?", (run_id,)).fetchone()
        if row is None:
            raise NotFound("Run", run_id, message=f"Run {run_id} was not found.", target="run")
        if changing and row[0] != "active":
            raise Conflict(f"The run {run_id} is deleted; restore it first.", target="run")


def _status(state: str) -> str:
    if state not in STATUS:
        raise Invalid(f"'{state}' is no state of a run; the states are {', '.join(STATUS)}.", target="run")
    return STATUS[state]


def _filters(wanted: Mapping[str, str] | str | None) -> list[tuple[str, str | None]]:
    if wanted is None:
        return []
    if isinstance(wanted, str):
        return [(wanted, None)]
    return [(str(key), None if value is None else str(value)) for key, value in wanted.items()]


def _texts(kind: str, values: Mapping[str, object] | None) -> dict[str, str]:
    return {name_of(kind, key): value_of(kind, value, 1 << 30) for key, value in (values or {}).items()}


def current_user() -> str:
    """The operating system's name for who runs this process."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
