"""Checking: what holds, what does not and why, and what is kept of it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from dp100.locations import home as learners_home
from dp100.memory.learner import Learner
from tests.labs.conftest import TOPIC, dp100
from tests.small_lab import greet, solve


def kinds(home: Path) -> list[tuple[str, str | None]]:
    db = sqlite3.connect(home / "memory.sqlite")
    rows = db.execute("SELECT kind, step FROM lab_event ORDER BY id").fetchall()
    db.close()
    return rows


def test_the_steps_are_told_in_order_up_to_the_first_that_does_not_hold(work: Path) -> None:
    said = dp100("lab", "check", cwd=work, status=1)
    assert "✗ step 1: greeting.txt is not in your folder" in said
    assert "steps 2, 3: not tried yet" in said
    greet(work)
    said = dp100("lab", "check", cwd=work, status=1)
    assert "✓ step 1: Greet the workspace" in said
    assert "✗ step 2: numbers.py has no function mean." in said
    assert "step 3: not tried yet" in said


def test_through(work: Path, home: Path) -> None:
    solve(work)
    said = dp100("lab", "check", cwd=work)
    assert said.count("✓") == 3
    assert kinds(home) == [("passed", "greet"), ("passed", "mean"), ("passed", "look")]
    # Once more changes nothing and writes nothing.
    dp100("lab", "check", cwd=work)
    assert len(kinds(home)) == 3


def test_one_step_alone(work: Path) -> None:
    solve(work, "answer.yaml")
    assert "✓ step 3" in dp100("lab", "check", "3", cwd=work)
    assert "✓ step 3" in dp100("lab", "check", "look", cwd=work)
    said = dp100("lab", "check", "4", cwd=work, status=1)
    assert "has no step `4`. It has: 1 greet, 2 mean, 3 look." in said


def test_what_did_not_change_is_not_run_again(work: Path) -> None:
    greet(work)
    with (work / "main.py").open("a") as file:
        file.write('\nwith open("count", "a") as out:\n    out.write("x")\n')
    dp100("lab", "check", cwd=work, status=1)
    dp100("lab", "check", cwd=work, status=1)
    assert (work / "count").read_text() == "x"
    dp100("lab", "run", "1", cwd=work)
    dp100("lab", "check", "1", "--again", cwd=work)
    assert (work / "count").read_text() == "xxx"
    # Another file of the lab does not make a step run again that is done.
    (work / "numbers.py").write_text("a = 1\n")
    dp100("lab", "check", cwd=work, status=1)
    assert (work / "count").read_text() == "xxx"


def test_a_step_that_held_is_looked_at_again(work: Path) -> None:
    greet(work)
    dp100("lab", "check", "1", cwd=work)
    (work / "greeting.txt").write_text("nobody")
    assert "✗ step 1: greeting.txt says 'nobody'" in dp100("lab", "check", cwd=work, status=1)


def test_run_passes_the_output_and_the_status_on(work: Path) -> None:
    (work / "main.py").write_text(
        "import sys\nprint('héllo')\nprint('error', file=sys.stderr)\nsys.exit(7)\n"
    )
    said = dp100("lab", "run", cwd=work, status=7)
    assert "héllo" in said
    assert "error" in said


def test_from_elsewhere_by_name(work: Path, definition: Path, tmp_path: Path) -> None:
    # A lab of the learner's own is named by its folder; the work on it is found from anywhere.
    said = dp100("lab", "check", "1", "--lab", str(definition), cwd=tmp_path, status=1)
    assert "step 1" in said
    inside = work / "notes"
    inside.mkdir()
    assert "step 1" in dp100("lab", "check", "1", cwd=inside, status=1)


def test_hints_come_one_after_the_other(work: Path, home: Path) -> None:
    told = [dp100("lab", "hint", "mean", cwd=work) for _ in range(3)]
    assert ["Hint 1 of 2" in told[0], "Hint 2 of 2" in told[1], "Hint 2 of 2" in told[2]] == [True] * 3
    assert kinds(home) == [("hint", "mean"), ("hint", "mean")]
    assert "no hints" in dp100("lab", "hint", "look", cwd=work)


def test_the_solution_is_for_those_who_are_through(work: Path, home: Path) -> None:
    assert "when all steps hold" in dp100("lab", "solution", cwd=work, status=1)
    solve(work)
    dp100("lab", "check", cwd=work)
    said = dp100("lab", "solution", cwd=work)
    assert "--- numbers.py" in said
    assert "return sum(v) / len(v)" in said
    assert "same as the solution" in dp100("lab", "solution", "--diff", cwd=work)
    with (work / "numbers.py").open("a") as file:
        file.write("# mine\n")
    assert "-# mine" in dp100("lab", "solution", "--diff", cwd=work)
    assert ("solution", None) not in kinds(home)


def mastery() -> float:
    with Learner.open(learners_home(), write=False) as learner:
        return learner.topics()[TOPIC].mastery


def test_what_was_done_by_hand_feeds_mastery(work: Path) -> None:
    before = mastery()
    greet(work)
    dp100("lab", "check", cwd=work, status=1)
    third = mastery()
    solve(work, "numbers.py", "answer.yaml")
    dp100("lab", "check", cwd=work)
    whole = mastery()
    assert before < third < whole < 1
    # Half of the way from the guess rate to certainty, for a lab that is all done.
    assert abs((whole - before) / (1 - before) - 0.5) < 0.01


def test_what_was_copied_from_the_solution_does_not(work: Path) -> None:
    before = mastery()
    assert "def mean" in dp100("lab", "solution", "--anyway", cwd=work)
    solve(work)
    dp100("lab", "check", cwd=work)
    assert mastery() == before


def test_reset_keeps_what_it_replaces(work: Path, home: Path) -> None:
    solve(work, "main.py", "numbers.py")
    (work / "own.txt").write_text("mine")
    dp100("lab", "check", cwd=work, status=1)
    practised = mastery()
    said = dp100("lab", "reset", cwd=work)
    kept = next(path for path in work.parent.iterdir() if path.name.startswith("work-before-"))
    assert kept.name in said
    assert (kept / "own.txt").read_text() == "mine"
    assert "def mean" in (kept / "numbers.py").read_text()
    assert (work / "numbers.py").read_text() == "# TODO: mean\n"
    assert not (work / "own.txt").exists()
    assert (work / "config.json").is_file()
    assert "step 1: greeting.txt is not in your folder" in dp100("lab", "check", cwd=work, status=1)
    assert mastery() == practised
    listed = json.loads(dp100("lab", "list", "--json", cwd=work))
    assert all(one["id"] != "77-trial" for one in listed)


def test_progress_is_kept_while_the_app_has_the_data(work: Path, home: Path) -> None:
    greet(work)
    with Learner.open(home) as learner:  # as the app does, in another terminal
        dp100("lab", "check", cwd=work, status=1)
        learner.change_settings(new_per_day=3)
    assert ("passed", "greet") in kinds(home)
