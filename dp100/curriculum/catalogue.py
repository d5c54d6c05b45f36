"""Everything there is to learn: the outline, the questions and the notes, read through the index."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from dp100.curriculum.index import Index
from dp100.curriculum.outline import Area, Objective, Outline, Topic, outline_from
from dp100.curriculum.problem import Problem, close, did_you_mean, one_line
from dp100.curriculum.search import Hit, Searchable, search
from dp100.errors import Dp100Error

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from dp100.curriculum.note import Note
    from dp100.curriculum.question import CaseStudy, Question

_COLUMNS = "id, topic, kind, form, sdk, level, revision, guess, case_id, lab, path"


class UnknownId(Dp100Error):
    """An id that nothing has; ``close`` holds ids that may have been meant."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        match = close(name, known)
        self.name = name
        self.close = [match] if match else []
        hint = f" Did you mean `{match}`?" if match else ""
        super().__init__(f"There is no {what} `{one_line(name)[:80]}`.{hint}")


class NoOutline(Dp100Error):
    """Not one outline can be read, so that no topic has a place."""


class Item(NamedTuple):
    """A question as the index knows it, without its text.

    Attributes:
        kind: one of the nine kinds; ``case`` for a question that belongs to a case study.
        form: how it is answered; the same as ``kind`` but for the questions of a case study.
        guess: share of its points that blind guessing earns, 0 to 1.
        case: id of its case study.
        path: of its file, as problems show it.
    """

    id: str
    topic: str
    kind: str
    form: str
    sdk: str
    level: str
    revision: int
    guess: float
    case: str | None
    lab: str | None
    path: str


class NoteEntry(NamedTuple):
    """A note without its text. ``words`` counts prose and tables, not code."""

    topic: str
    summary: str
    words: int


