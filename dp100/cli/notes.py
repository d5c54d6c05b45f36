"""``dp100 notes``: the notes, all of them or those that hold some words."""

from __future__ import annotations

from typing import Annotated

import typer

from dp100.cli import options
from dp100.errors import Dp100Error


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        help=(
            "List the notes, search them, or print the note of a topic.\n\n"
            "Example: dp100 notes bandit policy, or: dp100 notes optimize.hyperdrive.termination"
        )
    )(notes)


def notes(
    context: typer.Context,
    text: Annotated[list[str] | None, typer.Argument(help="A topic id, or words to search for.")] = None,
    as_json: options.Json = False,
    packs: options.Packs = None,
) -> None:
    """List, search or print notes."""
    words = " ".join(text or ())
    with options.open_learner(context, packs) as learner:
        catalogue = learner.catalogue
        entries = catalogue.notes()
        if words in {entry.topic for entry in entries} and not as_json:
            _print(catalogue, words)
            return
        hits = catalogue.search(words) if words else []
        if words and not hits and words not in {entry.topic for entry in entries}:
            if as_json:
                options.print_json([])
                return
            raise Dp100Error(f"No note holds {words!r}. Try fewer words; `dp100 notes` lists all notes.")
        if as_json:
            wanted = {hit.topic for hit in hits} | {words} if words else {entry.topic for entry in entries}
            options.print_json(
                [
                    {"topic": entry.topic, "area": catalogue.area_of(entry.topic), "words": entry.words}
                    for entry in entries
                    if entry.topic in wanted
                ]
            )
        elif words:
            for hit in hits:
                typer.echo(f"{hit.topic}: {hit.line}")
        else:
            for entry in entries:
                typer.echo(f"{entry.topic:<44} {entry.summary}")


def _print(catalogue: object, topic: str) -> None:
    from dp100.curriculum.catalogue import Catalogue

    assert isinstance(catalogue, Catalogue)
    note = catalogue.note(topic)
    if note is None:
        raise Dp100Error(f"There is no note on {topic} yet.")
    parts = [f"# {catalogue.title(topic)}", note.summary, note.text]
    for block in note.code:
        label = {"v1": "SDK v1", "v2": "SDK v2", "any": ""}[block.sdk]
        parts.append(f"{label}\n```{block.language}\n{block.text}\n```".lstrip())
    parts += [f"## On the exam\n\n{note.exam}"]
    parts += [f"## To remember\n\n{note.remember}"] if note.remember else []
    parts += ["\n".join(f"{link.title}: {link.url}" for link in note.links)]
    typer.echo("\n\n".join(part.strip() for part in parts))
