from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from azure.ai.ml import Input, MpiDistribution, Output, PyTorchDistribution, load_job
from azure.ai.ml.constants import ListViewType
from azure.ai.ml.entities import AmlCompute, Command, ComputeInstance, Data, Environment, PipelineJob
from azure.ai.ml.exceptions import JobException, MlException, UserErrorException
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError

from dp100.standin import NotOffline
from dp100.standin.engine.jobs import control
from dp100.standin.engine.tracking.store import Tracking
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2.client import MLClient
from tests.standin.sdk_v2.conftest import tree

Script = Callable[..., Command]

ECHO = """
import pathlib, sys
for word in sys.argv[1:]:
    path = pathlib.Path(word)
    inside = sorted(each.name for each in path.iterdir()) if path.is_dir() else word
    print(path.read_text() if path.is_file() else inside)
"""


@pytest.fixture
def rows(client: MLClient, project: Path) -> Path:
    file = project / "rows.csv"
    file.write_text("a,b")
    client.data.create_or_update(Data(name="rows", path=file, type="uri_file"))
    return file


def log(client: MLClient, ws: Workspace, job: Any) -> str:
    return Tracking(ws).artifacts.read(job.name, "user_logs/std_log.txt").decode()


# --- submitting ------------------------------------------------------------------------------------------


def test_submitting_returns_at_once_with_what_the_service_fills_in(
    client: MLClient, ws: Workspace, script: Script
) -> None:
    job = client.jobs.create_or_update(
        script("import time; time.sleep(30)", display_name="Sleeper", tags={"k": "v"}, description="told")
    )
    assert job.status in ("Starting", "Queued", "Preparing", "Running")
    assert re.fullmatch(r"[a-z]+_[a-z]+_[a-z0-9]{10}", str(job.name))
    assert job.id == f"{ws.id}/jobs/{job.name}"
    assert (job.display_name, job.experiment_name, job.compute, job.type) == (
        "Sleeper",
        "trials",
        "cpu",
        "command",
    )
    assert (job.tags, job.description) == ({"k": "v"}, "told")
    assert re.fullmatch(r"AzureML-Minimal:\d+", str(job.environment))
    assert re.fullmatch(r"[0-9a-f]{32}:1", str(job.code))
    assert job.services["Studio"].endpoint == job.studio_url
    assert job.creation_context.created_by == "learner@example.com"
    assert job.outputs["default"].path.endswith(f"dcid.{job.name}")
    client.jobs.begin_cancel(job.name).wait()
    assert control.wait(ws, job.name, 30).status == "Canceled"
    assert client.jobs.get(job.name).status == "Canceled"


def test_the_studio_url_is_the_services_and_works_as_an_id(
    client: MLClient, script: Script, waiting: None
) -> None:
    job = client.create_or_update(script())
    url = str(job.studio_url)
    assert url.startswith(
        f"https://ml.azure.com/runs/{job.name}?wsid=/subscriptions/{client.subscription_id}/resourcegroups/rg-dp100"
        "/workspaces/mlw-dp100&tid="
    )
    assert client.jobs.get(url).name == client.jobs.get(str(job.id)).name == job.name


def test_waiting_returns_the_job_when_it_has_ended(client: MLClient, script: Script, waiting: None) -> None:
    assert client.create_or_update(script()).status == "Completed"
    assert client.create_or_update(script("raise SystemExit(3)")).status == "Failed"


def test_inputs_of_every_kind(
    client: MLClient, ws: Workspace, script: Script, rows: Path, project: Path, waiting: None
) -> None:
    (project / "folder").mkdir()
    (project / "folder" / "one.txt").write_text("1")
    inputs = {
        "named": Input(type="uri_file", path="azureml:rows:1"),
        "latest": Input(type="uri_file", path="azureml:rows@latest", mode="download"),
        "by_id": Input(type="uri_file", path=client.data.get("rows", "1").id),
        "local": Input(type="uri_file", path="rows.csv"),
        "folder": Input(type="uri_folder", path=str(project / "folder")),
        "stored": Input(type="uri_folder", path="azureml://datastores/workspaceblobstore/paths/LocalUpload/"),
        "plain": Input(type="uri_file", path=client.data.get("rows", "1").path, mode="direct"),
        "rate": 0.25,
        "word": "two words",
        "on": True,
    }
    line = "python main.py " + " ".join(f'"${{{{inputs.{name}}}}}"' for name in inputs)
    job = client.create_or_update(script(ECHO, line=line, inputs=inputs))
    assert job.status == "Completed"
    lines = log(client, ws, job).splitlines()
    assert lines[:5] == ["a,b", "a,b", "a,b", "a,b", "['one.txt']"]
    assert lines[6].startswith("azureml://subscriptions/")
    assert lines[7:] == ["0.25", "two words", "True"]
    assert job.inputs["named"].path == job.inputs["latest"].path == job.inputs["by_id"].path == "rows:1"
    assert job.inputs["local"].path.startswith("azureml://datastores/workspaceblobstore/paths/LocalUpload/")


