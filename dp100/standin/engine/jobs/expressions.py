"""Expressions in commands: ``${{inputs.x}}``, optional parts ``$[[...]]``, and how a path survives a shell."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from dp100.standin.engine.errors import Invalid

_OPTIONAL = re.compile(r"\$\[\[(.*?)\]\]", re.DOTALL)
_EXPRESSION = re.compile(r"\$\{\{\s*([A-Za-z_]+)\.([A-Za-z_][\w.-]*)\s*\}\}")
_SAFE = re.compile(r"[\w@%+=:,./\\-]*")
_V1 = re.compile(
    r"\$\{?AZUREML_DATAREFERENCE_(\w+)\}?"
    r"|(?:DatasetConsumptionConfig|DatasetOutputConfig|OutputDatasetConfig|OutputFileDatasetConfig):(\w+)"
)


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression stands for.

    Attributes:
        text: the text.
        path: whether it is a path, which has to reach the script in one piece. Literals are put in as they are, so
            that the shell sees what it would see in the service.
    """

    text: str
    path: bool = False


Values = Mapping[str, Mapping[str, Value | None]]


def resolve(command: str, values: Values, *, windows: bool = False) -> str:
    """A command with every expression replaced.

    Args:
        command: for a shell.
        values: by kind (``inputs``, ``outputs``, ``search_space``) and name; None is an optional input that was not
            given. Inside ``$[[...]]`` an input that is not there at all is the same, as it is for azure-ai-ml, which
            leaves a literal without value out of the job.
        windows: the shell is cmd.

    Raises:
        Invalid: an expression names nothing, or an optional input stands outside ``$[[...]]``.
    """

    def optional(found: re.Match[str]) -> str:
        inner = found[1]
        return "" if any(_absent(values, each[1], each[2]) for each in _EXPRESSION.finditer(inner)) else inner

    text = _OPTIONAL.sub(optional, command)
    parts: list[str] = []
    end = 0
    quote = ""
    for found in _EXPRESSION.finditer(text):
        before = text[end : found.start()]
        quote = _quote_at_end(before, quote, windows)
        parts.append(before)
        value = _required(values, found[1], found[2])
        parts.append(_quoted(value.text, quote, windows) if value.path else value.text)
        end = found.end()
    return "".join((*parts, text[end:]))


def resolve_word(word: str, values: Values) -> str:
    """One word of an argument list, which no shell will touch, with every expression and v1 reference replaced.

    Raises:
        Invalid: an expression names nothing.
    """

    def reference(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        for kind in ("inputs", "outputs"):
            if (value := values.get(kind, {}).get(name)) is not None:
                return value.text
        return found[0]

    text = _EXPRESSION.sub(lambda found: _required(values, found[1], found[2]).text, word)
    return _V1.sub(reference, text)


def check(command: str, values: Values) -> None:
    """Refuse a command whose expressions cannot be replaced; done when a job is submitted.

    Raises:
        Invalid: as :func:`resolve`.
    """
    resolve(command, values)


def _value(values: Values, kind: str, name: str) -> Value | None:
    held = values.get(kind)
    plain = name.removesuffix(".path")  # ${{inputs.x.path}} is how components may write it
    if held is None or plain not in held:
        raise Invalid(
            f"The command names ${{{{{kind}.{name}}}}}, but the job has no such "
            f"{kind.rstrip('s') if held is not None else 'thing'}. "
            + (f"It has {', '.join(held)}." if held else f"It has no {kind}."),
            target="command",
        )
    return held[plain]


def _absent(values: Values, kind: str, name: str) -> bool:
    if kind == "inputs" and name.removesuffix(".path") not in values.get(kind, {}):
        return True
    return _value(values, kind, name) is None


def _required(values: Values, kind: str, name: str) -> Value:
    value = _value(values, kind, name)
    if value is None:
        raise Invalid(
            f"The optional input '{name}' is used outside of $[[...]] and was given no value.",
            target="command",
        )
    return value


def _quote_at_end(text: str, quote: str, windows: bool) -> str:
    """Inside which quotes a shell is after ``text``, when it was inside ``quote`` before."""
    marks = '"' if windows else "\"'"
    escaped = False
    for character in text:
        if escaped:
            escaped = False
        elif character == "\\" and quote != "'" and not windows:
            escaped = True
        elif quote:
            quote = "" if character == quote else quote
        elif character in marks:
            quote = character
    return quote


def _quoted(text: str, quote: str, windows: bool) -> str:
    if windows:
        return text if quote or _SAFE.fullmatch(text) else f'"{text}"'
    if quote == '"':
        return re.sub(r'([\\"$`])', r"\\\1", text)
    if quote == "'":
        return text.replace("'", "'\\''")
    return text if _SAFE.fullmatch(text) and "\\" not in text else shlex.quote(text)
