"""``dp100 questions``: list, show, check and export questions."""

from __future__ import annotations

from typing import Annotated

import typer

from dp100.cli import options
from dp100.errors import UsageError

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="List, show and check the questions.\n\nExample: dp100 questions list --area deploy --json",
)


def register(parent: typer.Typer) -> None:
    """Add the group of commands."""
    parent.add_typer(app, name="questions")


@app.command("list", help="List the questions.\n\nExample: dp100 questions list --area deploy --kind order")
def list_questions(
    context: typer.Context,
    area: options.Area = None,
    objective: options.Objective = None,
    topic: options.Topic = None,
    kind: options.Kind = None,
    sdk: options.Sdk = None,
    as_json: options.Json = False,
    packs: options.Packs = None,
) -> None:
    """List questions, a line each."""
    options.check_choice("--kind", kind, options.KINDS)
    with options.open_learner(context, packs) as learner:
        catalogue = learner.catalogue
        options.warn_of_problems(catalogue)
        items = catalogue.items(
            area=area, objective=objective, topic=topic, kind=kind, sdk=options.checked_sdk(sdk)
        )
        if as_json:
            options.print_json(
                [
                    {
                        "id": item.id,
                        "topic": item.topic,
                        "area": catalogue.area_of(item.topic),
                        "kind": item.kind,
                        "sdk": item.sdk,
                        "level": item.level,
                        "form": item.form,
                        "case": item.case,
                        "revision": item.revision,
                    }
                    for item in items
                ]
            )
            return
        for item in items:
            typer.echo(f"{item.id:<44} {item.kind:<9} {item.sdk:<4} {item.level:<8} {item.topic}")


@app.command(
    "show",
    help="Print a question with its answer and all reasons.\n\nExample: dp100 questions show bandit-cutoff",
)
def show(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="ID", help="The question's id.")],
    as_json: options.Json = False,
    packs: options.Packs = None,
) -> None:
    """Print one question, or all questions of a case study."""
    from dp100.cli.plain.dialogue import print_case, print_question, say
    from dp100.cli.plain.solution import print_solution
    from dp100.quiz.presentation import present

    with options.open_learner(context, packs) as learner:
        catalogue = learner.catalogue
        members = [item.id for item in catalogue.items() if item.case == question]
        if as_json:
            found = catalogue.case(question) if members else catalogue.question(question)
            options.print_json(found.model_dump(exclude_none=True))
            return
        if members:
            print_case(catalogue.case(question))
        for name in members or [question]:
            item = catalogue.item(name)
            presentation = present(catalogue.question(name), 0)
            say(
                f"{item.id} · {item.kind} · {item.sdk} · {item.level} · {catalogue.title(item.topic)} · {item.path}"
            )
            say()
            print_question(presentation)
            say()
            print_solution(presentation)
            say()


@app.command(
    "lint",
    help=(
        "Check all YAML files: shape, ids, topics, answers, links. Status 1 when there is a problem.\n\n"
        "Example: dp100 questions lint --packs my-questions"
    ),
)
def lint(
    context: typer.Context,
    folder: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DIR]...", help="Folders to check besides the bundled content."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Count advice on style as a problem, too.")
    ] = False,
    packs: options.Packs = None,
) -> None:
    """Print every problem, one a line."""
    from dp100.curriculum.catalogue import Catalogue
    from dp100.curriculum.lint import advice
    from dp100.locations import home

    where = [*context.obj, *options.folders(packs), *options.folders(folder)]
    with Catalogue.open(home(), packs=where) as catalogue:
        problems = catalogue.problems
        hints = advice(catalogue)
        size = catalogue.size
    for problem in problems:
        typer.echo(str(problem))
    for hint in hints:
        typer.echo(f"{hint} (advice)")
    typer.echo(
        f"{size} questions, {len(problems)} problems, {len(hints)} pieces of advice", err=bool(problems)
    )
    raise typer.Exit(1 if problems or (strict and hints) else 0)


@app.command(
    "flagged",
    help="Print what you flagged as wrong, with your notes.\n\nExample: dp100 questions flagged --json",
)
def flagged(
    context: typer.Context,
    as_json: options.Json = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="As Markdown, for a report to the authors.")
    ] = False,
    packs: options.Packs = None,
) -> None:
    """List the flagged questions."""
    if as_json and markdown:
        raise UsageError("Choose one of --json and --markdown.")
    with options.open_learner(context, packs) as learner:
        flags = learner.flagged()
        known = {item.id: item for item in learner.catalogue.items()}
    rows = [
        {
            "id": flag.item,
            "topic": known[flag.item].topic if flag.item in known else None,
            "path": known[flag.item].path if flag.item in known else None,
            "at": flag.at,
            "note": flag.note,
        }
        for flag in flags
    ]
    if as_json:
        options.print_json(rows)
        return
    for row in rows:
        if markdown:
            typer.echo(f"- **{row['id']}** ({row['path'] or 'no longer in the bank'}): {row['note']}")
        else:
            typer.echo(f"{row['id']:<44} {day(row['at'])}  {row['note']}")
    if not rows and not markdown:
        typer.echo("Nothing is flagged. The key f flags the question on the screen.")


def day(at: object) -> str:
    """The day of an instant, as 2026-11-20."""
    return str(at)[:10]
