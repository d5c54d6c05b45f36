"""`az configure` and `az config`: what is taken for options that are left out."""

from __future__ import annotations

import argparse
from typing import Any

from dp100.standin.az.errors import USAGE, CliError
from dp100.standin.az.session import Session, warn
from dp100.standin.engine import locations
from dp100.standin.engine.workspace.account import set_defaults

_SECTION = "defaults"


def configure(session: Session, arguments: argparse.Namespace) -> list[dict[str, Any]] | None:
    """``--defaults group=G workspace=W``, or list them; an empty value takes one away."""
    if arguments.defaults:
        given: dict[str, str] = {}
        for word in arguments.defaults:
            name, sign, value = word.partition("=")
            if not sign or not name:
                raise CliError("usage error: --defaults STRING=STRING STRING=STRING ...", USAGE)
            given[name] = value
        set_defaults(given)
        return None
    if arguments.list_defaults:
        source = str(locations.azure() / "account.json")
        return [
            {"name": name, "source": source, "value": value}
            for name, value in sorted(session.defaults.items())
        ]
    warn("There is nothing to configure offline but --defaults.")
    return None


def config_set(session: Session, arguments: argparse.Namespace) -> None:
    """``defaults.group=NAME``, and ``core.output=table``."""
    given = {}
    for word in arguments.key_value:
        key, sign, value = word.partition("=")
        if not sign:
            raise CliError(f"usage error: [KEY=VALUE ...], and not '{word}'", USAGE)
        given[_name(key)] = value
    if not given:
        raise CliError("the following arguments are required: KEY=VALUE", USAGE)
    set_defaults(given)


def config_get(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """All values of the section ``defaults``, or one."""
    source = str(locations.azure() / "account.json")
    held = [
        {"name": name, "source": source, "value": value} for name, value in sorted(session.defaults.items())
    ]
    if not arguments.key or arguments.key == [_SECTION]:
        return {_SECTION: held}
    wanted = _name(arguments.key[0])
    for each in held:
        if each["name"] == wanted:
            return each
    raise CliError(f"Configuration '{arguments.key[0]}' is not set.")


def config_unset(session: Session, arguments: argparse.Namespace) -> None:
    """Take values away."""
    set_defaults({_name(key): "" for key in arguments.key})


def _name(key: str) -> str:
    section, dot, name = key.partition(".")
    if key == "core.output":
        return "output"
    if not dot or section != _SECTION or not name:
        raise CliError(
            f"There is nothing to configure offline but defaults.NAME and core.output, and not '{key}'."
        )
    return name
