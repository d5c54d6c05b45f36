"""Ending jobs from outside: asked for, or by force."""

from __future__ import annotations

import os
from pathlib import Path

import psutil
import pytest

from dp100.standin.engine.compute import compute
from dp100.standin.engine.errors import Invalid, NotFound
from dp100.standin.engine.jobs import control, records
from dp100.standin.engine.workspace import workspace
from tests.standin.engine.jobs.conftest import Jobs, running, until

SLEEP = "import time; time.sleep(600)"


def test_a_running_job_is_canceled(jobs: Jobs) -> None:
    run_id = jobs.submit(f"open('outputs/x', 'w').close(); print('begun', flush=True); {SLEEP}")
    jobs.until(run_id, "Running")
    until(lambda: (records.folder(jobs.ws, run_id) / "work" / "outputs" / "x").exists(), bool)
    control.cancel(jobs.ws, run_id)
    assert jobs.until(run_id, "Canceled", "Completed", "Failed").status == "Canceled"
    assert jobs.tracking.run(run_id).status == "KILLED"
    assert "outputs/x" in jobs.tracking.artifacts.names(run_id)


def test_the_whole_tree_ends(jobs: Jobs, tmp_path: Path) -> None:
    mark = f"tree-{tmp_path.name}"
    run_id = jobs.submit(
        f"""
        import subprocess, sys, time
        grandchild = "import time; time.sleep(600)  # {mark}"
        child = (
            "import subprocess, sys, time; "
            f"subprocess.Popen([sys.executable, '-c', {{grandchild!r}}], start_new_session=True); "
            "time.sleep(600)  # {mark}"
        )
        subprocess.Popen([sys.executable, "-c", child])
        subprocess.Popen([sys.executable, "-c", child], start_new_session=True, stdout=subprocess.DEVNULL)
        time.sleep(600)
        """
    )
    until(lambda: running(mark), lambda found: len(found) == 4)
    assert control.cancel(jobs.ws, run_id, timeout=30).status == "Canceled"
    assert running(mark) == []


@pytest.mark.skipif(os.name == "nt", reason="fork")
def test_a_daemon_whose_parent_is_gone_ends(jobs: Jobs, tmp_path: Path) -> None:
    mark = f"daemon-{tmp_path.name}"
    run_id = jobs.submit(
        f"""
        import os, subprocess, sys, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(600)  # {mark}"])
            os._exit(0)
        time.sleep(600)
        """
    )
    until(lambda: running(mark), lambda found: len(found) == 1)
    assert control.cancel(jobs.ws, run_id, timeout=30).status == "Canceled"
    assert running(mark) == []


def test_processes_that_make_processes_do_not_win(jobs: Jobs, tmp_path: Path) -> None:
    mark = f"bomb-{tmp_path.name}"
    bomb = jobs.folder / "bomb.py"
    # Each starts its successor in a session of its own as soon as it runs; at most 300 in all.
    bomb.write_text(
        "import subprocess, sys, time\nn = int(sys.argv[2])\n"
        "if n < 300: subprocess.Popen([sys.executable, __file__, sys.argv[1], str(n + 1)], start_new_session=True,"
        " stdout=subprocess.DEVNULL)\ntime.sleep(0.2)\n"
    )
    run_id = jobs.submit(
        f"""
        import subprocess, sys, time
        for _ in range(3):
            subprocess.Popen([sys.executable, {str(bomb)!r}, {mark!r}, "0"])
        time.sleep(600)
        """
    )
    until(lambda: running(mark), lambda found: len(found) >= 3)
    assert control.cancel(jobs.ws, run_id, timeout=40).status == "Canceled"
    assert running(mark) == []


def test_a_queued_job_is_canceled_without_having_run(jobs: Jobs) -> None:
    compute.create(jobs.ws, "cluster", "AmlCompute", max_nodes=1)
    first = jobs.submit(SLEEP, compute="cluster")
    jobs.until(first, "Running")
    second = jobs.submit("print('ran')", compute="cluster")
    jobs.until(second, "Queued")
    state = control.cancel(jobs.ws, second, timeout=30)
    assert (state.status, state.started) == ("Canceled", "")
    assert jobs.state(first).status == "Running"


