"""The process that follows one job: it waits for a node, prepares, runs, uploads and finishes.

``python -m dp100.standin.engine.jobs.supervisor WORKSPACE_FOLDER RUN_ID``, started by :mod:`.submit`. It imports
neither MLflow nor an SDK, and everything it knows is in the job's folder, so that it can be killed at any time:
the next reader of the job's state notices.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from datetime import datetime
from pathlib import Path

from dp100.standin.engine import store
from dp100.standin.engine.compute import compute as computes
from dp100.standin.engine.compute import pool
from dp100.standin.engine.errors import EngineError
from dp100.standin.engine.jobs import (
    bindings,
    control,
    failure,
    logs,
    named_places,
    packages,
    preparation,
    processes,
    records,
)
from dp100.standin.engine.jobs.bindings import Bound
from dp100.standin.engine.jobs.execution import Execution
from dp100.standin.engine.jobs.output_log import OutputLog
from dp100.standin.engine.jobs.records import State
from dp100.standin.engine.jobs.spec import JobSpec
from dp100.standin.engine.jobs.uploads import Uploads
from dp100.standin.engine.tracking import logged_models
from dp100.standin.engine.tracking.store import Tracking
from dp100.standin.engine.workspace.workspace import Workspace

_UPLOADS = 2.0  # seconds between looks for new artifacts
_LOOKS = 0.2  # seconds between looks for a cancelation
_QUEUE = 0.5  # seconds at most between questions for a node


class Canceled(Exception):
    """Somebody asked for the job's end."""


