from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100.curriculum.catalogue import UnknownId
from dp100.errors import Dp100Error
from dp100.memory.learner import Learner
from dp100.memory.rating import Confidence
from dp100.memory.selection import Mode, Row, Selection, interleave, together
from tests.fixed_clock import FixedClock
from tests.memory.conftest import Answering
from tests.memory.hand_made import HandMadeCatalogue, an_item, an_outline

DAY = dt.timedelta(days=1)


def test_a_new_learner_gets_the_new_ones_of_a_day_in_the_outlines_order(learner: Learner) -> None:
    assert learner.queue() == [f"i{n:02}" for n in range(10)]


def test_the_order_is_that_of_the_outline_not_of_the_files(
    learner: Learner, catalogue: HandMadeCatalogue
) -> None:
    catalogue.hold([an_item("later", "a1.t0"), an_item("second", "a0.t1"), an_item("first", "a0.t0")])
    assert learner.queue() == ["first", "second", "later"]


def test_what_is_most_at_risk_comes_first_with_a_new_one_after_every_two(
    learner: Learner, answer: Answering, clock: FixedClock
) -> None:
    answer("i00", confidence=Confidence.UNSURE)  # stability 1.3
    answer("i01")  # 2.3
    answer("i02", right=False)
    answer("i03")
    clock.advance(3 * DAY)
    answer("i03")  # due again far off
    learner.change_settings(new_per_day=2)
    # Missed, then the weaker memory, then the stronger one.
    assert learner.queue() == ["i02", "i00", "i04", "i01", "i05"]


def test_both_limits_hold_for_a_study_day(learner: Learner, answer: Answering, clock: FixedClock) -> None:
    learner.change_settings(new_per_day=4, due_per_day=3)
    for id in learner.queue():
        answer(id, right=False)
    assert learner.queue() == []  # four were new today, and what was missed is due in ten minutes
    clock.advance(DAY)
    queue = learner.queue()
    assert len([id for id in queue if learner.card(id)]) == 3
    assert len([id for id in queue if not learner.card(id)]) == 4
    for id in queue[:3]:
        answer(id)
    left = learner.queue()
    assert len(left) == 4
    assert set(left) == set(queue[3:])
    for id in left:
        answer(id)
    assert learner.queue() == []
    assert learner.overview().due_total == 1
    clock.advance(dt.timedelta(hours=15))  # 03:00: still the same study day
    assert learner.queue() == []
    clock.advance(dt.timedelta(hours=1))
    assert learner.queue() != []


def test_what_was_missed_today_comes_back_outside_the_limits(
    learner: Learner, answer: Answering, clock: FixedClock
) -> None:
    learner.change_settings(new_per_day=2, due_per_day=0)
    answer("i00", right=False)
    answer("i01")
    assert learner.queue() == []
    clock.advance(dt.timedelta(minutes=10))
    assert learner.queue() == ["i00"]
    assert learner.overview().due == 1


def test_a_limit_cuts_the_days_queue(learner: Learner) -> None:
    assert learner.queue(Selection(limit=3)) == ["i00", "i01", "i02"]


def test_a_named_part_gives_due_then_new_then_the_weakest_seen_past_the_limits(
    learner: Learner, answer: Answering, clock: FixedClock
) -> None:
    learner.change_settings(new_per_day=0, due_per_day=0)
    answer("i00", confidence=Confidence.UNSURE)
    answer("i01")
    clock.advance(DAY)
    assert learner.queue(Selection(topic="a0.t0")) == ["i00", "i02", "i03", "i04", "i01"]
    assert learner.queue(Selection(topic="a0.t0", limit=2)) == ["i00", "i02"]
    assert learner.queue(Selection(area="a1")) == [f"i{n}" for n in range(10, 20)]
    assert learner.queue(Selection(objective="o0", limit=7)) == [
        "i00",
        "i02",
        "i03",
        "i04",
        "i05",
        "i06",
        "i07",
    ]


def test_a_named_part_asks_twenty_at_most(learner: Learner, catalogue: HandMadeCatalogue) -> None:
    catalogue.hold([an_item(f"i{n:03}") for n in range(50)])
    assert len(learner.queue(Selection(area="a0"))) == 20
    assert len(learner.queue(Selection(area="a0", limit=33))) == 33


