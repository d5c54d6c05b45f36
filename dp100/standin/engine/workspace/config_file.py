"""config.json: where the SDKs look for it, what it holds, and how it is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dp100.standin.engine import store
from dp100.standin.engine.errors import Invalid, NotFound
from dp100.standin.engine.workspace.workspace import Workspace

_FOLDERS = (".azureml", "aml_config", "")
_FILES = ("config.json", "project.json")


@dataclass(frozen=True, slots=True)
class Config:
    """What a config.json names.

    Attributes:
        path: the file.
        subscription_id: the subscription.
        resource_group: the resource group.
        workspace_name: the workspace.
    """

    path: Path
    subscription_id: str
    resource_group: str
    workspace_name: str


def find_config(
    path: str | Path | None = None, file_name: str | None = None, *, levels: int | None = None
) -> Config:
    """The config.json that the SDKs would take: a file itself, or the first found from a folder upwards.

    ``.azureml/config.json`` is looked for in the folder and all above it; only then ``aml_config/config.json``, then
    ``config.json``; in each, ``project.json`` is the older name.

    Args:
        path: the file or the folder to start in; the working folder by default.
        file_name: the only name to look for.
        levels: how many folders above to look in; SDK v2 looks in 20, v1 in all.

    Raises:
        NotFound: there is none.
        Invalid: it is not JSON, or does not name a workspace; a JSON error is its ``__cause__``.
    """
    start = Path("." if path is None else path).expanduser()
    if start.is_file():
        return read_config(start)
    for file in _candidates(start.resolve(), file_name, levels):
        if file.is_file():
            return read_config(file)
    raise NotFound(
        "Configuration file",
        str(start),
        message=f"The workspace configuration file config.json, could not be found in {start.resolve()} or its parent "
        "directories. Please check whether the workspace configuration file exists, or provide the full path to the "
        "configuration file as an argument.",
        code="UserError",
        target="config",
    )


def read_config(file: Path) -> Config:
    """What a config.json names, in its plain form or the one with ``Scope`` that SDK v1 writes.

    Raises:
        Invalid: it is not JSON, or does not name a workspace.
    """
    try:
        held = json.loads(file.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise Invalid(
            f"The config file found in: {file} is not valid JSON: {error}", target="config"
        ) from error
    if isinstance(held, dict):
        if scope := held.get("Scope"):
            parts = str(scope).split("/")
            if len(parts) > 8:
                return Config(file, parts[2], parts[4], parts[8])
        elif all(
            isinstance(held.get(key), str) for key in ("subscription_id", "resource_group", "workspace_name")
        ):
            return Config(file, held["subscription_id"], held["resource_group"], held["workspace_name"])
    raise Invalid(
        f"The config file found in: {file} does not seem to contain the required parameters. Please make sure it "
        "contains your subscription_id, resource_group and workspace_name.",
        code="UserError",
        target="config",
    )


def write_config(ws: Workspace, path: str | Path | None = None, file_name: str | None = None) -> Path:
    """Write what SDK v1's ``write_config`` does: ``.azureml/config.json`` in a folder, the working one by default.

    Returns:
        The file.
    """
    top = Path("." if path is None else path).expanduser().resolve()
    folder = top / ("aml_config" if (top / "aml_config").is_dir() else ".azureml")
    name = file_name or ("project.json" if (folder / "project.json").is_file() else "config.json")
    if not name.endswith(".json"):
        name += ".json"
    file = store.inside(folder, name)
    store.atomic_write(file, json.dumps({"Id": None, "Scope": ws.id}))
    return file


def _candidates(start: Path, file_name: str | None, levels: int | None) -> Iterator[Path]:
    above = [start, *start.parents]
    if levels is not None:
        above = above[: levels + 1]
    for folder in _FOLDERS:
        for name in (file_name,) if file_name else _FILES:
            for place in above:
                yield place / folder / name
