"""Reading a printed question of the small bank, and what was logged of the answer."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

RIGHT = {
    "raised by 10 %": ["`BanditPolicy(slack_factor=0.1)`"],
    "Which two resources": ["A storage account", "A key vault"],
    "Put the steps of a run": ["Connect to the workspace", "Write the configuration", "Submit the run"],
    "Choose the compute": ["Compute instance", "Compute cluster"],
    "Complete the input": ["AssetTypes.URI_FILE", '"azureml:diabetes-csv:1"'],
    "What runs the nightly": ["A compute cluster with 0 to 4 nodes"],
    "when the night is too short": ["The maximum number of nodes"],
    "What do [bold, [/] and": ["[/] shows as written"],
    "Which sampling": ["Grid sampling"],
    "Which command copies": ["git clone"],
}
"""The right entries, by words of the stem."""


def right(said: str) -> str:
    """The right answer to the question that was printed."""
    if "Is the statement true?" in said or "live requests of an endpoint" in said:
        return "y n"
    if "watches a metric" in said:
        return str(_cutoff(said))
    for words, entries in RIGHT.items():
        if words in said:
            return " ".join(sign_of(entry)(said) for entry in entries)
    raise AssertionError(f"no question of the small bank:\n{said}")


def wrong(said: str) -> str:
    """A complete answer that earns nothing, or not everything."""
    answer = right(said).split()
    if answer[0] in ("y", "n"):
        return " ".join("n" if part == "y" else "y" for part in answer)
    if len(answer) > 1:
        return " ".join([*answer[1:], answer[0]]) if "letters in order" in said else _others(said, answer)
    return next(str(number) for number in (1, 2) if str(number) != answer[0])


def sign_of(entry: str) -> Callable[[str], str]:
    """The number or letter that stands before an entry."""

    def sign(said: str) -> str:
        found = re.search(rf"^ +(\w)  {re.escape(entry)}$", said, re.MULTILINE)
        assert found, f"{entry!r} is not offered in\n{said}"
        return found.group(1)

    return sign


def _others(said: str, answer: list[str]) -> str:
    if "Which two resources" in said:
        return " ".join(sign_of(entry)(said) for entry in ("A key vault", "A compute cluster"))
    if "Choose the compute" in said:
        return " ".join(reversed(answer))
    return " ".join("2" if part == "1" else "1" for part in answer)


def _cutoff(said: str) -> int:
    factor = float(re.findall(r"slack_factor=([0-9.]+[0-9])", said)[-1])
    best = float(re.findall(r"reached ([0-9.]+[0-9])", said.replace("\n", " "))[-1])
    offered = re.findall(r"^  (\d)  ([0-9.]+)$", said, re.MULTILINE)
    return int(min(offered, key=lambda entry: abs(float(entry[1]) - best / (1 + factor)))[0])


def logged(home: Path) -> list[dict[str, Any]]:
    """The answers that count, in order."""
    return rows(home, "SELECT * FROM review WHERE id NOT IN (SELECT review FROM withdrawal) ORDER BY id")


def rows(home: Path, sql: str) -> list[dict[str, Any]]:
    """The rows of a query of the learner's database."""
    with closing(sqlite3.connect(home / "memory.sqlite")) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(sql).fetchall()]