def test_by_kind_and_sdk(learner: Learner, catalogue: HandMadeCatalogue) -> None:
    catalogue.hold(
        [
            an_item("one", kind="order", sdk="v1"),
            an_item("two", kind="order", sdk="v2"),
            an_item("both", kind="order"),
            an_item("other", sdk="v2"),
        ]
    )
    assert learner.queue(Selection(kind="order")) == ["one", "two", "both"]
    assert learner.queue(Selection(kind="order", only_sdk="v2")) == ["two"]
    assert learner.queue(Selection(only_sdk="v1")) == ["one"]
    learner.change_settings(sdk="v1")
    assert learner.queue() == ["one", "both"]
    assert learner.queue(Selection(kind="order")) == ["one", "both"]
    assert learner.queue(Selection(only_sdk="v2")) == ["two", "other"]
    assert learner.queue(Selection(every_sdk=True)) == ["one", "two", "both", "other"]


@pytest.mark.parametrize("mode", ["due", "new", "mistakes", "weakest", "bookmarks"])
def test_only_one_sdk_by_any_way_to_choose(
    learner: Learner, catalogue: HandMadeCatalogue, answer: Answering, mode: Mode
) -> None:
    catalogue.hold([an_item("one", sdk="v1"), an_item("two", sdk="v2"), an_item("both")])
    if mode != "new":
        for id in ("one", "two", "both"):
            answer(id, right=False)
            learner.bookmark(id)
    assert learner.queue(Selection(mode, only_sdk="v1")) == ["one"]


def test_one_sdk_asked_for_by_name_goes_past_the_days_share(
    learner: Learner, catalogue: HandMadeCatalogue
) -> None:
    catalogue.hold([an_item("old", sdk="v1"), an_item("new", sdk="v2"), an_item("both")])
    learner.change_settings(new_per_day=0)
    assert learner.queue(Selection(only_sdk="v2")) == ["new"]
    assert learner.queue(Selection(every_sdk=True)) == []


@pytest.mark.parametrize(
    ("selection", "sentence"),
    [
        (Selection(kind="essay"), "no kind `essay`.*single, multiple"),
        (Selection(only_sdk="v9"), "no SDK `v9`"),  # type: ignore[arg-type]
        (Selection(limit=0), "limit of 0"),
        (Selection("nonsense"), "no way to choose `nonsense`"),  # type: ignore[arg-type]
    ],
)
def test_what_does_not_exist_is_named(learner: Learner, selection: Selection, sentence: str) -> None:
    with pytest.raises(Dp100Error, match=sentence):
        learner.queue(selection)


def test_an_unknown_topic_is_the_catalogues_to_name(learner: Learner) -> None:
    with pytest.raises(UnknownId):
        learner.queue(Selection(topic="a9.t9"))


def test_mistakes_are_what_was_not_right_when_asked_last(
    learner: Learner, answer: Answering, clock: FixedClock
) -> None:
    for id, right in (("i03", False), ("i01", False), ("i02", True), ("i04", False)):
        answer(id, right=right)
        clock.advance(dt.timedelta(minutes=1))
    answer("i04")
    answer("i05", confidence=Confidence.GUESS)  # right, if by luck
    assert learner.queue(Selection("mistakes")) == ["i03", "i01"]
    assert learner.queue(Selection("mistakes", area="a1")) == []


def test_the_weakest_are_of_the_topics_begun(learner: Learner, answer: Answering) -> None:
    answer("i05")
    answer("i10", right=False)
    answer("i10", right=False)
    # a1.t0 stands at the guess rate, a0.t1 above it; a0.t0 and a1.t1 were not begun.
    queue = learner.queue(Selection("weakest"))
    assert queue[0] == "i10"
    assert set(queue[:5]) == {f"i{n}" for n in range(10, 15)}
    assert queue[5:] == ["i06", "i07", "i08", "i09", "i05"]
    assert learner.overview().weakest == learner.topics()["a1.t0"]


def test_the_weakest_of_a_new_learner_are_new(learner: Learner) -> None:
    assert learner.queue(Selection("weakest", limit=2)) == ["i00", "i01"]
    assert learner.overview().weakest is None


