"""Jobs share the nodes of their target."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from dp100.standin.engine.compute import compute, pool
from dp100.standin.engine.errors import Conflict, Invalid
from dp100.standin.engine.jobs import control
from dp100.standin.engine.store import moment
from tests.standin.engine.jobs.conftest import Jobs, until

SLEEP = "import time; time.sleep(600)"


def test_a_cluster_runs_as_many_jobs_as_it_has_nodes(jobs: Jobs) -> None:
    compute.create(jobs.ws, "cluster", "AmlCompute", max_nodes=2)
    ids = [jobs.submit(SLEEP, compute="cluster") for _ in range(3)]
    for run_id in ids[:2]:
        jobs.until(run_id, "Running")
    jobs.until(ids[2], "Queued")
    status = compute.status(jobs.ws, "cluster")
    assert (status.current_node_count, status.running, status.idle, status.queued) == (2, 2, 0, 1)
    assert status.allocation_state == "Steady"
    nodes = compute.nodes(jobs.ws, "cluster")
    assert {node.run for node in nodes} == set(ids[:2])
    assert [node.id for node in nodes if node.run == ids[0]] == jobs.state(ids[0]).nodes
    with pytest.raises(Conflict, match=ids[0]):
        compute.delete(jobs.ws, "cluster")
    control.cancel(jobs.ws, ids[0])
    jobs.until(ids[2], "Running")
    assert compute.status(jobs.ws, "cluster").current_node_count == 2


def test_an_instance_runs_one_job_at_a_time_in_order(jobs: Jobs) -> None:
    compute.create(jobs.ws, "ci-1", "ComputeInstance")
    ids = [jobs.submit("import time; time.sleep(0.2)", compute="ci-1") for _ in range(3)]
    states = [jobs.until(run_id, "Completed", "Failed") for run_id in ids]
    assert [state.status for state in states] == ["Completed"] * 3
    # A node is given back a moment before the end is written down; the sleep is what must not overlap.
    begun = [moment(state.started) for state in states]
    assert all(later - earlier > timedelta(seconds=0.2) for earlier, later in pairwise(begun))


def test_the_second_job_of_an_instance_waits_for_the_first(jobs: Jobs) -> None:
    compute.create(jobs.ws, "ci-1", "ComputeInstance")
    first = jobs.submit(SLEEP, compute="ci-1")
    jobs.until(first, "Running")
    second = jobs.submit(compute="ci-1")
    jobs.until(second, "Queued")
    until(lambda: jobs.tracking.run(second).state, lambda state: state == "Queued")
    control.cancel(jobs.ws, first)
    jobs.until(second, "Completed")
    assert jobs.state(first).status == "Canceled"


def test_a_job_whose_submitter_was_killed_at_once_gets_a_place_of_its_own(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    compute.create(jobs.ws, "cluster", "AmlCompute", max_nodes=1)
    # Between its start of the supervisor and its end, another job has looked and dropped what the dead had queued.
    monkeypatch.setattr(pool, "enqueue", lambda *args, **kwargs: None)
    jobs.until(jobs.submit(compute="cluster"), "Completed")
    assert compute.status(jobs.ws, "cluster").idle == 1


def test_nodes_stay_idle_and_then_go_away(jobs: Jobs) -> None:
    compute.create(jobs.ws, "cluster", "AmlCompute", max_nodes=2, idle_seconds=1)
    jobs.run(compute="cluster")
    assert compute.status(jobs.ws, "cluster").idle == 1
    until(lambda: compute.status(jobs.ws, "cluster").current_node_count, lambda count: count == 0)
    assert compute.nodes(jobs.ws, "cluster") == []


def test_a_resized_cluster_takes_what_waits(jobs: Jobs) -> None:
    compute.create(jobs.ws, "cluster", "AmlCompute", max_nodes=0)
    with pytest.raises(Invalid, match="at most 0"):
        jobs.submit(compute="cluster")
    compute.resize(jobs.ws, "cluster", max_nodes=1)
    first = jobs.submit(SLEEP, compute="cluster")
    jobs.until(first, "Running")
    second = jobs.submit(compute="cluster")
    jobs.until(second, "Queued")
    compute.resize(jobs.ws, "cluster", max_nodes=2)
    jobs.until(second, "Completed")


def test_a_job_with_two_nodes_takes_two(jobs: Jobs) -> None:
    compute.create(jobs.ws, "cluster", "AmlCompute", max_nodes=3)
    wide = jobs.submit(SLEEP, compute="azureml:cluster", instance_count=2)
    jobs.until(wide, "Running")
    assert compute.status(jobs.ws, "cluster").running == 2
    next_wide = jobs.submit(SLEEP, compute="cluster", instance_count=2)
    jobs.until(next_wide, "Queued")
    late = jobs.submit(compute="cluster")  # does not overtake
    jobs.until(late, "Queued")
    assert compute.status(jobs.ws, "cluster").allocation_state == "Resizing"
    control.cancel(jobs.ws, next_wide)
    jobs.until(late, "Completed")


def test_a_stopped_instance_takes_no_jobs(jobs: Jobs) -> None:
    compute.create(jobs.ws, "ci-1", "ComputeInstance")
    compute.stop(jobs.ws, "ci-1")
    with pytest.raises(Invalid, match="stopped"):
        jobs.submit(compute="ci-1")
    compute.start(jobs.ws, "ci-1")
    assert jobs.run(compute="ci-1").state.status == "Completed"


def test_local_and_serverless_have_no_queue(jobs: Jobs) -> None:
    ids = [jobs.submit(SLEEP, compute=name) for name in ("local", "serverless", "local")]
    for run_id in ids:
        jobs.until(run_id, "Running")


def test_no_command_job_runs_on_databricks(jobs: Jobs) -> None:
    compute.create(jobs.ws, "bricks", "Databricks")
    with pytest.raises(Invalid, match="Databricks"):
        jobs.submit(compute="bricks")
