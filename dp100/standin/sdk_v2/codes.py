"""Code assets: snapshots under the names that the service gives them."""

from __future__ import annotations

import re
from typing import Any

from azure.ai.ml.exceptions import ErrorTarget, ValidationErrorType

from dp100.standin.engine.errors import NotOffline
from dp100.standin.engine.jobs import snapshot
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2 import places, uploads
from dp100.standin.sdk_v2.errors import invalid

_HASH = re.compile(r"(?:^|[:/])([0-9a-f]{32})(?=[:/]|$)")


def take(ws: Workspace, code: Any, base: Any) -> str | None:
    """Keep a copy of a job's or component's code.

    Args:
        code: a local path, a URI of a folder in a datastore, or a reference to a snapshot; None is no code.
        base: the folder that a relative path starts in.

    Returns:
        The snapshot's hash.

    Raises:
        ValidationException: there is no such file or folder.
        NotOffline: it is in a repository.
    """
    if code is None:
        return None
    text = str(code)
    if text.startswith(("git+", "git:", "http://", "https://", "git@")):
        raise NotOffline(text, "Clone the repository and name its folder.")
    if kept := known(ws, text):
        return kept
    if uploads.is_remote(text) and not text.startswith("azureml:/sub"):
        return snapshot.take(ws, places.locate(ws, text))
    place = uploads.absolute(text, base)
    if not place.exists():
        raise invalid(
            f"No such file or directory: {place}",
            ErrorTarget.CODE,
            ValidationErrorType.FILE_OR_FOLDER_NOT_FOUND,
        )
    return snapshot.take(ws, place)


def known(ws: Workspace, code: Any) -> str | None:
    """The hash of the snapshot that a reference names, if there is one."""
    found = _HASH.search(str(code or ""))
    return found[1] if found and snapshot.place(ws, found[1]).is_dir() else None


def reference(ws: Workspace, code: str) -> str:
    """``azureml:`` and the ARM id of a snapshot."""
    return f"azureml:{ws.id}/codes/{code}/versions/1"
