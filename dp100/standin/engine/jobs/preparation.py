"""What has to be there before a job runs: its folder, its command, its variables."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dp100.standin.engine import store
from dp100.standin.engine.jobs import distribution, expressions, snapshot, uploads, variables
from dp100.standin.engine.jobs.bindings import Bound, Output
from dp100.standin.engine.jobs.spec import JobSpec
from dp100.standin.engine.tracking.entities import Experiment
from dp100.standin.engine.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Prepared:
    """What to start.

    Attributes:
        command: words, or on Windows the line for cmd.
        environments: the variables of each process; there are as many processes.
        program: what the learner would call it, for messages.
        workers: how many of the processes have to end before the job does; the others, which come last, only serve
            these.
    """

    command: list[str] | str
    environments: list[dict[str, str]]
    program: str
    workers: int


def unpack(ws: Workspace, spec: JobSpec, work: Path) -> None:
    """Copy the snapshot to the working directory, and make the folders whose files the service uploads."""
    clear(work)
    code = spec.extra.get("snapshot")
    if code:
        shutil.copytree(snapshot.place(ws, str(code)), work)
    for name in ("", *uploads.FOLDERS):
        folder = work / name
        if not folder.exists():
            folder.mkdir(parents=True)


def command(
    ws: Workspace,
    spec: JobSpec,
    bound: Bound,
    experiment: Experiment,
    tracking_uri: str,
    folder: Path,
    base: Mapping[str, str],
) -> Prepared:
    """The command and variables of a job.

    Args:
        tracking_uri: MLflow's.
        folder: the job's folder, where a launcher for Python may be put.
        base: the supervisor's own variables.

    Raises:
        Invalid: an expression names nothing.
    """
    python = spec.python or sys.executable
    given = bound.variables | (variables.parameters(bound.values) if spec.search_space else {})
    own = variables.of_job(ws, spec, experiment, tracking_uri, given, base)
    variables.put_python_first(own, python, folder / "bin")
    environments = [own | each for each in distribution.variables(spec)]
    if isinstance(spec.command, str) and spec.command:
        line = expressions.resolve(spec.command, bound.values, windows=os.name == "nt")
        return Prepared(_shell(line), environments, _program(line), spec.workers)
    if spec.command:
        words = [expressions.resolve_word(str(word), bound.values) for word in spec.command]
        if words[0] in ("python", "python3"):
            words[0] = python
        return Prepared(words, environments, Path(words[0]).stem, spec.workers)
    arguments = [expressions.resolve_word(str(word), bound.values) for word in spec.arguments]
    return Prepared([python, str(spec.script), *arguments], environments, "python", spec.workers)


def link_outputs(folder: Path, outputs: list[Output]) -> None:
    """Let ``outputs/<name>`` in the job's folder lead to where a named output is, where the platform has links."""
    for output in outputs:
        link = folder / "outputs" / output.name
        link.parent.mkdir(parents=True, exist_ok=True)
        try:
            link.symlink_to(output.place, target_is_directory=output.place.is_dir())
        except OSError:
            continue


def clear(*folders: Path) -> None:
    """Take folders away, with what in them is read-only."""
    for folder in folders:
        store.remove(folder)


def _shell(line: str) -> list[str] | str:
    if os.name == "nt":
        return f'cmd /d /s /c "{line}"'
    return [shutil.which("bash") or "/bin/sh", "-c", line]


def _program(line: str) -> str:
    words = line.split()
    return Path(words[0]).name if words else ""
