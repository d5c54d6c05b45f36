from __future__ import annotations

import os
from pathlib import Path

import pytest

from dp100.standin.engine.data import datastores, transfer
from dp100.standin.engine.errors import EngineError, Invalid, NotFound
from dp100.standin.engine.workspace.workspace import Workspace

STORE = "workspaceblobstore"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    for name in ("a.csv", "b/c.csv", "b/d/e.txt", ".hidden"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    return folder


def test_a_folder_keeps_its_shape(ws: Workspace, source: Path) -> None:
    seen: list[str] = []
    done = transfer.upload(ws, STORE, source, "top/x/", progress=lambda file, name: seen.append(name))
    assert (
        sorted(done.done)
        == ["top/x/.hidden", "top/x/a.csv", "top/x/b/c.csv", "top/x/b/d/e.txt"]
        == sorted(seen)
    )
    assert transfer.files(ws, STORE) == sorted(done.done)
    assert (datastores.folder(ws, STORE) / "top" / "x" / "b" / "c.csv").read_text() == "b/c.csv"


def test_files_go_by_name_or_below_a_root(ws: Workspace, source: Path) -> None:
    files: list[str | Path] = [source / "b" / "c.csv", str(source / "a.csv")]
    assert transfer.upload(ws, STORE, files, "flat").done == ("flat/c.csv", "flat/a.csv")
    assert transfer.upload(ws, STORE, files, relative_root=source).done == ("b/c.csv", "a.csv")
    assert transfer.upload(ws, STORE, source / "a.csv", "one").done == ("one/a.csv",)


def test_what_is_there_is_left_unless_overwritten(ws: Workspace, source: Path) -> None:
    transfer.upload(ws, STORE, source / "a.csv")
    (source / "a.csv").write_text("new")
    again = transfer.upload(ws, STORE, source / "a.csv")
    assert (again.done, again.skipped) == ((), ("a.csv",))
    assert (datastores.folder(ws, STORE) / "a.csv").read_text() == "a.csv"
    assert transfer.upload(ws, STORE, source / "a.csv", overwrite=True).done == ("a.csv",)
    assert (datastores.folder(ws, STORE) / "a.csv").read_text() == "new"


def test_download_takes_what_begins_with_the_prefix(ws: Workspace, source: Path, tmp_path: Path) -> None:
    transfer.upload(ws, STORE, source, "data")
    (source / "x").write_text("x")
    transfer.upload(ws, STORE, source / "x", "data-other")
    assert transfer.files(ws, STORE, "data/b") == ["data/b/c.csv", "data/b/d/e.txt"]
    assert transfer.files(ws, STORE, "data/") == [
        "data/.hidden",
        "data/a.csv",
        "data/b/c.csv",
        "data/b/d/e.txt",
    ]
    assert "data-other/x" in transfer.files(ws, STORE, "data")
    assert transfer.files(ws, STORE, "nothing") == []
    out = tmp_path / "out"
    assert transfer.download(ws, STORE, "data/b", out).done == (
        str(out / "data" / "b" / "c.csv"),
        str(out / "data" / "b" / "d" / "e.txt"),
    )
    assert (out / "data" / "b" / "c.csv").read_text() == "b/c.csv"
    assert len(transfer.download(ws, STORE, "data/b", out).skipped) == 2
    assert len(transfer.download(ws, STORE, "data/b", out, overwrite=True).done) == 2


@pytest.mark.parametrize("path", ["../x", "a/../../x", "..\\x", "C:\\x"])
def test_paths_that_leave_the_datastore_are_refused(
    ws: Workspace, source: Path, tmp_path: Path, path: str
) -> None:
    before = sorted(file for file in ws.folder.rglob("*") if ".incoming" not in file.parts)
    with pytest.raises(Invalid):
        transfer.upload(ws, STORE, source, path)
    with pytest.raises(Invalid):
        transfer.download(ws, STORE, path, tmp_path)
    assert sorted(file for file in ws.folder.rglob("*") if ".incoming" not in file.parts) == before


def test_a_file_outside_of_the_root_is_refused(ws: Workspace, source: Path) -> None:
    with pytest.raises(Invalid, match="is not part of the file_path"):
        transfer.upload(ws, STORE, [source / "a.csv"], relative_root=source / "b")
    assert transfer.files(ws, STORE) == []


def test_a_missing_file_uploads_nothing(ws: Workspace, source: Path) -> None:
    with pytest.raises(NotFound, match=r"nope\.csv' does not point to a file"):
        transfer.upload(ws, STORE, [source / "a.csv", source / "nope.csv"])
    assert transfer.files(ws, STORE) == []


def test_a_copy_that_breaks_leaves_no_half_file(
    ws: Workspace, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    transfer.upload(ws, STORE, source)

    def breaks(source: Path, target: Path) -> None:
        target.write_text("half")
        raise OSError("disk full")

    monkeypatch.setattr(transfer, "_copy", breaks)
    with pytest.raises(OSError, match="disk full"):
        transfer.upload(ws, STORE, source, overwrite=True)
    with pytest.raises(OSError, match="disk full"):
        transfer.download(ws, STORE, "", tmp_path / "out")
    assert {file.read_text() for file in datastores.folder(ws, STORE).rglob("*.*") if file.is_file()} >= {
        "a.csv"
    }
    assert [file for file in (tmp_path / "out").rglob("*") if file.is_file()] == []
    assert list((ws.folder / "storage" / ".incoming").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_are_copied_as_files_and_dead_ones_left_out(ws: Workspace, source: Path) -> None:
    (source / "link.csv").symlink_to(source / "a.csv")
    (source / "dead.csv").symlink_to(source / "nothing")
    (source / "loop").symlink_to(source)
    transfer.upload(ws, STORE, source, "l")
    place = datastores.folder(ws, STORE) / "l"
    assert not (place / "link.csv").is_symlink()
    assert (place / "link.csv").read_text() == "a.csv"
    assert not (place / "dead.csv").exists()
    assert not (place / "loop").exists()


def test_every_kind_of_file_name_survives(ws: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("ä ö.csv", "100%.csv", "a+b&c=d.csv", "#.csv"):
        (folder / name).write_bytes(b"\xff\x00" + name.encode())
    assert len(transfer.upload(ws, STORE, folder).done) == 4
    transfer.download(ws, STORE, "", tmp_path / "out")
    for file in folder.iterdir():
        assert (tmp_path / "out" / file.name).read_bytes() == file.read_bytes()


def test_a_home_that_cannot_be_written_is_told_with_what_to_do(ws: Workspace, source: Path) -> None:
    (ws.folder / "storage").mkdir(exist_ok=True)
    (ws.folder / "storage" / ".incoming").write_text("in the way")
    with pytest.raises(EngineError, match=r"\.incoming cannot be changed \(File exists\)\. Set DP100_HOME"):
        transfer.upload(ws, STORE, source)