def test_outputs_are_written_registered_and_downloaded(
    client: MLClient, script: Script, project: Path, waiting: None
) -> None:
    main = """
    import pathlib, sys
    for place, name in zip(sys.argv[1:], ("own", "given", "sent", "single")):
        path = pathlib.Path(place)
        (path if name == "single" else path / f"{name}.txt").write_text(name)
    pathlib.Path("outputs").mkdir(exist_ok=True)
    pathlib.Path("outputs/kept.txt").write_text("kept")
    """
    outputs = {
        "own": Output(type="uri_folder", name="found"),
        "given": Output(type="uri_folder", path="azureml://datastores/workspaceblobstore/paths/results"),
        "sent": Output(type="uri_folder", mode="upload"),
        "single": Output(type="uri_file"),
    }
    line = "python main.py " + " ".join(f"${{{{outputs.{name}}}}}" for name in outputs)
    job = client.create_or_update(script(main, line=line, outputs=outputs))
    assert job.status == "Completed"
    registered = client.data.get("found", label="latest")
    assert str(registered.path).endswith(f"/workspaceblobstore/paths/azureml/{job.name}/own/")
    client.jobs.download(job.name, download_path=project / "one", output_name="given")
    assert tree(project / "one") == ["named-outputs/given/given.txt"]
    client.jobs.download(job.name, download_path=project / "default")
    assert {"artifacts/outputs/kept.txt", "artifacts/user_logs/std_log.txt"} <= {*tree(project / "default")}
    client.jobs.download(job.name, download_path=project / "all", all=True)
    assert {
        "artifacts/outputs/kept.txt",
        "named-outputs/own/own.txt",
        "named-outputs/sent/sent.txt",
        "named-outputs/given/given.txt",
    } <= {*tree(project / "all")}
    follow = script(ECHO, line="python main.py ${{inputs.before}}", inputs={
        "before": Input(type="uri_folder", path=f"azureml://jobs/{job.name}/outputs/sent")
    })  # fmt: skip
    assert client.create_or_update(follow).status == "Completed"


def test_an_inline_environment_and_distribution(
    client: MLClient, ws: Workspace, script: Script, waiting: None
) -> None:
    job = client.create_or_update(
        script(
            "import os; print(os.environ['RANK'], os.environ['WORLD_SIZE'], os.environ['MINE'])",
            environment=Environment(
                image="mcr.microsoft.com/azureml/base", conda_file={"dependencies": ["python"]}
            ),
            environment_variables={"MINE": "set"},
            distribution=PyTorchDistribution(process_count_per_instance=1),
            instance_count=2,
            timeout=600,
        )
    )
    assert job.status == "Completed"
    assert job.environment.startswith("CliV2AnonymousEnvironment:")
    assert job.environment_variables == {"MINE": "set"}
    assert isinstance(job.distribution, PyTorchDistribution)
    assert (job.resources.instance_count, job.limits.timeout) == (2, 600)
    assert "0 2 set" in Tracking(ws).artifacts.read(job.name, "user_logs/std_log_process_00.txt").decode()
    assert not [each.name for each in client.environments.list() if str(each.name).startswith("CliV2")]
    with pytest.raises(HttpResponseError, match="at most 2"):
        client.create_or_update(
            script(instance_count=3, distribution=MpiDistribution(process_count_per_instance=1))
        )


def test_a_job_from_yaml(
    client: MLClient, ws: Workspace, script: Script, rows: Path, project: Path, waiting: None
) -> None:
    script(ECHO)
    (project / "job.yml").write_text(
        "$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json\n"
        "code: src\n"
        "command: python main.py ${{inputs.table}} ${{inputs.rate}}\n"
        "inputs:\n"
        "  table: {type: uri_file, path: rows.csv}\n"
        "  rate: 0.5\n"
        "environment: azureml:AzureML-Minimal@latest\n"
        "compute: azureml:cpu\n"
        "experiment_name: from-yaml\n"
    )
    job = client.jobs.create_or_update(load_job(project / "job.yml"), tags={"k": "v"}, experiment_name="told")
    assert (job.status, job.experiment_name, job.tags, job.compute) == (
        "Completed",
        "told",
        {"k": "v"},
        "cpu",
    )
    assert log(client, ws, job).split() == ["a,b", "0.5"]


