"""Finds the commands in a block of shell."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

_SUBSTITUTION = re.compile(r"\$\(([^()]*)\)")
_HERE_DOCUMENT = re.compile(r"<<-?\s*(['\"]?)(\w+)\1([^\n]*)\n.*?^\s*\2$", re.S | re.M)
_ASSIGNMENT = re.compile(r"^[A-Za-z_]\w*=")
_ENDS = {"&&", "||", ";", "|", "&", "(", ")", "{", "}", ";;"}
_WORDS_BEFORE = {"if", "then", "else", "elif", "while", "until", "do", "!", "time", "sudo", "export"}


def commands(script: str) -> Iterator[list[str]]:
    """The words of every command, those inside ``$(...)`` too.

    Raises:
        ValueError: a quotation is not closed.
    """
    script = _HERE_DOCUMENT.sub(r"\3", script.replace("\\\n", " "))
    while inner := _SUBSTITUTION.search(script):
        yield from commands(inner[1])
        script = f"{script[: inner.start()]}SUBSTITUTED{script[inner.end() :]}"
    for line in _whole_lines(script):
        lexer = shlex.shlex(line, posix=True, punctuation_chars=";&|()")
        lexer.whitespace_split = True
        words: list[str] = []
        for word in [*lexer, ";"]:
            if word in _ENDS:
                if words:
                    yield words
                words = []
            elif words or not (_ASSIGNMENT.match(word) or word in _WORDS_BEFORE):
                words.append(word)


def _whole_lines(script: str) -> Iterator[str]:
    """Lines, where a quotation that spans several is one."""
    waiting = ""
    for line in script.splitlines():
        waiting = f"{waiting}\n{line}" if waiting else line
        try:
            shlex.split(waiting, comments=True)
        except ValueError:
            continue
        yield waiting
        waiting = ""
    if waiting:
        raise ValueError(f"a quotation is not closed: {waiting!r}")
