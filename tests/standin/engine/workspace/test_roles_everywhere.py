"""Roles hold in the engine itself, whoever calls it: for runs, files, models, jobs, secrets and compute."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dp100.standin.engine.compute import compute
from dp100.standin.engine.data import datastores
from dp100.standin.engine.errors import Forbidden
from dp100.standin.engine.jobs import control, records
from dp100.standin.engine.jobs.spec import JobSpec
from dp100.standin.engine.jobs.submit import submit
from dp100.standin.engine.models import registry
from dp100.standin.engine.tracking import database
from dp100.standin.engine.tracking.store import Tracking
from dp100.standin.engine.workspace import access, keyvault, workspace
from dp100.standin.engine.workspace.keyvault import Secret
from dp100.standin.engine.workspace.workspace import Workspace

ML = "Microsoft.MachineLearningServices/workspaces"
RUN = "run_1"


@pytest.fixture
def filled(ws: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with one of everything."""
    tracking = Tracking(ws)
    tracking.create_run("trials", RUN)
    tracking.log_metric(RUN, "auc", 0.5)
    tracking.artifacts.upload(RUN, "a.txt", b"a")
    (tmp_path / "m.pkl").write_text("m")
    registry.register(ws, "m", tmp_path / "m.pkl")
    keyvault.put(ws, {"key": Secret("hidden")})
    compute.create(ws, "ci-one", "ComputeInstance")
    compute.create(ws, "cpu", "AmlCompute")
    datastores.register(ws, "mine", "AzureBlob", account_name="a", container_name="c", account_key="k")
    yield ws
    database.close()


def opened_as(ws: Workspace, *roles: str) -> Workspace:
    principal = access.register_principal("-".join(roles) or "nobody").principal
    for role in roles:
        access.assign(ws, principal, role)
    with access.acting_as(principal):
        return workspace.find_workspace(ws.name, ws.group)


Act = Callable[[Workspace], Any]
READS: dict[str, Act] = {
    "experiments/read": lambda ws: Tracking(ws).experiments(),
    "experiments/runs/read": lambda ws: (
        Tracking(ws).run(RUN),
        Tracking(ws).runs(),
        Tracking(ws).get_metrics(RUN),
        Tracking(ws).metric_history(RUN, "auc"),
    ),
    "metadata/artifacts/read": lambda ws: (
        Tracking(ws).artifacts.names(RUN),
        Tracking(ws).artifacts.read(RUN, "a.txt"),
    ),
    "models/read": lambda ws: (
        registry.get(ws, "m"),
        registry.list(ws),
        registry.containers(ws),
        registry.path(ws, "m", 1),
    ),
    "metadata/secrets/read": lambda ws: (keyvault.get(ws, "key"), keyvault.names(ws)),
    "datastores/read": lambda ws: (datastores.get(ws, "mine"), datastores.list(ws)),
    "computes/read": lambda ws: compute.get(ws, "cpu"),
}
WRITES: list[tuple[str, Act]] = [
    ("experiments/write", lambda ws: Tracking(ws).experiment("another")),
    ("experiments/write", lambda ws: Tracking(ws).archive_experiment("1")),
    ("experiments/write", lambda ws: Tracking(ws).rename_experiment("1", "renamed")),
    ("experiments/write", lambda ws: Tracking(ws).tag_experiment("1", {"a": "b"})),
    ("experiments/delete", lambda ws: Tracking(ws).delete_experiment("1")),
    ("experiments/runs/write", lambda ws: Tracking(ws).create_run("trials", "run_2")),
    ("experiments/runs/write", lambda ws: Tracking(ws).log_metric(RUN, "auc", 1.0)),
    ("experiments/runs/write", lambda ws: Tracking(ws).log_scalar(RUN, "auc", 1.0)),
    ("experiments/runs/write", lambda ws: Tracking(ws).log_row(RUN, "rows", {"a": 1})),
    ("experiments/runs/write", lambda ws: Tracking(ws).log_param(RUN, "a", 1)),
    ("experiments/runs/write", lambda ws: Tracking(ws).set_tag(RUN, "a", 1)),
    ("experiments/runs/write", lambda ws: Tracking(ws).delete_tags(RUN, ["a"])),
    ("experiments/runs/write", lambda ws: Tracking(ws).add_properties(RUN, {"a": 1})),
    ("experiments/runs/write", lambda ws: Tracking(ws).set_status(RUN, "Canceled")),
    ("experiments/runs/write", lambda ws: Tracking(ws).rename_run(RUN, "renamed")),
    ("experiments/runs/write", lambda ws: Tracking(ws).delete_run(RUN)),
    ("metadata/artifacts/write", lambda ws: Tracking(ws).artifacts.upload(RUN, "b.txt", b"b")),
    ("models/write", lambda ws: registry.register(ws, "m", __file__)),
    ("models/write", lambda ws: registry.update(ws, "m", 1, description="x")),
    ("models/write", lambda ws: registry.archive(ws, "m")),
    ("models/write", lambda ws: registry.set_label(ws, "m", "best", 1)),
    ("models/write", lambda ws: registry.set_stage(ws, "m", 1, "Production")),
    ("models/delete", lambda ws: registry.delete(ws, "m", 1)),
    ("metadata/secrets/write", lambda ws: keyvault.put(ws, {"key": Secret("new")})),
    ("metadata/secrets/delete", lambda ws: keyvault.delete(ws, ["key"])),
    ("datastores/listsecrets/action", lambda ws: datastores.credentials(ws, "mine")),
    ("computes/listNodes/action", lambda ws: compute.nodes(ws, "cpu")),
    ("computes/stop/action", lambda ws: compute.stop(ws, "ci-one")),
    ("jobs/write", lambda ws: submit(ws, JobSpec(command="exit 0"))),
    ("experiments/runs/submit/action", lambda ws: submit(ws, JobSpec(command="exit 0", sdk="v1"))),
    ("jobs/cancel/action", lambda ws: control.cancel(ws, RUN)),
    ("jobs/delete", lambda ws: control.delete(ws, RUN)),
    ("jobs/write", lambda ws: records.update_spec(ws, RUN, display_name="x")),
]


