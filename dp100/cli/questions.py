"""``dp100 questions``: list, show, check and export questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dp100.cli import options
from dp100.errors import UsageError
from dp100.quiz.wording import count

if TYPE_CHECKING:
    from dp100.curriculum.catalogue import Item

app = typer.Typer(
    rich_markup_mode=None,
    help="List, show and check the questions.\n\nExample: dp100 questions list --area deploy --json",
)


def register(parent: typer.Typer) -> None:
    """Add the group of commands."""
    parent.add_typer(app, name="questions")


@app.callback(invoke_without_command=True)
def questions(context: typer.Context) -> None:
    """Say what there is, unless a command follows."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


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
    """List questions in the order of the outline, a line each."""
    options.check_choice("--kind", kind, options.KINDS)
    wanted = options.only_sdk(sdk)
    with options.open_learner(context, packs) as learner:
        catalogue = learner.catalogue
        options.warn_of_problems(catalogue)
        items = catalogue.items(area=area, objective=objective, topic=topic, kind=kind, only_sdk=wanted)
        order = {name: place for place, name in enumerate(catalogue.topics_of())}
        items.sort(key=lambda item: order.get(item.topic, len(order)))
        if as_json:
            options.print_json([_row(item, catalogue.area_of(item.topic)) for item in items])
            return
    options.print_rows([(item.id, item.kind, item.sdk, item.level, item.topic) for item in items])


def _row(item: Item, area: str | None) -> dict[str, object]:
    return {
        "id": item.id,
        "topic": item.topic,
        "area": area,
        "kind": item.kind,
        "sdk": item.sdk,
        "level": item.level,
        "form": item.form,
        "case": item.case,
        "revision": item.revision,
    }


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
        members = [item.id for item in catalogue.items(kind="case") if item.case == question]
        if as_json:
            found = catalogue.case(question) if members else catalogue.question(question)
            options.print_json(found.model_dump(mode="json", exclude_none=True))
            return
        if members:
            print_case(catalogue.case(question))
        for name in members or [question]:
            item = catalogue.item(name)
            path, line = catalogue.place(name)
            presentation = present(catalogue.question(name), 0)
            say(f"{item.id} · {item.form} · {item.sdk} · {item.level}")
            say(f"{catalogue.title(item.topic)} · {path}:{line}")
            say()
            print_question(presentation, asking=False)
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
        typer.Argument(metavar="[DIR]", help="Folders to check besides the content that dp100 uses."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Count advice on style as a problem, too.")
    ] = False,
    packs: options.Packs = None,
) -> None:
    """Print every problem, one a line."""
    from dp100.curriculum.lint import advice, defects

    with options.open_learner(context, [*(packs or ()), *(folder or ())]) as learner:
        catalogue = learner.catalogue
        problems = [*catalogue.problems, *defects(catalogue)]
        hints = advice(catalogue)
        size = catalogue.size
    for problem in problems:
        typer.echo(str(problem))
    for hint in hints:
        typer.echo(f"{hint} (advice)")
    told = f"{count(size, 'question')}, {count(len(problems), 'problem')}, "
    typer.echo(told + count(len(hints), "piece of advice", "pieces of advice"), err=True)
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
    if markdown:
        for row in rows:
            typer.echo(f"- **{row['id']}** ({row['path'] or 'no longer in the bank'}): {row['note']}")
        return
    options.print_rows([(flag.item, str(flag.at.astimezone().date()), flag.note) for flag in flags])
    if not flags:
        typer.echo("Nothing is flagged. The key f flags the question on the screen.")


@app.command(
    "suspended",
    help=(
        "List the questions that you suspended, or have one asked again.\n\n"
        "Example: dp100 questions suspended --resume bandit-cutoff"
    ),
)
def suspended(
    context: typer.Context,
    resume: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Ask this question again. May be given more than once."),
    ] = None,
    as_json: options.Json = False,
    packs: options.Packs = None,
) -> None:
    """List suspended questions, or take them back."""
    from dp100.curriculum.catalogue import UnknownId
    from dp100.memory import marks

    with options.open_learner(context, packs, write=bool(resume)) as learner:
        left_out = marks.suspended(learner.store)
        for name in resume or ():
            if name not in left_out:
                raise UnknownId("suspended question", name, left_out)
        for name in resume or ():
            learner.suspend(name, on=False)
        rows = sorted(left_out - set(resume or ()))
    if as_json:
        options.print_json(rows)
        return
    for name in rows:
        typer.echo(name)
    if not rows:
        typer.echo("Nothing is suspended. The key x suspends the question on the screen.")