def test_names_that_are_made_up(client: MLClient, script: Script, waiting: None) -> None:
    job = client.create_or_update(script(experiment_name=None))
    assert job.experiment_name == "project"  # the working folder
    assert job.display_name == job.name
    named = client.create_or_update(script(name="chosen", compute=None))
    assert (named.name, named.compute) == ("chosen", None)  # without compute it is serverless
    with pytest.raises(ResourceExistsError, match="chosen"):
        client.create_or_update(script(name="chosen"))


# --- refusing --------------------------------------------------------------------------------------------


def test_what_is_refused_before_anything_runs(client: MLClient, script: Script, rows: Path) -> None:
    client.compute.begin_create_or_update(ComputeInstance(name="stopped"))
    client.compute.begin_stop("stopped")

    def submit(**given: Any) -> None:
        client.create_or_update(script(**given))

    def with_input(path: str, kind: str = "uri_file") -> dict[str, Any]:
        return {"line": "python main.py ${{inputs.x}}", "inputs": {"x": Input(type=kind, path=path)}}

    with pytest.raises(ResourceNotFoundError, match="Not found compute with name none"):
        submit(compute="none")
    with pytest.raises(HttpResponseError, match="is stopped"):
        submit(compute="stopped")
    with pytest.raises(ResourceNotFoundError, match="Environment version none:1 not found"):
        submit(environment="none:1")
    with pytest.raises(MlException, match="Version must be provided"):
        submit(environment="none")
    with pytest.raises(MlException, match="absolute path"):
        submit(code="./missing")
    with pytest.raises(MlException, match="does not contain 'y' referenced in command"):
        submit(line="python main.py ${{inputs.y}}")
    with pytest.raises(ResourceNotFoundError, match="rows:9"):
        submit(**with_input("azureml:rows:9"))
    with pytest.raises(MlException, match="No such file or directory"):
        submit(**with_input("missing.csv"))
    with pytest.raises(MlException, match="There is no dir on target path"):
        submit(**with_input(str(rows), "uri_folder"))
    with pytest.raises(NotOffline, match=r"https://example.com/x.csv"):
        submit(**with_input("https://example.com/x.csv"))
    with pytest.raises(NotOffline, match="registries"):
        submit(environment="azureml://registries/mine/environments/e/versions/1")
    with pytest.raises(NotOffline, match="A job of the type pipeline"):
        client.create_or_update(PipelineJob(jobs={}))
    assert list(client.jobs.list()) == []


def test_validate(client: MLClient, script: Script) -> None:
    assert client.jobs.validate(script()).passed
    wrong = client.jobs.validate(script(code="./missing"))
    assert not wrong.passed
    assert "code" in json.dumps(wrong.error_messages)


def test_a_job_that_is_not_there(client: MLClient) -> None:
    for call in (
        client.jobs.get,
        client.jobs.stream,
        client.jobs.archive,
        client.jobs.download,
        client.jobs.show_services,
    ):
        for name in ("none", ".."):
            with pytest.raises(ResourceNotFoundError, match=re.escape(f"Run {name} was not found")):
                call(name)
    with pytest.raises(ResourceNotFoundError):
        client.jobs.begin_cancel("none")
    with pytest.raises(UserErrorException, match="invalid input"):
        client.jobs.get(1)  # type: ignore[arg-type]


# --- following -------------------------------------------------------------------------------------------


def test_stream_prints_the_log_between_head_and_summary(
    client: MLClient, script: Script, capsys: pytest.CaptureFixture[str]
) -> None:
    job = client.create_or_update(
        script("import time\nprint('early', flush=True)\ntime.sleep(0.5)\nprint('late')")
    )
    capsys.readouterr()
    client.jobs.stream(job.name)
    view = str(job.studio_url).partition("&tid=")[0]
    head = f"RunId: {job.name}\nWeb View: {view}\n"
    out = capsys.readouterr().out
    assert out.startswith(head)
    assert "\nStreaming user_logs/std_log.txt\n===============================\n\n" in out
    assert out.index("early\n") < out.index("late\n")
    assert f"\nExecution Summary\n=================\n{head}" in out


