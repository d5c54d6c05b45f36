"""``dp100 schema``: the shape of the YAML files, for editors."""

from __future__ import annotations

from typing import Annotated

import typer

from dp100.cli import options


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Print the JSON Schema of the YAML files.",
        help=(
            "Print the JSON Schema of a kind of file, so that an editor can complete and check it.\n\n"
            "Example: dp100 schema questions > questions.schema.json"
        ),
    )(schema)


def schema(
    what: Annotated[
        str | None, typer.Argument(metavar="WHAT", help="questions, notes, outline or lab; all by default.")
    ] = None,
) -> None:
    """Print JSON Schemas."""
    from dp100.curriculum.schema import schemas

    known = schemas()
    options.check_choice("schema", what, list(known))
    options.print_json(known[what] if what else known)
