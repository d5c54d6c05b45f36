"""``dp100 study``: a study session, on the screen or as a line dialogue."""

from __future__ import annotations

from typing import Annotated

import typer

from dp100.cli import options
from dp100.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        help="Study what is due, or what the options choose.\n\nExample: dp100 study --area deploy --limit 10"
    )(study)


def study(
    context: typer.Context,
    area: options.Area = None,
    objective: options.Objective = None,
    topic: options.Topic = None,
    kind: options.Kind = None,
    sdk: options.Sdk = None,
    only_mistakes: Annotated[
        bool, typer.Option("--only-mistakes", help="Only what was last missed.")
    ] = False,
    weakest: Annotated[bool, typer.Option("--weakest", help="The weakest topics first.")] = False,
    bookmarks: Annotated[bool, typer.Option("--bookmarks", help="Only what you bookmarked.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most N questions.")] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="A line dialogue on standard input and output.")
    ] = False,
    packs: options.Packs = None,
) -> None:
    """Open a study session."""
    from dp100.memory.selection import Mode, Selection

    options.check_choice("--kind", kind, options.KINDS)
    if only_mistakes + weakest + bookmarks > 1:
        raise UsageError("Choose one of --only-mistakes, --weakest and --bookmarks.")
    mode: Mode = (
        "mistakes" if only_mistakes else "weakest" if weakest else "bookmarks" if bookmarks else "due"
    )
    selection = Selection(
        mode=mode,
        area=area,
        objective=objective,
        topic=topic,
        kind=kind,
        only_sdk=options.only_sdk(sdk),
        every_sdk=sdk == "any",
        limit=limit,
    )
    if plain:
        from dp100.cli.plain.study import study_in_lines

        with options.open_learner(context, packs, write=True) as learner:
            options.warn_of_problems(learner.catalogue)
            study_in_lines(learner, selection)
        return
    from dp100.cli.app import open_app

    raise typer.Exit(open_app(("study", selection), [*context.obj, *options.folders(packs)]))