class Catalogue:
    """All content, with one outline as the active one. Open it with :meth:`open`, and close it."""

    def __init__(
        self, index: Index, outlines: dict[str, Outline], outline: Outline, problems: list[Problem]
    ) -> None:
        self._index = index
        self.outlines = outlines
        self.outline = outline
        self.problems = problems

    @classmethod
    def open(cls, home: Path, *, packs: Sequence[Path] = (), outline: str | None = None) -> Catalogue:
        """Bring the index in ``home`` up to date and open the content.

        Args:
            home: folder of the learner's data.
            packs: folders with more notes, questions and outlines.
            outline: id of the active outline; by default the first one that comes with the program. One that
                does not exist is a problem, and the default is taken.

        Raises:
            NoOutline: when there is not one outline that can be read.
            Dp100Error: when no index can be written anywhere.
        """
        index = Index(home, packs)
        try:
            rows = index.rows("SELECT id, json FROM outline ORDER BY position")
            outlines = {name: outline_from(json.loads(body)) for name, body in rows}
            problems = index.problems
            if not outlines:
                raise NoOutline(
                    "No outline of an exam can be read, so nothing can be studied. "
                    + " ".join(str(problem) for problem in problems[:3])
                )
            active = next(iter(outlines))
            if outline is not None and outline in outlines:
                active = outline
            elif outline is not None:
                hint = did_you_mean(outline, outlines)
                problems.append(
                    Problem(
                        "settings",
                        None,
                        one_line(
                            f"there is no outline `{outline}`, so `{active}` is used; "
                            f"choose one of {', '.join(outlines)}.{hint}"
                        ),
                    )
                )
            return cls(index, outlines, outlines[active], problems)
        except BaseException:
            index.close()
            raise

    def close(self) -> None:
        """Close the index. Calling it again does nothing."""
        self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def index(self) -> Path:
        """The SQLite file; its table ``item`` holds the questions that can be asked."""
        return self._index.path

    @cached_property
    def size(self) -> int:
        """Number of questions that can be asked."""
        return int(self._index.rows("SELECT count(*) FROM item")[0][0])

    def items(
        self,
        *,
        area: str | None = None,
        objective: str | None = None,
        topic: str | None = None,
        kind: str | None = None,
        sdk: str | None = None,
        only_sdk: str | None = None,
    ) -> list[Item]:
        """Questions that fit every filter, in the order of the files.

        Without area, objective and topic, those are included whose topic only another outline names.

        Args:
            kind: as in :class:`Item`.
            sdk: the SDK that one works with: ``v1`` and ``v2`` include ``any``, what holds for both; ``any`` is no
                filter.
            only_sdk: as in :class:`Item`; ``v1`` and ``v2`` leave ``any`` out.

        Raises:
            UnknownId: for an area, objective or topic that the active outline does not have.
        """
        where: list[str] = []
        values: list[str] = []
        if area is not None or objective is not None or topic is not None:
            where.append("topic IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(self.topics_of(area=area, objective=objective, topic=topic)))
        if kind is not None:
            where.append("kind = ?")
            values.append(kind)
        if sdk is not None and sdk != "any":
            where.append("sdk IN (?, 'any')")
            values.append(sdk)
        if only_sdk is not None:
            where.append("sdk = ?")
            values.append(only_sdk)
        condition = f"WHERE {' AND '.join(where)}" if where else ""
        rows = self._index.rows(f"SELECT {_COLUMNS} FROM item {condition} ORDER BY position", values)
        return [Item(*row) for row in rows]

    def item(self, id: str) -> Item:
        """The question ``id``, without its text.

        Raises:
            UnknownId: when no question that can be asked has this id.
        """
        rows = self._index.rows(f"SELECT {_COLUMNS} FROM item WHERE id = ?", [id])
        if not rows:
            raise UnknownId("question", id, self._near("item", id))
        return Item(*rows[0])

    def question(self, id: str) -> Question:
        """The question ``id`` whole.

        Raises:
            UnknownId: when no question that can be asked has this id.
        """
        question: Question = self._decoded("item", "question", id, self._questions)
        return question

    def case(self, id: str) -> CaseStudy:
        """The case study ``id`` whole.

        Raises:
            UnknownId: when no case study has this id.
        """
        study: CaseStudy = self._decoded("case_study", "case study", id, self._studies)
        return study

    def note(self, topic: str) -> Note | None:
        """The note on ``topic``; None when there is none."""
        from dp100.curriculum.note import Note

        rows = self._index.rows("SELECT json FROM note WHERE topic = ?", [topic])
        return Note.model_validate_json(rows[0][0]) if rows else None

    def notes(self) -> list[NoteEntry]:
        """All notes, in the order of the active outline; those on topics of other outlines come last."""
        entries = [NoteEntry(*row) for row in self._index.rows("SELECT topic, summary, words FROM note")]
        return sorted(entries, key=lambda entry: self._order(entry.topic))

    def place(self, id: str) -> tuple[str, int]:
        """File, as problems show it, and line of a question or case study.

        Raises:
            UnknownId: when there is neither with this id.
        """
        for table in ("item", "case_study"):
            rows = self._index.rows(
                f"SELECT f.label, e.line FROM {table} t JOIN entry e USING (entry) JOIN file f USING (file) "
                "WHERE t.id = ?",
                [id],
            )
            if rows:
                return rows[0][0], rows[0][1]
        raise UnknownId("question", id, self._near("item", id))

    def note_place(self, topic: str) -> tuple[str, int] | None:
        """File and line of the note on ``topic``; None when there is none."""
        return self._place("written", "topic", topic)

    @property
    def outline_place(self) -> tuple[str, int]:
        """File and line of the active outline."""
        return self._place("planned", "id", self.outline.id) or (self.outline.id, 1)

    def _place(self, table: str, column: str, value: str) -> tuple[str, int] | None:
        rows = self._index.rows(
            f"SELECT f.label, t.line FROM {table} t JOIN file f USING (file) WHERE t.{column} = ? ORDER BY f.rank",
            [value],
        )
        return (rows[0][0], rows[0][1]) if rows else None

    def search(self, text: str) -> list[Hit]:
        """Notes that hold every word of ``text`` in title, summary, text, exam, remember or code."""
        return search(text, self._searchable)

    def topics_of(
        self, *, area: str | None = None, objective: str | None = None, topic: str | None = None
    ) -> list[str]:
        """Topic ids of the active outline that lie in all of the given parts, in order.

        Raises:
            UnknownId: for a part that the active outline does not have.
        """
        topics = list(self._topics)
        for what, name, parts in (
            ("area", area, self._areas),
            ("objective", objective, self._objectives),
            ("topic", topic, self._topics),
        ):
            if name is not None:
                if name not in parts:
                    raise UnknownId(what, name, parts)
                topics = [one for one in topics if one in parts[name]]
        return topics

    def all_topics(self) -> set[str]:
        """Topic ids of every outline."""
        return {topic.id for outline in self.outlines.values() for topic in outline.topics}

    def title(self, id: str) -> str:
        """Title of an area, objective or topic of the active outline, or else of any outline.

        Raises:
            UnknownId: when no outline has it.
        """
        if id not in self._titles:
            raise UnknownId("area, objective or topic", id, self._titles)
        return self._titles[id]

    def area_of(self, topic: str) -> str | None:
        """Id of the area of the active outline that holds ``topic``; None when it names no such topic."""
        return self._area_of.get(topic)

    def _decoded(self, table: str, what: str, id: str, adapter: TypeAdapter[Any]) -> Any:
        sql = f"SELECT body.json FROM {table} JOIN body USING (entry) WHERE {table}.id = ?"
        rows = self._index.rows(sql, [id])
        if not rows:
            raise UnknownId(what, id, self._near(table, id))
        try:
            return adapter.validate_json(rows[0][0])
        except ValueError:
            # Only a damaged index holds an entry that is not valid.
            self._index.rebuild()
            rows = self._index.rows(sql, [id])
            if not rows:
                raise UnknownId(what, id, self._near(table, id)) from None
            return adapter.validate_json(rows[0][0])

    def _near(self, table: str, id: str) -> list[str]:
        """Ids that begin like ``id``, or all of them where few are; comparing with 50,000 takes seconds."""
        rows = self._index.rows(f"SELECT id FROM {table} ORDER BY substr(id, 1, 3) <> ? LIMIT 2000", [id[:3]])
        return [name for (name,) in rows]

    def _order(self, topic: str) -> tuple[int, str]:
        return self._places.get(topic, len(self._places)), topic

    @cached_property
    def _questions(self) -> TypeAdapter[Any]:
        return _adapter(lambda question: question.Askable)

    @cached_property
    def _studies(self) -> TypeAdapter[Any]:
        return _adapter(lambda question: question.CaseStudy)

    @cached_property
    def _areas(self) -> dict[str, set[str]]:
        return {area.id: {topic.id for topic in area.topics} for area in self.outline.areas}

    @cached_property
    def _area_of(self) -> dict[str, str]:
        return {topic.id: area.id for area in self.outline.areas for topic in area.topics}

    @cached_property
    def _objectives(self) -> dict[str, set[str]]:
        return {
            objective.id: {topic.id for topic in objective.topics}
            for area in self.outline.areas
            for objective in area.objectives
        }

    @cached_property
    def _topics(self) -> dict[str, set[str]]:
        return {topic.id: {topic.id} for topic in self.outline.topics}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {topic: place for place, topic in enumerate(self._topics)}

    @cached_property
    def _titles(self) -> dict[str, str]:
        titles: dict[str, str] = {}
        for outline in (*reversed(self.outlines.values()), self.outline):
            for area in outline.areas:
                titles |= _titles(area)
        return titles

    @cached_property
    def _searchable(self) -> list[Searchable]:
        rows = self._index.rows("SELECT topic, json FROM note")
        ready = [Searchable.of(topic, self.title(topic), json.loads(body)) for topic, body in rows]
        return sorted(ready, key=lambda note: self._order(note.topic))


def _titles(area: Area) -> dict[str, str]:
    parts: list[Area | Objective | Topic] = [area, *area.objectives, *area.topics]
    return {part.id: part.title for part in parts}


def _adapter(kind: Callable[[Any], Any]) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    from dp100.curriculum import question

    return TypeAdapter(kind(question))
