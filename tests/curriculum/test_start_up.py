"""What opening the content imports, and what it survives; each in a process of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.curriculum.library import Library, case, note, notes, question, questions

ROOT = Path(__file__).parents[2]

OPEN = """
import json, pathlib, sys
from dp100.curriculum import sources
root, home = (pathlib.Path(one) for one in sys.argv[1:3])
sources.bundled = lambda name: root / name
from dp100.curriculum.catalogue import Catalogue
{before}
with Catalogue.open(home) as catalogue:
    {inside}
    heavy = [name for name in ("yaml", "pydantic", "dp100.curriculum.reading") if name in sys.modules]
    print(json.dumps([catalogue.size, [str(one) for one in catalogue.problems], heavy]))
"""


def start(library: Library, *, before: str = "", inside: str = "pass") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            OPEN.format(before=before, inside=inside),
            str(library.root),
            str(library.home),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, list[str], list[str]]:
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    size, problems, heavy = json.loads(out)
    return size, problems, heavy


@pytest.fixture
def bank(library: Library) -> Library:
    """Ten files, one of them broken."""
    for number in range(9):
        library.write(
            f"questions/{number}.yaml", questions(*(question(f"q-{number}-{n}") for n in range(20)))
        )
    library.write("questions/9.yaml", "questions: 5")
    library.write("questions/c.yaml", questions(case("my-case")))
    library.write("content/notes/n.yaml", notes(note("data.stores.blob")))
    return library


PROBLEM = ["questions/9.yaml:1: `questions` must be a list; begin each entry with `- `"]


def test_the_second_time_neither_yaml_nor_pydantic_is_imported(bank: Library) -> None:
    assert finish(start(bank)) == (182, PROBLEM, ["yaml", "pydantic", "dp100.curriculum.reading"])
    look = 'catalogue.items(area="data"), catalogue.notes(), catalogue.search("a"), catalogue.title("data")'
    assert finish(start(bank, inside=look)) == (182, PROBLEM, [])


def test_only_a_question_needs_pydantic(bank: Library) -> None:
    finish(start(bank))
    assert finish(start(bank, inside='catalogue.question("q-1-1")'))[2] == ["pydantic"]


def test_processes_that_start_together_agree(bank: Library) -> None:
    started = [start(bank) for _ in range(4)]
    assert [finish(process)[:2] for process in started] == [(182, PROBLEM)] * 4
    assert bank.open().size == 182


def test_processes_that_find_a_change_together_agree(bank: Library) -> None:
    finish(start(bank))
    bank.write("questions/3.yaml", questions(question("q-new")))
    bank.write("questions/9.yaml", questions(question("q-mended")))
    started = [start(bank) for _ in range(4)]
    assert [finish(process)[:2] for process in started] == [(164, [])] * 4


KILL = """
import os, signal, sqlite3
original, count = sqlite3.connect, 0
def kill_at(statement):
    global count
    count += 1
    if count == {number}:
        os.kill(os.getpid(), signal.SIGKILL)
def connect(*given, **named):
    connection = original(*given, **named)
    # So small a cache writes to the file long before the transaction ends.
    connection.execute("PRAGMA cache_size = 2")
    connection.set_trace_callback(kill_at)
    return connection
sqlite3.connect = connect
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes end otherwise here")
@pytest.mark.parametrize("exists", [False, True])
@pytest.mark.parametrize("number", [6, 30, 60, 100, 150, 200])
def test_an_index_whose_writer_was_killed_is_whole(bank: Library, exists: bool, number: int) -> None:
    if exists:
        finish(start(bank))
    for file in (3, 4, 5, 9):
        bank.write(f"questions/{file}.yaml", questions(*(question(f"new-{file}-{n}") for n in range(30))))
    killed = start(bank, before=KILL.format(number=number))
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    catalogue = bank.open()
    assert catalogue.size == 6 * 20 + 4 * 30 + 2
    assert catalogue.problems == []
    assert catalogue.question("new-9-29").id == "new-9-29"
    assert catalogue.index.parent == bank.home


def test_another_process_sees_a_change_while_this_one_reads(bank: Library) -> None:
    catalogue = bank.open()
    bank.write("questions/3.yaml", questions(question("q-new")))
    finish(start(bank))
    assert catalogue.question("q-new").id == "q-new"
    assert catalogue.question("q-1-1").id == "q-1-1"
    assert catalogue.index.samefile(bank.home / "index.sqlite")
