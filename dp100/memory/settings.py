"""What the learner has set. Kept in the database, so that a backup holds it too."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from dp100.errors import Dp100Error
from dp100.memory.store import Store


class SettingsError(Dp100Error):
    """A setting was given a value that it cannot have."""

    status = 2


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default.

    Attributes:
        exam_date: the day of the exam, where it is known.
        outline: id of the outline to study by; None takes the catalogue's first.
        sdk: which SDK's questions are asked; those that need none always are.
        new_per_day: new items a study day.
        due_per_day: due items a study day.
        theme: name of the theme.
        keys: keys by the id of the binding that they replace.
        packs: folders with content of the learner's own.
        retention: the probability of recall at which an item becomes due.
        introduced: the first-run screen was seen.

    Raises:
        SettingsError: when a value is none that the setting can have.
    """

    exam_date: dt.date | None = None
    outline: str | None = None
    sdk: Literal["any", "v1", "v2"] = "any"
    new_per_day: int = 10
    due_per_day: int = 60
    theme: str = "dp100-dark"
    keys: dict[str, str] = field(default_factory=dict)
    packs: tuple[str, ...] = ()
    retention: float = 0.9
    introduced: bool = False

    def __post_init__(self) -> None:
        for name, (allowed, sentence) in _RULES.items():
            value = getattr(self, name)
            if not allowed(value):
                raise SettingsError(f"The setting {name} cannot be {value!r}: {sentence}.")


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9999


def _word(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _date(value: object) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def _aim(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0.7 <= value <= 0.97


_RULES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "exam_date": (lambda value: value is None or _date(value), "give a day such as 2026-12-31, or none"),
    "outline": (lambda value: value is None or _word(value), "give the id of an outline, or none"),
    "sdk": (lambda value: value in ("any", "v1", "v2"), "give any, v1 or v2"),
    "new_per_day": (_whole, "give a whole number from 0 to 9999"),
    "due_per_day": (_whole, "give a whole number from 0 to 9999"),
    "theme": (_word, "give the name of a theme"),
    "keys": (
        lambda value: isinstance(value, dict) and all(_word(part) for pair in value.items() for part in pair),
        "give a key for the id of each binding",
    ),
    "packs": (
        lambda value: isinstance(value, tuple) and all(_word(part) for part in value),
        "give the folders that hold your own questions and notes",
    ),
    "retention": (_aim, "give a share from 0.7 to 0.97"),
    "introduced": (lambda value: isinstance(value, bool), "give true or false"),
}


def load(store: Store) -> Settings:
    """The learner's settings. What a setting cannot hold, as after an update, counts as its default."""
    return _from(dict(store.rows("SELECT key, value FROM setting")))


def save(store: Store, settings: Settings) -> None:
    """Keeps the settings, in one transaction."""
    default = Settings()
    changed = {
        one.name: _to_json(getattr(settings, one.name))
        for one in fields(Settings)
        if getattr(settings, one.name) != getattr(default, one.name)
    }
    with store.transaction() as db:
        db.execute("DELETE FROM setting")
        db.executemany("INSERT INTO setting (key, value) VALUES (?, ?)", sorted(changed.items()))


def retention_in_force(db: sqlite3.Connection) -> float:
    """The retention to aim at, for those who fold the log and need no other setting."""
    rows = db.execute("SELECT key, value FROM setting WHERE key = 'retention'").fetchall()
    return _from(dict(rows)).retention


def _to_json(value: object) -> str:
    return json.dumps(value.isoformat() if isinstance(value, dt.date) else value)


def _from(stored: Mapping[str, str]) -> Settings:
    known = {one.name for one in fields(Settings)}
    values: dict[str, Any] = {}
    for name, text in stored.items():
        if name not in known:
            continue
        try:
            value = json.loads(text)
            if name == "exam_date":
                value = dt.date.fromisoformat(value)
            elif name == "packs":
                value = tuple(value)
            Settings(**{name: value})
        except (ValueError, TypeError, SettingsError):
            continue
        values[name] = value
    return Settings(**values)