def test_bookmarks_and_new(learner: Learner, answer: Answering) -> None:
    learner.bookmark("i07")
    learner.bookmark("i02")
    answer("i02")
    assert learner.queue(Selection("bookmarks")) == ["i07", "i02"]
    learner.change_settings(new_per_day=1)
    assert learner.queue(Selection("new", limit=3)) == ["i00", "i01", "i03"]


def test_given_items_come_as_given(learner: Learner) -> None:
    wanted = ("i09", "i01", "gone", "i01", "i15")
    assert learner.queue(Selection("items", items=wanted)) == ["i09", "i01", "i15"]
    many = tuple(f"i{n % 20:02}" for n in range(2_000))
    assert len(learner.queue(Selection("items", items=many))) == 20


def test_a_case_study_stays_together(
    learner: Learner, catalogue: HandMadeCatalogue, answer: Answering
) -> None:
    catalogue.hold(
        [
            an_item("a", "a0.t0"),
            an_item("case-1", "a0.t0", case="study"),
            an_item("b", "a0.t0"),
            an_item("case-2", "a0.t1", case="study"),
            an_item("case-3", "a1.t1", case="study"),
            an_item("c", "a0.t0"),
        ]
    )
    assert learner.queue() == ["a", "case-1", "case-2", "case-3", "b", "c"]
    given = Selection("items", items=("case-3", "a", "case-1", "b"))
    assert learner.queue(given) == ["case-1", "case-3", "a", "b"]


def test_a_case_study_waits_for_a_day_with_room_for_it(
    learner: Learner, catalogue: HandMadeCatalogue
) -> None:
    members = [an_item(f"case-{n}", case="study") for n in range(3)]
    catalogue.hold([an_item("a"), *members, an_item("b"), an_item("c")])
    learner.change_settings(new_per_day=3)
    assert learner.queue() == ["a", "b", "c"]
    catalogue.hold([an_item("a"), *members])
    assert learner.queue() == ["a", "case-0", "case-1"]  # nothing else is left
    learner.change_settings(new_per_day=4)
    assert learner.queue() == ["a", "case-0", "case-1", "case-2"]


def test_an_item_answered_in_the_future_is_due_now(
    learner: Learner, answer: Answering, clock: FixedClock
) -> None:
    clock.advance(4000 * DAY)
    answer("i00")
    answer("i01", right=False)
    clock.advance(-4000 * DAY)
    assert learner.queue(Selection(topic="a0.t0"))[:2] in (["i00", "i01"], ["i01", "i00"])
    answer("i00")
    card = learner.card("i00")
    assert card is not None
    assert clock.now() < card.due < clock.now() + 10 * DAY


ROWS = st.lists(
    st.tuples(st.integers(0, 99), st.sampled_from([None, None, "x", "y"])),
    unique_by=lambda pair: pair[0],
    max_size=30,
).map(lambda pairs: [Row(str(number), case, number) for number, case in pairs])


@given(ROWS)
def test_together_loses_nothing_and_parts_no_case(rows: list[Row]) -> None:
    ordered = together(rows)
    assert sorted(ordered) == sorted(rows)
    for case in ("x", "y"):
        places = [place for place, row in enumerate(ordered) if row.case == case]
        assert places == list(range(places[0], places[0] + len(places))) if places else True
        members = [row.position for row in ordered if row.case == case]
        assert members == sorted(members)


@given(ROWS, ROWS)
def test_interleaving_loses_nothing_and_keeps_both_orders(due: list[Row], new: list[Row]) -> None:
    new = [row._replace(id="new" + row.id) for row in new]
    mixed = interleave(due, new)
    assert [row for row in mixed if not row.id.startswith("new")] == due
    assert [row for row in mixed if row.id.startswith("new")] == new
    for place, row in enumerate(mixed[: len(due) + min(len(new), len(due) // 2)]):
        assert (
            row.id.startswith("new") == (place % 3 == 2)
            or place >= len(due) // 2 * 3
            or place >= 3 * len(new)
        )


def test_many_topics_make_one_query(learner: Learner, catalogue: HandMadeCatalogue) -> None:
    catalogue.outline = an_outline(30, 30)
    catalogue.hold([an_item(f"i{n}", f"a{n % 30}.t{n // 30 % 30}") for n in range(900)])
    assert len(learner.queue(Selection("new", limit=900))) == 900
