"""jobs.stream: the log as it comes, between a head and a summary, as azure.ai.ml prints them."""

from __future__ import annotations

import json
import sys

from azure.ai.ml.exceptions import ErrorTarget, JobException

from dp100.standin.engine.jobs import logs
from dp100.standin.engine.jobs import records as engine
from dp100.standin.engine.jobs.records import State
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2.errors import refused
from dp100.standin.sdk_v2.job_entities import studio_url

_INTERRUPTED = (
    "The output streaming for the run interrupted.\nBut the run is still executing on the compute target. \n"
    "Details for canceling the run can be found here: https://aka.ms/aml-docs-cancel-run"
)


def stream(ws: Workspace, run_id: str) -> None:
    """Print a job's log to standard output until it has ended.

    Raises:
        JobException: the job failed, or the output was interrupted; the job goes on then.
        NotFound: there is no such job.
    """
    out = sys.stdout
    engine.spec(ws, run_id)
    page = studio_url(ws, run_id, tenant=False)
    try:
        out.write(f"RunId: {run_id}\nWeb View: {page}\n")
        out.flush()
        name = logs.main_log(ws, run_id)
        last = ""
        for text in logs.stream(ws, run_id, name):
            if not last:
                out.write(f"\nStreaming {name}\n{'=' * (len(name) + 10)}\n\n")
            out.write(text)
            out.flush()
            last = text
        state = engine.state(ws, run_id)
        if last and not last.endswith("\n"):
            out.write("\n")
        out.write(f"\nExecution Summary\n=================\nRunId: {run_id}\nWeb View: {page}\n")
        if state.warnings:
            out.write("\nWarnings:\n" + "".join(f"{each}\n" for each in state.warnings) + "\n")
        if state.status == "Failed":
            out.flush()
            raise refused(
                JobException,
                f"Exception : \n {json.dumps(error_of(ws, state), indent=4)} ",
                ErrorTarget.JOB,
                plain="Exception raised on failed job.",
                system=True,
            )
        out.write("\n")
        out.flush()
    except KeyboardInterrupt as error:
        raise refused(JobException, _INTERRUPTED, ErrorTarget.JOB) from error


def error_of(ws: Workspace, state: State) -> dict[str, object]:
    """A failed job's error in the form that run history gives it."""
    held = state.error or {}
    region = str(ws.record["location"])
    return {
        "error": {
            "code": held.get("code", "UserError"),
            "message": held.get("message", ""),
            "message_parameters": {},
            "details": [],
        },
        "environment": region,
        "location": region,
        "time": state.ended,
        "component_name": "CommonRuntime",
    }
