"""Where MLflow keeps its runs: in the workspace that the working folder belongs to, or beside all of them.

The variable MLFLOW_TRACKING_URI is set when `dp100 offline` starts. The learner may change folders or create a
workspace after that, so it is set anew when MLflow is imported, unless somebody else has set it meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dp100.standin.engine import locations
from dp100.standin.engine.errors import EngineError

OURS = "DP100_TRACKING_URI"
"""The variable that holds what we put into MLFLOW_TRACKING_URI."""

_LEVELS = 20  # how far up SDK v2 looks for config.json


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """Where MLflow writes outside any workspace: a folder with the shape of one."""

    name: str
    folder: Path


def preset(env: MutableMapping[str, str], cwd: Path) -> None:
    """Set MLFLOW_TRACKING_URI in ``env`` unless the learner points it at a server of theirs."""
    current = env.get("MLFLOW_TRACKING_URI")
    if current and current != env.get(OURS):
        return
    kept = {name: os.environ.get(name) for name in ("DP100_HOME", "DP100_AZURE")}
    try:
        for name in kept:  # the engine looks into its own environment
            if name in env:
                os.environ[name] = env[name]
        _put(env, place(cwd))
    finally:
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def settle() -> None:
    """Called before MLflow is imported: make MLFLOW_TRACKING_URI name a store that is there, if it is ours."""
    current = os.environ.get("MLFLOW_TRACKING_URI")
    if not current or current != os.environ.get(OURS) or "AZUREML_RUN_ID" in os.environ:
        return  # a job logs to where its workspace is, whatever folder it runs in
    from dp100.standin.engine.tracking.template import ensure

    found = place(Path.cwd())
    found.folder.mkdir(parents=True, exist_ok=True)
    # Making the store runs MLflow in a process of its own, which must not come here again.
    del os.environ["MLFLOW_TRACKING_URI"]
    try:
        ensure(found)
    finally:
        _put(os.environ, found)


def place(cwd: Path) -> Any:
    """The workspace that config.json or the defaults of `az` name, or the folder for all that is in none.

    Returns:
        Something with ``name`` and ``folder``.
    """
    from dp100.standin.engine.workspace import config_file, workspace
    from dp100.standin.engine.workspace.account import Account

    try:
        named = config_file.find_config(cwd, levels=_LEVELS)
        return workspace.open_workspace(named.workspace_name, named.resource_group)
    except (EngineError, OSError):
        pass  # no config.json, or one for a workspace that is not here
    try:
        defaults = Account.load().defaults if (locations.azure() / "account.json").exists() else {}
        if defaults.get("workspace"):
            return workspace.open_workspace(defaults["workspace"], defaults.get("group"))
    except EngineError:
        pass
    return _Elsewhere("mlflow", locations.azure() / "mlflow")


def _put(env: MutableMapping[str, str], found: Any) -> None:
    folder: Path = found.folder
    uri = f"sqlite:///{(folder / 'mlflow.db').as_posix()}"
    env["MLFLOW_TRACKING_URI"] = env[OURS] = uri
    # MLflow would keep the artifacts of an experiment that it creates in ./mlruns.
    env["_MLFLOW_SERVER_ARTIFACT_ROOT"] = (folder / "artifacts").as_uri()
