"""A catalogue made by hand: an outline and an index with items, and no content behind them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from dp100.curriculum.catalogue import Item, UnknownId
from dp100.curriculum.outline import Area, Exam, Objective, Outline, Topic

TABLE = """CREATE TABLE item (id TEXT PRIMARY KEY, topic TEXT, kind TEXT, form TEXT, sdk TEXT, level TEXT,
    revision INTEGER, guess REAL, case_id TEXT, lab TEXT, path TEXT, position INTEGER)"""


def an_outline(areas: int = 2, topics: int = 2) -> Outline:
    """Areas a0, a1 ... of one objective each; topics a0.t0, a0.t1 ...; the last area is outside the exam."""
    return Outline(
        id="outline",
        title="Outline",
        exam=Exam("X-1", "An exam", "current", 100, [40, 60], 50, 20, 700, "scored"),
        areas=[
            Area(
                id=f"a{a}",
                title=f"Area {a}",
                weight=[20, 30] if a < areas - 1 else None,
                objectives=[
                    Objective(
                        f"o{a}",
                        f"Objective {a}",
                        [Topic(f"a{a}.t{t}", f"Topic {a}.{t}") for t in range(topics)],
                    )
                ],
            )
            for a in range(areas)
        ],
    )


def an_item(
    id: str,
    topic: str = "a0.t0",
    *,
    revision: int = 1,
    sdk: str = "any",
    case: str | None = None,
    guess: float = 0.25,
    kind: str | None = None,
) -> Item:
    return Item(
        id,
        topic,
        kind or ("case" if case else "single"),
        "single",
        sdk,
        "apply",
        revision,
        guess,
        case,
        None,
        "q.yaml",
    )


class HandMadeCatalogue:
    """What memory needs of a catalogue."""

    def __init__(self, folder: Path, items: Iterable[Item], outline: Outline | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.index = folder / "index.sqlite"
        self.outline = outline or an_outline()
        self.outlines = {self.outline.id: self.outline}
        self.problems: list[object] = []
        self.hold(items)

    def hold(self, items: Iterable[Item]) -> None:
        """Puts other items in the place of those there are."""
        with closing(sqlite3.connect(self.index, isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            db.execute(TABLE.replace("TABLE", "TABLE IF NOT EXISTS"))
            db.execute("CREATE INDEX IF NOT EXISTS item_topic ON item (topic)")
            db.execute("DELETE FROM item")
            db.executemany(
                "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        i.id,
                        i.topic,
                        i.kind,
                        i.form,
                        i.sdk,
                        i.level,
                        i.revision,
                        i.guess,
                        i.case,
                        i.lab,
                        i.path,
                        number,
                    )
                    for number, i in enumerate(items)
                ),
            )
            db.execute("COMMIT")

    @property
    def size(self) -> int:
        with closing(sqlite3.connect(self.index)) as db:
            return int(db.execute("SELECT count(*) FROM item").fetchone()[0])

    def item(self, id: str) -> Item:
        with closing(sqlite3.connect(self.index)) as db:
            row = db.execute(
                "SELECT id, topic, kind, form, sdk, level, revision, guess, case_id, lab, path "
                "FROM item WHERE id = ?",
                (id,),
            ).fetchone()
        if row is None:
            raise UnknownId("question", id, [])
        return Item(*row)

    def topics_of(
        self, *, area: str | None = None, objective: str | None = None, topic: str | None = None
    ) -> list[str]:
        topics = [
            t.id
            for a in self.outline.areas
            for o in a.objectives
            for t in o.topics
            if area in (None, a.id) and objective in (None, o.id) and topic in (None, t.id)
        ]
        if not topics:
            raise UnknownId("part", f"{area} {objective} {topic}", [])
        return topics

    def close(self) -> None:
        """Nothing is held open."""
