"""Compute targets: making, changing, and what the service refuses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dp100.standin.engine import store
from dp100.standin.engine.compute import compute, pool
from dp100.standin.engine.errors import AlreadyExists, Forbidden, Invalid, NotFound
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.workspace import Workspace


def test_a_cluster_shows_what_it_was_made_with(ws: Workspace) -> None:
    compute.create(
        ws, "cpu-cluster", "amlcompute", size="STANDARD_DS11_V2", min_nodes=0, max_nodes=2, idle_seconds=120,
        tier="low_priority", tags={"team": "a"}, description="for training", subnet="net/sub",
    )  # fmt: skip
    found = compute.get(ws, "CPU-Cluster")
    assert (found.name, found.type, found.size, found.tier) == (
        "cpu-cluster", "AmlCompute", "STANDARD_DS11_V2", "LowPriority",
    )  # fmt: skip
    assert (found.min_nodes, found.max_nodes, found.idle_seconds) == (0, 2, 120)
    assert (found.provisioning_state, found.state, found.location) == ("Succeeded", "Succeeded", "eastus")
    assert found.properties == {"subnet": "net/sub"}
    assert (found.tags, found.description) == ({"team": "a"}, "for training")
    assert compute.list(ws) == [found]


def test_defaults_are_the_services(ws: Workspace) -> None:
    cluster = compute.create(ws, "cluster", "AmlCompute")
    assert (cluster.size, cluster.min_nodes, cluster.idle_seconds, cluster.tier) == (
        "Standard_NC6", 0, 1800, "Dedicated",
    )  # fmt: skip
    instance = compute.create(ws, "ci-1", "ComputeInstance")
    assert (instance.size, instance.state) == ("Standard_DS3_v2", "Running")
    assert compute.get(ws, "local").type == "local"
    assert [each.name for each in compute.list(ws, "ComputeInstance")] == ["ci-1"]


@pytest.mark.parametrize(
    ("name", "type", "given", "sentence"),
    [
        ("a", "AmlCompute", {}, "between 2 and 24"),
        ("a" * 25, "AmlCompute", {}, "between 2 and 24"),
        ("1cluster", "AmlCompute", {}, "start with a letter"),
        ("my_cluster", "AmlCompute", {}, "letters, digits and dashes"),
        ("cluster-", "AmlCompute", {}, "end with a letter or digit"),
        ("../up", "AmlCompute", {}, "letters, digits and dashes"),
        ("amlcompute", "AmlCompute", {}, "reserved name"),
        ("local", "ComputeInstance", {}, "reserved name"),
        ("cluster", "Toaster", {}, "Toaster"),
        ("cluster", "AmlCompute", {"size": "Standard_DS11"}, "'Standard_DS11' is not available.*Did you mean"),
        ("cluster", "AmlCompute", {"max_nodes": -1}, "max nodes count must be greater than or equal to 0"),
        ("cluster", "AmlCompute", {"min_nodes": 3, "max_nodes": 2}, "greater than or equal to min nodes"),
        ("cluster", "AmlCompute", {"min_nodes": -1}, "min nodes count"),
        ("cluster", "AmlCompute", {"tier": "cheap"}, "cheap"),
        ("cluster", "AmlCompute", {"idle_seconds": -1}, "negative"),
    ],
)  # fmt: skip
def test_what_the_service_refuses(
    ws: Workspace, name: str, type: str, given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        compute.create(ws, name, type, **given)
    assert compute.list(ws) == []


def test_a_missing_target_is_named_with_those_that_look_alike(ws: Workspace) -> None:
    compute.create(ws, "cpu-cluster", "AmlCompute")
    with pytest.raises(NotFound) as missing:
        compute.get(ws, "cpu-clutser")
    assert missing.value.message == (
        "Compute Target with name cpu-clutser not found in provided workspace Did you mean cpu-cluster?"
    )
    assert missing.value.code == "ComputeTargetNotFound"


def test_names_are_taken_once_unless_the_target_is_to_be_changed(ws: Workspace) -> None:
    first = compute.create(ws, "cluster", "AmlCompute", size="Standard_DS3_v2", max_nodes=1)
    with pytest.raises(AlreadyExists):
        compute.create(ws, "Cluster", "AmlCompute")
    changed = compute.create(ws, "CLUSTER", "AmlCompute", size="STANDARD_DS3_V2", max_nodes=4, exist_ok=True)
    assert (changed.name, changed.max_nodes, changed.created) == ("cluster", 4, first.created)
    with pytest.raises(Invalid, match="VM size"):
        compute.create(ws, "cluster", "AmlCompute", size="Standard_DS2_v2", exist_ok=True)
    with pytest.raises(AlreadyExists):
        compute.create(ws, "cluster", "ComputeInstance", exist_ok=True)


def test_an_instance_starts_and_stops(ws: Workspace) -> None:
    compute.create(ws, "ci-1", "ComputeInstance")
    with pytest.raises(Invalid, match=r"current state \(Running\) does not support Start operation"):
        compute.start(ws, "ci-1")
    assert compute.stop(ws, "ci-1").state == "Stopped"
    for refused in (compute.stop, compute.restart):
        with pytest.raises(Invalid, match=r"\(Stopped\)"):
            refused(ws, "ci-1")
    assert compute.start(ws, "ci-1").last_operation == "Start"
    assert compute.restart(ws, "ci-1").state == "Running"
    compute.create(ws, "cluster", "AmlCompute")
    with pytest.raises(Invalid, match="only a compute instance"):
        compute.stop(ws, "cluster")


def test_a_cluster_is_updated_and_resized(ws: Workspace) -> None:
    compute.create(ws, "cluster", "AmlCompute", max_nodes=2)
    assert compute.update(ws, "cluster", idle_seconds=60, description="d", anything="kept").idle_seconds == 60
    assert compute.get(ws, "cluster").properties == {"anything": "kept"}
    assert compute.resize(ws, "cluster", min_nodes=1, max_nodes=3).min_nodes == 1
    with pytest.raises(Invalid, match="min nodes"):
        compute.resize(ws, "cluster", min_nodes=4)
    with pytest.raises(Invalid, match="size"):
        compute.update(ws, "cluster", size="Standard_DS2_v2")
    with pytest.raises(Invalid, match="min nodes count"):
        compute.update(ws, "cluster", min_nodes=-2)
    compute.create(ws, "ci-1", "ComputeInstance")
    with pytest.raises(Invalid, match="only clusters"):
        compute.resize(ws, "ci-1", max_nodes=2)


def test_deleting_and_detaching(ws: Workspace) -> None:
    compute.create(ws, "cluster", "AmlCompute")
    with pytest.raises(Invalid, match="Detach is not supported for AmlCompute object"):
        compute.delete(ws, "cluster", detach=True)
    compute.delete(ws, "cluster")
    compute.create(ws, "bricks", "Databricks", resource_id="/subscriptions/x")
    compute.delete(ws, "bricks", detach=True)
    assert compute.list(ws) == []
    with pytest.raises(NotFound):
        compute.delete(ws, "cluster")
    with pytest.raises(Invalid, match="always there"):
        compute.delete(ws, "local")


def test_minimum_nodes_are_there_from_the_start(ws: Workspace) -> None:
    compute.create(ws, "cluster", "AmlCompute", min_nodes=2, max_nodes=3, idle_seconds=0)
    status = compute.status(ws, "cluster")
    assert (status.current_node_count, status.idle, status.allocation_state) == (2, 2, "Steady")
    nodes = compute.nodes(ws, "cluster")
    assert [node.state for node in nodes] == ["idle", "idle"]
    assert len({node.id for node in nodes}) == 2
    compute.resize(ws, "cluster", min_nodes=0)
    assert compute.status(ws, "cluster").current_node_count == 0


def test_an_empty_cluster_leaves_no_file(ws: Workspace) -> None:
    compute.create(ws, "cluster", "AmlCompute", max_nodes=2)
    assert compute.status(ws, "cluster").current_node_count == 0
    assert compute.nodes(ws, "cluster") == []
    assert sorted(path.name for path in (ws.folder / "compute").iterdir() if path.name[0] != ".") == [
        "cluster.yaml"
    ]


def test_a_waiting_process_that_died_loses_its_place(ws: Workspace) -> None:
    import os
    import subprocess
    import sys

    target = compute.create(ws, "cluster", "AmlCompute", max_nodes=1)
    path = compute.pool_file(ws, "cluster")
    gone = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    pool.enqueue(path, "first", nodes=1, pid=gone.pid)
    pool.enqueue(path, "second", nodes=1, pid=os.getpid())
    assert pool.acquire(path, target, "second") is None
    gone.kill()
    gone.communicate()
    nodes = pool.acquire(path, target, "second")
    assert nodes is not None
    assert pool.acquire(path, target, "second") == nodes
    pool.release(path, "second")
    assert compute.status(ws, "cluster").idle == 1


def test_a_data_scientist_may_not_make_compute(ws: Workspace) -> None:
    principal = access.register_principal("scientist").principal
    access.assign(ws, principal, "AzureML Data Scientist")
    theirs = replace(ws, principal=principal)
    with pytest.raises(Forbidden, match="computes/write"):
        compute.create(theirs, "cluster", "AmlCompute")
    assert compute.list(theirs) == []
    operator = access.register_principal("operator").principal
    access.assign(ws, operator, "AzureML Compute Operator")
    assert compute.create(replace(ws, principal=operator), "cluster", "AmlCompute").created_by == "operator"


def test_the_record_on_disk_is_readable(ws: Workspace) -> None:
    compute.create(ws, "cluster", "AmlCompute", size="Standard_DS3_v2")
    held = store.read_yaml(ws.folder / "compute" / "cluster.yaml")
    assert (held["name"], held["size"]) == ("cluster", "Standard_DS3_v2")
