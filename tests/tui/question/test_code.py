from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from dp100.tui.themes import EXTRA, THEMES
from dp100.tui.widgets.question.code import HANG, folded, highlighted

COLOURS = {**EXTRA, "accent": "#111111", "warning": "#222222", "success": "#333333"}


def lines(code: str, width: int) -> list[str]:
    return [line.plain for line in folded(Text(code), width)]


def test_a_long_line_goes_on_further_in() -> None:
    assert lines('run(source="src", script="train.py")', 20) == [
        'run(source="src", ',
        "    script=",
        '    "train.py")',
    ]
    assert lines("if x:\n    call(alpha, beta, gamma)", 18) == [
        "if x:",
        "    call(alpha, ",
        " " * 8 + "beta, ",
        " " * 8 + "gamma)",
    ]


def test_short_and_empty_lines_stay() -> None:
    assert lines("a = 1\n\nb = 2", 20) == ["a = 1", "", "b = 2"]
    assert HANG == 4


@given(st.text(alphabet="abc (),.=\n", max_size=200), st.integers(1, 40))
def test_nothing_is_lost_or_too_wide(code: str, width: int) -> None:
    found = lines(code, width)
    assert all(len(line) <= width for line in found)
    assert "".join("".join(found).split()) == "".join(code.split())


def test_code_is_coloured_as_in_the_theme() -> None:
    text = highlighted('x = call("a", 1)  # why', "python", COLOURS)
    assert text.plain == 'x = call("a", 1)  # why'
    colours = {str(span.style) for span in text.spans}
    assert {"#333333", "#222222", EXTRA["quiet"]} <= colours


def test_an_unknown_language_is_plain() -> None:
    assert highlighted("whatever [x", "klingon", COLOURS).plain == "whatever [x"
    assert set(THEMES) == {"dp100-dark", "dp100-light"}
