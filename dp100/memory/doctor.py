"""Looks at everything that is kept, mends what is derived, and says what it found."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dp100.curriculum.catalogue import Catalogue
from dp100.errors import Dp100Error
from dp100.memory import derived, settings
from dp100.memory.clock import Clock, SystemClock, to_millis
from dp100.memory.in_force import scheduler_in_force
from dp100.memory.migrations import known_version
from dp100.memory.store import InUse, ReadOnly, Store, connect_for_reading
from dp100.memory.trouble import StoreError, as_sentences


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, whether it is as it should be, and what was seen."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the doctor found.

    Attributes:
        ok: everything is as it should be, or was made so.
        checks: in the order of looking.
        rebuilt: how many cards and days differed from what the log says, and were made again.
    """

    ok: bool
    checks: list[Check]
    rebuilt: int

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON has it."""
        return asdict(self)


def check(home: Path, *, packs: Sequence[Path] = (), clock: Clock | None = None) -> Report:
    """Checks the learner's data and the content, and rebuilds the cards where they disagree with the log.

    Never raises for what it finds; a database that cannot be opened is a check that failed.
    """
    checks: list[Check] = []
    rebuilt = 0
    try:
        store = _open(home, clock or SystemClock(), checks)
    except StoreError as error:
        checks.append(Check("database", False, str(error)))
        _check_content(home, settings.Settings(), packs, checks, None)
        return _report(checks, 0)
    with store:
        try:
            _check_database(store, checks)
            rebuilt = _check_cards(store, checks)
        except StoreError as error:
            checks.append(Check("database", False, str(error)))
        _check_content(home, _settings(store), packs, checks, store)
    return _report(checks, rebuilt)


def _report(checks: list[Check], rebuilt: int) -> Report:
    return Report(all(check.ok for check in checks), checks, rebuilt)


def _open(home: Path, clock: Clock, checks: list[Check]) -> Store:
    try:
        return Store.open(home, clock=clock)
    except (InUse, ReadOnly) as error:
        store = Store.open(home, clock=clock, write=False)
        # Someone studying in another window is no fault; a folder that takes no answers is.
        checks.append(Check("writing", isinstance(error, InUse), f"Only looking, mending nothing: {error}"))
        return store


def _settings(store: Store) -> settings.Settings:
    try:
        return settings.load(store)
    except StoreError:
        return settings.Settings()


def _check_database(store: Store, checks: list[Check]) -> None:
    found = [row[0] for row in store.rows("PRAGMA main.integrity_check(20)")]
    orphans = store.rows("PRAGMA main.foreign_key_check")
    if found == ["ok"] and orphans:
        found = [f"{len(orphans)} withdrawals of answers that are not there"]
    detail = f"{store.path} is whole"
    if found != ["ok"]:
        detail = (
            f"{store.path} is damaged ({'; '.join(found[:3])}); put a backup in its place "
            "with `dp100 restore FILE`"
        )
    checks.append(Check("database", found == ["ok"], detail))
    version = (store.row("PRAGMA main.user_version") or (0,))[0]
    checks.append(Check("schema", version == known_version(), f"version {version}"))
    answers, withdrawn, future = store.row(
        "SELECT (SELECT count(*) FROM review), (SELECT count(*) FROM withdrawal), "
        "(SELECT count(*) FROM review WHERE at > ?)",
        (to_millis(store.clock.now()),),
    ) or (0, 0, 0)
    detail = f"{answers} answers, {withdrawn} of them taken back"
    if future:
        detail += f"; {future} are dated in the future, so the clock was or is wrong: compare it with another"
    checks.append(Check("log", not future, detail))


def _check_cards(store: Store, checks: list[Check]) -> int:
    """Folds the log anew and compares."""
    if store.writable:
        with store.transaction() as db:
            rebuilt = derived.rebuild(db, scheduler_in_force(db))
    else:
        with store.reading() as db:
            rebuilt = derived.differences(db, derived.fold_log(db, scheduler_in_force(db)))
    if not rebuilt:
        detail = "agree with the log"
    elif store.writable:
        detail = f"{rebuilt} did not agree with the log and were made again"
    else:
        detail = f"{rebuilt} do not agree with the log; close the other dp100 and run `dp100 doctor` again"
    checks.append(Check("cards", store.writable or not rebuilt, detail))
    return rebuilt if store.writable else 0


def _check_content(
    home: Path, chosen: settings.Settings, packs: Sequence[Path], checks: list[Check], store: Store | None
) -> None:
    folders = [Path(pack).expanduser() for pack in chosen.packs] + list(packs)
    try:
        with Catalogue.open(home, packs=folders, outline=chosen.outline) as catalogue:
            problems = [str(problem) for problem in catalogue.problems]
            detail = f"{catalogue.size} questions, none with a problem"
            if problems:
                more = f" and {len(problems) - 3} more" if len(problems) > 3 else ""
                detail = f"{'; '.join(problems[:3])}{more}; `dp100 questions lint` lists them"
            checks.append(Check("content", not problems, detail))
            checks.append(_index(catalogue))
            if store is not None:
                checks.append(_unknown(store, catalogue))
    except Dp100Error as error:
        checks.append(Check("content", False, str(error)))


def _index(catalogue: Catalogue) -> Check:
    with as_sentences(catalogue.index), closing(connect_for_reading(catalogue.index)) as db:
        found = [row[0] for row in db.execute("PRAGMA integrity_check(1)")]
    whole = found == ["ok"]
    detail = "agrees with the files" if whole else f"damaged ({found[0]}); remove it, and it is made anew"
    return Check("index", whole, f"{catalogue.index} {detail}")


def _unknown(store: Store, catalogue: Catalogue) -> Check:
    """Answers to questions that are there no more are no fault: they wait for the question to come back."""
    try:
        store.attach(catalogue.index)
        items, answers = store.row(
            "SELECT count(DISTINCT item), count(*) FROM review WHERE item NOT IN (SELECT id FROM bank.item)"
        ) or (0, 0)
    except StoreError as error:
        return Check("items", False, str(error))
    if not items:
        return Check("items", True, "every answer belongs to a question")
    return Check(
        "items", True, f"{answers} answers belong to {items} questions that are not in the content now"
    )
