"""``dp100 exam``: the mock exam, on the screen or as a line dialogue."""

from __future__ import annotations

from typing import Annotated

import typer

from dp100.cli import options
from dp100.cli.app import need_terminal, open_app
from dp100.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        help=(
            "Sit a timed mock exam, or go on with the one that is open.\n\n"
            "Example: dp100 exam --questions 30 --minutes 60"
        )
    )(exam)


def exam(
    context: typer.Context,
    questions: Annotated[
        int | None,
        typer.Option(min=1, max=500, metavar="N", help="How many; by default as many as the exam has."),
    ] = None,
    minutes: Annotated[
        int | None,
        typer.Option(
            min=1, max=1440, metavar="N", help="On the clock; by default as the exam, or its share."
        ),
    ] = None,
    short: Annotated[bool, typer.Option("--short", help="A short exam, with less time.")] = False,
    open_book: Annotated[
        bool, typer.Option("--open-book", help="Let the notes be read while the clock runs.")
    ] = False,
    discard: Annotated[bool, typer.Option("--discard", help="Throw the open exam away first.")] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="A line dialogue on standard input and output.")
    ] = False,
    packs: options.Packs = None,
) -> None:
    """Open the mock exam."""
    from dp100.quiz.exam.sitting import Form, Sitting

    if short and questions is not None:
        raise UsageError("--short has a number of questions of its own; leave --questions away.")
    form = Form(questions=questions, minutes=minutes, short=short, open_book=open_book)
    if not plain:
        need_terminal()
    if discard:
        with options.open_learner(context, packs, write=True) as learner:
            if sitting := Sitting.resume(learner):
                sitting.discard()
    if plain:
        from dp100.cli.plain.exam import sit_in_lines

        with options.open_learner(context, packs, write=True) as learner:
            options.warn_of_problems(learner.catalogue)
            sit_in_lines(learner, form)
        return
    raise typer.Exit(open_app(("exam", form), [*context.obj, *options.folders(packs)]))
