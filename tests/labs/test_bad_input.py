"""What can be wrong with a learner's files, their folder or a check: a sentence, and no progress lost."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.labs.conftest import dp100
from tests.small_lab import greet


def passed(home: Path) -> int:
    db = sqlite3.connect(home / "memory.sqlite")
    found = db.execute("SELECT count(*) FROM lab_event WHERE kind = 'passed'").fetchone()[0]
    db.close()
    return int(found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("def f(:\n", "main.py, line 1: SyntaxError: invalid syntax"),
        ("a = 1\nb = a / 0\n", "main.py, line 2: ZeroDivisionError: division by zero"),
        ("import sys\nsys.exit(0)\n", "greeting.txt is not in your folder"),
        ("import sys\nsys.exit('no')\n", "ended with the exit status 1: no"),
        ("import os\nos._exit(9)\n", "ended with the exit status 9"),
        ("print('x' * 3_000_000)\nraise ValueError('late')\n", "main.py, line 2: ValueError: late"),
        ("import sys\nsys.stdout.buffer.write(b'\\xff\\xfe')\n1/0\n", "main.py, line 3: ZeroDivisionError"),
        ("input('name? ')\n", "main.py, line 1: EOFError"),
        ("\0", "SyntaxError"),
        ("class E(Exception): ...\nraise E('what:\\n{\\n  \"why\": 1\\n}')\n", "main.py, line 2: E: what:"),
        (
            "import sys\nprint('ERROR: Exception : ')\n"
            'print(\' {\\n  "message": "No such input."\\n}\')\nsys.exit(1)\n',
            "status 1: Exception: No such input.",
        ),
        (
            "class Gone(Exception): ...\nraise Gone('Gone:\\n\\tMessage: It is gone.\\n\\tInner None')\n",
            "Gone: It is gone.",
        ),
        ("import json\njson.loads('{')\n", "main.py, line 2: json.decoder.JSONDecodeError: Expecting"),
        (
            "import sys\nprint('ERROR: no such thing')\nprint('See the docs.')\nsys.exit(2)\n",
            "status 2: ERROR: no such",
        ),
    ],
)
def test_a_file_that_does_not_get_through(text: str, wanted: str, work: Path) -> None:
    (work / "main.py").write_text(text)
    said = dp100("lab", "check", cwd=work, status=1)
    assert wanted in said
    assert "greeting.txt is not in your folder" in said  # what the step is about is said, too
    assert "Traceback" not in said


def test_a_loop_that_never_ends(work: Path, definition: Path) -> None:
    text = (definition / "lab.yaml").read_text()
    (definition / "lab.yaml").write_text(text.replace("file: main.py", "file: main.py\n    seconds: 1"))
    (work / "main.py").write_text(
        "import subprocess, sys\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "while True: pass\n"
    )
    said = dp100("lab", "check", cwd=work, status=1)
    assert "still running after 1 s and was stopped" in said


def test_a_file_that_is_gone_or_renamed(work: Path) -> None:
    (work / "main.py").rename(work / "mine.py")
    said = dp100("lab", "check", cwd=work, status=1)
    assert "main.py is not in the folder, so nothing was run. There is: mine.py, numbers.py." in said
    assert "dp100 lab reset" in said
    assert "main.py is not in the folder" in dp100("lab", "run", cwd=work, status=1)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("def mean(v:\n", "numbers.py, line 1: this is not Python"),
        ("x = 1\nraise RuntimeError('oops')\n", "numbers.py stops in line 2: RuntimeError: oops"),
        ("import sys\nsys.exit(0)\n", "numbers.py leaves in line 2 with sys.exit()"),
        ("import os\nos._exit(0)\n", "Your code ended the process of the check"),
        ("def mean(v):\n    return 3\nprint('all checks passed')\n", None),
        (
            "def mean(v):\n    raise KeyError('v')\n",
            "numbers.py, line 2, stops when the check calls it: KeyError: 'v'",
        ),
        (
            "def mean(v):\n    import sys; sys.exit(0)\n",
            "numbers.py, line 2, stops when the check calls it: SystemExit",
        ),
        (
            "def mean(v):\n    return sum(v) / len(w)\n",
            "numbers.py, line 2, stops when the check calls it: NameError",
        ),
    ],
)
def test_code_that_a_check_calls(text: str, wanted: str | None, work: Path) -> None:
    greet(work)
    (work / "numbers.py").write_text(text)
    said = dp100("lab", "check", "2", cwd=work, status=0 if wanted is None else 1)
    assert (wanted or "✓ step 2") in said
    assert "Traceback" not in said


def test_a_learners_file_named_like_a_module_of_ours_is_not_taken_for_it(work: Path) -> None:
    greet(work)
    for name in ("json.py", "yaml.py", "typing.py", "dp100.py"):
        (work / name).write_text("raise RuntimeError('taken')\n")
    assert "✗ step 3: answer.yaml does not hold the [bold]answer[/]." in dp100(
        "lab", "check", "3", cwd=work, status=1
    )


def test_switching_asserts_off_does_not_make_checks_pass(work: Path) -> None:
    said = dp100("lab", "check", "3", cwd=work, status=1, env={"PYTHONOPTIMIZE": "1"})
    assert "✗ step 3" in said


def test_a_check_that_itself_fails(work: Path, definition: Path, home: Path) -> None:
    greet(work)
    dp100("lab", "check", "1", cwd=work)
    checks = (definition / "check.py").read_text()
    (definition / "check.py").write_text(checks.replace("    assert work.ran is None\n", "    {}['month']\n"))
    said = dp100("lab", "check", "3", cwd=work, status=1)
    assert "The check itself failed (KeyError: 'month', check.py, line" in said
    assert "Your work and your progress are kept" in said
    (definition / "check.py").write_text(checks + "\nimport nothing_of_that_name\n")
    said = dp100("lab", "check", cwd=work, status=1)
    assert "The check itself failed (ModuleNotFoundError" in said
    assert passed(home) == 1


def test_a_check_that_does_not_end(work: Path, lab: object) -> None:
    from dp100.curriculum.lab import Lab
    from dp100.labs import checking
    from dp100.labs.folder import open_folder
    from dp100.locations import home

    assert isinstance(lab, Lab)
    (work / "numbers.py").write_text("while True: pass\n")
    (work / "answer.yaml").write_text("answer: 42\n")
    steps = [(step, None) for step in lab.steps[1:]]
    found = checking.check(open_folder(work, home()), steps, limit=1.5)
    assert [verdict.verdict for verdict in found] == ["failed", "passed"]
    assert "still running after 2 s" in found[0].message


def test_a_folder_that_moved_keeps_its_progress(
    work: Path, home: Path, tmp_path: Path, definition: Path
) -> None:
    greet(work)
    dp100("lab", "check", "1", cwd=work)
    moved = tmp_path / "elsewhere" / "my lab"
    moved.parent.mkdir()
    shutil.move(work, moved)
    said = dp100("lab", "check", "--lab", str(definition), cwd=tmp_path, status=1)
    assert f"{work} is not there" in said
    assert "If you moved it" in said
    assert "✓ step 1" in dp100("lab", "check", cwd=moved, status=1)
    # From now on it is found there.
    assert "✓ step 1" in dp100("lab", "check", "--lab", str(definition), cwd=tmp_path, status=1)
    assert passed(home) == 1


def test_a_marker_that_is_damaged(work: Path) -> None:
    (work / ".dp100-lab.json").write_text("{")
    said = dp100("lab", "check", cwd=work, status=1)
    assert "is damaged" in said
    assert "nothing in this one was touched" in said


@pytest.mark.parametrize(
    ("changes", "status", "wanted"),
    [
        ({"revision": 7}, 1, "started with revision 7 of the lab, which is at 1 now"),
        ({"format": 99}, 1, "started with a newer dp100"),
        ({"lab": "98-unknown", "folder": None}, 1, "which this dp100 does not have"),
        ({"key": "../../x"}, 1, "is damaged"),
    ],
)
def test_a_lab_from_another_version(changes: dict[str, object], status: int, wanted: str, work: Path) -> None:
    marker = work / ".dp100-lab.json"
    marker.write_text(json.dumps({**json.loads(marker.read_text()), **changes}))
    before = {path.name: path.read_bytes() for path in work.iterdir()}
    said = dp100("lab", "check", cwd=work, status=status)
    assert wanted in said
    assert before == {path.name: path.read_bytes() for path in work.iterdir()}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(work: Path) -> None:
    greet(work)
    work.chmod(0o555)
    try:
        said = dp100("lab", "check", cwd=work, status=1)
        assert "PermissionError" in said
        assert "cannot be written" in dp100("lab", "reset", cwd=work, status=1)
    finally:
        work.chmod(0o755)


def test_data_of_dp100_that_is_gone_is_made_again(work: Path, home: Path) -> None:
    shutil.rmtree(home)
    said = dp100("lab", "check", cwd=work, status=1)
    assert "step 1" in said
    assert "Traceback" not in said
