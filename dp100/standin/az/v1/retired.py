"""What all commands of the retired extension share: the warning, the workspace, the file for what is printed."""

from __future__ import annotations

import argparse
import functools
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from dp100.standin.az import output
from dp100.standin.az.errors import USAGE, CliError
from dp100.standin.az.session import Session, warn
from dp100.standin.engine import store
from dp100.standin.engine.errors import NotFound
from dp100.standin.engine.workspace.config_file import Config, find_config
from dp100.standin.engine.workspace.workspace import Workspace, open_workspace

Run = Callable[[Session, argparse.Namespace], Any]


def retired(now: str) -> Callable[[Run], Run]:
    """A command of v1: it says that its support has ended and what is used now.

    Args:
        now: the sentence about what took its place.
    """

    def wrap(run: Run) -> Run:
        @functools.wraps(run)
        def done(session: Session, arguments: argparse.Namespace) -> Any:
            if not arguments._only_show_errors:
                warn(
                    "This command is of the extension azure-cli-ml (CLI v1), whose support ended on "
                    f"30 September 2025. {now}"
                )
            result = run(session, arguments)
            if getattr(arguments, "output_metadata_file", None) and result is not None:
                text = json.dumps(output.plain(result), indent=2, ensure_ascii=False)
                store.atomic_write(Path(arguments.output_metadata_file).expanduser(), text)
            return result

        return done

    return wrap


def workspace(session: Session, arguments: argparse.Namespace) -> Workspace:
    """The workspace that the options name, else that of the folder's config.json, else the default.

    Raises:
        CliError: none of them names one.
        NotFound: there is none of that name.
    """
    session.check_subscription(arguments.subscription_id)
    name, group = arguments.workspace_name, arguments.resource_group
    subscription = None
    if "workspace_name" not in arguments._given and (config := _config(arguments)):
        name, subscription = config.workspace_name, config.subscription_id
        group = group if "resource_group" in arguments._given else config.resource_group
    if not name:
        raise CliError(
            "Error, default workspace not set and workspace name parameter not provided.\nPlease set a default "
            'workspace using "az ml folder attach -w myworkspace -g myresourcegroup" or provide a value for the '
            "workspace name parameter.",
            USAGE,
        )
    if not group:
        raise CliError(
            'Error, default resource group not set.\nPlease run "az configure --defaults group=<resource group '
            'name>" to set default resource group,\n or provide a value for the --resource-group parameter.',
            USAGE,
        )
    return open_workspace(name, group, subscription)


def experiment(arguments: argparse.Namespace) -> str | None:
    """The experiment that the options name, else that to which the folder is attached; None for neither."""
    if arguments.experiment_name:
        return str(arguments.experiment_name)
    if not (config := _config(arguments)):
        return None
    try:
        held = json.loads(config.path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:  # taken away since it was found
        return None
    _, sign, name = str(held.get("Scope") or "").partition("/projects/")
    return name if sign and name else None


def tags(words: Sequence[Sequence[str]] | None) -> dict[str, str]:
    """``--tag a=1 --tag b=2``.

    Raises:
        CliError: a word has no ``=``.
    """
    made = {}
    for word in (word for group in words or () for word in group):
        name, sign, value = word.partition("=")
        if not sign or not name:
            raise CliError(f"Tags must be given as key=value, and not '{word}'.", USAGE)
        made[name] = value
    return made


def whole(option: str, text: str | None) -> int | None:
    """The number that an option was given; None for None.

    Raises:
        CliError: it is none.
    """
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal()):
        raise CliError(f"argument {option}: invalid int value: '{text}'", USAGE)
    return int(text)


def _config(arguments: argparse.Namespace) -> Config | None:
    try:
        return find_config(arguments.path)
    except NotFound:
        return None
