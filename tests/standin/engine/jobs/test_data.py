"""Inputs and outputs of every type and mode."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from dp100.standin.engine.data import datastores, uris
from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.engine.errors import Invalid
from dp100.standin.engine.jobs import records
from dp100.standin.engine.models import registry
from tests.standin.engine.jobs.conftest import Jobs

SHOW = "import json, sys; print(json.dumps(sys.argv[1:]))"
BLOB = "azureml://datastores/workspaceblobstore/paths"


@pytest.fixture
def blob(jobs: Jobs) -> Path:
    folder = datastores.folder(jobs.ws, "workspaceblobstore")
    (folder / "data").mkdir()
    (folder / "data" / "a file.csv").write_text("x\n1\n")
    return folder


def arguments(jobs: Jobs, command: str, **spec: Any) -> list[str]:
    ended = jobs.run(SHOW, command=f"python main.py {command}", **spec)
    assert ended.state.status == "Completed", ended.log
    found = json.loads(ended.log)
    assert isinstance(found, list)
    return found


def test_literals_are_written_as_python_writes_them(jobs: Jobs) -> None:
    inputs = {
        "n": {"type": "number", "value": 0.1},
        "i": {"type": "integer", "value": 3},
        "b": {"type": "boolean", "value": True},
        "s": {"type": "string", "value": "text"},
        "plain": 5,
        "absent": {"type": "string", "value": None, "optional": True},
    }
    command = (
        "${{inputs.n}} ${{ inputs.i }} --b=${{inputs.b}} ${{inputs.s}} ${{inputs.plain}} "
        "$[[--absent ${{inputs.absent}}]] $[[--also ${{inputs.s}}]]"
    )
    assert arguments(jobs, command, inputs=inputs) == ["0.1", "3", "--b=True", "text", "5", "--also", "text"]


@pytest.mark.parametrize("mode", [None, "ro_mount", "rw_mount", "eval_mount", "download"])
@pytest.mark.parametrize(("kind", "path"), [("uri_file", "data/a file.csv"), ("uri_folder", "data/")])
def test_files_and_folders_come_as_paths(
    jobs: Jobs, blob: Path, mode: str | None, kind: str, path: str
) -> None:
    inputs = {"data": {"type": kind, "path": f"{BLOB}/{path}", "mode": mode}}
    found = arguments(jobs, "--data ${{inputs.data}} '${{inputs.data}}' \"${{inputs.data}}\"", inputs=inputs)
    assert found[1] == found[2] == found[3]
    place = Path(found[1])
    assert place.name == ("a file.csv" if kind == "uri_file" else "data")
    assert (place == blob / path) is (mode in ("rw_mount", "eval_mount"))
    assert (blob / "data" / "a file.csv").is_file()


@pytest.mark.parametrize("mode", [None, "ro_mount", "download"])
@pytest.mark.parametrize(("kind", "path"), [("uri_file", "data/a file.csv"), ("uri_folder", "data/")])
def test_an_input_with_a_target_is_put_below_the_working_directory(
    jobs: Jobs, blob: Path, mode: str | None, kind: str, path: str
) -> None:
    inputs = {"data": {"type": kind, "path": f"{BLOB}/{path}", "mode": mode, "target": "./raw/fruit"}}
    ended = jobs.run(
        "import os, sys; from pathlib import Path\n"
        "print(Path(sys.argv[1]).relative_to(Path.cwd()).as_posix(), os.listdir('raw/fruit'))\n"
        "Path('raw/fruit/a file.csv').write_text('changed')",
        command="python main.py ${{inputs.data}}",
        inputs=inputs,
    )
    assert ended.state.status == "Completed", ended.log
    place = "raw/fruit/a file.csv" if kind == "uri_file" else "raw/fruit"
    assert ended.log.strip() == f"{place} ['a file.csv']"
    assert (blob / "data" / "a file.csv").read_text() == "x\n1\n"


def test_a_target_joins_the_folders_of_the_code(jobs: Jobs, blob: Path) -> None:
    code = jobs.folder / "src" / "raw"
    code.mkdir(parents=True)
    (code / "own.csv").write_text("own")
    (code / "a file.csv").write_text("old")
    inputs = {"data": {"type": "uri_folder", "path": f"{BLOB}/data", "target": "raw"}}
    ended = jobs.run(
        "import os; print(sorted(os.listdir('raw')), open('raw/a file.csv').read())", inputs=inputs
    )
    assert ended.log.startswith("['a file.csv', 'own.csv'] x\n1"), ended.log
    assert (code / "a file.csv").read_text() == "old"


def test_a_target_where_a_file_is_fails_the_job(jobs: Jobs, blob: Path) -> None:
    inputs = {"data": {"type": "uri_folder", "path": f"{BLOB}/data", "target": "main.py/data"}}
    ended = jobs.run(inputs=inputs)
    assert ended.state.status == "Failed"
    assert ended.state.error is not None
    assert ended.state.error["code"] == "UserError"
    assert "The input 'data' cannot be put at main.py/data" in ended.state.error["message"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"target": "../data"}, "leaves its folder"),
        ({"target": "a/..\\..\\data"}, "leaves its folder"),
        ({"target": "C:/data"}, "leaves its folder"),
        ({"target": "\\data" if os.name == "posix" else "/data"}, "path of this computer or a relative one"),
        ({"target": "data", "mode": "direct"}, "has no files"),
    ],
)
def test_targets_that_are_refused(jobs: Jobs, given: dict[str, str], message: str) -> None:
    with pytest.raises(Invalid, match=message):
        jobs.submit(inputs={"data": {"type": "uri_folder", "path": f"{BLOB}/data", **given}})


def test_a_direct_input_is_its_uri(jobs: Jobs) -> None:
    inputs = {"data": {"type": "mltable", "path": f"{BLOB}/t/", "mode": "direct"}}
    assert arguments(jobs, "${{inputs.data}}", inputs=inputs) == [f"{BLOB}/t/"]


def test_assets_and_models_are_found(jobs: Jobs, blob: Path, tmp_path: Path) -> None:
    AssetStore(jobs.ws, "data").create(
        "diabetes", "1", {"type": "uri_file", "path": f"{BLOB}/data/a file.csv"}
    )
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.pkl").write_text("m")
    registry.register(jobs.ws, "classifier", tmp_path / "model")
    inputs = {
        "data": {"type": "uri_file", "path": "azureml:diabetes:1"},
        "latest": {"type": "uri_file", "path": "azureml:diabetes@latest"},
        "model": {"type": "custom_model", "path": "azureml:classifier:1"},
        "local": {"type": "uri_folder", "path": str(tmp_path / "model")},
    }
    inputs = {name: each | {"mode": "rw_mount"} for name, each in inputs.items()}
    command = "${{inputs.data}} ${{inputs.latest}} ${{inputs.model}} ${{inputs.local}}"
    data, latest, model, local = arguments(jobs, command, inputs=inputs)
    assert data == latest == str(blob / "data" / "a file.csv")
    assert (Path(model) / "model.pkl").read_text() == "m"
    assert local == str(tmp_path / "model")


def test_sdk_v1_references_in_arguments(jobs: Jobs, blob: Path) -> None:
    ended = jobs.run(
        "import os, sys, json; print(json.dumps([*sys.argv[1:], os.environ['AZUREML_DATAREFERENCE_data']]))",
        script="main.py",
        arguments=[
            "--a",
            "$AZUREML_DATAREFERENCE_data",
            "DatasetConsumptionConfig:data",
            "$AZUREML_DATAREFERENCE_out",
        ],
        inputs={"data": {"type": "uri_folder", "path": f"{BLOB}/data", "mode": "rw_mount"}},
        outputs={"out": {"path": f"{BLOB}/made"}},
    )
    place = str(blob / "data")
    assert json.loads(ended.log) == ["--a", place, place, str(blob / "made"), place]


def test_outputs_go_to_a_folder_of_the_run(jobs: Jobs, blob: Path) -> None:
    ended = jobs.run(
        "import sys, pathlib; pathlib.Path(sys.argv[1], 'x.txt').write_text('1'); "
        "pathlib.Path(sys.argv[2]).write_text('2')",
        command="python main.py ${{outputs.folder}} ${{outputs.file}}",
        outputs={"folder": {"type": "uri_folder"}, "file": {"type": "uri_file"}},
    )
    assert ended.state.status == "Completed", ended.log
    assert ended.state.outputs == {
        "folder": f"{BLOB}/azureml/{ended.run_id}/folder/",
        "file": f"{BLOB}/azureml/{ended.run_id}/file",
    }
    assert (blob / "azureml" / ended.run_id / "folder" / "x.txt").read_text() == "1"
    assert (blob / "azureml" / ended.run_id / "file").read_text() == "2"
    found = uris.locate(jobs.ws, f"azureml://jobs/{ended.run_id}/outputs/folder/paths/x.txt")
    assert found == blob / "azureml" / ended.run_id / "folder" / "x.txt"


@pytest.mark.parametrize("mode", ["rw_mount", "upload"])
def test_outputs_with_a_path_of_their_own(jobs: Jobs, blob: Path, mode: str) -> None:
    path = "azureml://datastores/${{default_datastore}}/paths/mine/${{name}}/${{output_name}}"
    ended = jobs.run(
        "import sys, pathlib; pathlib.Path(sys.argv[1], 'deep').mkdir(); "
        "pathlib.Path(sys.argv[1], 'deep', 'x.txt').write_text('1')",
        command="python main.py ${{outputs.out}}",
        outputs={"out": {"type": "uri_folder", "path": path, "mode": mode}},
    )
    assert ended.state.status == "Completed", ended.log
    assert (blob / "mine" / ended.run_id / "out" / "deep" / "x.txt").read_text() == "1"


def test_outputs_are_registered_after_success_only(jobs: Jobs) -> None:
    script = (
        "import sys, pathlib; pathlib.Path(sys.argv[1], 'x.txt').write_text('1'); "
        "pathlib.Path(sys.argv[2], 'm.pkl').write_text('1'); sys.exit(int(sys.argv[3]))"
    )
    outputs = {
        "out": {"type": "uri_folder", "name": "prepared"},
        "model": {"type": "custom_model", "name": "trained"},
    }
    command = "python main.py ${{outputs.out}} ${{outputs.model}} "
    failed = jobs.run(script, command=f"{command} 1", outputs=outputs)
    assert (failed.state.status, failed.state.registered) == ("Failed", {})
    ended = jobs.run(script, command=f"{command} 0", outputs=outputs)
    assert ended.state.status == "Completed", ended.log
    assert ended.state.registered == {
        "out": {"kind": "data", "name": "prepared", "version": "1"},
        "model": {"kind": "models", "name": "trained", "version": "1"},
    }
    assert AssetStore(jobs.ws, "data").get("prepared", "1").spec["path"] == ended.state.outputs["out"]
    assert registry.get(jobs.ws, "trained", "1").run_id == ended.run_id


def test_an_output_cannot_leave_its_datastore(jobs: Jobs) -> None:
    ended = jobs.run(outputs={"out": {"path": f"{BLOB}/../../../outside"}})
    assert ended.state.status == "Failed"
    assert ended.state.error is not None
    assert ".." in ended.state.error["message"]


def test_search_space_values(jobs: Jobs) -> None:
    assert arguments(jobs, "--c ${{search_space.c}}", search_space={"c": 0.5}) == ["--c", "0.5"]


def test_optional_input_outside_of_brackets(jobs: Jobs) -> None:
    with pytest.raises(Invalid, match="optional input 'a'"):
        jobs.submit(command="python main.py ${{inputs.a}}", inputs={"a": None})


def test_the_spec_comes_back_as_it_was(jobs: Jobs) -> None:
    run_id = jobs.submit(inputs={"a": {"type": "number", "value": 1}}, tags={"a": "b"}, timeout=30)
    spec = records.spec(jobs.ws, run_id)
    assert (spec.inputs, spec.tags, spec.timeout) == ({"a": {"type": "number", "value": 1}}, {"a": "b"}, 30)
    records.update_spec(jobs.ws, run_id, display_name="renamed")
    assert records.spec(jobs.ws, run_id).display_name == "renamed"
