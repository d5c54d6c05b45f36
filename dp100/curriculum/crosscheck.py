"""What only all files together can tell: which entries are live, and which clash or hang in the air."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from dp100.curriculum.problem import Problem, did_you_mean

_ITEMS = """
INSERT INTO item
SELECT e.id, e.topic, e.kind, e.form, e.sdk, e.level, e.revision, e.guess, e.case_id, e.lab,
       f.label, p.place, e.entry
FROM temp.placed p JOIN entry e USING (entry) JOIN file f USING (file)
WHERE p.nth = 1 AND e.askable AND e.topic IN (SELECT id FROM topic)
  AND (e.study IS NULL OR EXISTS (
        SELECT 1 FROM entry s JOIN temp.placed sp USING (entry)
        WHERE s.file = e.file AND s.position = e.study AND sp.nth = 1))
ORDER BY p.place
"""

_PLACED = """
CREATE TEMP TABLE placed AS
SELECT e.entry AS entry,
       row_number() OVER (ORDER BY f.rank, e.position) AS place,
       row_number() OVER (PARTITION BY e.id ORDER BY f.rank, e.position) AS nth
FROM entry e JOIN file f USING (file)
"""

Placed = tuple[int, int, Problem]
"""Rank of the file, line, and the problem; sorts as a reader would go through the files."""


def derive(connection: sqlite3.Connection) -> None:
    """Draw the live tables anew from what the files hold. Part of the caller's transaction."""
    for table in ("outline", "topic", "item", "case_study", "note", "problem"):
        connection.execute(f"DELETE FROM {table}")
    problems: list[Placed] = []
    _outlines(connection, problems)
    topics = [topic for (topic,) in connection.execute("SELECT id FROM topic")]
    _items(connection)
    _twins(connection, problems)
    _unknown_topics(connection, topics, problems)
    _notes(connection, set(topics), problems)
    rows = connection.execute(
        "SELECT f.rank, f.label, t.line, t.message FROM fault t JOIN file f USING (file)"
    )
    problems += [(rank, line or 0, Problem(label, line, message)) for rank, label, line, message in rows]
    problems.sort()
    connection.executemany(
        "INSERT INTO problem (path, line, message) VALUES (?, ?, ?)",
        [(problem.path, problem.line, problem.message) for _, _, problem in problems],
    )


def _outlines(connection: sqlite3.Connection, problems: list[Placed]) -> None:
    first: dict[str, str] = {}
    rows = connection.execute(
        "SELECT p.id, p.line, p.json, f.rank, f.label FROM planned p JOIN file f USING (file) ORDER BY f.rank"
    ).fetchall()
    for name, line, body, rank, label in rows:
        if name in first:
            message = f"the outline `{name}` is there already, at {first[name]}; give this one another id"
            problems.append((rank, line, Problem(label, line, message)))
            continue
        connection.execute("INSERT INTO outline VALUES (?, ?, ?)", (name, len(first), body))
        connection.executemany(
            "INSERT OR IGNORE INTO topic VALUES (?)", [(topic,) for topic in _topics(json.loads(body))]
        )
        first[name] = f"{label}:{line}"


def _topics(outline: Any) -> list[str]:
    return [
        topic["id"]
        for area in outline["areas"]
        for objective in area["objectives"]
        for topic in objective["topics"]
    ]


def _items(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE IF EXISTS temp.placed")
    connection.execute(_PLACED)
    connection.execute("CREATE UNIQUE INDEX temp.placed_entry ON placed (entry)")
    connection.execute(_ITEMS)
    connection.execute(
        "INSERT INTO case_study SELECT e.id, e.entry FROM temp.placed p JOIN entry e USING (entry) "
        "WHERE p.nth = 1 AND NOT e.askable"
    )


def _twins(connection: sqlite3.Connection, problems: list[Placed]) -> None:
    rows = connection.execute(
        "SELECT e.id, e.line, f.rank, f.label, a.line, af.label FROM temp.placed p "
        "JOIN entry e USING (entry) JOIN file f USING (file) "
        "JOIN entry a ON a.id = e.id JOIN temp.placed ap ON ap.entry = a.entry AND ap.nth = 1 "
        "JOIN file af ON af.file = a.file WHERE p.nth > 1"
    )
    for name, line, rank, label, other_line, other_label in rows:
        message = (
            f"the id `{name}` is taken: it stands first at {other_label}:{other_line}; "
            "give one of the two another id (the one that was never studied)"
        )
        problems.append((rank, line, Problem(label, line, message)))


def _unknown_topics(connection: sqlite3.Connection, topics: list[str], problems: list[Placed]) -> None:
    rows = connection.execute(
        "SELECT e.id, e.topic, e.topic_line, f.rank, f.label FROM entry e JOIN file f USING (file) "
        "WHERE e.topic NOT IN (SELECT id FROM topic)"
    )
    hints: dict[str, str] = {}
    for name, topic, line, rank, label in rows:
        problems.append((rank, line, Problem(label, line, f"`{name}`: {_no_topic(topic, topics, hints)}")))


def _no_topic(topic: str, topics: list[str], hints: dict[str, str]) -> str:
    if topic not in hints:
        hint = did_you_mean(topic, topics) or " `dp100 outline` prints them."
        hints[topic] = f"no outline has the topic `{topic}`; use one that an outline has.{hint}"
    return hints[topic]


def _notes(connection: sqlite3.Connection, topics: set[str], problems: list[Placed]) -> None:
    """A topic has one note; a pack's note on a topic that has one already is put under it."""
    found: dict[str, tuple[dict[str, Any], dict[int, str]]] = {}
    hints: dict[str, str] = {}
    rows = connection.execute(
        "SELECT w.topic, w.line, w.json, f.rank, f.label, f.pack FROM written w JOIN file f USING (file) "
        "ORDER BY f.rank, w.line"
    ).fetchall()
    for topic, line, body, rank, label, pack in rows:
        place = f"{label}:{line}"
        if topic not in topics:
            problems.append((rank, line, Problem(label, line, _no_topic(topic, sorted(topics), hints))))
        elif topic not in found:
            found[topic] = (json.loads(body), {pack: place})
        elif pack in (places := found[topic][1]):
            message = f"the topic `{topic}` has its note already, at {places[pack]}; make one note of the two"
            problems.append((rank, line, Problem(label, line, message)))
        else:
            places[pack] = place
            _put_under(found[topic][0], json.loads(body))
    connection.executemany(
        "INSERT INTO note VALUES (?, ?, ?, ?)",
        [(topic, note["summary"], _words(note), json.dumps(note)) for topic, (note, _) in found.items()],
    )


def _put_under(note: dict[str, Any], more: dict[str, Any]) -> None:
    note["text"] += f"\n\n**{more['summary']}**\n\n{more['text']}"
    note["exam"] += f"\n\n{more['exam']}"
    if "remember" in more:
        note["remember"] = "\n\n".join(part for part in (note.get("remember"), more["remember"]) if part)
    note["code"] = [*note.get("code", []), *more.get("code", [])]
    note["links"] = [*note["links"], *(link for link in more["links"] if link not in note["links"])]


def _words(note: dict[str, Any]) -> int:
    return sum(len(note.get(part, "").split()) for part in ("summary", "text", "exam", "remember"))
