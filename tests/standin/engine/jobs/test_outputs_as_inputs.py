"""What one job has made is what another reads, by every name that the service gives it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dp100.standin.engine.data import datastores
from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.engine.errors import Invalid, NotFound, NotOffline
from dp100.standin.engine.jobs import submit as submitting
from dp100.standin.engine.jobs.spec import JobSpec
from dp100.standin.engine.models import registry
from tests.standin.engine.jobs.conftest import Ended, Jobs

READ = """
    import json, pathlib, sys
    def read(place):
        if place.is_file():
            return {place.name: place.read_text()}
        return {each.relative_to(place).as_posix(): each.read_text() for each in place.rglob("*") if each.is_file()}
    print(json.dumps([read(pathlib.Path(each)) for each in sys.argv[1:]]))
"""


@pytest.fixture
def made(jobs: Jobs) -> Ended:
    """A job with a folder, a file and artifacts."""
    ended = jobs.run(
        """
        import pathlib, sys
        folder, file = map(pathlib.Path, sys.argv[1:])
        (folder / "deep").mkdir()
        (folder / "deep" / "x.csv").write_text("x")
        file.write_text("f")
        pathlib.Path("outputs/model.pkl").write_text("m")
        """,
        command="python main.py ${{outputs.prepared}} ${{outputs.single}}",
        outputs={"prepared": {"type": "uri_folder"}, "single": {"type": "uri_file", "mode": "upload"}},
    )
    assert ended.state.status == "Completed", ended.log
    return ended


def read(jobs: Jobs, path: str, kind: str = "uri_folder") -> Any:
    ended = jobs.run(
        READ, command="python main.py ${{inputs.data}}", inputs={"data": {"type": kind, "path": path}}
    )
    assert ended.state.status == "Completed", (path, ended.log, ended.state.error)
    return json.loads(ended.log)[0]


def test_named_outputs(jobs: Jobs, made: Ended) -> None:
    for link in (jobs.ws.folder / "jobs" / made.run_id / "outputs").glob("*"):
        link.unlink()  # nothing may depend on links, which not every platform has
    folder = {"deep/x.csv": "x"}
    assert read(jobs, f"azureml://jobs/{made.run_id}/outputs/prepared") == folder
    assert read(jobs, f"azureml://jobs/{made.run_id}/outputs/prepared/paths/deep") == {"x.csv": "x"}
    assert read(jobs, f"azureml:azureml_{made.run_id}_output_data_prepared:1") == folder
    assert list(read(jobs, f"azureml:azureml_{made.run_id}_output_data_single:1", "uri_file").values()) == [
        "f"
    ]


def test_artifacts(jobs: Jobs, made: Ended) -> None:
    assert read(jobs, f"azureml://jobs/{made.run_id}/outputs/artifacts/paths/outputs/") == {"model.pkl": "m"}
    assert read(
        jobs, f"azureml://jobs/{made.run_id}/outputs/artifacts/paths/outputs/model.pkl", "uri_file"
    ) == {"model.pkl": "m"}


def test_the_asset_of_an_output_is_there_once_the_job_has_succeeded(jobs: Jobs, made: Ended) -> None:
    store = AssetStore(jobs.ws, "data")
    held = store.get(f"azureml_{made.run_id}_output_data_prepared", "1")
    assert (held.version, held.spec["type"]) == ("1", "uri_folder")
    assert held.spec["path"] == made.state.outputs["prepared"]
    assert store.get(held.name) == held
    assert store.list() == []
    failed = jobs.run("raise SystemExit(1)", outputs={"prepared": {"type": "uri_folder"}})
    for name, version in (
        (f"azureml_{made.run_id}_output_data_prepared", "2"),
        (f"azureml_{made.run_id}_output_data_other", "1"),
        (f"azureml_{failed.run_id}_output_data_prepared", "1"),
        ("azureml_nothing_output_data_x", "1"),
    ):
        with pytest.raises(NotFound, match=name):
            store.get(name, version)


def test_a_model_that_is_a_file_comes_as_a_file(jobs: Jobs, tmp_path: Path) -> None:
    (tmp_path / "m.pkl").write_text("m")
    model = registry.register(jobs.ws, "m", tmp_path / "m.pkl")
    for path in ("azureml:m:1", "azureml:m@latest", f"{jobs.ws.id}/models/m/versions/{model.version}"):
        assert read(jobs, path, "custom_model") == {"m.pkl": "m"}
    assert read(jobs, f"{jobs.ws.id}/models/m/versions/1", "uri_file") == {"m.pkl": "m"}


@pytest.mark.parametrize(
    "form",
    [
        "wasbs://{container}@{account}.blob.core.windows.net/data/a.csv",
        "wasb://{container}@{account}.blob.core.windows.net/data/a.csv",
        "abfss://{container}@{account}.dfs.core.windows.net/data/a.csv",
        "https://{account}.blob.core.windows.net/{container}/data/a.csv",
        "https://{account}.dfs.core.windows.net/{container}/data/a.csv",
    ],
)
def test_addresses_of_the_built_in_store(jobs: Jobs, form: str) -> None:
    store = datastores.default(jobs.ws)
    place = datastores.folder(jobs.ws, store) / "data" / "a.csv"
    place.parent.mkdir()
    place.write_text("a")
    address = form.format(account=store.account, container=store.container)
    assert read(jobs, address, "uri_file") == {"a.csv": "a"}
    assert read(jobs, address.removesuffix("a.csv")) == {"a.csv": "a"}


def test_an_address_that_nobody_here_stands_for_fails_the_job(jobs: Jobs) -> None:
    ended = jobs.run(
        inputs={"data": {"type": "uri_file", "path": "https://other.blob.core.windows.net/c/a.csv"}}
    )
    assert ended.state.status == "Failed"
    assert ended.state.error is not None
    assert "https://other.blob.core.windows.net/c/a.csv" in ended.state.error["message"]


def test_an_output_of_sdk_v1_may_have_blanks_in_its_name(jobs: Jobs) -> None:
    outputs = {"out": {"type": "uri_folder", "name": "diabetes dataset"}}
    ended = jobs.run(sdk="v1", outputs=outputs)
    assert ended.state.registered == {"out": {"kind": "data", "name": "diabetes dataset", "version": "1"}}
    assert AssetStore(jobs.ws, "data").get("diabetes dataset").spec["path"] == ended.state.outputs["out"]
    refused = jobs.run(sdk="v2", outputs=outputs)
    assert refused.state.status == "Failed"
    assert refused.state.error is not None
    assert "'diabetes dataset' is invalid" in refused.state.error["message"]


@pytest.mark.parametrize("kind", ["Ray", "ray"])
def test_ray_is_not_offline(jobs: Jobs, kind: str) -> None:
    with pytest.raises(NotOffline, match="Ray"):
        submitting.submit(jobs.ws, JobSpec(command="exit 0", distribution={"type": kind, "port": 6379}))
    with pytest.raises(Invalid, match="'horovod'"):
        submitting.submit(jobs.ws, JobSpec(command="exit 0", distribution={"type": "horovod"}))
