from __future__ import annotations

import os
import pickle
import stat
import sys
import threading
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dp100.standin import NotOffline
from dp100.standin.engine import locations, store
from dp100.standin.engine.errors import Conflict, EngineError, Invalid, NotFound


class Colour(Enum):
    RED = "red"


def test_yaml_comes_back_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "er" / "spec.yaml"
    value = {"b": "2024-01-01", "a": [1, 2.5, True, None], "text": "zwei\nZeilen: äöü ☃", "no": {"yes": "no"}}
    store.write_yaml(file, value)
    assert store.read_yaml(file) == value
    assert list(store.read_yaml(file)) == ["b", "a", "text", "no"]
    assert "äöü ☃" in file.read_text(encoding="utf-8")


def test_paths_enums_and_tuples_become_plain_values(tmp_path: Path) -> None:
    store.write_yaml(tmp_path / "x.yaml", {"path": PurePosixPath("a/b"), "enum": Colour.RED, "tuple": (1, 2)})
    assert store.read_yaml(tmp_path / "x.yaml") == {"path": "a/b", "enum": "red", "tuple": [1, 2]}


def test_what_yaml_cannot_hold_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="object"):
        store.write_yaml(tmp_path / "x.yaml", {"a": object()})
    assert list(tmp_path.iterdir()) == []


def test_damaged_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "spec.yaml"
    file.write_text("a: 1\nb: [1, 2\n")
    with pytest.raises(EngineError, match=r"spec\.yaml, line \d"):
        store.read_yaml(file)
    file.write_text("- 1\n")
    with pytest.raises(EngineError, match=r"spec\.yaml"):
        store.read_yaml(file)


def test_a_file_that_lost_a_name_is_damaged_in_so_many_words(tmp_path: Path) -> None:
    file = tmp_path / "spec.yaml"
    file.write_text("a: 1\nb:")  # what is left of a longer file is often YAML still
    record = store.read_yaml(file)
    assert record.get("c") is None
    with pytest.raises(EngineError, match=r"spec\.yaml is damaged: it does not say what 'c' is"):
        record["c"]
    (tmp_path / "spec.json").write_text('{"a": 1}')
    with pytest.raises(EngineError, match=r"spec\.json is damaged: it does not say what 'c' is"):
        store.read_json(tmp_path / "spec.json")["c"]


def test_json_that_is_no_mapping_is_damaged(tmp_path: Path) -> None:
    for text in ("[1]", "null", "5", '"a"'):
        (tmp_path / "spec.json").write_text(text)
        with pytest.raises(EngineError, match=r"spec\.json is damaged: it should hold names and values"):
            store.read_json(tmp_path / "spec.json")


def test_where_nothing_may_be_written_the_variable_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    sentence = r"a\.yaml cannot be changed \(.*\)\. Set DP100_HOME to a folder that you may write to"
    with pytest.raises(EngineError, match=sentence), store.locked(tmp_path / "file" / "a.yaml"):
        pass


