"""Rows with aligned columns."""

from __future__ import annotations

from dp100.cli.columns import aligned

ROWS = [("a", "10", "First of all"), ("longer", "9", "Second")]


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    assert aligned(ROWS) == ["a       10  First of all", "longer  9   Second"]


def test_numbers_to_the_right() -> None:
    assert aligned(ROWS, right=[1]) == ["a       10  First of all", "longer   9  Second"]


def test_the_last_column_to_the_right() -> None:
    assert aligned([("a", "1"), ("b", "100")], right=[1]) == ["a    1", "b  100"]


def test_the_last_cell_hangs_where_there_is_room() -> None:
    assert aligned([("id", "word " * 10)], columns=40) == [
        "id  word word word word word word word\n    word word word"
    ]


def test_the_last_cell_stands_alone_where_there_is_none() -> None:
    assert aligned([("i" * 30, "word " * 10)], columns=40) == [
        "i" * 30 + "\n    word word word word word word word\n    word word word"
    ]


def test_nothing() -> None:
    assert aligned([]) == []
