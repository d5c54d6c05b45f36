"""The data assets that the service makes of every named output of a job: ``azureml_<job>_output_data_<output>``.

They are not written down: a job that has ended says all that there is to know. Lists do not show them.
"""

from __future__ import annotations

import re
from typing import Any

from dp100.standin.engine import store
from dp100.standin.engine.errors import NotFound
from dp100.standin.engine.jobs import bindings, records
from dp100.standin.engine.workspace.workspace import Workspace

_NAME = re.compile(r"azureml_(?P<job>.+?)_output_data_(?P<output>.+)")
_TYPES = frozenset({"uri_file", "uri_folder", "mltable"})
VERSION = "1"


def name_of(run_id: str, output: str) -> str:
    """The name of the asset that stands for an output."""
    return f"azureml_{run_id}_output_data_{output}"


def find(ws: Workspace, name: str, version: str) -> dict[str, Any] | None:
    """The record of such an asset, or None: it names no output of a job that has succeeded.

    Returns:
        What an asset's file would hold: ``name``, ``version``, ``created``, ``created_by`` and ``spec``.
    """
    found = _NAME.fullmatch(name)
    if found is None or version not in (VERSION, "latest") or not records.exists(ws, found["job"]):
        return None
    run_id, output = found["job"], found["output"]
    try:
        spec, state = records.spec(ws, run_id), records.state(ws, run_id)
    except NotFound:  # deleted meanwhile
        return None
    if output not in spec.outputs or state.status != "Completed":
        return None
    given = spec.outputs[output] or {}
    if (given.get("type") or "uri_folder") not in _TYPES:
        return None  # a model is no data asset
    return {
        "name": name,
        "version": VERSION,
        "created": state.ended or store.now(),
        "created_by": spec.extra.get("created_by") or "",
        "archived": False,
        "spec": {
            "type": given.get("type") or "uri_folder",
            "path": bindings.output_uri(ws, spec, output),
            "properties": {"run_id": run_id},
        },
    }
