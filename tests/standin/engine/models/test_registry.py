"""Registering, finding, changing and deleting models."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dp100.standin.engine.errors import AlreadyExists, Invalid, NotFound
from dp100.standin.engine.models import registry
from dp100.standin.engine.tracking.store import Tracking
from tests.standin.engine.models.conftest import FakeWorkspace


def test_a_file_is_registered(ws: FakeWorkspace, pickle_file: Path) -> None:
    model = registry.register(
        ws,
        "diabetes",
        pickle_file,
        tags={"kind": "tree", "n": 1},
        properties={"auc": 0.9},
        description="Predicts",
        framework="ScikitLearn",
        framework_version="1.5",
        extra={"sdk": "v1"},
    )
    assert (model.id, model.type, model.stage, model.archived) == (
        "diabetes:1",
        "custom_model",
        "None",
        False,
    )
    assert model.path == ws.folder / "models" / "diabetes" / "1" / "model.pkl"
    assert model.path.read_bytes() == b"a pickled model"
    assert (model.tags, model.properties) == ({"kind": "tree", "n": "1"}, {"auc": "0.9"})
    assert (model.description, model.framework, model.framework_version) == ("Predicts", "ScikitLearn", "1.5")
    assert model.extra == {"sdk": "v1"}
    pickle_file.write_bytes(b"changed")
    assert registry.path(ws, "diabetes").read_bytes() == b"a pickled model"
    assert model == registry.get(ws, "diabetes") == registry.get(ws, "diabetes", "1")


def test_a_file_may_be_called_like_its_version(ws: FakeWorkspace, tmp_path: Path) -> None:
    (tmp_path / "1").write_bytes(b"x")
    assert registry.register(ws, "odd", tmp_path / "1").path.read_bytes() == b"x"


def test_a_folder_keeps_its_name(ws: FakeWorkspace, tmp_path: Path) -> None:
    (tmp_path / "outputs" / "deep").mkdir(parents=True)
    (tmp_path / "outputs" / "deep" / "w.bin").write_bytes(b"w")
    model = registry.register(ws, "net", tmp_path / "outputs")
    assert model.path.name == "outputs"
    assert (model.path / "deep" / "w.bin").read_bytes() == b"w"


def test_versions_count_up_and_one_may_be_chosen(ws: FakeWorkspace, pickle_file: Path) -> None:
    assert [registry.register(ws, "m", pickle_file).version for _ in range(2)] == [1, 2]
    assert registry.register(ws, "m", pickle_file, version="7").version == 7
    assert registry.register(ws, "m", pickle_file).version == 8
    assert registry.register(ws, "m", pickle_file, version=4).version == 4
    assert registry.get(ws, "m").version == 8
    with pytest.raises(AlreadyExists, match=r"already exists\. Name: m, version: 4"):
        registry.register(ws, "m", pickle_file, version=4)
    assert {p.name for p in (ws.folder / "models" / "m").iterdir()} == {"1", "2", "4", "7", "8"}


def test_a_runs_artifact_is_registered(tracking: Tracking, ws: FakeWorkspace) -> None:
    tracking.create_run("train", "train_1")
    tracking.artifacts.upload("train_1", "outputs/model.pkl", b"from a run")
    model = registry.register(ws, "m", artifact="outputs/model.pkl", run_id="train_1")
    assert (model.run_id, model.experiment) == ("train_1", "train")
    assert model.path.read_bytes() == b"from a run"
    assert (registry.register(ws, "m", artifact="outputs", run_id="train_1").path / "model.pkl").is_file()
    with pytest.raises(NotFound) as raised:
        registry.register(ws, "m", artifact="model.pkl", run_id="train_1")
    assert raised.value.message.startswith(
        "Could not locate the provided model_path model.pkl in the set of files uploaded to the run:"
        " ['outputs/model.pkl']"
    )
    with pytest.raises(NotFound, match="Run ghost"):
        registry.register(ws, "m", artifact="outputs", run_id="ghost")
    with pytest.raises(Invalid):
        registry.register(ws, "m", artifact="../../../mlflow.db", run_id="train_1")


def test_mlflow_models_are_recognised(ws: FakeWorkspace, mlflow_folder: Path, pickle_file: Path) -> None:
    model = registry.register(ws, "iris", mlflow_folder)
    assert model.type == "mlflow_model"
    assert set(model.flavors) == {"python_function", "sklearn"}
    assert registry.register(ws, "iris", mlflow_folder, type="custom_model").type == "custom_model"
    with pytest.raises(Invalid, match="no MLflow model"):
        registry.register(ws, "iris", pickle_file, type="mlflow_model")
    (mlflow_folder / "MLmodel").write_text("flavors: [unclosed")
    with pytest.raises(Invalid, match="damaged"):
        registry.register(ws, "iris", mlflow_folder)
    assert len(registry.list(ws, "iris")) == 2


@pytest.mark.parametrize("name", ["", "-x", ".x", "a b", "a/b", "a:b", "é", "a" * 256, None, "../x"])
def test_names_follow_the_service(ws: FakeWorkspace, pickle_file: Path, name: str) -> None:
    with pytest.raises(Invalid, match="provided model name is invalid"):
        registry.register(ws, name, pickle_file)
    assert not (ws.folder / "models").exists()


@pytest.mark.parametrize("version", ["0", "-1", "1.0", "v1", "", "latest", True, "1" * 12])
def test_versions_are_positive_whole_numbers(ws: FakeWorkspace, pickle_file: Path, version: object) -> None:
    with pytest.raises(Invalid, match="must be a positive integer"):
        registry.register(ws, "m", pickle_file, version=version)  # type: ignore[arg-type]


def test_a_version_may_be_the_time_in_seconds(ws: FakeWorkspace, pickle_file: Path) -> None:
    for version in ("1795265716", "2147483647"):
        assert registry.register(ws, "m", pickle_file, version=version).version == int(version)
    with pytest.raises(Invalid, match="must be a positive integer up to 2147483647"):
        registry.register(ws, "m", pickle_file, version="2147483648")


def test_what_cannot_be_registered(ws: FakeWorkspace, pickle_file: Path) -> None:
    with pytest.raises(NotFound, match=r'Error, provided model path "gone\.pkl" cannot be found'):
        registry.register(ws, "m", "gone.pkl")
    with pytest.raises(Invalid, match="either a path or an artifact"):
        registry.register(ws, "m")
    with pytest.raises(Invalid, match="either a path or an artifact"):
        registry.register(ws, "m", pickle_file, artifact="x", run_id="r")
    with pytest.raises(Invalid, match="name the run"):
        registry.register(ws, "m", artifact="x")
    with pytest.raises(Invalid, match="no model type"):
        registry.register(ws, "m", pickle_file, type="onnx")
    assert registry.containers(ws) == []


def test_a_missing_model_is_named(ws: FakeWorkspace, pickle_file: Path) -> None:
    registry.register(ws, "m", pickle_file)
    with pytest.raises(NotFound, match="Model with name nope not found") as raised:
        registry.get(ws, "nope")
    assert raised.value.code == "ModelNotFound"
    with pytest.raises(NotFound, match="Model with name m and version 2 not found"):
        registry.get(ws, "m", 2)
    with pytest.raises(NotFound, match="no label champion"):
        registry.get(ws, "m", label="champion")
    for change in (registry.archive, registry.restore, registry.delete):
        with pytest.raises(NotFound):
            change(ws, "nope")
        with pytest.raises(NotFound):
            change(ws, "m", "9")


def test_lists_are_filtered(ws: FakeWorkspace, pickle_file: Path, tracking: Tracking) -> None:
    tracking.create_run("train", "r")
    registry.register(ws, "a", pickle_file, tags={"x": "1"}, framework="Onnx")
    registry.register(ws, "b", pickle_file, tags={"x": "2"}, properties={"p": "1"})
    registry.register(ws, "a", pickle_file, run_id="r")
    ids = lambda **found: [m.id for m in registry.list(ws, **found)]  # noqa: E731
    assert ids() == ["a:2", "b:1", "a:1"]
    assert ids(name="a") == ["a:2", "a:1"]
    assert ids(latest=True) == ["a:2", "b:1"]
    assert ids(tags={"x": None}) == ["b:1", "a:1"]
    assert ids(tags={"x": "2"}, properties={"p": "1"}) == ["b:1"]
    assert ids(run_id="r") == ["a:2"]
    assert ids(framework="onnx") == ["a:1"]
    assert ids(name="c") == []


def test_what_may_change(ws: FakeWorkspace, pickle_file: Path) -> None:
    registry.register(ws, "m", pickle_file, tags={"a": 1, "b": 2}, properties={"p": 1}, description="old")
    model = registry.update(
        ws,
        "m",
        1,
        add_tags={"c": 3},
        remove_tags=["a", "zz"],
        add_properties={"q": 2, "p": 1},
        extra={"k": [1]},
    )
    assert (model.tags, model.properties, model.description) == (
        {"b": "2", "c": "3"},
        {"p": "1", "q": "2"},
        "old",
    )
    assert model.extra == {"k": [1]}
    assert registry.update(ws, "m", 1, tags={"only": "x"}, description="").tags == {"only": "x"}
    assert registry.get(ws, "m").description == ""
    with pytest.raises(Invalid, match="property p"):
        registry.update(ws, "m", 1, add_tags={"lost": 1}, add_properties={"p": 2})
    assert registry.get(ws, "m").tags == {"only": "x"}


def test_archived_versions_and_models_hide(ws: FakeWorkspace, pickle_file: Path) -> None:
    for _ in range(3):
        registry.register(ws, "m", pickle_file)
    registry.archive(ws, "m", "3")
    assert [m.version for m in registry.list(ws)] == [2, 1]
    assert [m.version for m in registry.list(ws, archived=True)] == [3]
    assert len(registry.list(ws, archived=None)) == 3
    assert registry.get(ws, "m", label="latest").version == 2
    assert registry.get(ws, "m", 3).archived
    registry.restore(ws, "m", label="latest")
    registry.restore(ws, "m", 3)
    registry.archive(ws, "m")
    assert registry.list(ws) == []
    assert registry.containers(ws) == []
    assert [c.name for c in registry.containers(ws, archived=True)] == ["m"]
    registry.restore(ws, "m")
    assert registry.container(ws, "m").latest == 3


def test_deleting(ws: FakeWorkspace, pickle_file: Path) -> None:
    paths = [registry.register(ws, "m", pickle_file).path for _ in range(3)]
    registry.set_label(ws, "m", "champion", 3)
    registry.delete(ws, "m", 3)
    assert not paths[2].parent.exists()
    assert paths[1].exists()
    with pytest.raises(NotFound):
        registry.get(ws, "m", 3)
    with pytest.raises(NotFound):
        registry.get(ws, "m", label="champion")
    assert registry.get(ws, "m").version == 2
    assert registry.register(ws, "m", pickle_file).version == 4  # the number is not used again
    registry.delete(ws, "m")
    assert not any(path.exists() for path in paths)
    with pytest.raises(NotFound):
        registry.get(ws, "m")
    fresh = registry.register(ws, "m", pickle_file)
    assert (fresh.version, fresh.tags, fresh.archived) == (1, {}, False)


def test_labels(ws: FakeWorkspace, pickle_file: Path) -> None:
    registry.register(ws, "m", pickle_file)
    registry.register(ws, "m", pickle_file)
    registry.set_label(ws, "m", "champion", 1)
    assert registry.get(ws, "m", label="champion").version == 1
    assert registry.get(ws, "m", 1).labels == ("champion",)
    registry.set_label(ws, "m", "champion", 2)
    assert [m.labels for m in registry.list(ws, "m")] == [("champion",), ()]
    registry.delete_label(ws, "m", "champion")
    assert registry.get(ws, "m", 2).labels == ()
    for label in ("latest", "Latest", "v3", "a b", ""):
        with pytest.raises(Invalid):
            registry.set_label(ws, "m", label, 1)
    with pytest.raises(NotFound):
        registry.set_label(ws, "m", "x", 9)


def test_stages(ws: FakeWorkspace, pickle_file: Path) -> None:
    for _ in range(3):
        registry.register(ws, "m", pickle_file)
    registry.set_stage(ws, "m", 1, "production")
    registry.set_stage(ws, "m", 2, "Production", archive_existing=True)
    assert [m.stage for m in registry.list(ws, "m")] == ["None", "Production", "Archived"]
    with pytest.raises(Invalid, match="Invalid Model Version stage: Live"):
        registry.set_stage(ws, "m", 1, "Live")
    with pytest.raises(Invalid, match="not an Active stage"):
        registry.set_stage(ws, "m", 1, "Archived", archive_existing=True)


def test_downloads(ws: FakeWorkspace, pickle_file: Path, mlflow_folder: Path, tmp_path: Path) -> None:
    registry.register(ws, "m", pickle_file)
    registry.register(ws, "m", mlflow_folder)
    target = tmp_path / "down"
    assert registry.download(ws, "m", 1, target).read_bytes() == b"a pickled model"
    folder = registry.download(ws, "m", 2, target)
    assert sorted(p.name for p in folder.iterdir()) == ["MLmodel", "model.pkl"]
    (folder / "MLmodel").unlink()
    (folder / "model.pkl").write_bytes(b"mine")
    with pytest.raises(AlreadyExists, match="To overwrite, set exist_ok to True"):
        registry.download(ws, "m", 2, target, overwrite=False)
    assert [p.name for p in folder.iterdir()] == ["model.pkl"]
    registry.download(ws, "m", 2, target)
    assert (folder / "model.pkl").read_bytes() == b"pickled"
    registry.get(ws, "m", 1).path.unlink()
    with pytest.raises(NotFound, match="files of the model m:1 are gone"):
        registry.download(ws, "m", 1, target)


def test_a_registration_that_fails_leaves_nothing(
    ws: FakeWorkspace, pickle_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dp100.standin.engine.models import rows

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(rows, "insert", fail)
        with pytest.raises(KeyboardInterrupt):
            registry.register(ws, "m", pickle_file)
    assert registry.list(ws) == []
    assert list((ws.folder / "models" / "m").iterdir()) == []
    assert registry.register(ws, "m", pickle_file).version == 1


def test_leftovers_of_a_killed_process_do_not_matter(ws: FakeWorkspace, pickle_file: Path) -> None:
    folder = ws.folder / "models" / "m"
    (folder / "1").mkdir(parents=True)
    (folder / "1" / "half").write_bytes(b"")
    old = folder / ".incoming-1-abc"
    old.mkdir()
    os.utime(old, (0, 0))
    model = registry.register(ws, "m", pickle_file)
    assert model.version == 1
    assert model.path.read_bytes() == b"a pickled model"
    assert (folder / "1" / "half").exists()
    assert not old.exists()


def test_names_that_differ_in_case_only_are_two_models(
    ws: FakeWorkspace, pickle_file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.pkl"
    other.write_bytes(b"other")
    registry.register(ws, "iris", pickle_file)
    registry.register(ws, "Iris", other)
    assert registry.get(ws, "iris").path.read_bytes() == b"a pickled model"
    assert registry.get(ws, "Iris").path.read_bytes() == b"other"


_REGISTER = """
import sys
from pathlib import Path
from tests.standin.engine.tracking.conftest import FakeWorkspace
from dp100.standin.engine.models import registry
for i in range(8):
    registry.register(FakeWorkspace(Path(sys.argv[1])), "shared", sys.argv[2], tags={"by": sys.argv[3]})
