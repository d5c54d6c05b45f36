"""``dp100 offline``: run a command, or a shell, where code written for Azure ML meets the stand-in."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from dp100.errors import Dp100Error

_NOT_EXECUTABLE = 126
_NOT_FOUND = 127


class CannotStart(Dp100Error):
    """The command is none, or cannot be run. The status is what a shell has for it."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Run a command with Azure ML offline.",
        help=(
            "Run a command with Azure ML offline: SDK v1 and v2, MLflow and az work on this machine, without an "
            "account. Without a command it opens a shell. The exit status is the command's.\n\n"
            "Example: dp100 offline -- python train.py"
        ),
        # What follows the command's name is the command's, whatever it looks like.
        context_settings={"allow_interspersed_args": False, "ignore_unknown_options": False},
    )(offline)


def offline(
    command: Annotated[
        list[str] | None, typer.Argument(metavar="COMMAND...", help="The command and its arguments.")
    ] = None,
) -> None:
    """Start the command in the environment of the stand-in, and leave with its status."""
    from dp100.standin.activate import environment, gate, shell
    from dp100.standin.engine.errors import EngineError

    try:
        env = gate.through(environment(os.environ))
    except EngineError as error:  # the learner's folder cannot be used, or nothing can listen
        raise Dp100Error(error.message) from error
    words = list(command or ())
    if not words:
        words = shell(env)
        if shutil.which(words[0], path=env.get("PATH")) is None:
            raise CannotStart(f"There is no shell {words[0]}. Set SHELL to one that there is.", _NOT_FOUND)
        typer.echo("Azure ML offline. Leave with `exit`.", err=True)
    status = run(words, env)
    raise typer.Exit(status)


def run(words: Sequence[str], env: Mapping[str, str]) -> int:
    """Become the command, so that signals and the terminal are its own; Windows can only wait for it.

    Returns:
        The exit status, on Windows. Elsewhere it does not return.

    Raises:
        CannotStart: there is no such command, or it cannot be run.
    """
    program = _program(words[0], env)
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        if os.name == "nt":
            return _wait(program, words, env)
        os.execve(program, list(words), dict(env))
    except OSError as error:
        raise CannotStart(f"{words[0]} cannot be run: {error.strerror}.", _NOT_EXECUTABLE) from error


def _program(name: str, env: Mapping[str, str]) -> str:
    """The file of a command, found as a shell in that environment would find it."""
    found = shutil.which(name, path=env.get("PATH"))
    if found:
        return found
    if os.path.dirname(name) and Path(name).exists():  # noqa: PTH120 - Path drops the "./" that makes it a path
        raise CannotStart(f"{name} cannot be run: it is no program, or you may not run it.", _NOT_EXECUTABLE)
    raise CannotStart(f"There is no command {name}. Check its name, or give its path.", _NOT_FOUND)


def _wait(program: str, words: Sequence[str], env: Mapping[str, str]) -> int:
    import signal
    import subprocess

    # Ctrl-C and Ctrl-Break reach the whole console; what they mean is up to the command.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return subprocess.Popen([program, *words[1:]], env=dict(env)).wait()
    finally:
        signal.signal(signal.SIGINT, before)
