"""What a job's environment names and this machine lacks, as warnings for the job's log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.engine.environments import conda
from dp100.standin.engine.errors import EngineError
from dp100.standin.engine.jobs.spec import JobSpec
from dp100.standin.engine.workspace.workspace import Workspace


def warnings(ws: Workspace, spec: JobSpec) -> list[str]:
    """Sentences about the job's environment; none if everything is there, or it names no packages."""
    if not spec.environment:
        return []
    try:
        held, label = _environment(ws, spec.environment)
        missing = conda.missing_packages(held)
        differing = conda.differing_packages(held)
    except EngineError as problem:
        return [f"WARNING: The packages of the environment could not be checked: {problem.message}"]
    found = []
    if missing:
        found.append(
            f"WARNING: {label} names packages that this machine does not have: {', '.join(missing)}. "
            "Nothing is installed; the job runs in your own Python."
        )
    if differing:
        found.append(
            f"WARNING: {label} pins other versions than those here: "
            + ", ".join(f"{name} {wanted} (here {here})" for name, wanted, here in differing)
            + "."
        )
    return found


def _environment(ws: Workspace, given: str | Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    if isinstance(given, str):
        name, _, version = given.rpartition(":")
        return AssetStore(ws, "environments").get(name, version).spec, f"The environment {given}"
    called = given.get("name")
    return given, f"The environment {called}" if called else "The environment"