def test_what_has_ended_cannot_be_canceled(jobs: Jobs) -> None:
    ended = jobs.run()
    with pytest.raises(Invalid, match="Completed"):
        control.cancel(jobs.ws, ended.run_id)
    with pytest.raises(NotFound):
        control.cancel(jobs.ws, "no_such_run")


def test_children_are_canceled_with_their_parent(jobs: Jobs) -> None:
    parent = jobs.submit(SLEEP)
    child = jobs.submit(SLEEP, parent=parent)
    jobs.until(child, "Running")
    control.cancel(jobs.ws, parent, timeout=30)
    assert jobs.until(child, "Canceled").status == "Canceled"


def test_a_killed_supervisor_is_noticed(jobs: Jobs, tmp_path: Path) -> None:
    mark = f"orphan-{tmp_path.name}"
    run_id = jobs.submit(f"{SLEEP}  # {mark}", command=["python", "main.py", mark])
    state = jobs.until(run_id, "Running")
    until(lambda: running(mark), bool)
    psutil.Process(state.pid).kill()
    ended = jobs.until(run_id, "Failed")
    assert ended.error is not None
    assert ended.error["code"] == "SystemError"
    assert "ended before the job did" in ended.error["message"]
    assert ended.ended
    assert jobs.tracking.run(run_id).status == "FAILED"
    until(lambda: running(mark), lambda found: not found)


def test_a_killed_supervisor_gives_its_node_back(jobs: Jobs) -> None:
    compute.create(jobs.ws, "cluster", "AmlCompute", max_nodes=1)
    first = jobs.submit(SLEEP, compute="cluster")
    state = jobs.until(first, "Running")
    second = jobs.submit(compute="cluster")
    jobs.until(second, "Queued")
    psutil.Process(state.pid).kill()
    assert jobs.until(second, "Completed", "Failed").status == "Completed"
    assert jobs.state(first).status == "Failed"


def test_another_process_with_the_same_pid_is_not_taken_for_the_supervisor(jobs: Jobs) -> None:
    run_id = jobs.submit(SLEEP)
    state = jobs.until(run_id, "Running")
    psutil.Process(state.pid).kill()
    records.change(
        jobs.ws, run_id, pid=os.getpid(), pid_start=12345.0, child=os.getpid(), child_start=12345.0
    )
    assert jobs.state(run_id).status == "Failed"  # and this process is still here


def test_a_job_that_another_job_submitted_goes_on(jobs: Jobs) -> None:
    first = jobs.submit(
        f"""
        from dp100.standin.engine.workspace.workspace import open_workspace
        from dp100.standin.engine.jobs.spec import JobSpec
        from dp100.standin.engine.jobs.submit import submit
        import time
        ws = open_workspace({jobs.ws.name!r}, {jobs.ws.group!r})
        submit(ws, JobSpec(command="sleep 600", name="independent"))
        time.sleep(600)
        """,
        environment_variables={"PYTHONPATH": str(Path(__file__).parents[4])},
    )
    until(lambda: records.exists(jobs.ws, "independent"), bool)
    child = jobs.until("independent", "Running").child
    control.cancel(jobs.ws, first, timeout=30)
    assert psutil.pid_exists(child)
    assert jobs.state("independent").status == "Running"


def test_a_job_ends_with_its_workspace(jobs: Jobs, tmp_path: Path) -> None:
    mark = f"deleted-{tmp_path.name}"
    run_id = jobs.submit(SLEEP, command=["python", "main.py", mark])
    supervisor = psutil.Process(jobs.until(run_id, "Running").pid)
    until(lambda: running(mark), bool)
    workspace.delete(jobs.ws)
    until(lambda: running(mark), lambda found: not found)
    until(lambda: not supervisor.is_running() or supervisor.status() == psutil.STATUS_ZOMBIE, bool)
    assert not jobs.ws.folder.exists()