def test_a_failed_write_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.json"
    store.atomic_write(file, "old")

    def fail(source: Path, target: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(store, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        store.atomic_write(file, "new")
    assert file.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.skipif(os.name == "nt", reason="permissions are POSIX's")
def test_mode_is_kept_from_the_first_byte(tmp_path: Path) -> None:
    store.atomic_write(tmp_path / "secret", "x", mode=0o600)
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_moment_reads_what_now_wrote() -> None:
    before = datetime.now(UTC)
    written = store.moment(store.now())
    assert (written - before).total_seconds() < 60
    assert written.tzinfo is not None


def test_lock_keeps_others_out(tmp_path: Path) -> None:
    entered = threading.Event()
    leave = threading.Event()

    def hold() -> None:
        with store.locked(tmp_path / "data"):
            entered.set()
            leave.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    assert entered.wait(10)
    try:
        with pytest.raises(Conflict), store.locked(tmp_path / "data", timeout=0.1):
            pytest.fail("two hold the lock")
    finally:
        leave.set()
        thread.join()
    with store.locked(tmp_path / "data", timeout=0.1):
        pass


def test_next_version_is_the_highest_number_plus_one(tmp_path: Path) -> None:
    assert store.next_version(tmp_path / "nothing") == 1
    for name in ("1.yaml", "9.yaml", "10.yaml", "v2.yaml", ".11.yaml.tmp", "index.jsonl"):
        (tmp_path / name).touch()
    (tmp_path / "12").mkdir()
    assert store.next_version(tmp_path) == 13


WINDOWS_FORBIDS = set('<>:"/\\|?*') | {chr(n) for n in range(32)}


@given(st.text(min_size=1, max_size=300))
def test_file_names_are_safe_everywhere(name: str) -> None:
    made = store.file_name(name)
    assert made
    assert len(made) <= 80
    assert not WINDOWS_FORBIDS & set(made)
    assert made.isascii()
    assert not made.endswith((".", " "))
    assert not made.startswith(".")
    assert made.split(".")[0].strip().lower() not in {"con", "prn", "aux", "nul", "com1", "lpt9"}


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_different_names_have_different_files(one: str, other: str) -> None:
    if one.casefold() != other.casefold():
        assert store.file_name(one) != store.file_name(other)


@pytest.mark.parametrize(
    "name", ["con", "NUL.txt", "aux", "..", ".", "a.", "a ", "diabetes dataset", "a/b", "ä" * 200]
)
def test_awkward_names_can_be_written(tmp_path: Path, name: str) -> None:
    place = store.entry(tmp_path, name, ".yaml")
    store.write_yaml(place, {"name": name})
    assert place.parent == tmp_path
    assert store.read_yaml(store.entry(tmp_path, name, ".yaml")) == {"name": name}


def test_names_do_not_differ_by_case(tmp_path: Path) -> None:
    (tmp_path / "Diabetes").mkdir()
    assert store.entry(tmp_path, "DIABETES").name.casefold() == "diabetes"
    assert store.entry(tmp_path, "DIABETES").exists()


@pytest.mark.parametrize(
    "path", ["../x", "a/../../x", "..", "a\\..\\..\\x", "C:/x", "c:\\x", "/../x", "a\0b", "./../x"]
)
def test_paths_do_not_leave_their_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(Invalid):
        store.inside(tmp_path, path)


@given(st.text(max_size=50))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_inside_is_inside(tmp_path: Path, path: str) -> None:
    try:
        found = store.inside(tmp_path, path)
    except Invalid:
        return
    assert Path(os.path.normpath(found)).is_relative_to(tmp_path)


@pytest.mark.parametrize(
    ("path", "parts"),
    [("a/b", ("a", "b")), ("/a//b/", ("a", "b")), ("", ()), ("./a", ("a",)), ("a\\b", ("a", "b"))],
)
def test_either_slash_separates(tmp_path: Path, path: str, parts: tuple[str, ...]) -> None:
    assert store.inside(tmp_path, path) == tmp_path.joinpath(*parts)


def test_errors_say_what_and_survive_another_process() -> None:
    error = NotFound("Datastore", "blob", close=("blob_1", "blob_2"), target="datastore")
    copy = pickle.loads(pickle.dumps(error))
    assert str(copy) == "Datastore blob not found. Did you mean blob_1 or blob_2?"
    assert (type(copy), copy.code, copy.kind, copy.name, copy.target) == (
        NotFound,
        "ResourceNotFound",
        "Datastore",
        "blob",
        "datastore",
    )
    assert (
        str(NotOffline("Workspace.diagnose_workspace"))
        == "Workspace.diagnose_workspace is not available offline."
    )


def test_home_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DP100_HOME", str(tmp_path / "one"))
    assert locations.azure() == tmp_path / "one" / "azure"
    monkeypatch.setenv("DP100_AZURE", str(tmp_path / "two"))
    assert locations.azure() == tmp_path / "two"
    assert (tmp_path / "two").is_dir()


def test_home_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DP100_HOME", str(tmp_path / "file" / "below"))
    with pytest.raises(EngineError, match="DP100_HOME"):
        locations.home()


def test_importing_the_engine_imports_no_sdk(tmp_path: Path) -> None:
    import subprocess

    code = (
        "import sys, dp100.standin\n"
        "from dp100.standin.engine.data import assets, datastores, transfer, uris\n"
        "from dp100.standin.engine.workspace import access, account, config_file, workspace\n"
        "print([n for n in sys.modules if n.split('.')[0] in "
        "('mlflow', 'sklearn', 'pandas', 'numpy', 'azure', 'azureml', 'pydantic', 'yaml', 'filelock')])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
