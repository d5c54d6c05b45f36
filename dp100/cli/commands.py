"""All commands, gathered. Each noun has a file of its own beside this one."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any, cast

import typer

from dp100 import __version__
from dp100.curriculum.problem import one_line
from dp100.errors import UsageError

NOUNS = (
    "study",
    "exam",
    "notes",
    "stats",
    "questions",
    "outline",
    "schema",
    "lab",
    "offline",
    "doctor",
    "backup",
)

app = typer.Typer(
    name="dp100",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Pass exam DP-100 in the terminal: notes, spaced repetition, timed mock exams. "
        "Without a command it opens the app.\n\n"
        "Example: dp100 study --area deploy --limit 10"
    ),
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dp100 {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def dp100(
    context: typer.Context,
    packs: Annotated[
        list[str] | None,
        typer.Option(metavar="DIR", help="A folder with your own notes and questions. May be given again."),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Open the app at Home, unless a command follows."""
    from dp100.cli.options import folders

    context.obj = folders(packs)
    if context.invoked_subcommand is None:
        from dp100.cli.app import open_app

        raise typer.Exit(open_app(packs=context.obj))


for noun in NOUNS:
    import_module(f"dp100.cli.{noun}").register(app)


# typer brings a click of its own, or takes the installed one, depending on its version; and of the errors about
# words it exports but this one.
_WordsError = cast(
    type[Exception], next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")
)


def run(words: Sequence[str]) -> int:
    """Run a command and return its exit status.

    Raises:
        UsageError: when the words are none that a command takes.
        BrokenPipeError: when whoever read the output has gone.
    """
    try:
        result = app(args=list(words), prog_name="dp100", standalone_mode=False)
    except _WordsError as error:
        raise UsageError(_sentence(error)) from error
    except typer.Abort as error:
        raise KeyboardInterrupt from error
    except SystemExit as error:
        # In this mode typer leaves so for one reason only.
        raise BrokenPipeError from error
    return result if isinstance(result, int) else 0


def _sentence(error: Any) -> str:
    """What typer says, as one sentence of ours, and where to read more."""
    said = one_line(" ".join(error.format_message().split())).rstrip(".")
    path = error.ctx.command_path if getattr(error, "ctx", None) else "dp100"
    return f"{said}{'' if said.endswith('?') else '.'} See `{path} --help`."
