"""The environments that come with the service, as assets of every workspace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dp100.standin.engine.workspace.workspace import Workspace

if TYPE_CHECKING:
    from dp100.standin.engine.data.assets import Asset

_CREATED = datetime(2024, 1, 1, tzinfo=UTC)
_PREFIXES = ("azureml", "microsoft")  # names that the learner's own environments may not begin with


def reserved(name: str) -> bool:
    """Whether a name is one that only the service gives."""
    return name.lower().startswith(_PREFIXES)


def names() -> list[str]:
    """The names of the curated environments."""
    return list(_environments())


def get(ws: Workspace, name: str, version: str) -> Asset | None:
    """A version of a curated environment."""
    held, specs = _named(name)
    return _asset(ws, held, version, specs[version]) if version in specs else None


def versions(ws: Workspace, name: str) -> list[Asset]:
    """All versions of a curated environment, the latest first; none when there is none of that name."""
    held, specs = _named(name)
    return [_asset(ws, held, version, specs[version]) for version in reversed(list(specs))]


def latest(ws: Workspace, name: str) -> Asset | None:
    """The latest version of a curated environment."""
    held, specs = _named(name)
    if not specs:
        return None
    version = list(specs)[-1]
    return _asset(ws, held, version, specs[version])


def _named(name: str) -> tuple[str, Mapping[str, Mapping[str, Any]]]:
    if reserved(name):
        for held, specs in _environments().items():
            if held.casefold() == name.casefold():
                return held, specs
    return name, {}


def _asset(ws: Workspace, name: str, version: str, spec: Mapping[str, Any]) -> Asset:
    from dp100.standin.engine.data.assets import Asset

    return Asset(
        name=name,
        version=version,
        spec=dict(spec),
        created=_CREATED,
        created_by="Microsoft",
        modified=_CREATED,
        id=f"{ws.id}/environments/{name}/versions/{version}",
        curated=True,
    )


def _environments() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """Name to version, the latest last, to spec."""
    from dp100.standin.engine.environments.curated import environments

    return environments()
