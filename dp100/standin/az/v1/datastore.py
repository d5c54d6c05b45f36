"""What `az ml datastore` had besides v2's verbs."""

from __future__ import annotations

import argparse
from typing import Any

from dp100.standin.az.session import Session
from dp100.standin.az.v1.retired import retired, workspace
from dp100.standin.engine.data import datastores

_NONE = "No command of v2 took its place; "


@retired(_NONE + "jobs and data of v2 name their datastore in the path: azureml://datastores/NAME/paths/...")
def set_default(session: Session, arguments: argparse.Namespace) -> None:
    """Make a datastore the default."""
    datastores.set_default(workspace(session, arguments), arguments.name)


@retired(_NONE + "'az ml datastore show --name NAME' shows a datastore.")
def show_default(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """The default datastore."""
    ws = workspace(session, arguments)
    held = datastores.default(ws)
    kind = "AzureDataLake" if held.type == "AzureDataLakeGen1" else held.type
    shown: dict[str, Any] = {"name": held.name, "datastore_type": kind}
    if held.type in ("AzureBlob", "AzureFile"):
        shown |= {"container_name": held.container, "account_name": held.account}
        shown |= {key: held.spec.get(key) for key in ("protocol", "endpoint")}
    if arguments.include_secret is not None and arguments.include_secret != ["false"]:
        hidden = datastores.credentials(ws, held.name)
        shown["credential_type"] = held.credential_type
        shown |= {key: hidden.get(key) for key in ("sas_token", "account_key")}
    return shown
