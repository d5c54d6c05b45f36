"""Folders outside of the job's own that a learner named for its data, such as ``/tmp/data``.

On the service a job has its node for itself, and what was put there is gone with it. Here the place is on the
learner's computer: a job takes it only while nothing is there, keeps a record of that beside its workspaces, and takes
away what it has put there when it has ended, and nothing else. What a killed job left is taken away by whoever first
looks at that job or wants the place.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dp100.standin.engine import locations, store
from dp100.standin.engine.errors import Invalid
from dp100.standin.engine.jobs import processes


def put(found: Path, name: str, place: Path, run_id: str) -> Path:
    """Copy an input to a place of the learner's; a file keeps its name below it.

    Returns:
        where the script finds it.

    Raises:
        Invalid: something is there, another job has the place, or nothing may be written there.
    """
    place = _absolute(place)
    what = f"The input '{name}' cannot be put at {place}"
    record = _take(place, run_id, what)
    try:
        if found.is_dir():
            shutil.copytree(found, place, copy_function=shutil.copyfile, dirs_exist_ok=True)
        else:
            shutil.copyfile(found, place / found.name)
    except OSError as error:
        raise _refused(what, f"{error.strerror or error}.") from error
    finally:
        _write(record | {"files": {each.as_posix(): _stamp(place / each) for each in _files(place)}})
    return place if found.is_dir() else place / found.name


def make(name: str, place: Path, run_id: str) -> Path:
    """Make room for an output at a place of the learner's, from which it is copied when the script has ended.

    Raises:
        Invalid: something is there, another job has the place, or nothing may be written there.
    """
    place = _absolute(place)
    _take(place, run_id, f"The output '{name}' cannot be copied from {place}")
    return place


def collected(place: Path, run_id: str) -> None:
    """Note that an output was copied from its place, so that its files may go."""
    for record in _records(run_id):
        if Path(record["place"]) == place:
            _write(record | {"files": {each.as_posix(): _stamp(place / each) for each in _files(place)}})


def release(run_id: str) -> None:
    """Take away what a job has put at its places, but for what was changed there since; never raises."""
    with contextlib.suppress(OSError):
        for record in _records(run_id):
            _clear(record)


# --- inside ----------------------------------------------------------------------------------------------


def _take(place: Path, run_id: str, what: str) -> dict[str, Any]:
    path = _record_of(place)
    with store.locked(path):
        if path.exists():
            former = store.read_json(path)
            if former["run"] == run_id:
                raise _refused(what, "Another input or output of the job is there.")
            if processes.alive(former["pid"], former["start"]):
                raise _refused(what, f"The job {former['run']} has its data there; wait for its end.")
            processes.end_tree(None, former["run"])
            _clear(former)
        try:
            if place.is_file() or (place.is_dir() and any(place.iterdir())):
                raise _refused(what, "There is something already; name a folder that is empty or missing.")
            made = [str(each) for each in (place, *place.parents) if not each.exists()]
            pid = os.getpid()
            record = {"place": str(place), "run": run_id, "pid": pid, "start": processes.started(pid)}
            record |= {"made": made, "files": {}}
            _write(record)
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            _clear({"place": str(place), "made": [], "files": {}})
            raise _refused(what, f"{error.strerror or error}.") from error
    return record


def _refused(what: str, why: str) -> Invalid:
    return Invalid(f"{what}: {why}", code="UserError", target="path_on_compute")


def _clear(record: dict[str, Any]) -> None:
    """Files as they were put there, folders that are empty then, and the record."""
    place = Path(record["place"])
    for name, stamp in record["files"].items():
        with contextlib.suppress(OSError):
            if _stamp(place / name) == stamp:
                (place / name).unlink()
    for folder, _, _ in os.walk(place, topdown=False) if record["files"] else ():
        if Path(folder) != place:
            with contextlib.suppress(OSError):
                Path(folder).rmdir()
    for folder in record["made"]:  # from the inside out
        with contextlib.suppress(OSError):
            Path(folder).rmdir()
    _record_of(place).unlink(missing_ok=True)


def _absolute(place: Path) -> Path:
    return Path(os.path.abspath(place))  # noqa: PTH100 - links stay as the learner named them


def _files(place: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(place):
        for name in names:
            yield Path(folder, name).relative_to(place)


def _stamp(path: Path) -> list[int]:
    found = path.stat(follow_symlinks=False)
    return [found.st_size, found.st_mtime_ns]


def _folder() -> Path:
    return locations.azure() / "named-places"


def _record_of(place: Path) -> Path:
    return _folder() / f"{hashlib.sha256(os.fsencode(place)).hexdigest()[:32]}.json"


def _records(run_id: str) -> list[dict[str, Any]]:
    with contextlib.suppress(FileNotFoundError):
        held = [store.read_json(path) for path in _folder().glob("*.json")]
        return [each for each in held if each["run"] == run_id]
    return []


def _write(record: dict[str, Any]) -> None:
    store.write_json(_record_of(Path(record["place"])), record)