def test_stream_raises_when_the_job_failed(
    client: MLClient, script: Script, waiting: None, capsys: pytest.CaptureFixture[str]
) -> None:
    job = client.create_or_update(script("raise ValueError('no rows')"))
    with pytest.raises(JobException) as caught:
        client.jobs.stream(job.name)
    error = json.loads(str(caught.value).removeprefix("Exception : \n "))["error"]
    assert error["code"] == "UserError"
    assert "ValueError: no rows" in error["message"]
    assert "ValueError: no rows" in capsys.readouterr().out


def test_an_interrupted_stream_leaves_the_job_alone(
    client: MLClient, ws: Workspace, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = client.create_or_update(script("import time; time.sleep(20)"))

    def interrupted(*args: object, **kwargs: object) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("dp100.standin.engine.jobs.logs.stream", interrupted)
    with pytest.raises(JobException, match="still executing on the compute target"):
        client.jobs.stream(job.name)
    assert client.jobs.get(job.name).status not in ("Failed", "Canceled")
    control.cancel(ws, job.name, timeout=20)


def test_a_job_that_runs_cannot_be_downloaded_or_deleted(
    client: MLClient, ws: Workspace, script: Script
) -> None:
    job = client.create_or_update(script("import time; time.sleep(20)"))
    with pytest.raises(JobException, match="Download is allowed only in states"):
        client.jobs.download(job.name)
    with pytest.raises(HttpResponseError, match="Cancel it before"):
        client.jobs.begin_delete(job.name)
    control.cancel(ws, job.name, timeout=20)
    with pytest.raises(HttpResponseError, match="cannot be canceled"):
        client.jobs.begin_cancel(job.name)
    client.jobs.begin_delete(job.name).wait()
    with pytest.raises(ResourceNotFoundError):
        client.jobs.get(job.name)


def test_lists_archive_and_restore(client: MLClient, script: Script, waiting: None) -> None:
    names = [client.create_or_update(script(name=f"job-{n}", tags={"n": str(n)})).name for n in range(3)]
    assert [each.name for each in client.jobs.list()] == names[::-1]
    assert [each.name for each in client.jobs.list(max_results=1)] == ["job-2"]
    assert [each.name for each in client.jobs.list(tag="n=1")] == ["job-1"]
    client.jobs.archive("job-1")
    assert [each.name for each in client.jobs.list()] == ["job-2", "job-0"]
    assert [each.name for each in client.jobs.list(list_view_type=ListViewType.ARCHIVED_ONLY)] == ["job-1"]
    assert len(list(client.jobs.list(list_view_type=ListViewType.ALL))) == 3
    client.jobs.restore("job-1")
    assert len(list(client.jobs.list())) == 3
    assert list(client.jobs.list(parent_job_name="job-0")) == []


def test_lists_by_what_the_service_can_look_for(client: MLClient, script: Script, waiting: None) -> None:
    client.create_or_update(script(name="one", properties={"stage": "first", "kept": "yes"}))
    client.create_or_update(script(name="two", properties={"stage": "second"}))

    def names(**wanted: Any) -> set[str | None]:
        return {each.name for each in client.jobs.list(**wanted)}

    assert names(job_type="Command") == names(job_type="command") == {"one", "two"}
    assert names(job_type="Sweep") == set()
    assert names(properties="stage=first") == names(properties="kept,stage") == {"one"}
    with pytest.raises(NotOffline, match="schedule"):
        client.jobs.list(schedule_defined=True)
    with pytest.raises(NotOffline, match="schedule"):
        client.jobs.list(scheduled_job_name="nightly")


def test_what_is_said_of_the_run_is_said_of_the_job(
    client: MLClient, ws: Workspace, script: Script, waiting: None
) -> None:
    job = client.create_or_update(script(tags={"own": "x", "gone": "soon"}, properties={"p": "1"}))
    tracking = Tracking(ws)  # as the script does with MLflow or SDK v1
    tracking.set_tags(job.name, {"own": "y", "logged": "yes", "mlflow.note.content": "noted"})
    tracking.delete_tags(job.name, ["gone"])
    tracking.add_properties(job.name, {"q": "2"})
    tracking.rename_run(job.name, "Better name")
    for found in (client.jobs.get(job.name), *client.jobs.list(tag="logged", properties="q=2")):
        assert found.tags == {"own": "y", "logged": "yes"}
        assert (found.properties["p"], found.properties["q"]) == ("1", "2")
        assert (found.display_name, found.description) == ("Better name", "noted")
    assert list(client.jobs.list(tag="gone")) == []
    assert client.jobs.update(job.name, tags={"z": "1"}).tags == {"own": "y", "logged": "yes", "z": "1"}
    with pytest.raises(HttpResponseError, match="q cannot be changed"):
        client.jobs.update(job.name, properties={"q": "3"})
    tracking.delete_run(job.name)  # in MLflow's bin it is still the run of the job
    assert client.jobs.get(job.name).display_name == "Better name"


def test_children_are_the_runs_that_a_job_has_started(
    client: MLClient, ws: Workspace, script: Script, waiting: None
) -> None:
    job = client.create_or_update(script())
    with access.as_service(ws) as service:
        tracking = Tracking(service)
        for number in (1, 2):
            tracking.create_run(
                "trials", f"{job.name}_{number}", f"Trial {number}", parent=job.name, state="Running"
            )
        tracking.set_tags(f"{job.name}_1", {"depth": "3"})
        tracking.set_status(f"{job.name}_1", "Completed")
    second, first = client.jobs.list(parent_job_name=str(job.name))
    # Run history tells of them, whatever they are, and the SDK makes "base" jobs of that.
    assert (first.type, first.name, first.display_name, first.status) == (
        "base", f"{job.name}_1", "Trial 1", "Completed",
    )  # fmt: skip
    assert first.tags == {"depth": "3"}
    assert first.id == f"{ws.id}/jobs/{first.name}"
    assert (second.status, second.creation_context.created_by) == ("Running", tracking.run(second.name).user)
    assert len(list(client.jobs.list(parent_job_name=str(job.name), max_results=1))) == 1
    assert [each.name for each in client.jobs.list()] == [job.name]


def test_jobs_are_canceled_by_their_tag(client: MLClient, script: Script, ws: Workspace) -> None:
    long = "import time; time.sleep(60)"
    for name in ("one", "two", "three"):
        client.create_or_update(script(long, name=name, tags={"batch": "x"} if name != "two" else {}))
    client.jobs.begin_cancel("three").wait()
    control.wait(ws, "three", 30)
    pollers = client.jobs.begin_cancel("whatever", tag="batch")
    assert [each.status() for each in pollers] == ["Succeeded"]
    assert control.wait(ws, "one", 30).status == "Canceled"
    assert not control.wait(ws, "two", 0).over
    client.jobs.begin_cancel("two").wait()


def test_update(client: MLClient, ws: Workspace, script: Script, waiting: None) -> None:
    job = client.create_or_update(script(tags={"a": "1"}))
    changed = client.jobs.update(
        job.name, display_name="Other", tags={"b": "2"}, description="told", properties={"p": "q"}
    )
    assert (changed.display_name, changed.tags, changed.description) == (
        "Other",
        {"a": "1", "b": "2"},
        "told",
    )
    run = Tracking(ws).run(job.name)
    assert (run.name, run.tags["b"], run.properties["p"]) == ("Other", "2", "q")
    changed.tags["c"] = "3"
    assert client.create_or_update(changed).tags == {"a": "1", "b": "2", "c": "3"}  # the job is not run again
    assert len(list(client.jobs.list())) == 1
    with pytest.raises(UserErrorException, match="at least one of"):
        client.jobs.update(job.name)
    with pytest.raises(HttpResponseError, match="Property p cannot be changed"):
        client.jobs.update(job.name, properties={"p": "other"})


def test_a_cluster_of_one_node_runs_one_job_at_a_time(
    client: MLClient, ws: Workspace, script: Script
) -> None:
    client.compute.begin_create_or_update(AmlCompute(name="single", max_instances=1))
    first = client.create_or_update(script("import time; time.sleep(60)", compute="single"))
    second = client.create_or_update(script("print(2)", compute="single"))
    deadline = time.monotonic() + 30
    wanted = ["Running", "Queued"]
    while (found := [client.jobs.get(each.name).status for each in (first, second)]) != wanted:
        assert time.monotonic() < deadline, found
        time.sleep(0.05)
    assert [each.current_job_name for each in client.compute.list_nodes("single")] == [first.name]
    with pytest.raises(ResourceExistsError, match="is running 1 job"):
        client.compute.begin_delete("single")
    client.jobs.begin_cancel(first.name)
    assert control.wait(ws, second.name, 30).status == "Completed"
    assert client.jobs.get(first.name).status == "Canceled"


def test_an_entity_dumps_as_yaml_that_loads_again(client: MLClient, script: Script, waiting: None) -> None:
    job = client.create_or_update(script(inputs={"rate": 1}, line="echo ${{inputs.rate}}"))
    text = io.StringIO()
    job.dump(text)
    assert "type: command" in text.getvalue()
    assert f"https://ml.azure.com/runs/{job.name}" in text.getvalue()
