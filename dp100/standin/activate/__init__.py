"""What `dp100 offline` puts in place: an environment in which code written for Azure ML meets the stand-in.

One folder goes in front of PYTHONPATH and a few in front of PATH, as `ddtrace-run` and `opentelemetry-instrument` do;
everything else follows from these, in child processes and Jupyter kernels too. Nothing is patched on disk.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

_HERE = Path(__file__).resolve().parent

PYTHON = _HERE / "python"
"""The folder for PYTHONPATH; its sitecustomize.py does the rest."""

BIN = _HERE / "bin"
"""The folder for PATH: `az`."""


def environment(env: Mapping[str, str], cwd: str | Path | None = None) -> dict[str, str]:
    """The environment of a command that is to meet the stand-in.

    Args:
        env: the environment as it is; it may already be one of ours.
        cwd: the folder that the command will start in; the working one by default.

    Returns:
        A copy of ``env`` with the changes.
    """
    # Imported here, so that the guards of hosts and programs, which are in this package, start without them.
    from dp100.standin.activate import outgoing, tracking

    made = dict(env)
    for name in ("DP100_HOME", "DP100_AZURE"):
        if made.get(name):  # a relative one would mean another folder after `cd`
            made[name] = str(Path(made[name]).expanduser().absolute())
    made["DP100_OFFLINE"] = "1"
    made["DP100_PYTHON"] = sys.executable
    made["PYTHONPATH"] = _first([str(PYTHON)], made.get("PYTHONPATH", ""))
    path = made.get("PATH", os.defpath)
    made["PATH"] = _first([str(BIN), *outgoing.folders(path), *_python_folder(made)], path)
    # Neither MLflow nor the Azure SDK needs to tell anyone what a learner does.
    made.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
    made.setdefault("AZURE_CORE_COLLECT_TELEMETRY", "false")
    tracking.preset(made, Path(cwd) if cwd is not None else Path.cwd())
    return made


def shell(env: dict[str, str]) -> list[str]:
    """The command that starts the learner's shell in an environment of ours, to which it adds what that needs."""
    from dp100.standin.activate import outgoing
    from dp100.standin.activate.shells import words

    own = str(Path(sys.executable).parent)
    return words(env, [str(BIN), *outgoing.folders(env.get("PATH", "")), own], [str(PYTHON)])


def _first(folders: list[str], path: str) -> str:
    """A search path that starts with ``folders``, none of them twice."""
    rest = [part for part in path.split(os.pathsep) if part and part not in folders]
    return os.pathsep.join([*folders, *rest])


def _python_folder(env: Mapping[str, str]) -> list[str]:
    """The folder of the Python that has dp100, unless `python` is that one anyway.

    Who calls `.venv/bin/dp100 offline -- python train.py` without activating .venv means the Python in there: the
    system's has neither azure-ai-ml nor mlflow.
    """
    own = Path(sys.executable).parent
    found = shutil.which("python", path=env.get("PATH"))
    if found and Path(found).parent == own:
        return []
    return [str(own)]
