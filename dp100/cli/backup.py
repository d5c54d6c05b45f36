"""``dp100 backup`` and ``dp100 restore``: all that the learner did, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dp100.cli import options
from dp100.locations import home


def register(app: typer.Typer) -> None:
    """Add the two commands."""
    app.command(
        "backup", help="Write all of your data to one file.\n\nExample: dp100 backup dp100-backup.sqlite"
    )(backup)
    app.command(
        "restore",
        help=(
            "Put a backup in place of your data, of which a copy is kept.\n\n"
            "Example: dp100 restore dp100-backup.sqlite"
        ),
    )(restore)


def backup(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it.")]
) -> None:
    """Write a backup."""
    from dp100.memory.backup import backup as write

    with options.open_learner(context) as learner:
        write(learner.store, file)
    typer.echo(f"Everything is in {file}.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `dp100 backup` wrote.")],
) -> None:
    """Put a backup in place."""
    from dp100.memory.backup import restore as put

    kept = put(home(), file)
    typer.echo(f"{file} is in place." + (f" What was there before is kept in {kept}." if kept else ""))
