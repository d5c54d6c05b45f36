from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.content import Content

from dp100.tui.themes import EXTRA
from dp100.tui.widgets.bar import bar, cut, percent, spread
from dp100.tui.widgets.choice import Choice
from dp100.tui.widgets.heat import grid, months
from dp100.tui.widgets.rows import Row, Rows, plain
from dp100.tui.widgets.table import TableLines, column_widths

from .looking import line_with, shown


def test_a_bar_tells_by_shape_how_full_it_is() -> None:
    assert bar(0.5, 12).plain == "▕━━━━━╺╺╺╺╺▏"
    assert bar(0.0, 5).plain == "▕╺╺╺▏"
    assert bar(1.0, 5).plain == "▕━━━▏"
    assert bar(0.6, 12, mark=0.7).plain == "▕━━━━━━╺│╺╺▏"
    assert bar(0.9, 12, mark=0.7).plain == "▕━━━━━━━│━╺▏"
    assert bar(0.5, 2).plain == ""


@given(st.floats(-2, 3), st.integers(-3, 200), st.one_of(st.none(), st.floats(0, 1)))
def test_a_bar_is_as_wide_as_it_is_told(fraction: float, width: int, mark: float | None) -> None:
    assert bar(fraction, width, mark=mark).cell_length == (width if width >= 3 else 0)


def test_a_share_is_not_rounded_to_all_or_nothing() -> None:
    assert [percent(share) for share in (0, 0.001, 0.5, 0.999, 1)] == [
        "  0 %",
        "  1 %",
        " 50 %",
        " 99 %",
        "100 %",
    ]


@given(st.text(max_size=60), st.integers(0, 40))
def test_a_text_is_cut_to_the_width(text: str, width: int) -> None:
    assert cut(text, width).cell_length == width


def test_the_left_part_gives_way() -> None:
    assert spread(Content("a long title"), Content(" 50 %"), 12).plain == "a long… 50 %"
    assert spread(Content("a long title"), Content("1 of 8"), 13).plain == "a lon… 1 of 8"


def test_text_is_not_read_as_markup() -> None:
    assert cut("[bold]x[/] \\[", 14).plain == "[bold]x[/] \\[ "


def test_the_heatmap_has_a_row_for_each_weekday_and_ends_today() -> None:
    thursday = dt.date(2026, 11, 19)
    lines = [line.plain for line in grid({thursday: 40, thursday - dt.timedelta(days=7): 1}, thursday, 2)]
    assert lines == ["M · · ", "  · · ", "W · · ", "  ▁ █ ", "F ·   ", "  ·   ", "S ·   "]


def test_months_stand_over_their_first_week() -> None:
    assert months(dt.date(2026, 11, 19), 8).plain == "    Oct     Nov"


@given(
    st.lists(st.lists(st.text("ab ", max_size=30), min_size=3, max_size=3), min_size=1, max_size=4),
    st.integers(5, 90),
)
def test_a_table_fits_its_width_and_loses_no_word(rows: list[list[str]], width: int) -> None:
    cells = [[Content(text) for text in row] for row in rows]
    widths = column_widths(cells, width)
    assert len(widths) == 3
    assert min(widths) >= 1
    assert sum(widths) + 4 <= max(width, 7)
    lines = TableLines(cells[0], cells[1:]).lines(width)
    assert all(line.cell_length <= max(width, 7) for line in lines)
    shown = "".join(line.plain for line in lines).replace("─", "").replace(" ", "")
    assert sorted(shown) == sorted("".join(text for row in rows for text in row).replace(" ", ""))


def test_a_table_gives_room_to_what_needs_it() -> None:
    cells = [[Content("a"), Content("word " * 20)], [Content("b"), Content("x")]]
    assert column_widths(cells, 40) == [1, 37]
    assert column_widths(cells, 200) == [1, 100]


class Bare(App[None]):
    """An app with our own variables."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return EXTRA


class Listed(Bare):
    """A list of twenty lines, of which every fifth cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        rows = [
            plain(f"head {n}") if n % 5 == 0 else Row(lambda width, n=n: Content(f"line {n}"), f"id{n}")
            for n in range(20)
        ]
        yield Rows(rows)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        self.chosen.append(event.id)


async def test_the_cursor_passes_over_what_cannot_be_chosen() -> None:
    app = Listed()
    async with shown(app, (30, 8)) as pilot:
        await pilot.press(
            "enter", "down", "down", "j", "j", "enter", "k", "enter", "end", "enter", "home", "enter"
        )
        await pilot.pause()
    assert app.chosen == ["id1", "id6", "id4", "id19", "id1"]


async def test_the_list_scrolls_with_the_cursor() -> None:
    app = Listed()
    app.CSS = "Rows { height: 6; }"
    async with shown(app, (30, 8)) as pilot:
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        assert line_with(app, "▸").startswith("▸ line 1")
        await pilot.press("pageup", "pageup", "pageup")
        await pilot.pause()
        assert line_with(app, "▸").startswith("▸ line 1")
        assert line_with(app, "head 0")


class Chooser(Bare):
    """A choice of three."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[str] = []

    def compose(self) -> ComposeResult:
        yield Choice([("a", "one"), ("b", "two"), ("c", "three")], "b")

    def on_choice_changed(self, event: Choice.Changed) -> None:
        self.changes.append(event.value)


async def test_a_choice_moves_and_stops_at_its_ends() -> None:
    app = Chooser()
    async with shown(app) as pilot:
        assert "○ one   ● two   ○ three" in line_with(app, "two")
        await pilot.press("right", "right", "h", "left", "left")
        await pilot.pause()
        assert app.changes == ["c", "b", "a"]


@pytest.mark.parametrize(("x", "value"), [(1, "a"), (8, "b"), (17, "c")])
async def test_a_choice_takes_a_click(x: int, value: str) -> None:
    app = Chooser()
    async with shown(app) as pilot:
        await pilot.click(Choice, offset=(x, 0))
        assert app.query_one(Choice).value == value
