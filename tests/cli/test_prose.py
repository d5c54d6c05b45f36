"""Markdown that fits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dp100.cli.prose import fit, hang

TABLE = "| policy | cancels a trial when it is further from the best than a slack allows |"
CODE = "    policy = BanditPolicy(slack_factor=0.2, evaluation_interval=1)"


def test_a_pipe_gets_the_text_as_it_is() -> None:
    assert fit("long " * 50) == "long " * 50
    assert hang("- ", "long " * 50) == "- " + "long " * 50


def test_a_paragraph_is_flowed() -> None:
    assert fit("One two three\nfour five six seven.\n\nNext.", 20) == (
        "One two three four\nfive six seven.\n\nNext."
    )


def test_prose_is_never_wider_than_88() -> None:
    assert max(map(len, fit("word " * 100, 200).splitlines())) <= 88


def test_entries_of_a_list_hang() -> None:
    assert fit("- One two three four five\n  six seven\n- Next\n1. Third entry of it all", 16) == (
        "- One two three four\n  five six seven\n- Next\n1. Third entry of it\n   all"
    )


def test_tables_headings_and_code_keep_their_lines() -> None:
    text = f"# A heading that is long, and stays\n{TABLE}\n{TABLE}\n\n{CODE}\n{CODE}\n\n```python\nx  =  1\ny = 2\n```"
    assert fit(text, 30) == text


def test_a_table_right_behind_a_paragraph() -> None:
    assert fit(f"These are the\npolicies:\n{TABLE}", 40) == f"These are the policies:\n{TABLE}"


def test_numbers_and_stars_within_a_paragraph_are_no_list() -> None:
    assert fit("**Bold** words\n14 days later", 40) == "**Bold** words 14 days later"


def test_text_hangs_behind_its_sign() -> None:
    assert hang("  1  ", "One two three four five six", 25) == "  1  One two three four\n     five six"
    assert hang("  1  ", "", 25) == "  1"


def test_long_words_are_not_torn() -> None:
    assert fit("See https://example.org/a/very/long/address now", 20) == (
        "See\nhttps://example.org/a/very/long/address\nnow"
    )


@given(st.text(alphabet="ab -*|#1.`\n", max_size=200), st.integers(1, 120))
def test_no_word_is_lost(text: str, columns: int) -> None:
    assert "".join(fit(text, columns).split()) == "".join(text.split())
