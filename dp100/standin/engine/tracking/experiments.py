"""Experiments in MLflow's store."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from dp100.standin.engine.errors import Conflict, Invalid, NotFound
from dp100.standin.engine.tracking import permission
from dp100.standin.engine.tracking.database import Database
from dp100.standin.engine.tracking.entities import Experiment, milliseconds, moment
from dp100.standin.engine.tracking.template import Place, artifact_root
from dp100.standin.engine.tracking.texts import name_of, value_of

_NAME = re.compile(r"[a-zA-Z0-9][\w\-]{0,254}")
_TAG_LENGTH = 20_000
_COLUMNS = "experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time"


class Experiments:
    """Creates, finds, tags, renames and archives experiments."""

    def __init__(self, ws: Place) -> None:
        self.ws = ws
        self.database = Database(ws)

    def experiment(self, name: str, *, create: bool = True) -> Experiment:
        """The experiment of that name, made if there is none.

        Raises:
            Invalid: a new name breaks the service's rule (MLflow's own names are taken as they are).
            NotFound: there is none and ``create`` is false.
            Forbidden: the principal may not read experiments, or not make the one that is missing.
        """
        permission.check(self.ws, permission.READ_EXPERIMENTS)
        found = self._experiments("name = ?", (name,))
        if not found and create:
            _check_name(name)
            permission.check(self.ws, permission.WRITE_EXPERIMENTS)
        return found[0] if found else self._made(name, create=create)

    def _made(self, name: str, *, create: bool = True) -> Experiment:
        """The experiment of that name; who asks is not looked at."""
        found = self._experiments("name = ?", (name,))
        if not found and create:
            _check_name(name)
            with self.database.writing() as connection:
                found = self._experiments("name = ?", (name,))  # another process may have been faster
                if not found:
                    self._insert(connection, name)
                    found = self._experiments("name = ?", (name,))
        if not found:
            raise NotFound("Experiment", name)
        return found[0]

    def _insert(self, connection: sqlite3.Connection, name: str) -> None:
        now = milliseconds(None)
        cursor = connection.execute(
            "INSERT INTO experiments (name, lifecycle_stage, creation_time, last_update_time)"
            " VALUES (?, 'active', ?, ?)",
            (name, now, now),
        )
        connection.execute(
            "UPDATE experiments SET artifact_location = ? WHERE experiment_id = ?",
            (f"{artifact_root(self.ws)}/{cursor.lastrowid}", cursor.lastrowid),
        )

    def experiment_by_id(self, experiment_id: str) -> Experiment:
        """The experiment of that number.

        Raises:
            NotFound: there is none.
        """
        permission.check(self.ws, permission.READ_EXPERIMENTS)
        return self._by_id(experiment_id)

    def _by_id(self, experiment_id: str) -> Experiment:
        text = str(experiment_id)
        found = (
            self._experiments("experiment_id = ?", (int(text),))
            if text.isdecimal() and len(text) < 19
            else []
        )
        if not found:
            raise NotFound("Experiment", text)
        return found[0]

    def experiments(self, *, archived: bool | None = False) -> list[Experiment]:
        """All experiments, oldest first; MLflow's ``Default`` only once it has runs.

        Args:
            archived: False for active ones, True for archived ones, None for both.
        """
        permission.check(self.ws, permission.READ_EXPERIMENTS)
        where = "(experiment_id <> 0 OR EXISTS (SELECT 1 FROM runs WHERE runs.experiment_id = 0))"
        if archived is not None:
            where += f" AND lifecycle_stage = '{'deleted' if archived else 'active'}'"
        return self._experiments(where, ())

    def rename_experiment(self, experiment_id: str, name: str) -> Experiment:
        """Give the experiment another name.

        Raises:
            Invalid: the name breaks the rule.
            Conflict: it is taken, or the experiment is archived.
        """
        _check_name(name)
        with self._changing(permission.WRITE_EXPERIMENTS) as connection:
            if self._by_id(experiment_id).archived:
                raise Conflict("Cannot rename an archived experiment.", target="experiment")
            try:
                connection.execute(
                    "UPDATE experiments SET name = ?, last_update_time = ? WHERE experiment_id = ?",
                    (name, milliseconds(None), int(experiment_id)),
                )
            except sqlite3.IntegrityError:
                raise Conflict(f"Experiment {name} already exists.", target="experiment") from None
            return self._by_id(experiment_id)

    def archive_experiment(self, experiment_id: str) -> None:
        """Hide the experiment and its runs."""
        self._set_stage(experiment_id, "deleted", milliseconds(None))

    def restore_experiment(self, experiment_id: str) -> None:
        """Show an archived experiment and all of its runs again, as MLflow does."""
        self._set_stage(experiment_id, "active", None)

    def _set_stage(self, experiment_id: str, stage: str, deleted: int | None) -> None:
        with self._changing(permission.WRITE_EXPERIMENTS) as connection:
            number = int(self._by_id(experiment_id).id)
            connection.execute(
                "UPDATE experiments SET lifecycle_stage = ?, last_update_time = ? WHERE experiment_id = ?",
                (stage, milliseconds(None), number),
            )
            connection.execute(
                "UPDATE runs SET lifecycle_stage = ?, deleted_time = ? WHERE experiment_id = ?",
                (stage, deleted, number),
            )

    def delete_experiment(self, experiment_id: str) -> None:
        """Remove an experiment that has no runs for good.

        Raises:
            Conflict: it has runs; the service deletes only empty experiments.
        """
        with self._changing(permission.DELETE_EXPERIMENTS) as connection:
            number = int(self._by_id(experiment_id).id)
            if connection.execute("SELECT 1 FROM runs WHERE experiment_id = ?", (number,)).fetchone():
                raise Conflict(
                    "Only empty experiments can be deleted: this one has runs.", target="experiment"
                )
            connection.execute("DELETE FROM experiment_tags WHERE experiment_id = ?", (number,))
            connection.execute("DELETE FROM experiments WHERE experiment_id = ?", (number,))

    def tag_experiment(self, experiment_id: str, tags: Mapping[str, object]) -> None:
        """Set tags on an experiment; ``mlflow.note.content`` is its description."""
        with self._changing(permission.WRITE_EXPERIMENTS) as connection:
            number = int(self._by_id(experiment_id).id)
            connection.executemany(
                "INSERT OR REPLACE INTO experiment_tags (key, value, experiment_id) VALUES (?, ?, ?)",
                [(name_of("tag", k), value_of("tag", v, _TAG_LENGTH), number) for k, v in tags.items()],
            )

    def untag_experiment(self, experiment_id: str, key: str) -> None:
        """Remove a tag; nothing happens if there is none."""
        with self._changing(permission.WRITE_EXPERIMENTS) as connection:
            connection.execute(
                "DELETE FROM experiment_tags WHERE experiment_id = ? AND key = ?", (int(experiment_id), key)
            )

    @contextmanager
    def _changing(self, action: str) -> Iterator[sqlite3.Connection]:
        """A transaction, for who may do ``action``."""
        permission.check(self.ws, action)
        with self.database.writing() as connection:
            yield connection

    @contextmanager
    def _looking(self, action: str) -> Iterator[sqlite3.Connection]:
        """A view of one moment, for who may do ``action``."""
        permission.check(self.ws, action)
        with self.database.reading() as connection:
            yield connection

    def _experiments(self, where: str, values: tuple[object, ...]) -> list[Experiment]:
        with self.database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM experiments WHERE {where} ORDER BY experiment_id", values
            ).fetchall()
            tags: dict[int, dict[str, str]] = {}
            if rows:
                chosen = "" if len(rows) > 1 else " WHERE experiment_id = ?"
                for number, key, value in connection.execute(
                    f"SELECT experiment_id, key, value FROM experiment_tags{chosen}",
                    (rows[0][0],) if chosen else (),
                ):
                    tags.setdefault(number, {})[key] = value or ""
        return [
            Experiment(
                str(number),
                name,
                location or "",
                stage == "deleted",
                moment(created),
                moment(updated),
                tags.get(number, {}),
            )
            for number, name, location, stage, created, updated in rows
        ]


def _check_name(name: str) -> None:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        # The sentence of azureml-core's check_valid_resource_name.
        raise Invalid(
            "Experiment name must be between 1 and 255 characters long. Its first character has to be"
            " alphanumeric, and the rest may contain hyphens and underscores. No whitespace is allowed.",
            target="experiment",
        )
