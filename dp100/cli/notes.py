"""``dp100 notes``: the notes, all of them or those that hold some words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dp100.cli import options
from dp100.cli.prose import hang, print_markdown
from dp100.curriculum.problem import one_line
from dp100.errors import Dp100Error

if TYPE_CHECKING:
    from dp100.curriculum.catalogue import Catalogue


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="List the notes, search them, or print one.",
        help=(
            "List the notes, those that hold all of some words, or print the note of a topic.\n\n"
            "Example: dp100 notes bandit policy\n\n"
            "Example: dp100 notes optimize.hyperdrive.termination"
        ),
    )(notes)


def notes(
    context: typer.Context,
    text: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT]", help="The id of a topic, or words to search for.")
    ] = None,
    as_json: options.Json = False,
    packs: options.Packs = None,
) -> None:
    """List, search or print notes."""
    words = " ".join(text or ()).strip()
    with options.open_learner(context, packs) as learner:
        catalogue = learner.catalogue
        options.warn_of_problems(catalogue)
        topics = {entry.topic for entry in catalogue.notes()}
        if as_json:
            _print_json(catalogue, words, topics)
        elif not words:
            options.print_rows([(entry.topic, entry.summary) for entry in catalogue.notes()])
        elif words in topics:
            _print_note(catalogue, words)
        else:
            _print_hits(catalogue, words)


def _print_json(catalogue: Catalogue, words: str, topics: set[str]) -> None:
    found = topics
    if words:
        found = {words} if words in topics else {hit.topic for hit in catalogue.search(words)}
    options.print_json(
        [
            {"topic": entry.topic, "area": catalogue.area_of(entry.topic), "words": entry.words}
            for entry in catalogue.notes()
            if entry.topic in found
        ]
    )


def _print_hits(catalogue: Catalogue, words: str) -> None:
    hits = catalogue.search(words)
    if not hits:
        if words in catalogue.topics_of():
            raise Dp100Error(f"There is no note on {words} yet; `dp100 notes` lists those there are.")
        if "." in words and " " not in words:
            # That was meant to be the id of a topic: the error names the one that comes close.
            catalogue.topics_of(topic=words)
        raise Dp100Error(
            f"No note holds `{one_line(words)[:80]}`. Try fewer words; `dp100 notes` lists all notes."
        )
    for hit in hits:
        typer.echo(hang(f"{hit.topic}: ", hit.line))


def _print_note(catalogue: Catalogue, topic: str) -> None:
    note = catalogue.note(topic)
    assert note is not None
    parts = [f"# {catalogue.title(topic)}", note.summary, note.text]
    for block in note.code:
        label = {"v1": "SDK v1", "v2": "SDK v2", "any": ""}[block.sdk]
        parts.append(f"{label}\n\n```{block.language}\n{block.text}\n```".lstrip())
    parts += [f"## On the exam\n\n{note.exam}"]
    parts += [f"## To remember\n\n{note.remember}"] if note.remember else []
    parts += ["\n".join(f"- {link.title}: {link.url}" for link in note.links)]
    print_markdown("\n\n".join(part.strip() for part in parts))
