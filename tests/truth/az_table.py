"""The commands of `az` as a table of words and options, and the check of a command line against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

COMMON = frozenset(
    {
        "acquire-policy-token",
        "change-reference",
        "debug",
        "help",
        "h",
        "only-show-errors",
        "output",
        "o",
        "query",
        "subscription",
        "verbose",
    }
)
"""Options that every command takes."""

CONFIGURED = frozenset({"resource-group", "workspace-name"})
"""Required options that `az configure --defaults` can give."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its words after `az`, every spelling of its options, and which it cannot do without."""

    words: str
    options: frozenset[str]
    required: tuple[tuple[str, ...], ...]


def parse(table: str) -> dict[str, Command]:
    """Reads a table of commands; see az_ml_verbs.py for its form."""
    lines: list[str] = []
    for line in table.strip("\n").splitlines():
        if line.startswith(" "):
            lines[-1] += line
        else:
            lines.append(line)
    commands = {}
    for line in lines:
        words, _, options = line.partition(":")
        spellings = [option.rstrip("!").split(",") for option in options.split()]
        required = tuple(tuple(option[:-1].split(",")) for option in options.split() if option.endswith("!"))
        commands[words] = Command(words, frozenset(name for names in spellings for name in names), required)
    return commands


def check(words: Sequence[str], *tables: Mapping[str, Command]) -> Iterator[str]:
    """What is wrong with a command line, in sentences.

    Args:
        words: the words after `az`.
        tables: the commands there are. A command that several tables have is right if it is in one of them.
    """
    leading = list(words)
    for position, word in enumerate(words):
        if word.startswith("-"):
            leading = list(words[:position])
            break
    if {"--help", "-h", "--version"} & set(words):
        return
    for length in range(len(leading), 0, -1):
        named = " ".join(leading[:length])
        found = [table[named] for table in tables if named in table]
        if found:
            complaints = [list(_options(command, words)) for command in found]
            yield from min(complaints, key=len)
            return
    yield f"there is no command `az {' '.join(leading)}`"


def _options(command: Command, words: Sequence[str]) -> Iterator[str]:
    given = set()
    for word in words:
        name = word.partition("=")[0]
        if name.startswith("--") and len(name) > 2:
            given.add(name[2:])
        elif len(name) == 2 and name[0] == "-" and name[1].isalpha():
            given.add(name[1:])
    for name in sorted(given - command.options - COMMON):
        yield f"`az {command.words}` has no option `{'--' if len(name) > 1 else '-'}{name}`"
    for spellings in command.required:
        if not given & set(spellings) and not CONFIGURED & set(spellings):
            yield f"`az {command.words}` needs `--{spellings[0]}`"
