"""Words that no command takes end in one sentence that says what to do."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Dp100


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("studdy", ["'studdy'", "study", "dp100 --help"]),
        ("questions lsit", ["'lsit'", "list", "dp100 questions --help"]),
        ("study --aera deploy", ["--aera", "--area", "dp100 study --help"]),
        ("study --area", ["--area", "requires an argument"]),
        ("study --limit 0", ["--limit", "greater than or equal to 1"]),
        ("study --limit ten", ["--limit", "integer"]),
        ("study --kind singel", ["--kind", "`singel`", "single, multiple, yes_no"]),
        ("study --sdk v3", ["--sdk", "`v3`", "v1, v2"]),
        ("study --plain --only-mistakes --weakest", ["one of --only-mistakes, --weakest"]),
        ("exam --questions 501", ["--questions"]),
        ("exam --minutes 0", ["--minutes"]),
        ("exam --short --questions 5", ["--short", "--questions"]),
        ("questions list --kind x", ["--kind", "`x`"]),
        ("questions flagged --json --markdown", ["--json", "--markdown"]),
        ("schema question", ["`question`", "questions, notes, outline"]),
        ("backup", ["FILE", "dp100 backup --help"]),
        ("restore one two", ["two"]),
        ("outline more", ["more"]),
        ("--packs", ["--packs"]),
    ],
)
def test_wrong_words(dp100: Dp100, words: str, parts: list[str]) -> None:
    said = dp100(*words.split())
    assert said.is_told(*parts, status=2)
    assert said.out == ""


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("study --plain --area deplyo", "deploy"),
        ("study --plain --objective deploy.servce", "deploy.service"),
        ("study --plain --topic deploy.service.setting", "deploy.service.settings"),
        ("questions list --area trian", "train"),
        ("questions list --topic train.scripts.datset", "train.scripts.dataset"),
        ("questions show smal-single", "small-single"),
        ("notes optimize.hyperdrive.terminaton", "optimize.hyperdrive.termination"),
    ],
)
def test_an_unknown_id_names_the_close_one(dp100: Dp100, words: str, meant: str) -> None:
    assert dp100(*words.split()).is_told(f"Did you mean `{meant}`?", status=1)


def test_nothing_comes_close(dp100: Dp100) -> None:
    assert dp100("study", "--plain", "--area", "zzz").is_told("There is no area `zzz`.", status=1)


ODD = ["[bold]zz[/]", "zz\nqq", "\udcff", "z" * 5000, "\x1b[31m"]


@pytest.mark.parametrize("word", ODD, ids=["markup", "two lines", "no text", "long", "escape code"])
def test_odd_words_are_told_as_written(dp100: Dp100, word: str) -> None:
    for words in (["study", "--plain", "--area", word], ["questions", "show", word], ["notes", word]):
        said = dp100(*words)
        assert said.is_told(status=1)
        assert "\x1b" not in said.err
        assert len(said.err) < 600
