"""The workspace's MLflow database: made once by MLflow itself, then copied, and kept up with MLflow's version.

Importing MLflow and running its migrations takes seconds, so a learner pays for that once: the empty database is
kept as a template, named by MLflow's version, and every workspace starts from a copy.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Protocol

from dp100.standin.engine import locations
from dp100.standin.engine.errors import EngineError, NotFound
from dp100.standin.engine.store import locked, replace

DATABASE = "mlflow.db"
ARTIFACTS = "artifacts"

_MAKE = """
import sys
from mlflow.tracking import MlflowClient
MlflowClient(tracking_uri=sys.argv[1], registry_uri=sys.argv[1]).search_experiments()
"""
_LIMIT = 300.0  # seconds; a cold start on a slow disk takes about 20


class Place(Protocol):
    """What this package needs of a workspace: :class:`~dp100.standin.engine.workspace.workspace.Workspace` has it."""

    @property
    def folder(self) -> Path:
        """The workspace's folder."""

    @property
    def name(self) -> str:
        """The workspace's name."""


def tracking_uri(ws: Place) -> str:
    """The URI that MLflow takes for the workspace's store; the database is there afterwards.

    MLflow's own client writes to it past the engine, so roles do not hold for it; see :mod:`.permission`.
    """
    return uri_of(ensure(ws))


def uri_of(database: Path) -> str:
    """``sqlite:///`` and the path, with forward slashes on every platform."""
    return f"sqlite:///{database.as_posix()}"


def artifact_root(ws: Place) -> str:
    """The ``file://`` URI under which the workspace's experiments keep their artifacts."""
    return (ws.folder / ARTIFACTS).as_uri()


_checked: set[tuple[str, int, int]] = set()  # databases that this process has found in order


def ensure(ws: Place) -> Path:
    """The workspace's ``mlflow.db``, made, moved or migrated first where that is needed.

    Raises:
        NotFound: the workspace's folder is gone.
        EngineError: MLflow could not make or migrate the database.
    """
    database = ws.folder / DATABASE
    try:
        found = database.stat()
    except FileNotFoundError:
        if not ws.folder.is_dir():
            raise NotFound("Workspace", ws.name) from None
        _copy_template(ws, database)
        found = database.stat()
    mark = (str(database), found.st_dev, found.st_ino)
    if mark not in _checked:
        _check(ws, database)
        _checked.add(mark)
    return database


def _copy_template(ws: Place, database: Path) -> None:
    import shutil

    source = template()
    with locked(database, timeout=_LIMIT):
        if database.exists():
            return
        part = database.with_name(f".{DATABASE}.{os.getpid()}.tmp")
        try:
            shutil.copyfile(source, part)
            with closing(sqlite3.connect(part, isolation_level=None)) as connection:
                _settle(connection, artifact_root(ws))
            # A log that is left from a database that is gone would be replayed into this one.
            _remove(database)
            replace(part, database)
        finally:
            _remove(part)


def _check(ws: Place, database: Path) -> None:
    """Migrate the database when MLflow has moved on, and rewrite its paths when the folder has moved."""
    root = artifact_root(ws)
    with closing(sqlite3.connect(database, timeout=30, isolation_level=None)) as connection:
        if _revision(connection, database) == _revision_of_template() and _root(connection) == root:
            return
    with locked(database, timeout=_LIMIT):
        with closing(sqlite3.connect(database, timeout=30, isolation_level=None)) as connection:
            behind = _revision(connection, database) != _revision_of_template()
            if behind:
                _drop_triggers(connection)
        if behind:
            _run_mlflow(["-m", "mlflow", "db", "upgrade", uri_of(database)], f"migrate {database}")
        with closing(sqlite3.connect(database, timeout=30, isolation_level=None)) as connection:
            connection.executescript(_schema())
            _settle(connection, root)


# --- the template ----------------------------------------------------------------------------------------


def template() -> Path:
    """The empty database of the installed MLflow, made on the first call; several processes may ask at once.

    It lies in ``$DP100_MLFLOW_TEMPLATES`` (so that tests with many homes share one), or in the folder of the
    account.

    Raises:
        EngineError: MLflow is missing, or could not make the database.
    """
    chosen = os.environ.get("DP100_MLFLOW_TEMPLATES")
    folder = Path(chosen).expanduser().absolute() if chosen else locations.azure() / "templates"
    path = folder / f"mlflow-{mlflow_version()}.db"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    with locked(path, timeout=_LIMIT):
        if not path.exists():
            _make_template(path)
    return path


