"""How a command's words are read: its options, the defaults of `az configure`, and what is wrong with the words."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from dp100.standin.az.errors import USAGE, CliError
from dp100.standin.az.output import FORMATS

_DEFAULTED = {"resource_group": "group", "workspace_name": "workspace", "location": "location"}
_GLOBAL = "Global Arguments"


@dataclass(frozen=True, slots=True)
class Command:
    """A command of `az`.

    Attributes:
        name: its words, such as ``"ml compute create"``.
        run: the function that does it, ``"module:function"`` in this package. It is given the session and the
            arguments and returns what is printed.
        summary: one line of help.
        options: names as in the reference, separated by blanks: ``name,n`` are two names of one option. Behind them
            ``!`` means that it is required, ``*`` that it takes several values, ``?`` that it is a switch, and ``~``
            that it may be given more than once.
        positional: the name of arguments without a name.
    """

    name: str
    run: str
    summary: str
    options: str = ""
    positional: str | None = None
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise CliError(message, USAGE)


def parse(command: Command, words: Sequence[str], defaults: Mapping[str, str]) -> argparse.Namespace:
    """Read the words behind a command.

    Args:
        defaults: what `az configure --defaults` was given.

    Raises:
        CliError: they do not fit (status 2).
        SystemExit: help was asked for, and printed.
    """
    parser = _Parser(
        prog=f"az {command.name}", description=command.summary, usage=f"az {command.name} [OPTIONS]"
    )
    required: dict[str, str] = {}
    for text in command.options.split():
        names, marks = text.rstrip("!*?~"), text[len(text.rstrip("!*?~")) :]
        flags = [f"--{name}" if len(name) > 1 else f"-{name}" for name in names.split(",")]
        target = names.split(",")[0].replace("-", "_")
        settings: dict[str, Any] = {"dest": target}
        if "?" in marks:
            settings |= {"action": "store_true"}
        elif "~" in marks:
            settings |= {"action": "append", "nargs": "+"}
        elif "*" in marks:
            settings |= {"nargs": "*"}
        if target in command.choices:
            settings["type"] = _chooser(command.choices[target])
        parser.add_argument(*flags, **settings)
        if "!" in marks:
            required[target] = "/".join(flags)
    if command.positional:
        parser.add_argument(command.positional, nargs="*")
    _add_global(parser)
    arguments = parser.parse_args(list(words))
    arguments._given = frozenset(
        target for target in _DEFAULTED if getattr(arguments, target, None) is not None
    )
    for target, name in _DEFAULTED.items():
        if target in arguments and getattr(arguments, target) is None:
            setattr(arguments, target, defaults.get(name))
    # The file that a workspace is made from names it: a default would change another one instead.
    named = (
        command.name == "ml workspace create" and arguments.file and "workspace_name" not in arguments._given
    )
    if command.name.startswith("ml workspace") and getattr(arguments, "name", "") is None and not named:
        arguments.name = getattr(arguments, "workspace_name", None) or defaults.get("workspace")
    missing = [flags for target, flags in required.items() if getattr(arguments, target) in (None, [])]
    if missing:
        raise CliError(f"the following arguments are required: {', '.join(missing)}", USAGE)
    return arguments


def _add_global(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(_GLOBAL)
    group.add_argument(
        "--output", "-o", dest="_output", type=_chooser(FORMATS), metavar="FORMAT", help=", ".join(FORMATS)
    )
    group.add_argument("--query", dest="_query", metavar="JMESPATH", help="What to show of the result.")
    group.add_argument("--subscription", dest="_subscription", metavar="NAME_OR_ID", help="The subscription.")
    for name in ("--debug", "--verbose", "--only-show-errors"):
        group.add_argument(name, dest=f"_{name[2:].replace('-', '_')}", action="store_true")


def _chooser(choices: Sequence[str]) -> Any:
    """A type that takes one of the choices in any case, and says which there are."""

    def choose(text: str) -> str:
        for choice in choices:
            if choice.casefold() == text.casefold():
                return choice
        allowed = ", ".join(f"'{choice}'" for choice in choices)
        raise argparse.ArgumentTypeError(f"invalid choice: '{text}' (choose from {allowed})")

    return choose


def pairs(words: Sequence[str] | None) -> dict[str, str] | None:
    """``a=1 b=2`` as a dict; None for None.

    Raises:
        CliError: a word has no ``=``.
    """
    if words is None:
        return None
    made = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not name:
            continue
        made[name] = value if sign else ""
    return made


def assignments(groups: Sequence[Sequence[str]] | None) -> list[tuple[str, str]]:
    """What ``--set a.b=1 c=2`` was given, in its order.

    Raises:
        CliError: a word has no ``=``.
    """
    made = []
    for group in groups or ():
        for word in group:
            name, sign, value = word.partition("=")
            if not sign or not name:
                raise CliError(f"usage error: --set KEY=VALUE, and not '{word}'", USAGE)
            made.append((name, value))
    return made