def test_a_reader_reads_everything(filled: Workspace) -> None:
    reader = opened_as(filled, "Reader")
    for act in READS.values():
        act(reader)


@pytest.mark.parametrize(("action", "act"), WRITES)
def test_a_reader_changes_nothing_and_sees_no_credentials(filled: Workspace, action: str, act: Act) -> None:
    before = (Tracking(filled).runs(), registry.list(filled), keyvault.get(filled, "key"))
    with pytest.raises(Forbidden, match=f"'{ML}/{action}'"):
        act(opened_as(filled, "Reader"))
    assert (Tracking(filled).runs(), registry.list(filled), keyvault.get(filled, "key")) == before


@pytest.mark.parametrize("action", READS)
def test_nobody_reads_nothing(filled: Workspace, action: str) -> None:
    with pytest.raises(Forbidden, match=f"'{ML}/{action}'"):
        READS[action](opened_as(filled))


def test_a_data_scientist_does_all_of_that(filled: Workspace) -> None:
    ws = opened_as(filled, "AzureML Data Scientist")
    tracking = Tracking(ws)
    tracking.create_run("another", "run_2")
    tracking.log_metric("run_2", "auc", 1.0)
    tracking.artifacts.upload("run_2", "b.txt", b"b")
    assert tracking.run("run_2").metrics == {"auc": 1.0}
    assert registry.register(ws, "m", artifact="b.txt", run_id="run_2").version == 2
    registry.delete(ws, "m", 1)
    keyvault.put(ws, {"more": Secret("x", "text/plain")})
    keyvault.delete(ws, ["key"])
    assert keyvault.names(ws) == ["more"]
    assert datastores.credentials(ws, "mine") == {"account_key": "k"}
    compute.stop(ws, "ci-one")
    with pytest.raises(Forbidden, match=f"'{ML}/computes/write'"):
        compute.create(ws, "gpu", "AmlCompute")


def test_a_compute_operator_does_all_that_is_done_with_compute_and_no_more(filled: Workspace) -> None:
    ws = opened_as(filled, "AzureML Compute Operator")
    assert compute.stop(ws, "ci-one").state == "Stopped"
    assert compute.start(ws, "ci-one").state == "Running"
    assert compute.restart(ws, "ci-one").last_operation == "Restart"
    assert compute.nodes(ws, "cpu") == []
    compute.delete(ws, "cpu")
    for act in (READS["experiments/runs/read"], READS["models/read"], READS["datastores/read"]):
        with pytest.raises(Forbidden):
            act(ws)


def test_one_action_is_enough_for_what_needs_one(filled: Workspace) -> None:
    access.create_role({"Name": "Starter", "Actions": [f"{ML}/computes/start/action"]})
    compute.stop(filled, "ci-one")
    starter = opened_as(filled, "Starter")
    assert compute.start(starter, "ci-one").state == "Running"
    with pytest.raises(Forbidden, match="computes/stop/action"):
        compute.stop(starter, "ci-one")


def test_a_role_taken_away_or_changed_ends_at_once(filled: Workspace) -> None:
    ws = opened_as(filled, "AzureML Data Scientist")
    assert ws.principal is not None
    Tracking(ws).log_metric(RUN, "auc", 1.0)
    access.unassign(filled.id, ws.principal)
    with pytest.raises(Forbidden):
        Tracking(ws).log_metric(RUN, "auc", 1.0)
    access.create_role({"Name": "Logger", "Actions": [f"{ML}/experiments/runs/write"]})
    access.assign(filled, ws.principal, "Logger")
    Tracking(ws).log_metric(RUN, "auc", 1.0)
    access.update_role({"Name": "Logger", "Actions": [f"{ML}/experiments/runs/read"]})
    with pytest.raises(Forbidden):
        Tracking(ws).log_metric(RUN, "auc", 1.0)


def test_the_signed_in_user_is_asked_for_no_role(filled: Workspace) -> None:
    """Nothing is looked up for the user: damaged roles do not even show."""
    (filled.folder / "roles.yaml").write_text("{damaged")
    Tracking(filled).log_metric(RUN, "auc", 1.0)
    registry.register(filled, "m", __file__)
    assert keyvault.get(filled, "key") == Secret("hidden")
    assert datastores.credentials(filled, "mine") == {"account_key": "k"}


def test_secrets_are_shown_in_no_repr(filled: Workspace) -> None:
    found = keyvault.get(filled, "key")
    assert found is not None
    assert "hidden" not in repr(found)
    assert keyvault.get(filled, "other") is None
