"""``dp100 stats``: what was done, what is due and where one stands."""

from __future__ import annotations

from typing import Any

import typer

from dp100.cli import options


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        help="Show reviews, what is due, mastery by area and past exams.\n\nExample: dp100 stats --json"
    )(stats)


def stats(context: typer.Context, as_json: options.Json = False, packs: options.Packs = None) -> None:
    """Print where the learner stands."""
    from dp100.memory import exams

    with options.open_learner(context, packs) as learner:
        overview, detail = learner.overview(), learner.stats()
        past = exams.history(learner.store)
    if as_json:
        options.print_json(_as_json(overview, detail, past))
        return
    typer.echo(f"Estimated score today: {overview.score} of 1000, {overview.passing} to pass")
    if overview.days_left is not None:
        typer.echo(f"Exam on {overview.exam_date}: {overview.days_left} days left")
    typer.echo(f"Today: {overview.due} due, {overview.new} new, about {overview.minutes:.0f} min")
    typer.echo(f"Reviews: {overview.reviews} of {overview.seen} questions, {overview.streak} days in a row")
    if detail.retention is not None:
        typer.echo(f"Retention: {detail.retention:.0%} of what came back after a day or more was right")
    typer.echo("")
    for area in overview.areas:
        right, total = detail.accuracy_by_area.get(area.id, (0, 0))
        weight = f"{area.weight[0]}-{area.weight[1]} %" if area.weight else "-"
        answered = f"{right} of {total} right" if total else "not answered yet"
        typer.echo(
            f"{area.title:<48} {weight:>8}  mastery {area.mastery:>4.0%}"
            f"  {area.due:>3} due {area.new:>3} new  {answered}"
        )
    for record in past:
        verdict = "passed" if (record.score or 0) >= record.passing else "not passed"
        typer.echo(f"Mock exam {record.id} on {record.started:%Y-%m-%d}: {record.score} of 1000, {verdict}")


def _as_json(overview: Any, detail: Any, past: Any) -> dict[str, Any]:
    return {
        "reviews": overview.reviews,
        "seen": overview.seen,
        "due": overview.due,
        "due_total": overview.due_total,
        "new": overview.new,
        "score": overview.score,
        "passing": overview.passing,
        "exam_date": overview.exam_date,
        "days_left": overview.days_left,
        "streak": overview.streak,
        "accuracy": overview.accuracy,
        "retention": detail.retention,
        "next_due": overview.next_due,
        "areas": [
            {
                "id": area.id,
                "title": area.title,
                "weight": list(area.weight) if area.weight else None,
                "mastery": round(area.mastery, 4),
                "due": area.due,
                "new": area.new,
                "total": area.total,
                "right": detail.accuracy_by_area.get(area.id, (0, 0))[0],
                "answered": detail.accuracy_by_area.get(area.id, (0, 0))[1],
            }
            for area in overview.areas
        ],
        "forecast": [{"day": day, "due": due} for day, due in detail.forecast],
        "leeches": detail.leeches,
        "exams": [
            {
                "id": record.id,
                "started": record.started,
                "score": record.score,
                "points": record.points,
                "possible": record.possible,
                "form": record.form,
            }
            for record in past
        ],
    }
