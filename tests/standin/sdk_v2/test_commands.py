"""What azure-ai-ml makes of a command before it is sent, and what it refuses then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from azure.ai.ml import Input, Output
from azure.ai.ml.entities import Command, Data
from azure.ai.ml.exceptions import MlException, ValidationException
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError

from dp100.standin.engine.tracking.store import Tracking
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2.client import MLClient
from tests.standin.sdk_v2.conftest import tree

Script = Callable[..., Command]


@pytest.fixture
def printed(client: MLClient, ws: Workspace, script: Script, waiting: None) -> Callable[..., str]:
    """What a job prints."""

    def run(line: str, **given: Any) -> str:
        job = client.create_or_update(script(line=line, **given))
        assert job.status == "Completed"
        return Tracking(ws).artifacts.read(str(job.name), "user_logs/std_log.txt").decode()

    return run


def test_single_brackets_are_as_good_as_double_ones(printed: Callable[..., str]) -> None:
    assert printed("echo {inputs.rate} ${rate:-none}", inputs={"rate": 0.5}) == "0.5 none\n"


def test_an_optional_part_without_its_input_is_left_out(printed: Callable[..., str]) -> None:
    line = "echo all $[[--rate ${{inputs.rate}}]]"
    assert printed(line, inputs={"rate": Input(type="number", optional=True)}) == "all\n"
    assert printed(line) == "all\n"
    assert printed(line, inputs={"rate": 0.5}) == "all --rate 0.5\n"


def test_mount_means_to_read_only(client: MLClient, script: Script, project: Path, waiting: None) -> None:
    (project / "folder").mkdir()
    (project / "folder" / "one.txt").write_text("1")
    given = {
        "inputs": {"x": Input(path="./folder", mode="mount")},
        "outputs": {"y": Output(type="uri_folder", mode="mount")},
    }
    job = client.create_or_update(script(line="ls ${{inputs.x}} > ${{outputs.y}}/found.txt", **given))
    assert job.status == "Completed"
    assert (job.inputs["x"].mode, job.outputs["y"].mode) == ("ro_mount", "rw_mount")


def test_what_the_sdk_itself_refuses(client: MLClient, script: Script) -> None:
    with pytest.raises(
        ValidationException, match=r"^Inputs to job does not contain 'y' referenced in command$"
    ):
        client.create_or_update(script(line="echo ${{inputs.y}}"))
    # The default of a literal input is its component's; a job of its own does not get it.
    with pytest.raises(ValidationException, match="does not contain 'y'"):
        client.create_or_update(
            script(line="echo ${{inputs.y}}", inputs={"y": Input(type="integer", default=3)})
        )
    for given in ({"inputs": {"a-b": 1}}, {"outputs": {"a-b": Output(type="uri_folder")}}):
        with pytest.raises(ValidationException, match="Key name  a-b must be composed letters, numbers, and"):
            client.create_or_update(script(line="echo", **given))
    with pytest.raises(MlException, match="Input path can't be empty for jobs"):
        client.create_or_update(
            script(line="echo $[[${{inputs.y}}]]", inputs={"y": Input(type="uri_folder", optional=True)})
        )
    with pytest.raises(MlException, match="Git paths are not supported"):
        client.create_or_update(script(code="git+https://example.com/a/b.git"))
    with pytest.raises(HttpResponseError, match="instance_count must be at least 1, not 0"):
        client.create_or_update(script(instance_count=0))
    assert list(client.jobs.list()) == []


@pytest.mark.parametrize("path", ["./found", "found", "/tmp/found", "file:///tmp/found"])
def test_an_output_goes_to_no_folder_of_this_machine(client: MLClient, script: Script, path: str) -> None:
    with pytest.raises(HttpResponseError, match=r"'y'.*datastore"):
        client.create_or_update(
            script(line="ls ${{outputs.y}}", outputs={"y": Output(type="uri_folder", path=path)})
        )
    assert list(client.jobs.list()) == []


def test_a_job_sent_again_has_an_output_of_its_own(
    client: MLClient, script: Script, project: Path, waiting: None
) -> None:
    first = client.create_or_update(script())
    again = client.jobs.get(str(first.name))
    again.name = None
    second = client.create_or_update(again)
    assert (second.status, second.command) == ("Completed", first.command)
    client.jobs.download(str(second.name), download_path=project / "got", all=True)
    assert {each.split("/")[0] for each in tree(project / "got")} == {"artifacts"}
    assert [*second.outputs] == ["default"]
    assert second.outputs["default"].path.endswith(f"dcid.{second.name}")


def test_names_that_no_job_has(client: MLClient, script: Script, waiting: None) -> None:
    client.create_or_update(script())
    for name in ("a" * 256, "a" * 300, "a b", "a/b", ""):
        with pytest.raises(ResourceNotFoundError, match="was not found"):
            client.jobs.get(name)
        with pytest.raises(ResourceNotFoundError, match="was not found"):
            client.jobs.archive(name)
        if name:
            with pytest.raises(HttpResponseError, match="no run id"):
                client.create_or_update(script(name=name))
    assert client.create_or_update(script(name="a" * 255)).status == "Completed"


def test_data_that_is_passed_directly_is_its_uri(
    client: MLClient, printed: Callable[..., str], project: Path
) -> None:
    (project / "rows.csv").write_text("a,b")
    rows = client.data.create_or_update(Data(name="rows", path="rows.csv", type="uri_file"))
    for path in ("azureml:rows:1", "rows@latest", str(rows.id)):
        given = Input(type="uri_file", path=path, mode="direct")
        assert printed("echo ${{inputs.x}}", inputs={"x": given}).strip() == rows.path
    job = client.jobs.get(str(next(iter(client.jobs.list())).name))
    assert job.inputs["x"].path == "rows:1"
