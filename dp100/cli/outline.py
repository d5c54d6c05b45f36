"""``dp100 outline``: the exam, its areas with their weights, and the topics."""

from __future__ import annotations

import typer

from dp100.cli import options
from dp100.cli.columns import aligned
from dp100.cli.prose import fit
from dp100.curriculum.outline import as_data


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Print the exam's areas, objectives and topics.\n\nExample: dp100 outline --json")(
        outline
    )


def outline(context: typer.Context, as_json: options.Json = False, packs: options.Packs = None) -> None:
    """Print the outline."""
    with options.open_learner(context, packs) as learner:
        current = learner.catalogue.outline
    if as_json:
        options.print_json(as_data(current))
        return
    exam = current.exam
    typer.echo(fit(f"{exam.code}: {exam.name}"))
    typer.echo(
        f"{exam.minutes} minutes, {exam.questions[0]} to {exam.questions[1]} questions, {exam.passing_score} to pass"
    )
    if exam.status == "retired":
        successor = f"; its successor is {exam.successor}" if exam.successor else ""
        typer.echo(fit(f"Retired on {exam.retired}{successor}"))
    lines = iter(aligned([(f"    {topic.id}", topic.title) for topic in current.topics]))
    for area in current.areas:
        weight = f" ({area.weight[0]}-{area.weight[1]} %)" if area.weight else ""
        typer.echo(f"\n{area.title}{weight}")
        for objective in area.objectives:
            typer.echo(f"  {objective.title}")
            for _ in objective.topics:
                typer.echo(next(lines))
