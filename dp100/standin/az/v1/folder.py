"""`az ml folder`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from dp100.standin.az.errors import CliError
from dp100.standin.az.session import Session
from dp100.standin.az.v1.retired import retired, workspace
from dp100.standin.engine import store
from dp100.standin.engine.workspace.config_file import write_config


@retired("Use 'az configure --defaults group=GROUP workspace=WORKSPACE' instead.")
def attach(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """Write the workspace and the experiment, by default of the folder's name, into the folder's config.json."""
    folder = Path(arguments.path or ".").expanduser().resolve()
    if folder.exists() and not folder.is_dir():
        raise CliError(f"The provided path [{folder}] must be a directory")
    ws = workspace(session, arguments)
    experiment = arguments.experiment_name or folder.name
    folder.mkdir(parents=True, exist_ok=True)
    file = write_config(ws, folder)
    store.atomic_write(file, json.dumps({"Id": None, "Scope": f"{ws.id}/projects/{experiment}"}))
    return {
        "Experiment name": experiment,
        "Subscription id": ws.subscription_id,
        "Resource group": ws.group,
        "Workspace name": ws.name,
        "Project path": str(folder),
    }
