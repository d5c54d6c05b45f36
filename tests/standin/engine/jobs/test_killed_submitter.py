"""The process that submits a job is killed on the way: the job is there, and has ended, or it never was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dp100.standin.engine.jobs import control, records
from dp100.standin.engine.tracking.store import Tracking
from tests.standin.activate.running import environment
from tests.standin.engine.jobs.conftest import Jobs

#: Submits the job "half" and is gone, as by SIGKILL, at one of these moments.
PROGRAM = """
import os, sys
from pathlib import Path
from dp100.standin.engine.jobs import records, submit as submitting
from dp100.standin.engine.jobs.spec import JobSpec
from dp100.standin.engine.jobs.supervisor import workspace_at
from dp100.standin.engine.tracking.store import Tracking

def gone(*args, **kwargs):
    os._exit(9)

moment = sys.argv[2]
if moment == "before the run":
    Tracking.create_run = gone
elif moment == "after the run":
    create = Tracking.create_run
    Tracking.create_run = lambda *args, **kwargs: gone(create(*args, **kwargs))
else:
    submitting._start = gone
submitting.submit(workspace_at(Path(sys.argv[1])), JobSpec(name="half", command="echo done"))
"""


def submitted_until(jobs: Jobs, moment: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(jobs.ws.folder), moment], env=environment(), check=False
    )
    assert done.returncode == 9


def test_before_its_run_is_made_there_is_no_job(jobs: Jobs) -> None:
    submitted_until(jobs, "before the run")
    assert list(records.run_ids(jobs.ws)) == []
    assert not records.exists(jobs.ws, "half")
    again = jobs.submit(name="half", command="echo done")
    assert control.wait(jobs.ws, again, 60).status == "Completed"


@pytest.mark.parametrize("moment", ["after the run", "before the supervisor"])
@pytest.mark.parametrize("listed", [True, False])
def test_with_its_run_there_is_a_job_that_has_failed(jobs: Jobs, moment: str, listed: bool) -> None:
    submitted_until(jobs, moment)
    if listed:
        assert list(records.run_ids(jobs.ws)) == ["half"]
    state = records.state(jobs.ws, "half")
    assert state.status == "Failed"
    assert state.error is not None
    assert "The process that followed this job ended before the job did" in state.error["message"]
    assert records.spec(jobs.ws, "half").command == "echo done"
    assert Tracking(jobs.ws).run("half").status == "FAILED"


def test_a_job_whose_name_is_taken_leaves_nothing(jobs: Jobs) -> None:
    Tracking(jobs.ws).create_run("Default", "half", "half", state="Running")
    with pytest.raises(Exception, match="half"):
        jobs.submit(name="half", command="echo done")
    assert list((jobs.ws.folder / "jobs").glob(".pending/*")) == []
    assert Tracking(jobs.ws).run("half").status == "RUNNING"


def test_a_script_that_deletes_the_jobs_folder_leaves_no_run_behind(jobs: Jobs) -> None:
    run_id = jobs.submit(
        "import os, shutil; shutil.rmtree(os.path.dirname(os.getcwd()), ignore_errors=True); print('gone')"
    )
    for process in [each for each in _supervisors() if each.poll() is None]:
        process.wait(60)
    assert not (Path(jobs.ws.folder) / "jobs" / run_id / "job.yaml").exists()
    assert Tracking(jobs.ws).run(run_id).status == "FAILED"


def _supervisors() -> list[subprocess.Popen[bytes]]:
    from dp100.standin.engine.jobs import submit

    return list(submit._started)
