"""Finding the command in the words, doing it, and printing what comes of it."""

from __future__ import annotations

import contextlib
import difflib
import itertools
import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from dp100.standin.az import output
from dp100.standin.az.commands import COMMANDS
from dp100.standin.az.elsewhere import ELSEWHERE
from dp100.standin.az.errors import GENERAL, USAGE, CliError, explained
from dp100.standin.az.options import Command, parse
from dp100.standin.az.session import Session

_HELP = ("-h", "--help")
_INTERRUPTED = 130
_NO_READER = 141


def main(words: Sequence[str]) -> int:
    """Run a command.

    Returns:
        The exit status: 0, 1 for errors, 2 for words that make no command, 3 for what is not found.
    """
    try:
        return _run(list(words))
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _NO_READER
    except SystemExit as leaving:  # argparse, after it has printed help
        return leaving.code if isinstance(leaving.code, int) else 0
    except Exception as error:
        told = explained(error)
        if told is None:
            raise
        _tell(told.message)
        return told.status


def _run(words: list[str]) -> int:
    if words[:1] in (["--version"], ["-v"]):
        words[0] = "version"
    path = _path(words)
    command = COMMANDS.get(" ".join(path))
    rest = words[len(path) :]
    if command is None:
        return _no_command(path, rest)
    session = Session()
    arguments = parse(command, rest, session.defaults)
    session.check_subscription(arguments._subscription)
    result = _done(command, session, arguments)
    form = (
        arguments._output or os.environ.get("AZURE_CORE_OUTPUT") or session.defaults.get("output") or "json"
    )
    output.show(result, arguments._query, form if form in output.FORMATS else "json")
    return 0


def _done(command: Command, session: Session, arguments: Any) -> Any:
    from dp100.standin.engine.workspace import access

    # Which classes of the SDK are experimental is no news to whoever types a command.
    logging.getLogger("azure.ai.ml._utils._experimental").setLevel(logging.ERROR)
    module, function = command.run.split(":")
    run = getattr(import_module(f"dp100.standin.az.{module}"), function)
    # Standard output is for the result alone; what the SDK prints on the way is for a person.
    streams = contextlib.nullcontext() if function == "stream" else contextlib.redirect_stdout(sys.stderr)
    with access.acting_as(session.principal), streams:
        return run(session, arguments)


def _path(words: Sequence[str]) -> list[str]:
    """The words at the start that name a command, or a group of them."""
    path: list[str] = []
    for word in words:
        longer = " ".join([*path, word])
        if word.startswith("-") or not any(
            name == longer or name.startswith(longer + " ") for name in COMMANDS
        ):
            break
        path.append(word)
    return path


def _no_command(path: list[str], rest: list[str]) -> int:
    where = " ".join(path)
    inside = sorted({_next(name, path) for name in COMMANDS if _is_inside(name, path)})
    if not rest or rest[0] in _HELP:
        print(f"Group\n    az {where}".rstrip() + "\n\nSubgroups and commands:")
        for name in inside:
            found = COMMANDS.get(f"{where} {name}".strip())
            print(f"    {name:<14}{': ' + found.summary if found else ''}".rstrip())
        if rest or not path:
            return 0
        raise CliError("the following arguments are required: _subcommand", USAGE)
    word = rest[0]
    if word.startswith("-"):
        raise CliError(f"unrecognized arguments: {' '.join(rest)}", USAGE)
    known = f"{where} {word}".strip()
    if known in ELSEWHERE:
        verbs = itertools.takewhile(lambda each: not each.startswith("-"), rest)
        shown = " ".join(["az", *path, *verbs])
        raise CliError(f"{shown} is not available offline.", GENERAL)
    close = difflib.get_close_matches(word, inside, 1)
    hint = f"\nDid you mean '{close[0]}' ?" if close else ""
    raise CliError(f"'{word}' is misspelled or not recognized by the system.{hint}", USAGE)


def _is_inside(name: str, path: Sequence[str]) -> bool:
    return not path or name.startswith(" ".join(path) + " ")


def _next(name: str, path: Sequence[str]) -> str:
    return name.split()[len(path)]


def _tell(message: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\033[91m{message}\033[0m\n")
    else:
        sys.stderr.write(f"ERROR: {message}\n")
