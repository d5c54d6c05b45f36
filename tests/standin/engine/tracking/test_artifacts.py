"""Files of runs: upload, names, download, and what is refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dp100.standin.engine.errors import AlreadyExists, Invalid, NotFound
from dp100.standin.engine.tracking.artifacts import Artifacts
from dp100.standin.engine.tracking.store import Tracking
from tests.standin.engine.tracking.conftest import FakeWorkspace


@pytest.fixture
def artifacts(tracking: Tracking) -> Artifacts:
    tracking.create_run("train", "r")
    return tracking.artifacts


def test_a_file_is_uploaded_listed_and_downloaded(artifacts: Artifacts, tmp_path: Path) -> None:
    source = tmp_path / "local.txt"
    source.write_text("from a file")
    artifacts.upload("r", "outputs/a.txt", source)
    artifacts.upload("r", "outputs\\b.txt", io.BytesIO(b"from a stream"))
    artifacts.upload("r", "c.txt", io.StringIO("from text"))  # type: ignore[arg-type]
    artifacts.upload("r", "/d.txt", b"from bytes")
    assert artifacts.names("r") == ["c.txt", "d.txt", "outputs/a.txt", "outputs/b.txt"]
    assert artifacts.names("r", "outputs/") == ["outputs/a.txt", "outputs/b.txt"]
    assert artifacts.download("r", "outputs/a.txt", tmp_path / "copy.txt").read_text() == "from a file"
    assert artifacts.download("r", "outputs/b.txt", tmp_path) == tmp_path / "b.txt"
    assert artifacts.download("r", "c.txt", f"{tmp_path}/new/").read_text() == "from text"
    assert artifacts.read("r", "d.txt") == b"from bytes"


def test_folders(artifacts: Artifacts, tmp_path: Path) -> None:
    (tmp_path / "src" / "deep").mkdir(parents=True)
    (tmp_path / "src" / "a").write_text("1")
    (tmp_path / "src" / "deep" / "b").write_text("2")
    assert artifacts.upload_folder("r", "data", tmp_path / "src") == ["data/a", "data/deep/b"]
    artifacts.download_all("r", tmp_path / "all")
    assert (tmp_path / "all" / "data" / "deep" / "b").read_text() == "2"
    artifacts.download_all("r", tmp_path / "some", "data/deep", append_prefix=False)
    assert [p.name for p in (tmp_path / "some").rglob("*")] == ["b"]
    assert (artifacts.locate("r", "data") / "deep" / "b").is_file()
    with pytest.raises(NotADirectoryError, match="not a valid directory"):
        artifacts.upload_folder("r", "data", tmp_path / "src" / "a")


def test_a_name_is_used_again_only_if_that_is_allowed(artifacts: Artifacts) -> None:
    artifacts.upload("r", "a", b"1")
    with pytest.raises(
        AlreadyExists, match=r"Resource Conflict: ArtifactId ExperimentRun/dcid\.r/a already exists"
    ):
        artifacts.upload("r", "a", b"2", overwrite=False)
    artifacts.upload("r", "a", b"3")
    assert artifacts.read("r", "a") == b"3"


@pytest.mark.parametrize(
    "name", ["../up.txt", "a/../../up.txt", "..\\up.txt", "a\0b", "C:\\up.txt", "", "/", "."]
)
def test_names_that_leave_the_run(artifacts: Artifacts, name: str) -> None:
    with pytest.raises(Invalid):
        artifacts.upload("r", name, b"x")
    with pytest.raises((Invalid, NotFound)):
        artifacts.download("r", name, "copy")
    assert artifacts.names("r") == []


def test_a_failed_upload_leaves_nothing(artifacts: Artifacts, tmp_path: Path) -> None:
    class Breaks(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise OSError("the disk is gone")

    artifacts.upload("r", "a", b"before")
    with pytest.raises(OSError, match="the disk is gone"):
        artifacts.upload("r", "a", Breaks())  # type: ignore[arg-type]
    with pytest.raises(FileNotFoundError):
        artifacts.upload("r", "b", tmp_path / "missing")
    assert artifacts.names("r") == ["a"]
    assert artifacts.read("r", "a") == b"before"
    assert len([p for p in artifacts.folder("r").rglob("*") if p.is_file()]) == 1


def test_a_missing_file_is_named_with_those_that_there_are(artifacts: Artifacts) -> None:
    artifacts.upload("r", "outputs/model.pkl", b"")
    with pytest.raises(
        NotFound, match=r"File with path nope was not found,\navailable files include: outputs/model.pkl"
    ):
        artifacts.download("r", "nope", "x")
    with pytest.raises(NotFound, match="is a folder"):
        artifacts.download("r", "outputs", "x")


def test_logs_of_a_running_job_are_among_its_files(artifacts: Artifacts, ws: FakeWorkspace) -> None:
    log = ws.folder / "jobs" / "r" / "user_logs" / "std_log.txt"
    log.parent.mkdir(parents=True)
    log.write_text("live")
    assert artifacts.names("r") == ["user_logs/std_log.txt"]
    assert artifacts.read("r", "user_logs/std_log.txt") == b"live"
    artifacts.upload("r", "user_logs/std_log.txt", b"final")
    assert artifacts.names("r") == ["user_logs/std_log.txt"]
    assert artifacts.read("r", "user_logs/std_log.txt") == b"final"
    with pytest.raises(Invalid):
        artifacts.locate("r", "user_logs/../job.yaml")


part = st.text(
    st.characters(categories=["L", "N", "Zs"], include_characters="._-+@()[]%"), min_size=1, max_size=20
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(part.filter(lambda p: p.strip(". ") == p), min_size=1, max_size=4).map("/".join),
    st.binary(max_size=50),
)
def test_any_ordinary_name_holds_any_bytes(artifacts: Artifacts, name: str, content: bytes) -> None:
    folder = f"f{len(list(artifacts.folder('r').glob('*')))}"
    artifacts.upload("r", f"{folder}/{name}", content)
    assert artifacts.names("r", f"{folder}/") == [f"{folder}/{name}"]
    assert artifacts.read("r", f"{folder}/{name}") == content
