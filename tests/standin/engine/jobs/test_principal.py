"""A job stands for whoever submitted it: roles hold inside it too."""

from __future__ import annotations

import json
import textwrap
from typing import Any

import pytest

from dp100.standin.engine.errors import Forbidden
from dp100.standin.engine.jobs import control, records
from dp100.standin.engine.jobs.spec import JobSpec
from dp100.standin.engine.jobs.submit import submit
from dp100.standin.engine.tracking.store import Tracking
from dp100.standin.engine.workspace import access, principals, workspace
from dp100.standin.engine.workspace.access import Principal
from dp100.standin.engine.workspace.workspace import Workspace
from tests.standin.engine.jobs.conftest import PATIENCE, Ended, Jobs

#: Tells who it is, and what it may do with its workspace.
SCRIPT = """
    import json, os
    from dp100.standin.engine.compute import compute
    from dp100.standin.engine.errors import Forbidden
    from dp100.standin.engine.tracking.store import Tracking
    from dp100.standin.engine.workspace import access, workspace

    ws = workspace.open_workspace(os.environ["AZUREML_ARM_WORKSPACE_NAME"])
    Tracking(ws).log_metric(os.environ["AZUREML_RUN_ID"], "logged", 1.0)
    access.set_current(None)  # what a credential without a principal does
    found = {"who": (access.current() or access.user()).name, "opened": (ws.principal or access.user()).name}
    try:
        compute.create(ws, "made-in-a-job", "AmlCompute")
        found["compute"] = "made"
    except Forbidden:
        found["compute"] = "forbidden"
    print(json.dumps(found))
"""


@pytest.fixture
def scientist(jobs: Jobs) -> Workspace:
    """The workspace as a service principal that may submit jobs and not make compute opens it."""
    principal = access.register_principal("ci").principal
    access.assign(jobs.ws, principal, "AzureML Data Scientist")
    with access.acting_as(principal):
        return workspace.open_workspace(jobs.ws.name, jobs.ws.group)


def run(jobs: Jobs, ws: Workspace, script: str = SCRIPT, **spec: Any) -> Ended:
    source = jobs.folder / "src"
    source.mkdir(exist_ok=True)
    (source / "main.py").write_text(textwrap.dedent(script), encoding="utf-8")
    run_id = submit(ws, JobSpec(code=str(source), command="python main.py", **spec))
    state = control.wait(jobs.ws, run_id, PATIENCE)
    from dp100.standin.engine.jobs import logs

    return Ended(run_id, state, logs.read(jobs.ws, run_id))


def test_the_user_s_job_is_the_user_s(jobs: Jobs) -> None:
    ended = run(jobs, jobs.ws)
    user = access.user().name
    assert json.loads(ended.log) == {"who": user, "opened": user, "compute": "made"}, ended.log


@pytest.mark.parametrize("sdk", ["v1", "v2"])
def test_a_service_principal_s_job_has_its_roles(jobs: Jobs, scientist: Workspace, sdk: str) -> None:
    ended = run(jobs, scientist, sdk=sdk)
    assert ended.state.status == "Completed", ended.log
    assert json.loads(ended.log) == {"who": "ci", "opened": "ci", "compute": "forbidden"}
    found = Tracking(jobs.ws).run(ended.run_id)
    assert (found.user, found.metrics) == ("ci", {"logged": 1.0})


def test_a_job_that_it_submits_stands_for_it_too(jobs: Jobs, scientist: Workspace) -> None:
    child = """
        import os
        from dp100.standin.engine.workspace import access
        print("I am", (access.current() or access.user()).name)
    """
    (jobs.folder / "child").mkdir()
    (jobs.folder / "child" / "child.py").write_text(textwrap.dedent(child))
    ended = run(
        jobs,
        scientist,
        f"""
        import os
        from dp100.standin.engine.jobs import control, logs
        from dp100.standin.engine.jobs.spec import JobSpec
        from dp100.standin.engine.jobs.submit import submit
        from dp100.standin.engine.workspace import workspace
        ws = workspace.open_workspace(os.environ["AZUREML_ARM_WORKSPACE_NAME"])
        made = submit(ws, JobSpec(code={str(jobs.folder / "child")!r}, command="python child.py"))
        print(control.wait(ws, made, {PATIENCE}).status, logs.read(ws, made))
        """,
    )
    assert ended.log.split("\n")[0] == "Completed I am ci", ended.log


@pytest.mark.parametrize("registered", [True, False])
def test_a_managed_identity_takes_the_submitter_s_place(
    jobs: Jobs, scientist: Workspace, registered: bool
) -> None:
    """The one of the cluster is this machine's, whose user owns everything, unless it is registered here."""
    other = access.register_principal("cluster").principal
    access.assign(jobs.ws, other, "AzureML Data Scientist")
    client = other.client_id if registered else "00000000-1111-2222-3333-444444444444"
    identity = {"type": "managed_identity", "client_id": client}
    ended = run(jobs, scientist, extra={"identity": identity})
    assert json.loads(ended.log)["who"] == ("cluster" if registered else access.user().name), ended.log


@pytest.mark.parametrize("kind", ["user_identity", "aml_token"])
def test_other_identities_are_the_submitter_s(jobs: Jobs, scientist: Workspace, kind: str) -> None:
    ended = run(jobs, scientist, extra={"identity": {"type": kind}})
    assert json.loads(ended.log)["who"] == "ci", ended.log


def test_mlflow_in_a_job_of_a_service_principal_logs_to_the_job(jobs: Jobs, scientist: Workspace) -> None:
    pytest.importorskip("mlflow")
    ended = run(
        jobs,
        scientist,
        """
        import mlflow
        mlflow.log_metric("auc", 0.9)
        mlflow.log_param("rate", 0.1)
        mlflow.log_text("hello", "note.txt")
        """,
    )
    assert ended.state.status == "Completed", ended.log
    found = Tracking(scientist).run(ended.run_id)
    assert (found.user, found.metrics, found.params) == ("ci", {"auc": 0.9}, {"rate": "0.1"})
    assert Tracking(scientist).artifacts.read(ended.run_id, "note.txt") == b"hello"


def test_a_reader_submits_nothing_and_sees_the_jobs_of_others(jobs: Jobs) -> None:
    reader = access.register_principal("reader", "Reader", [jobs.ws.id]).principal
    ended = jobs.run()
    with access.acting_as(reader):
        ws = workspace.open_workspace(jobs.ws.name)
    assert records.state(ws, ended.run_id).status == "Completed"
    with pytest.raises(Forbidden, match="jobs/cancel/action"):
        control.cancel(ws, ended.run_id)
    with pytest.raises(Forbidden, match="jobs/write"):
        submit(ws, JobSpec(command="exit 0"))
    assert list(records.run_ids(ws)) == [ended.run_id]


def test_a_principal_that_is_gone_has_no_roles(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(principals.VARIABLE, "11111111-0000-0000-0000-000000000000")
    assert isinstance(access.current(), Principal)
    with pytest.raises(Forbidden):
        workspace.open_workspace(ws.name)
    with access.acting_as(None), pytest.raises(Forbidden):
        workspace.open_workspace(ws.name)


def test_a_job_is_deleted_when_it_has_ended(jobs: Jobs) -> None:
    ended = jobs.run()
    control.delete(jobs.ws, ended.run_id)
    assert not records.folder(jobs.ws, ended.run_id).exists()
    assert Tracking(jobs.ws).runs() == []
