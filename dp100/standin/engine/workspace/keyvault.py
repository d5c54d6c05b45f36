"""The workspace's key vault: secrets by name, in a file that only the learner may read.

The actions are those of the provider's list of operations: ``metadata/secrets/read``, ``.../write`` and
``.../delete``. Reader, whose role is ``*/read``, may read secrets, and may not set them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dp100.standin.engine import store
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret.

    Attributes:
        value: its text.
        content_type: what it was kept with; "" where nothing was said.
    """

    value: str
    content_type: str = ""

    def __repr__(self) -> str:
        return f"Secret(value='***', content_type={self.content_type!r})"


def names(ws: Workspace) -> list[str]:
    """The names of the secrets, in the order they were first set.

    Raises:
        Forbidden: the principal may not read secrets.
    """
    access.check(ws, "metadata/secrets/read")
    return list(_read(ws))


def get(ws: Workspace, name: str) -> Secret | None:
    """The secret of that name, or None.

    Raises:
        Forbidden: the principal may not read secrets.
    """
    access.check(ws, "metadata/secrets/read")
    held = _read(ws).get(name)
    return None if held is None else Secret(held["value"], held.get("content_type") or "")


def put(ws: Workspace, secrets: Mapping[str, Secret]) -> None:
    """Keep secrets, over those of the same names.

    Raises:
        Forbidden: the principal may not write secrets.
    """
    access.check(ws, "metadata/secrets/write")
    new = {name: {"value": each.value, "content_type": each.content_type} for name, each in secrets.items()}
    with store.locked(_file(ws)):
        store.write_json(_file(ws), _read(ws) | new, mode=0o600)


def delete(ws: Workspace, gone: Iterable[str]) -> None:
    """Forget secrets; those that are not there do not matter.

    Raises:
        Forbidden: the principal may not delete secrets.
    """
    access.check(ws, "metadata/secrets/delete")
    unwanted = set(gone)
    with store.locked(_file(ws)):
        left = {name: held for name, held in _read(ws).items() if name not in unwanted}
        store.write_json(_file(ws), left, mode=0o600)


# --- inside ----------------------------------------------------------------------------------------------


def _file(ws: Workspace) -> Path:
    return ws.folder / "keyvault.json"


def _read(ws: Workspace) -> dict[str, Any]:
    try:
        return dict(store.read_json(_file(ws)))
    except FileNotFoundError:
        return {}
