"""Expressions in commands."""

from __future__ import annotations

import os
import shlex
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100.standin.engine.errors import Invalid
from dp100.standin.engine.jobs.expressions import Value, resolve, resolve_word


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_a_path_reaches_a_posix_shell_in_one_piece(path: str) -> None:
    values = {"inputs": {"x": Value(path, path=True)}}
    command = resolve("run ${{inputs.x}} '${{inputs.x}}' --x='${{inputs.x}}' end", values)
    assert shlex.split(command) == ["run", path, path, f"--x={path}", "end"]


@pytest.mark.skipif(os.name == "nt", reason="bash")
@pytest.mark.parametrize("path", ["a b", "it's", 'a"b', "$HOME", "`x`", "a\\b", "*", "a;b", "é"])
def test_a_path_in_double_quotes_reaches_bash(path: str) -> None:
    values = {"inputs": {"x": Value(path, path=True)}}
    command = resolve('printf \'%s|\' ${{inputs.x}} "${{inputs.x}}" "it\'s ${{inputs.x}}"', values)
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout == f"{path}|{path}|it's {path}|"


def test_cmd_gets_quotes_where_there_are_none() -> None:
    values = {"inputs": {"x": Value(r"C:\My Files\x", path=True), "y": Value(r"C:\x", path=True)}}
    assert resolve('run ${{inputs.x}} "${{inputs.x}}" ${{inputs.y}}', values, windows=True) == (
        r'run "C:\My Files\x" "C:\My Files\x" C:\x'
    )


def test_literals_are_left_to_the_shell() -> None:
    assert resolve("run ${{inputs.x}}", {"inputs": {"x": Value("a b")}}) == "run a b"


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("${{inputs.y}}", "no such input. It has x"),
        ("${{outputs.x}}", "no such thing|no such output"),
        ("${{inputs.none}}", "optional input 'none'"),
    ],
)
def test_what_cannot_be_replaced(command: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        resolve(command, {"inputs": {"x": Value("1"), "none": None}, "outputs": {}})


@pytest.mark.parametrize("inputs", [{"x": Value("1"), "y": None}, {"x": Value("1")}])
def test_an_optional_part_goes_when_its_input_was_not_given_or_is_none_of_the_job(
    inputs: dict[str, Value | None],
) -> None:
    # azure.ai.ml lets a command name an input in brackets that the job does not have.
    assert resolve("run $[[--x ${{inputs.x}}]] $[[--y ${{inputs.y}}]]", {"inputs": inputs}) == "run --x 1 "


def test_other_dollars_are_the_shells() -> None:
    command = "echo $HOME ${HOME} $(date) {{x}} $[1+1] ${{ }}"
    assert resolve(command, {}) == command


def test_words_are_replaced_in_the_middle() -> None:
    values = {"inputs": {"x": Value("/a b", path=True)}, "outputs": {"y": Value("/o", path=True)}}
    assert resolve_word("--x=${{inputs.x}}/f", values) == "--x=/a b/f"
    assert resolve_word("$AZUREML_DATAREFERENCE_x/f", values) == "/a b/f"
    assert resolve_word("DatasetOutputConfig:y", values) == "/o"
    assert resolve_word("$AZUREML_DATAREFERENCE_z", values) == "$AZUREML_DATAREFERENCE_z"
