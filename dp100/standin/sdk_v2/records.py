"""Small things that several kinds of entities share: who made them and when, and their YAML form."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

import yaml
from azure.ai.ml.entities import SystemData

from dp100.standin.engine import store


def created(
    at: datetime | str | None,
    by: str | None,
    modified: datetime | str | None = None,
    modified_by: str | None = None,
) -> SystemData:
    """The creation context of an entity.

    Args:
        at, modified: datetimes or ISO 8601.
        by: the user or service principal.
    """
    kind = "User" if "@" in (by or "@") else "Application"
    last = modified or at
    return SystemData(
        created_at=store.moment(at) if at else None,
        created_by=by,
        created_by_type=kind,
        last_modified_at=store.moment(last) if last else None,
        last_modified_by=modified_by or by,
        last_modified_by_type=kind,
    )


def yaml_form(entity: Any) -> dict[str, Any]:
    """What :meth:`dump` of an entity writes, without what is empty.

    Raises:
        Exception: whatever the entity's schema refuses.
    """
    text = io.StringIO()
    entity.dump(text)
    held = yaml.safe_load(text.getvalue())
    return {key: value for key, value in (held or {}).items() if value not in (None, {}, [])}


def with_identity(held: dict[str, Any]) -> dict[str, Any]:
    """Attributes of an entity in which the identity's type is spelled as the service's answer has it."""
    identity = held.get("identity")
    if identity is not None and getattr(identity, "type", None):
        identity.type = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", identity.type).replace(",", ", ").lower()
    return held


def stream(held: dict[str, Any]) -> io.StringIO:
    """A file with the YAML of a mapping, for the load functions of azure.ai.ml."""
    return io.StringIO(store.dump_yaml(held))
