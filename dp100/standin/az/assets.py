"""`az ml data`, `environment`, `model` and `component`: what has versions."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any

from dp100.standin.az import entities
from dp100.standin.az.errors import USAGE, CliError
from dp100.standin.az.options import pairs
from dp100.standin.az.session import Session, confirm

_Run = Callable[[Session, argparse.Namespace], Any]


def _operations(session: Session, arguments: argparse.Namespace, noun: str) -> Any:
    if getattr(arguments, "registry_name", None):
        raise CliError(f"The registry {arguments.registry_name} is not available offline.")
    client = session.client(arguments)
    return getattr(client, {"data": "data"}.get(noun, f"{noun}s"))


def _one(operations: Any, arguments: argparse.Namespace) -> Any:
    if arguments.version and arguments.label:
        raise CliError("Cannot specify both version and label.")
    if not arguments.version and not arguments.label:
        if type(operations).__name__.startswith("Component"):
            return operations.get(arguments.name)
        raise CliError("Must provide either version or label.")
    return operations.get(arguments.name, version=arguments.version, label=arguments.label)


def _list(noun: str, session: Session, arguments: argparse.Namespace) -> Any:
    operations = _operations(session, arguments, noun)
    options = {"stage": arguments.stage} if noun == "model" and arguments.stage else {}
    found = operations.list(name=arguments.name, list_view_type=entities.view(arguments), **options)
    return entities.first(found, arguments)


def _show(noun: str, session: Session, arguments: argparse.Namespace) -> Any:
    return entities.shown(_one(_operations(session, arguments, noun), arguments))


def _update(noun: str, session: Session, arguments: argparse.Namespace) -> Any:
    operations = _operations(session, arguments, noun)
    held = entities.change(_one(operations, arguments), arguments)
    if noun == "model" and arguments.stage:
        held.stage = arguments.stage
    return entities.shown(operations.create_or_update(held))


def _archived(noun: str, verb: str, session: Session, arguments: argparse.Namespace) -> None:
    operations = _operations(session, arguments, noun)
    getattr(operations, verb)(name=arguments.name, version=arguments.version, label=arguments.label)


def create_data(session: Session, arguments: argparse.Namespace) -> Any:
    """Register data."""
    made = entities.load(
        "data",
        arguments,
        name=arguments.name,
        version=arguments.version,
        type=arguments.type,
        path=arguments.path,
        description=arguments.description,
        datastore=arguments.datastore,
        tags=pairs(arguments.tags),
    )
    return entities.shown(_operations(session, arguments, "data").create_or_update(made))


def create_environment(session: Session, arguments: argparse.Namespace) -> Any:
    """Register an environment."""
    build = {"path": arguments.build_context, "dockerfile_path": arguments.dockerfile_path}
    if arguments.dockerfile_path and not arguments.build_context and not arguments.file:
        raise CliError("usage error: --dockerfile-path needs --build-context", USAGE)
    made = entities.load(
        "environment",
        arguments,
        name=arguments.name,
        version=arguments.version,
        image=arguments.image,
        conda_file=arguments.conda_file,
        build={key: value for key, value in build.items() if value} or None,
        description=arguments.description,
        os_type=arguments.os_type,
        tags=pairs(arguments.tags),
        datastore=arguments.datastore,
    )
    return entities.shown(_operations(session, arguments, "environment").create_or_update(made))


def create_model(session: Session, arguments: argparse.Namespace) -> Any:
    """Register a model."""
    made = entities.load(
        "model",
        arguments,
        name=arguments.name,
        version=arguments.version,
        type=arguments.type,
        path=arguments.path,
        description=arguments.description,
        stage=arguments.stage,
        tags=pairs(arguments.tags),
        datastore=arguments.datastore,
    )
    return entities.shown(_operations(session, arguments, "model").create_or_update(made))


def create_component(session: Session, arguments: argparse.Namespace) -> Any:
    """Register a component."""
    made = entities.load("component", arguments, name=arguments.name, version=arguments.version)
    operations = _operations(session, arguments, "component")
    return entities.shown(operations.create_or_update(made, skip_validation=arguments.skip_validation))


def download_model(session: Session, arguments: argparse.Namespace) -> None:
    """Copy a model's files into a folder."""
    _operations(session, arguments, "model").download(
        name=arguments.name, version=arguments.version, download_path=arguments.download_path or "."
    )


def delete_model(session: Session, arguments: argparse.Namespace) -> None:
    """Delete a version of a model; only the engine can."""
    from dp100.standin.engine.models import registry
    from dp100.standin.engine.workspace.workspace import open_workspace

    ws = open_workspace(arguments.workspace_name, arguments.resource_group)
    registry.get(ws, arguments.name, arguments.version)
    confirm(arguments)
    registry.delete(ws, arguments.name, arguments.version)


def __getattr__(name: str) -> _Run:
    """``list_data``, ``show_model``, ``archive_environment`` and the like."""
    verb, _, noun = name.partition("_")
    if noun not in ("data", "environment", "model", "component"):
        raise AttributeError(name)
    if verb in ("archive", "restore"):
        return partial(_archived, noun, verb)
    made: dict[str, Callable[..., Any]] = {"list": _list, "show": _show, "update": _update}
    if verb not in made:
        raise AttributeError(name)
    return partial(made[verb], noun)
