"""``dp100 doctor``: is everything in order, and rebuild what can be rebuilt."""

from __future__ import annotations

import typer

from dp100.cli import options
from dp100.locations import home


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Check your data and the content.",
        help=(
            "Check your data and the content, and rebuild from your answers what is worked out from them. "
            "Status 1 when something is left to do.\n\n"
            "Example: dp100 doctor --json"
        ),
    )(doctor)


def doctor(context: typer.Context, as_json: options.Json = False, packs: options.Packs = None) -> None:
    """Check and mend; status 1 when something is left that needs a person."""
    from dp100.memory.doctor import check

    report = check(home(), packs=[*context.obj, *options.folders(packs)])
    if as_json:
        options.print_json(report.to_dict())
    else:
        options.print_rows([("ok" if one.ok else "BAD", one.name, one.detail) for one in report.checks])
    raise typer.Exit(0 if report.ok else 1)
