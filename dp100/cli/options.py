"""Options and arguments that several commands share, and what they have in common."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from dp100.cli.columns import aligned
from dp100.cli.streams import shows_all
from dp100.curriculum.problem import one_line
from dp100.errors import UsageError
from dp100.locations import home

if TYPE_CHECKING:
    from dp100.curriculum.catalogue import Catalogue
    from dp100.memory.learner import Learner

Packs = Annotated[
    list[str] | None,
    typer.Option(
        "--packs", metavar="DIR", help="A folder with your own notes and questions. May be given again."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Area = Annotated[str | None, typer.Option(metavar="ID", help="Only this skill area, such as deploy.")]
Objective = Annotated[
    str | None, typer.Option(metavar="ID", help="Only this objective, such as train.pipelines.")
]
Topic = Annotated[
    str | None, typer.Option(metavar="ID", help="Only this topic, such as optimize.automl.metric.")
]
Kind = Annotated[
    str | None,
    typer.Option(
        metavar="KIND",
        help="Only this kind: single, multiple, yes_no, order, match, fill, series, case or computed.",
    ),
]
Sdk = Annotated[
    str | None,
    typer.Option(
        metavar="SDK",
        help="Only v1 or only v2, without what holds for both; any: all of them, whatever the settings say.",
    ),
]

KINDS = ("single", "multiple", "yes_no", "order", "match", "fill", "series", "case", "computed")


def folders(packs: Sequence[str] | None) -> list[Path]:
    """The folders of ``--packs``.

    Raises:
        UsageError: when one of them is no folder.
    """
    paths = [Path(pack).expanduser() for pack in packs or ()]
    for path in paths:
        if not path.is_dir():
            raise UsageError(
                f"--packs: {one_line(str(path))} is not a folder. Give the folder that holds your YAML files."
            )
    return paths


def check_choice(option: str, value: str | None, allowed: Sequence[str]) -> None:
    """Refuse a value that is none of the allowed ones, naming them."""
    if value is not None and value not in allowed:
        raise UsageError(
            f"{option}: there is no `{one_line(value)[:80]}`. Choose one of {', '.join(allowed)}."
        )


def only_sdk(value: str | None) -> Literal["v1", "v2"] | None:
    """The one SDK that ``--sdk`` names; None for ``any``, and where it was left out."""
    check_choice("--sdk", value, ("v1", "v2", "any"))
    return None if value == "any" else value  # type: ignore[return-value]


def open_learner(
    context: typer.Context, packs: Sequence[str] | None = None, *, write: bool = False
) -> Learner:
    """The learner's data and the content, with the packs named before and behind the command."""
    from dp100.memory.learner import Learner

    return Learner.open(home(), packs=[*(context.obj or ()), *folders(packs)], write=write)


def warn_of_problems(catalogue: Catalogue) -> None:
    """Say on standard error that some content was left out, and how to see what."""
    if number := len(catalogue.problems):
        problems = "1 problem" if number == 1 else f"{number} problems"
        typer.echo(
            f"dp100: {problems} in the content; the rest is used. See `dp100 questions lint`.", err=True
        )


def print_rows(rows: Sequence[Sequence[str]], *, right: Collection[int] = ()) -> None:
    """Print rows with aligned columns; those in ``right`` to the right."""
    for line in aligned(rows, right=right):
        typer.echo(line)


def print_json(value: Any) -> None:
    """Print a value as JSON, dates and times as ISO 8601 has them."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=not shows_all(), default=_iso))


def _iso(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
