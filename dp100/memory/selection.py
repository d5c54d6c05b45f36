"""What to ask, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

from dp100.errors import UsageError
from dp100.memory.allowance import allowance
from dp100.memory.mastery import DUE, EXPECTED, ITEMS, View, standing, weakest

if TYPE_CHECKING:
    from dp100.curriculum.catalogue import Catalogue

Mode: TypeAlias = Literal["due", "weakest", "bookmarks", "mistakes", "new", "items"]
"""What to go by; see :class:`Selection`."""

KINDS = ("single", "multiple", "yes_no", "order", "match", "fill", "series", "case", "computed")
DEFAULT_LIMIT = 20
DUE_PER_NEW = 2
"""How many due items come between two new ones."""


class Selection(NamedTuple):
    """A wish for items.

    Attributes:
        mode: "due" what is due and some that is new; "weakest" from the weakest topics; "bookmarks";
            "mistakes" not all right when asked last; "new" never asked; "items" just ``items``.
        area, objective, topic: only items of this part of the outline.
        kind: only items of this kind.
        only_sdk: only items of this very SDK, not those that hold for both.
        every_sdk: items of any SDK; else only those of the SDK that the learner works with (the setting ``sdk``)
            and those that hold for both, unless ``only_sdk`` names one.
        limit: how many at most; None is 20, except that plain "due" has the day's limits and "items" none.
        items: the ids to ask, with mode "items".
    """

    mode: Mode = "due"
    area: str | None = None
    objective: str | None = None
    topic: str | None = None
    kind: str | None = None
    only_sdk: Literal["v1", "v2"] | None = None
    every_sdk: bool = False
    limit: int | None = None
    items: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether it names a part of the bank, and so asks for more than the day's share."""
        parts = (self.area, self.objective, self.topic, self.kind, self.only_sdk)
        return any(part is not None for part in parts)


class Row(NamedTuple):
    """An item that may be asked."""

    id: str
    case: str | None
    position: int


def queue(view: View, catalogue: Catalogue, selection: Selection) -> list[str]:
    """The ids to ask, in order. Suspended items never come; questions of one case study stand together.

    Raises:
        Dp100Error: when the selection names something that does not exist.
    """
    _check(selection)
    if selection.every_sdk or selection.only_sdk is not None:
        view = view._replace(settings=replace(view.settings, sdk="any"))
    topics = catalogue.topics_of(area=selection.area, objective=selection.objective, topic=selection.topic)
    limit = DEFAULT_LIMIT if selection.limit is None else selection.limit
    pick = _Picker(view, topics, selection)
    match selection.mode:
        case "items":
            return _as_given(view, selection)
        case "weakest":
            rows = _weakest(view, pick, topics, limit)
        case "bookmarks":
            rows = pick("i.id IN (SELECT item FROM mark WHERE bookmarked_at IS NOT NULL)", _AT_RISK, limit)
        case "mistakes":
            rows = pick("c.last_right = 0", "c.last_at", limit)
        case "new":
            rows = _new(pick, limit)
        case "due" if selection.named:
            rows = pick(DUE, _AT_RISK, limit)
            rows += _new(pick, limit - len(rows))
            rows += pick(f"c.item IS NOT NULL AND NOT {DUE}", _AT_RISK, limit - len(rows))
        case _:
            rows = _todays(view, pick, selection.limit)
    return [row.id for row in together(rows)]


_AT_RISK = "expected, c.item IS NULL, c.due_day, place, i.position"


class _Picker:
    """Runs one query with different conditions and orders."""

    def __init__(self, view: View, topics: Sequence[str], selection: Selection) -> None:
        self._view = view
        self._topics = topics
        self._selection = selection

    def __call__(
        self, condition: str, order: str, limit: int, *, topics: Sequence[str] | None = None
    ) -> list[Row]:
        """The first ``limit`` items that meet ``condition``; ``place`` in ``order`` is that of the topic."""
        topics = self._topics if topics is None else topics
        if limit <= 0 or not topics:
            return []
        scope = ", ".join(f"(:t{place}, {place})" for place in range(len(topics)))
        names = {f"t{place}": topic for place, topic in enumerate(topics)}
        rows = self._view.store.rows(
            f"WITH scope (topic, place) AS (VALUES {scope}) "
            f"SELECT i.id, i.case_id, i.position, place, {EXPECTED} AS expected "
            f"FROM scope JOIN {ITEMS} AND i.topic = scope.topic AND {condition} "
            "AND (:kind IS NULL OR i.kind = :kind) AND (:only_sdk IS NULL OR i.sdk = :only_sdk) "
            f"ORDER BY {order} LIMIT :limit",
            {
                **self._view.parameters(),
                **names,
                "kind": self._selection.kind,
                "only_sdk": self._selection.only_sdk,
                "limit": limit,
            },
        )
        return [Row(id, case, position) for id, case, position, _, _ in rows]