def _make_template(path: Path) -> None:
    import tempfile

    with tempfile.TemporaryDirectory(
        dir=path.parent, prefix=".making-", ignore_cleanup_errors=True
    ) as scratch:
        part = Path(scratch) / DATABASE
        # In the scratch folder, because MLflow looks for ./mlruns and the like where it is started.
        _run_mlflow(["-c", _MAKE, uri_of(part)], "make its database", folder=Path(scratch))
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            connection.executescript(_schema())
            connection.execute("VACUUM")
            # The mode is kept in the file, so MLflow's own connections use the log too.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        replace(part, path)


@cache
def mlflow_version() -> str:
    """The version of the installed MLflow, read from its ``version.py`` so that MLflow need not be imported.

    Raises:
        EngineError: MLflow is not installed.
    """
    from importlib.util import find_spec

    spec = find_spec("mlflow")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        file = Path(folder) / "version.py"
        if file.is_file():
            for line in file.read_text(encoding="utf-8").splitlines():
                if line.startswith("VERSION"):
                    return line.split("=", 1)[1].strip().strip("\"'")
    raise EngineError("MLflow is not installed: run `pip install mlflow-skinny sqlalchemy alembic`.")


@cache
def _schema() -> str:
    return Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")


_revisions: dict[Path, str] = {}


def _revision_of_template() -> str:
    path = template()
    if path not in _revisions:
        with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as connection:
            _revisions[path] = _revision(connection, path)
    return _revisions[path]


# --- steps on an open database -----------------------------------------------------------------------------


def _revision(connection: sqlite3.Connection, path: Path) -> str:
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        # Where it may not be written, SQLite cannot open it either: its log lies beside it.
        able = not isinstance(error, sqlite3.OperationalError) or "no such table" in str(error)
        raise EngineError(
            f"The store of runs, {path}, {'is damaged' if able else 'cannot be used'}: {error}."
        ) from error
    return str(row[0]) if row else ""


def _root(connection: sqlite3.Connection) -> str | None:
    try:
        row = connection.execute("SELECT value FROM azureml_settings WHERE key = 'artifact_root'").fetchone()
    except sqlite3.OperationalError:
        return None  # a database that MLflow made without us
    return str(row[0]) if row else None


def _settle(connection: sqlite3.Connection, root: str) -> None:
    """Put every path that the database holds below ``root``."""
    with _at_once(connection):
        old = _root(connection)
        connection.execute("INSERT OR REPLACE INTO azureml_settings VALUES ('artifact_root', ?)", (root,))
        if old is None:
            # MLflow put its default experiment where the template was made.
            connection.execute(
                "UPDATE experiments SET artifact_location = ? WHERE experiment_id = 0 AND NOT EXISTS"
                " (SELECT 1 FROM runs WHERE experiment_id = 0)",
                (f"{root}/0",),
            )
        elif old != root:
            before, after = old.removesuffix(ARTIFACTS), root.removesuffix(ARTIFACTS)
            for table, column in _PATHS:
                connection.execute(
                    f"UPDATE {table} SET {column} = ? || substr({column}, ?) WHERE substr({column}, 1, ?) = ?",
                    (after, len(before) + 1, len(before), before),
                )


_PATHS = [
    ("experiments", "artifact_location"),
    ("runs", "artifact_uri"),
    ("logged_models", "artifact_location"),
    ("model_versions", "source"),
    ("model_versions", "storage_location"),
]


def _drop_triggers(connection: sqlite3.Connection) -> None:
    # A migration that remakes a table would trip over a trigger that names it.
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'azureml_*'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")


@contextmanager
def _at_once(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _run_mlflow(arguments: list[str], purpose: str, folder: Path | None = None) -> None:
    import subprocess

    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("MLFLOW_", "_MLFLOW_"))
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment | {"PYTHONWARNINGS": "ignore", "MLFLOW_DISABLE_TELEMETRY": "true"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=_LIMIT,
        check=False,
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise EngineError(f"MLflow {mlflow_version()} could not {purpose}: {reason}")


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