class Supervisor:
    """Follows one job.

    Args:
        ws: the workspace.
        run_id: the job.
    """

    def __init__(self, ws: Workspace, run_id: str) -> None:
        self.ws = ws
        self.run_id = run_id
        self.folder = records.folder(ws, run_id)
        self.spec: JobSpec = records.spec(ws, run_id)
        self.tracking = Tracking(ws)
        self.work = self.folder / "work"
        self.notes = self.folder / "system_logs" / "lifecycler" / "lifecycler.log"

    def follow(self) -> State:
        """Do everything; the job has ended afterwards, whatever happened."""
        queue = computes.pool_file(self.ws, self.spec.compute)
        error: dict[str, object] | None = None
        status = "Failed"
        exit_code: int | None = None
        try:
            self._wait_for_turn(queue)
            bound = self._prepare()
            execution = self._run(bound)
            exit_code = execution.exit_code
            if execution.timed_out:
                status = "Canceled"
                error = {
                    "code": "JobTimeout",
                    "message": f"The job ran longer than its limit of {self.spec.timeout:g} s and was canceled.",
                }
            elif exit_code:
                rank = execution.failed_rank
                name = logs.log_name(rank, len(execution.logs) > 1)
                error = failure.error(exit_code, execution.program, self.folder / name, name)
            self._finalize(bound, execution, succeeded=error is None)
            if error is None:
                status = "Completed"
        except Canceled:
            status = "Canceled"
        except EngineError as problem:
            error = {"code": problem.code, "message": problem.message}
            self._say(f"{problem.code}: {problem.message}")
        except Exception as problem:
            traceback.print_exc()  # to system_logs/lifecycler/execution-wrapper.log
            error = {
                "code": "SystemError",
                "message": f"The job could not be run: {type(problem).__name__}: {problem}. "
                "See system_logs/lifecycler/execution-wrapper.log.",
            }
            self._say(str(error["message"]))
        return self._end(queue, status, error, exit_code)

    # --- the stages --------------------------------------------------------------------------------------

    def _wait_for_turn(self, queue: Path) -> None:
        target = computes.get(self.ws, self.spec.compute)
        if target.slots is None:
            return
        pool.rejoin(queue, self.run_id, nodes=self.spec.instance_count, pid=os.getpid())
        pause = 0.02
        said = False
        while (nodes := pool.acquire(queue, target, self.run_id)) is None:
            if not said:
                self._change("Queued")
                said = True
            self._check_canceled()
            time.sleep(pause)
            pause = min(_QUEUE, pause * 1.5)
            target = computes.get(self.ws, self.spec.compute)  # it may have been resized, or started
        records.change(self.ws, self.run_id, nodes=nodes)

    def _prepare(self) -> Bound:
        self._check_canceled()
        self._change("Preparing")
        preparation.unpack(self.ws, self.spec, self.work)
        bound = bindings.bind(self.ws, self.spec, self.folder / "data", self.work)
        records.change(self.ws, self.run_id, outputs={each.name: each.uri for each in bound.outputs})
        preparation.link_outputs(self.folder, bound.outputs)
        warnings = [*bound.notes, *packages.warnings(self.ws, self.spec)]
        if warnings:
            self._say(*warnings)
            records.change(self.ws, self.run_id, warnings=warnings)
        return bound

    def _run(self, bound: Bound) -> Execution:
        experiment = self.tracking.experiment(self.spec.experiment)
        prepared = preparation.command(
            self.ws, self.spec, bound, experiment, self.tracking.uri, self.folder, os.environ
        )
        self._check_canceled()
        execution = Execution(self.run_id, prepared, self.work, self.folder)
        uploads = Uploads(self.tracking.artifacts, self.run_id, self.work)
        try:
            child = execution.start()
            self._change("Running", started=store.now(), child=child, child_start=processes.started(child))
            until = None if self.spec.timeout is None else time.monotonic() + self.spec.timeout
            next_upload = time.monotonic() + _UPLOADS
            while not execution.wait(_LOOKS):
                self._check_canceled()
                if until is not None and time.monotonic() > until:
                    execution.timed_out = True
                    break
                if time.monotonic() > next_upload:
                    uploads.turn()
                    next_upload = time.monotonic() + _UPLOADS
        finally:
            execution.end()
            self._say(*uploads.turn(last=True))
            self._adopt_models()
        self._check_canceled()
        return execution

    def _finalize(self, bound: Bound, execution: Execution, *, succeeded: bool) -> None:
        self._change("Finalizing", exit_code=execution.exit_code)
        bindings.collect(bound.outputs, self.run_id)
        if succeeded:
            registered = bindings.register(self.ws, self.run_id, bound.outputs, v1=self.spec.sdk == "v1")
            if registered:
                records.change(self.ws, self.run_id, registered=registered)

    def _end(self, queue: Path, status: str, error: dict[str, object] | None, exit_code: int | None) -> State:
        if self._gone():
            return self._end_without_folder()
        if status == "Failed" and (self.folder / control.CANCEL).exists():
            status, error = "Canceled", None
        self._note(status)
        for name, path in logs.files(self.ws, self.run_id).items():
            try:
                self.tracking.artifacts.upload(self.run_id, name, path)
            except (OSError, EngineError):
                continue  # deleted with its workspace, or a full disk: the job's own copy stays
        preparation.clear(self.work, self.folder / "data")
        named_places.release(self.run_id)
        pool.release(queue, self.run_id)
        ended = store.now()
        records.tell(self.ws, self.run_id, State(status, ended=ended))
        return records.change(
            self.ws, self.run_id, status=status, ended=ended, error=error, exit_code=exit_code
        )

    def _end_without_folder(self) -> State:
        """The job's folder was deleted under it: with the workspace, or by its own script, whose run is to end then."""
        ended = State("Failed", ended=store.now())
        if (self.ws.folder / "workspace.yaml").is_file():
            records.tell(self.ws, self.run_id, ended)
        return ended

    # --- small things ------------------------------------------------------------------------------------

    def _change(self, status: str, **changes: object) -> None:
        if (self.folder / control.CANCEL).exists():
            records.change(self.ws, self.run_id, **changes)  # stays CancelRequested
            return
        found = records.change(self.ws, self.run_id, status=status, **changes)
        self._note(status)
        records.tell(self.ws, self.run_id, found)

    def _check_canceled(self) -> None:
        if (self.folder / control.CANCEL).exists() or self._gone():
            raise Canceled

    def _gone(self) -> bool:
        """Whether the job was deleted, with its workspace; then nothing may be written any more."""
        return not (self.folder / "job.yaml").exists()

    def _adopt_models(self) -> None:
        if self._gone():
            return
        try:
            logged_models.adopt(self.ws, self.run_id)
        except EngineError as problem:  # the job's own result stands
            self._say(
                f"The models that were logged could not be put among the run's files: {problem.message}"
            )

    def _note(self, status: str) -> None:
        if self._gone():
            return
        self.notes.parent.mkdir(parents=True, exist_ok=True)
        with self.notes.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now().astimezone().isoformat(timespec='milliseconds')} {status}\n")

    def _say(self, *lines: str) -> None:
        """Put lines into the log that the learner reads."""
        if not lines or self._gone():
            return
        log = OutputLog(self.folder / logs.log_name(0, self.spec.processes > 1))
        for line in lines:
            log.say(line)
        log.close()


def workspace_at(folder: Path) -> Workspace:
    """A handle on the workspace kept in a folder, used as the signed-in user."""
    record = store.read_yaml(folder / "workspace.yaml")
    return Workspace(
        name=str(record["name"]),
        group=str(record["resource_group"]),
        folder=folder,
        subscription_id=str(record["subscription_id"]),
    )


def main(arguments: list[str]) -> int:
    """Follow the job named by workspace folder and run id."""
    folder, run_id = arguments
    ws = workspace_at(Path(folder))
    pid = os.getpid()
    records.change(ws, run_id, pid=pid, pid_start=processes.started(pid))
    pool.claim(computes.pool_file(ws, records.spec(ws, run_id).compute), run_id, pid)
    Supervisor(ws, run_id).follow()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
