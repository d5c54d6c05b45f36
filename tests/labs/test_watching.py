"""Noticing a save, however the editor and the file system do it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from dp100.curriculum.lab import Lab
from dp100.labs import folder as folders
from dp100.labs.watching import Saves

PATIENCE = 20.0


@pytest.fixture
def started(lab: Lab, tmp_path: Path, home: Path) -> folders.LabFolder:
    return folders.create(lab, tmp_path / "work", home)


@pytest.fixture(params=["events", "no events"])
def saved(
    request: pytest.FixtureRequest, started: folders.LabFolder, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SimpleQueue[list[str]]]:
    """Names of the files that were noticed, on a file system with events and on one without."""
    if request.param == "no events":

        def watch(*_: object, stop_event: object, rust_timeout: int, **__: object) -> Iterator[set[object]]:
            while not stop_event.wait(rust_timeout / 1000):  # type: ignore[attr-defined]
                yield set()

        monkeypatch.setattr("watchfiles.watch", watch)
    found: SimpleQueue[list[str]] = SimpleQueue()
    saves = Saves(started, found.put)
    yield found
    saves.stop()


def test_every_way_to_save(started: folders.LabFolder, saved: SimpleQueue[list[str]]) -> None:
    path = started.path / "main.py"
    path.write_text("a = 1\n")
    assert saved.get(timeout=PATIENCE) == ["main.py"]
    # As vim and many others: another file is written and renamed onto it.
    (started.path / "main.py~").write_text("a = 22\n")
    (started.path / "main.py~").replace(path)
    assert saved.get(timeout=PATIENCE) == ["main.py"]
    path.unlink()
    assert saved.get(timeout=PATIENCE) == ["main.py"]
    path.write_text("a = 333\n")
    assert saved.get(timeout=PATIENCE) == ["main.py"]


def test_what_the_code_itself_writes_is_no_save(
    started: folders.LabFolder, saved: SimpleQueue[list[str]]
) -> None:
    (started.path / "greeting.txt").write_text("hello")
    (started.path / "outputs").mkdir()
    (started.path / "outputs" / "model.pkl").write_bytes(b"x")
    with pytest.raises(Empty):
        saved.get(timeout=1.0)


def test_a_folder_that_goes_away_ends_nothing(
    started: folders.LabFolder, saved: SimpleQueue[list[str]]
) -> None:
    shutil.rmtree(started.path)
    assert "main.py" in saved.get(timeout=PATIENCE)
    shutil.copytree(started.lab.start, started.path)
    assert "main.py" in saved.get(timeout=PATIENCE)
