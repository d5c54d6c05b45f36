"""The workspace's key vault: secrets by name, in a file that only the learner may read.

The actions are those of the provider's list of operations: ``metadata/secrets/read``, ``.../write`` and
``.../delete``. Reader, whose role is ``*/read``, may read secrets, and may not set them.

A name has 1 to 127 letters of ASCII, digits and hyphens and does not differ by case:
https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#object-identifiers
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dp100.standin.engine import store
from dp100.standin.engine.errors import Invalid
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.workspace import Workspace

_NAME = re.compile(r"[0-9a-zA-Z-]{1,127}")


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
        Invalid: it is no name of a secret.
    """
    access.check(ws, "metadata/secrets/read")
    there = _read(ws)
    held = there.get(_known(there, name))
    return None if held is None else Secret(held["value"], held.get("content_type") or "")


def put(ws: Workspace, secrets: Mapping[str, Secret]) -> None:
    """Keep secrets, over those of the same names.

    Raises:
        Forbidden: the principal may not write secrets.
        Invalid: one is no name of a secret; none is kept then.
    """
    access.check(ws, "metadata/secrets/write")
    with store.locked(_file(ws)):
        held = _read(ws)
        for name, each in secrets.items():
            held[_known(held, name)] = {"value": each.value, "content_type": each.content_type}
        store.write_json(_file(ws), held, mode=0o600)


def delete(ws: Workspace, gone: Iterable[str]) -> None:
    """Forget secrets; those that are not there do not matter.

    Raises:
        Forbidden: the principal may not delete secrets.
        Invalid: one is no name of a secret; none is deleted then.
    """
    access.check(ws, "metadata/secrets/delete")
    with store.locked(_file(ws)):
        held = _read(ws)
        for name in gone:
            held.pop(_known(held, name), None)
        store.write_json(_file(ws), held, mode=0o600)


# --- inside ----------------------------------------------------------------------------------------------


def _file(ws: Workspace) -> Path:
    return ws.folder / "keyvault.json"


def _known(held: Mapping[str, Any], name: str) -> str:
    """The name that a secret was first set under, whatever its case; itself where there is none."""
    if not _NAME.fullmatch(str(name)):
        raise Invalid(
            f"The request URI contains an invalid name: {name}", code="BadParameter", target="secret"
        )
    folded = str(name).casefold()
    return next((each for each in held if each.casefold() == folded), str(name))


def _read(ws: Workspace) -> dict[str, Any]:
    try:
        return dict(store.read_json(_file(ws)))
    except FileNotFoundError:
        return {}