def _new(pick: _Picker, limit: int) -> list[Row]:
    """New items in the order of the outline. A case study that does not fit waits, unless nothing else is left."""
    if limit <= 0:
        return []
    candidates = pick("c.item IS NULL", "place, i.position", limit + _SPARE)
    cases: dict[str, list[Row]] = {}
    if any(row.case for row in candidates):
        for row in pick("c.item IS NULL AND i.case_id IS NOT NULL", "i.position", _ALL):
            cases.setdefault(row.case or "", []).append(row)
    chosen: list[Row] = []
    late: list[Row] = []
    for row in candidates:
        group = cases.pop(row.case, []) if row.case else [row]
        (chosen if len(chosen) + len(group) <= limit else late).extend(group)
    return chosen + late[: limit - len(chosen)]


_ALL = 2**31 - 1
_SPARE = 32  # items looked at past the limit, in search of some that fit


def _weakest(view: View, pick: _Picker, topics: Sequence[str], limit: int) -> list[Row]:
    known = standing(view).topics
    ranked = [topic.id for topic in weakest({id: known[id] for id in topics if id in known})]
    if not ranked:
        return _new(pick, limit)
    return pick("1", f"place, {_AT_RISK}", limit, topics=ranked)


def _todays(view: View, pick: _Picker, limit: int | None) -> list[Row]:
    """What is due and what is new, within today's limits; what was missed today comes back outside them."""
    left = allowance(view)
    repeat = "(c.learned = 0 AND c.last_day = :today)"
    again = pick(f"{DUE} AND {repeat}", _AT_RISK, _ALL)
    due = again + pick(f"{DUE} AND NOT {repeat}", _AT_RISK, left.due)
    rows = interleave(due, _new(pick, left.new))
    return rows if limit is None else rows[:limit]


def _as_given(view: View, selection: Selection) -> list[str]:
    wanted = list(dict.fromkeys(selection.items))
    rows: dict[str, Row] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        found = view.store.rows(
            f"SELECT id, case_id, position FROM bank.item WHERE id IN ({', '.join('?' * len(part))}) "
            "AND id NOT IN (SELECT item FROM mark WHERE suspended_at IS NOT NULL)",
            part,
        )
        rows |= {row[0]: Row(*row) for row in found}
    ordered = together([rows[id] for id in wanted if id in rows])
    return [row.id for row in ordered][: selection.limit]


def interleave(due: Sequence[Row], new: Sequence[Row]) -> list[Row]:
    """One new item after every two that are due; what is left of either comes last."""
    rows: list[Row] = []
    fresh = iter(new)
    for number, row in enumerate(due, start=1):
        rows.append(row)
        if number % DUE_PER_NEW == 0 and (one := next(fresh, None)):
            rows.append(one)
    return [*rows, *fresh]


def together(rows: Sequence[Row]) -> list[Row]:
    """The same rows, those of one case study where its first one stands and in the order of the case."""
    cases: dict[str, list[Row]] = {}
    for row in rows:
        if row.case:
            cases.setdefault(row.case, []).append(row)
    ordered: list[Row] = []
    for row in rows:
        if not row.case:
            ordered.append(row)
        elif row.case in cases:
            ordered += sorted(cases.pop(row.case), key=lambda member: member.position)
    return ordered


def _check(selection: Selection) -> None:
    if selection.mode not in get_args(Mode):
        raise UsageError(
            f"There is no way to choose `{selection.mode}`; give one of {', '.join(get_args(Mode))}."
        )
    if selection.kind is not None and selection.kind not in KINDS:
        raise UsageError(f"There is no kind `{selection.kind}`; give one of {', '.join(KINDS)}.")
    if selection.only_sdk not in (None, "v1", "v2"):
        raise UsageError(f"There is no SDK `{selection.only_sdk}`; give v1 or v2.")
    if selection.limit is not None and selection.limit < 1:
        raise UsageError(f"A limit of {selection.limit} leaves nothing to ask; give 1 or more.")
