from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dp100.curriculum.catalogue import UnknownId
from dp100.memory import settings
from dp100.memory.learner import Learner
from dp100.memory.settings import Settings, SettingsError
from dp100.memory.store import Store
from tests.memory.conftest import Answering

EVERYTHING = Settings(
    exam_date=dt.date(2026, 6, 1),
    outline="dp-100",
    sdk="v2",
    new_per_day=0,
    due_per_day=200,
    theme="dp100-light",
    keys={"study.sure": "space"},
    packs=("~/mine", "/elsewhere"),
    retention=0.85,
    introduced=True,
)


def test_settings_come_back_as_they_were(home: Path) -> None:
    with Store.open(home) as store:
        assert settings.load(store) == Settings()
        settings.save(store, EVERYTHING)
    with Store.open(home) as store:
        assert settings.load(store) == EVERYTHING
        settings.save(store, Settings())
        assert store.rows("SELECT * FROM setting") == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("exam_date", "2026-06-01"),
        ("exam_date", dt.datetime(2026, 6, 1)),
        ("outline", ""),
        ("sdk", "v3"),
        ("new_per_day", -1),
        ("new_per_day", 2.5),
        ("due_per_day", True),
        ("due_per_day", 10_000),
        ("theme", ""),
        ("keys", {"study.sure": ""}),
        ("keys", ["space"]),
        ("packs", "/folder"),
        ("packs", ("",)),
        ("retention", 0.5),
        ("retention", 1.0),
        ("retention", float("nan")),
        ("introduced", 1),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_a_sentence(
    learner: Learner, name: str, value: object
) -> None:
    with pytest.raises(SettingsError) as caught:
        learner.change_settings(**{name: value})
    assert str(caught.value).startswith(f"The setting {name} cannot be {value!r}: give ")
    assert str(caught.value).endswith(".")
    assert learner.settings == Settings()
    assert settings.load(learner.store) == Settings()


def test_what_an_update_no_longer_understands_counts_as_its_default(store: Store) -> None:
    settings.save(store, EVERYTHING)
    with store.transaction() as db:
        db.execute("UPDATE setting SET value = '\"v9\"' WHERE key = 'sdk'")
        db.execute("UPDATE setting SET value = 'not json' WHERE key = 'theme'")
        db.execute("UPDATE setting SET value = '5' WHERE key = 'exam_date'")
        db.execute("INSERT INTO setting VALUES ('of-a-later-version', '1')")
    loaded = settings.load(store)
    assert (loaded.sdk, loaded.theme, loaded.exam_date) == ("any", "dp100-dark", None)
    assert loaded.packs == EVERYTHING.packs


def test_changed_settings_hold_at_once_and_later(learner: Learner) -> None:
    assert len(learner.queue()) == 10
    assert learner.change_settings(new_per_day=3).new_per_day == 3
    assert len(learner.queue()) == 3
    assert settings.load(learner.store).new_per_day == 3


def test_another_retention_moves_what_is_due(learner: Learner, answer: Answering) -> None:
    before = answer("i00").card
    learner.change_settings(retention=0.7)
    after = learner.card("i00")
    assert after is not None
    assert after.due > before.due
    assert after.stability == before.stability
    assert answer("i01").card.due == after.due


def test_an_outline_that_is_not_there(home: Path, tmp_path: Path, small_content: Path) -> None:
    with Learner.open(home) as learner:
        with pytest.raises(UnknownId, match="no outline `dp-900`"):
            learner.change_settings(outline="dp-900")
        assert learner.settings.outline is None
        assert len(learner.queue()) == 5
