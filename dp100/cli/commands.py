"""All commands, gathered. Each noun has a file of its own beside this one."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import click
import typer

from dp100 import __version__

NOUNS = ("study", "exam", "notes", "stats", "questions", "outline", "schema", "doctor", "backup")

app = typer.Typer(
    name="dp100",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Pass exam DP-100 in the terminal: notes, spaced repetition, timed mock exams.\n\n"
        "Without a command it opens the app. Example: dp100 study --area deploy --limit 10"
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


def run(words: Sequence[str]) -> int:
    """Run a command and return its exit status; wrong words are told on standard error, with status 2."""
    try:
        result = app(args=list(words), prog_name="dp100", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    return result if isinstance(result, int) else 0
