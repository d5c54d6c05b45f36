from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from dp100.memory import doctor
from dp100.memory.learner import Learner
from dp100.memory.store import DATABASE
from tests.fixed_clock import FixedClock
from tests.memory.conftest import NOON


@pytest.fixture
def studied(home: Path, small_content: Path) -> Path:
    """A learner's folder with two answers to real content."""
    with Learner.open(home, clock=FixedClock(NOON)) as learner:
        for id in ("question-0", "question-1"):
            learner.record(
                learner.catalogue.item(id),
                points=1,
                possible=1,
                confidence=None,
                seconds=5,
                source="study",
                answer=[0],
                seed=1,
            )
    return home


def names(report: doctor.Report) -> dict[str, bool]:
    return {check.name: check.ok for check in report.checks}


def test_all_is_well(studied: Path) -> None:
    report = doctor.check(studied)
    assert (report.ok, report.rebuilt) == (True, 0)
    assert set(names(report)) == {"database", "schema", "log", "cards", "content", "index", "items"}
    assert json.loads(json.dumps(report.to_dict()))["ok"] is True
    assert report.to_dict()["checks"][0] == {
        "name": "database", "ok": True, "detail": f"{studied / DATABASE} is whole"
    }  # fmt: skip


def test_a_folder_without_anything(home: Path, small_content: Path) -> None:
    assert doctor.check(home).ok


def test_wrong_cards_are_made_again(studied: Path) -> None:
    with Learner.open(studied) as learner, learner.store.transaction() as db:
        db.execute("UPDATE card SET stability = 1000")
        db.execute("DELETE FROM day")
    report = doctor.check(studied)
    assert (report.ok, report.rebuilt) == (True, 3)
    assert doctor.check(studied).rebuilt == 0


def test_while_studying_it_looks_and_mends_nothing(studied: Path) -> None:
    with Learner.open(studied) as learner:
        report = doctor.check(studied)
        assert report.ok
        assert "writing" in names(report)
        with learner.store.transaction() as db:
            db.execute("UPDATE card SET stability = 1000")
        report = doctor.check(studied)
        assert (report.ok, report.rebuilt, names(report)["cards"]) == (False, 0, False)
        assert learner.store.rows("SELECT DISTINCT stability FROM card") == [(1000,)]


def test_a_damaged_database_is_a_finding(studied: Path) -> None:
    (studied / DATABASE).write_bytes(b"no database at all")
    report = doctor.check(studied)
    assert not report.ok
    assert names(report)["database"] is False
    assert names(report)["content"] is True
    assert (studied / DATABASE).read_bytes() == b"no database at all"


def test_damage_deep_inside_is_found(studied: Path) -> None:
    path = studied / DATABASE
    with Learner.open(studied) as learner:
        ((page,),) = learner.store.rows("SELECT rootpage FROM sqlite_master WHERE name = 'review_item'")
    whole = bytearray(path.read_bytes())
    whole[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(whole)
    report = doctor.check(studied)
    assert (report.ok, names(report)["database"]) == (False, False)


def test_answers_to_questions_that_are_gone_are_told(studied: Path, small_content: Path) -> None:
    file = small_content / "questions" / "small.yaml"
    file.write_text(file.read_text().replace("question-0", "question-9"))
    report = doctor.check(studied)
    assert report.ok
    (items,) = [check for check in report.checks if check.name == "items"]
    assert "1 answers belong to 1 questions that are not in the content now" in items.detail


def test_problems_of_the_content_are_told(studied: Path, small_content: Path) -> None:
    (small_content / "questions" / "broken.yaml").write_text("questions: [")
    report = doctor.check(studied)
    assert (report.ok, names(report)["content"]) == (False, False)


def test_answers_from_the_future_are_told(studied: Path) -> None:
    report = doctor.check(studied, clock=FixedClock(NOON - dt.timedelta(days=400)))
    assert (report.ok, names(report)["log"]) == (False, False)


def test_a_damaged_index_is_made_anew(studied: Path) -> None:
    (studied / "index.sqlite").write_bytes(b"nonsense")
    assert doctor.check(studied).ok
