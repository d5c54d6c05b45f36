"""Python that stands in content: finding it, and telling whether it parses."""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from collections.abc import Iterator
from typing import Any

_FENCE = re.compile(
    r"^(?P<indent>[ ]{0,3})(?P<fence>`{3,}|~{3,})[ ]*(?:python|py)\b[^\n]*\n(?P<code>.*?)"
    r"(?:^[ ]{0,3}(?P=fence)[`~]*[ ]*$|\Z)",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)


def fenced(text: str) -> Iterator[str]:
    """Every block of Markdown that is marked as Python."""
    for found in _FENCE.finditer(text):
        yield found["code"]


def texts(value: Any) -> Iterator[str]:
    """Every text inside a model that was dumped to lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts(part)


def trouble(code: str) -> str | None:
    """Why ``code`` does not parse, or None. Nothing is run."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(textwrap.dedent(code))
    except SyntaxError as error:
        row = (error.text or "").strip()[:60]
        return f"{error.msg}, near `{row}`" if row else str(error.msg)
    except (ValueError, RecursionError, MemoryError) as error:
        return str(error) or "it nests too deep"
    return None
