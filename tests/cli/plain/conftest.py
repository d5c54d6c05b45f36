"""A dialogue with somebody who reads what is asked before answering."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from dp100.cli.main import main

Reply = str | Callable[[str], str]
"""A line, or what makes one of all that was printed since the question began."""

_HEAD = re.compile(r"^(Question )?\d+ of \d+, ", re.MULTILINE)

Dialogue = Callable[..., "Talk"]


@dataclass
class Talk:
    """A dialogue that is over. ``turns`` is what was printed before each line that was read, and at the end."""

    status: int = -1
    turns: list[str] = field(default_factory=list)
    err: str = ""

    @property
    def out(self) -> str:
        return "".join(self.turns)

    @property
    def end(self) -> str:
        return self.turns[-1]


class Typist:
    """Standard input with a person at it; after the last reply it ends."""

    def __init__(self, replies: tuple[Reply, ...], heard: Callable[[], str]) -> None:
        self._replies = list(replies)
        self._heard = heard
        self._question = ""

    def readline(self) -> str:
        said = self._question + self._heard()
        self._question = said[max((head.start() for head in _HEAD.finditer(said)), default=0) :]
        if not self._replies:
            return ""
        reply = self._replies.pop(0)
        return (reply if isinstance(reply, str) else reply(self._question)) + "\n"

    def isatty(self) -> bool:
        return False


@pytest.fixture
def dialogue(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dialogue:
    """Runs ``dp100`` with these words, split at spaces, and these replies."""

    def run(words: str, *replies: Reply) -> Talk:
        talk = Talk()

        def heard() -> str:
            out, err = capsys.readouterr()
            talk.turns.append(out)
            talk.err += err
            return out

        capsys.readouterr()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", Typist(replies, heard))
            with pytest.raises(SystemExit) as end:
                main(words.split())
        heard()
        assert isinstance(end.value.code, int)
        talk.status = end.value.code
        return talk

    return run
