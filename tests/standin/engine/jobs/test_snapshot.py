"""Snapshots and what they leave out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dp100.standin.engine.errors import Invalid, TooLarge
from dp100.standin.engine.jobs import snapshot
from dp100.standin.engine.jobs.ignore import Ignore
from dp100.standin.engine.workspace.workspace import Workspace


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    for name in (
        "train.py",
        "data/big.csv",
        "data/small.csv",
        "outputs/m.pkl",
        "__pycache__/x.pyc",
        ".git/HEAD",
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return folder


def names(ws: Workspace, hash: str) -> set[str]:
    base = snapshot.place(ws, hash)
    return {path.relative_to(base).as_posix() for path in base.rglob("*") if path.is_file()}


def test_a_snapshot_is_a_copy_named_by_its_content(ws: Workspace, source: Path) -> None:
    first = snapshot.take(ws, source)
    assert names(ws, first) == {"train.py", "data/big.csv", "data/small.csv", "outputs/m.pkl"}
    assert snapshot.take(ws, source) == first
    (source / "train.py").write_text("changed")
    second = snapshot.take(ws, source)
    assert second != first
    assert (snapshot.place(ws, first) / "train.py").read_text() == "train.py"
    assert len(list((ws.folder / "code").iterdir())) == 2


def test_amlignore_goes_before_gitignore(ws: Workspace, source: Path) -> None:
    (source / ".gitignore").write_text("*.csv\n")
    assert names(ws, snapshot.take(ws, source)) == {".gitignore", "train.py", "outputs/m.pkl"}
    (source / ".amlignore").write_text("outputs/\ndata/*\n!data/small.csv\n.*ignore\n")
    assert names(ws, snapshot.take(ws, source)) == {"train.py", "data/small.csv"}


def test_more_than_300_mb_are_refused_with_the_sdks_message(ws: Workspace, source: Path) -> None:
    with (source / "data" / "big.csv").open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    with pytest.raises(TooLarge) as refused:
        snapshot.take(ws, source)
    assert f"While attempting to take snapshot of {source}\n" in refused.value.message
    assert "Your total snapshot size exceeds the limit of 300.0 MB.\n" in refused.value.message
    assert not (ws.folder / "code").exists()
    (source / ".amlignore").write_text("data/big.csv\n")
    snapshot.take(ws, source)


def test_the_workspace_in_the_folder_is_left_out(ws: Workspace, home: Path) -> None:
    (home.parent / "main.py").write_text("x")
    assert names(ws, snapshot.take(ws, home.parent)) == {"main.py"}


def test_v1_refuses_too_many_files(ws: Workspace, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooLarge, match="file limit of 3"):
        snapshot.take(ws, source, max_files=3)
    monkeypatch.setenv("AML_SNAPSHOT_NO_FILE_LIMIT", "1")
    snapshot.take(ws, source, max_files=3)


def test_one_file_is_a_snapshot_too(ws: Workspace, source: Path) -> None:
    assert names(ws, snapshot.take(ws, source / "train.py")) == {"train.py"}
    with pytest.raises(Invalid, match="does not exist"):
        snapshot.take(ws, source / "none.py")


@pytest.mark.skipif(os.name == "nt", reason="links need rights")
def test_links_are_followed_but_not_in_circles(ws: Workspace, source: Path, tmp_path: Path) -> None:
    (tmp_path / "common").mkdir()
    (tmp_path / "common" / "util.py").write_text("x")
    (source / "common").symlink_to(tmp_path / "common")
    (source / "loop").symlink_to(source)
    (source / "broken").symlink_to(source / "nothing")
    assert "common/util.py" in names(ws, snapshot.take(ws, source))


def test_an_executable_stays_one(ws: Workspace, source: Path) -> None:
    (source / "run.sh").write_text("#!/bin/sh\n")
    (source / "run.sh").chmod(0o755)
    kept = snapshot.place(ws, snapshot.take(ws, source)) / "run.sh"
    assert os.name == "nt" or kept.stat().st_mode & 0o100


@pytest.mark.parametrize(
    ("pattern", "path", "out"),
    [
        ("*.csv", "a.csv", True),
        ("*.csv", "a/b.csv", True),
        ("/*.csv", "a/b.csv", False),
        ("data", "data/x", True),
        ("data", "a/data/x", True),
        ("data/", "data", False),
        ("data/", "a/data/x", True),
        ("a/b", "x/a/b", False),
        ("a/**/b", "a/b", True),
        ("a/**/b", "a/x/y/b", True),
        ("**/b", "x/b", True),
        ("a/**", "a/x", True),
        ("a?c", "abc", True),
        ("a?c", "a/c", False),
        ("[ab].py", "a.py", True),
        ("[!ab].py", "a.py", False),
        ("\\#x", "#x", True),
        ("# comment", "# comment", False),
        ("x ", "x", True),
    ],
)
def test_patterns(pattern: str, path: str, out: bool) -> None:
    assert Ignore([pattern]).leaves_out(path) is out


PART = st.sampled_from(["a", "b", "ab", "a.csv", "*", "*.csv", "?", "a*", "**", "[ab]", "[!a]"])
PATTERN = st.builds(
    lambda no, first, parts, last: f"{no}{first}{'/'.join(parts)}{last}",
    st.sampled_from(["", "", "!"]), st.sampled_from(["", "/"]), st.lists(PART, min_size=1, max_size=3),
    st.sampled_from(["", "/"]),
)  # fmt: skip
PATH = st.lists(st.sampled_from(["a", "b", "ab", "a.csv", "c"]), min_size=1, max_size=4).map("/".join)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:pathspec")
@settings(max_examples=300, deadline=None)
@given(st.lists(PATTERN, max_size=4), PATH)
def test_patterns_mean_what_they_mean_to_the_sdk(patterns: list[str], path: str) -> None:
    pathspec = pytest.importorskip("pathspec")
    # azureml.core reads both files with this class.
    theirs = pathspec.PathSpec.from_lines("gitwildmatch", patterns)
    ours = Ignore(patterns)
    assert ours.leaves_out(path) is bool(theirs.match_file(path))
    if ours.leaves_out_folder(path):
        assert ours.leaves_out(f"{path}/anything/at/all")
