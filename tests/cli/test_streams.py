"""What stands at the other end of standard input and output: each in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Dp100
from tests.cli.plain.answers import logged, rows
from tests.cli.running import PATIENCE, command, in_process, process

posix = pytest.mark.skipif(os.name != "posix", reason="signals and devices as POSIX has them")
GIT = ("study", "--plain", "--topic", "foundations.tools.git")
ASCII = {
    "PYTHONIOENCODING": "ascii",
    "LANG": "C",
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
}


@posix
@pytest.mark.parametrize("words", ["questions list", "notes --json", "schema", "study --plain", "--help"])
def test_output_that_is_closed_early(words: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        said = in_process(*words.split(), stdout=writer, input=b":q\n")
    finally:
        os.close(writer)
    assert (said.status, said.err) == (141, "")


@posix
def test_output_that_is_closed_after_the_first_line() -> None:
    child = process("schema")
    assert child.stdout.readline() == b"{\n"
    child.stdout.close()
    assert child.stderr.read() == b""
    assert child.wait(PATIENCE) in (0, 141)
    child.stdin.close()
    child.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("words", ["stats", "schema"])
def test_output_onto_a_full_disk(words: str) -> None:
    with Path("/dev/full").open("wb") as full:
        said = in_process(*words.split(), stdout=full)
    assert said.is_told("the disk is full", status=1)


@posix
def test_streams_that_were_closed_before(home: Path) -> None:
    shell = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *command(*GIT)]
    assert subprocess.run(shell, timeout=PATIENCE, check=False).returncode == 0
    shell = ["sh", "-c", 'exec "$@" <&-', "sh", *command()]
    done = subprocess.run(shell, timeout=PATIENCE, check=False, capture_output=True)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"need a terminal" in done.stderr


NO_TEXT = {
    "no UTF-8": b"\xff\xfe",
    "NUL": b"\x00",
    "NUL behind": b"1\x00",
    "half a character": b"\xc3",
    "half a pair": b"\xed\xa0\x80",
    "escape code": b"\x1b[31m",
    "endless": b"x" * 1_000_000,
}


@pytest.mark.parametrize("case", NO_TEXT)
def test_input_that_is_no_text(dp100: Dp100, home: Path, case: str) -> None:
    line = NO_TEXT[case]
    said = in_process(*GIT, input=b":flag " + line + b"\n" + line + b"\n1\n")
    assert said.status == 0
    assert said.err == ""
    assert {row["item"] for row in logged(home)} == {"small-git"}
    flagged = dp100("questions", "flagged", "--json")
    assert json.loads(flagged.out)[0]["id"] == "small-git"


def test_lines_as_windows_ends_them(home: Path) -> None:
    assert in_process(*GIT, input=b"1?\r\n").status == 0
    assert [row["confidence"] for row in logged(home)] == [1]


@pytest.mark.parametrize(
    "words",
    ["stats", "outline", "notes", "questions list", "questions show small-computed", "schema", "doctor"],
)
def test_a_terminal_that_knows_ascii_alone(words: str) -> None:
    said = in_process(*words.split(), env=ASCII)
    assert (said.status, said.err) == (0, "")
    assert said.out.isascii()


def test_json_is_json_in_ascii(tmp_path: Path) -> None:
    in_process(*GIT, input=":flag ünïcode · ✓ 𝄞\n")
    said = in_process("questions", "flagged", "--json", env=ASCII)
    assert said.out.isascii()
    assert json.loads(said.out)[0]["note"] == "ünïcode · ✓ 𝄞"


def test_study_in_ascii(home: Path) -> None:
    said = in_process(*GIT, input="é\n:flag é\n1\n", env=ASCII)
    assert said.status == 0
    assert "Traceback" not in said.err
    assert len(logged(home)) == 1


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are text there")
def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9"
    for words in (
        [b"backup", name],
        [b"restore", name],
        [b"questions", b"list", b"--packs", name],
        [b"notes", b"\xe9"],
    ):
        said = in_process(*words)  # type: ignore[arg-type]
        assert "Traceback" not in said.err
        assert said.status in (0, 1, 2)


class TestSignals:
    """A person interrupts, or the machine ends the program; what was answered is there."""

    @posix
    @pytest.mark.parametrize("mode", ["study", "exam"])
    def test_ctrl_c_while_waiting(self, home: Path, mode: str) -> None:
        # A shell starts what runs in the background, as these tests may, deaf to Ctrl-C.
        hearing = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
        child = process(mode, "--plain", before=hearing)
        answer_three(child)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=PATIENCE)
        assert child.returncode == 130
        assert b"Traceback" not in err
        assert b"Done: " in out if mode == "study" else b"Everything is kept" in out
        assert answers(home, mode) == 3

    @posix
    @pytest.mark.parametrize("signal_name", ["SIGTERM", "SIGHUP", "SIGKILL"])
    @pytest.mark.parametrize("mode", ["study", "exam"])
    def test_the_end_without_a_word(self, home: Path, mode: str, signal_name: str) -> None:
        child = process(mode, "--plain")
        answer_three(child)
        child.send_signal(getattr(signal, signal_name))
        child.communicate(timeout=PATIENCE)
        assert answers(home, mode) == 3
        said = in_process(mode, "--plain")
        assert (said.status, said.err) == (0, "")
        if mode == "exam":
            assert "Your exam goes on." in said.out
            assert "Question 4 of " in said.out

    @posix
    @pytest.mark.parametrize("after", [0.05, 0.15, 0.3])
    def test_ctrl_c_while_starting(self, home: Path, after: float) -> None:
        child = process("stats")
        try:
            child.wait(after)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGINT)
        child.communicate(timeout=PATIENCE)
        assert in_process("doctor").status == 0


def answer_three(child: subprocess.Popen[bytes]) -> None:
    """Answer three questions, whatever they are, and wait until the fourth is asked."""
    assert child.stdin is not None
    assert child.stdout is not None
    heads = 0
    line = b""
    while heads < 4:
        line = child.stdout.readline()
        assert line, "the dialogue ended"
        if line.startswith((b"Question ", *(f"{n} of ".encode() for n in range(1, 11)))):
            heads += 1
        if (
            heads < 4
            and line.startswith(b"Answer with ")
            and b"; ? behind" not in line
            and b"one line" not in line
        ):
            child.stdin.write(example(line))
            child.stdin.flush()


def example(hint: bytes) -> bytes:
    """The answer that a hint gives as an example."""
    return hint.split(b"such as ")[1].split(b";")[0].rstrip(b".\n") + b"\n"


def answers(home: Path, mode: str) -> int:
    if mode == "study":
        return len(logged(home))
    return len(rows(home, "SELECT 1 FROM exam_place WHERE answer GLOB '*[0-9]*'"))