"""


def test_processes_that_register_one_name_all_get_a_version(
    ws: FakeWorkspace, tracking: Tracking, pickle_file: Path
) -> None:
    assert tracking.uri
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _REGISTER, str(ws.folder), str(pickle_file), f"p{n}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=Path(__file__).parents[4],
        )
        for n in range(4)
    ]
    for process in processes:
        output, _ = process.communicate(timeout=240)
        assert process.returncode == 0, output
    models = registry.list(ws, "shared")
    assert sorted(m.version for m in models) == [*range(1, 33)]
    assert all(m.path.read_bytes() == b"a pickled model" for m in models)
    assert sorted(m.tags["by"] for m in models) == sorted(f"p{n}" for n in range(4) for _ in range(8))


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.from_regex(r"[a-zA-Z0-9][a-zA-Z0-9\-._]{0,254}", fullmatch=True),
    tags=st.dictionaries(text.filter(bool), text, max_size=4),
    description=text,
)
def test_any_name_and_text_comes_back(
    ws: FakeWorkspace, pickle_file: Path, name: str, tags: dict[str, str], description: str
) -> None:
    made = registry.register(ws, name, pickle_file, tags=tags, properties=tags, description=description)
    found = registry.get(ws, name)
    assert found == made
    assert (found.name, found.tags, found.properties, found.description) == (name, tags, tags, description)
    assert found.path.read_bytes() == b"a pickled model"
