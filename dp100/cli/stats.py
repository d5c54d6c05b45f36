"""``dp100 stats``: what was done, what is due and where one stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from dp100.cli import options
from dp100.quiz.wording import count

if TYPE_CHECKING:
    from dp100.memory.exams import ExamRecord
    from dp100.memory.overview import Overview
    from dp100.memory.stats import Stats


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        help="Show what you have done, what is due and where you stand.\n\nExample: dp100 stats --json"
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
    _print(overview, detail, past)


def _print(overview: Overview, detail: Stats, past: Sequence[ExamRecord]) -> None:
    typer.echo(f"Estimated score today: {overview.score} of 1000, {overview.passing} to pass")
    if overview.days_left is not None:
        typer.echo(f"Exam on {overview.exam_date}: {count(overview.days_left, 'day')} left")
    typer.echo(f"Today: {overview.due} due, {overview.new} new, about {overview.minutes:.0f} min")
    typer.echo(
        f"So far: {count(overview.reviews, 'answer')} to {count(overview.seen, 'question')}, "
        f"{count(overview.streak, 'day')} in a row"
    )
    if detail.retention is not None:
        typer.echo(f"Retention: {detail.retention:.0%} of what came back after a day or more was right")
    typer.echo()
    rows = [("Area", "weight", "mastery", "due", "new", "right")]
    for area in overview.areas:
        right, total = detail.accuracy_by_area.get(area.id, (0, 0))
        rows.append(
            (
                area.short,
                f"{area.weight[0]}-{area.weight[1]} %" if area.weight else "-",
                f"{area.mastery:.0%}",
                str(area.due),
                str(area.new),
                f"{right} of {total}" if total else "-",
            )
        )
    options.print_rows(rows, right=range(1, 6))
    if past:
        typer.echo()
    for record in past:
        verdict = "passed" if (record.score or 0) >= record.passing else "not passed"
        day = record.started.astimezone().date()
        typer.echo(f"Mock exam {record.id} on {day}: {record.score} of 1000, {verdict}")


def _as_json(overview: Overview, detail: Stats, past: Sequence[ExamRecord]) -> dict[str, Any]:
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
