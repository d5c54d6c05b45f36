"""Checks names that are quoted in running text: `Model.deploy(...)`, `az ml job create`, `azureml.core.Run`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.truth import az_table, shell
from tests.truth.az_ml_v1_verbs import ML_V1
from tests.truth.az_ml_verbs import ML
from tests.truth.az_other_verbs import OTHER
from tests.truth.checker import check
from tests.truth.exports import exports
from tests.truth.reference import Module, Reference, Value

QUOTED = re.compile(r"(?<!`)`([^`\n]+(?:\n[^`\n]+)?)`(?!`)")
_NO_CODE = ("mlflow.parentRunId", "mlflow.note.content", "mlflow.runName", "mlflow.user")
"""Names of tags, which only look like attributes."""

_ROOTS = ("azureml", "azure", "mlflow", "mltable", "sklearn")


def quoted(text: str) -> Iterator[str]:
    """Everything between single backticks."""
    fenceless = re.sub(r"```.*?```", "", text, flags=re.S)
    for found in QUOTED.finditer(fenceless):
        yield " ".join(found[1].split())


def problems(span: str, reference: Reference) -> list[str]:
    """What is wrong with something that is quoted; nothing where it cannot be told what it is."""
    if re.match(r"az [a-z]", span):
        return list(_command(span))
    try:
        tree = ast.parse(span, mode="eval")
    except SyntaxError:
        return []
    named = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    if span in _NO_CODE or not named or not isinstance(tree.body, ast.Attribute | ast.Call):
        return []
    complaints = []
    for sdk in ("v1", "v2"):
        given: dict[str, Value] = dict(exports(reference, sdk, named))
        given |= {name: Module(name) for name in named if name in _ROOTS}
        if _root(tree.body) in given:
            complaints.append([str(p.message) for p in check(span, reference, given=given, whole=False)])
    return min(complaints, key=len, default=[])


def _root(node: ast.expr) -> str | None:
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def _command(span: str) -> Iterator[str]:
    if "..." in span or "…" in span or "<" in span.split("-")[0]:
        span = re.split(r"\.\.\.|…|<", span)[0]
        if len(span.split()) < 4:
            return
    try:
        commands = list(shell.commands(span))
    except ValueError:
        return
    for words in commands:
        if words[0] == "az":
            # running text leaves out what a command needs, and names whole groups
            named = " ".join(word for word in words[1:] if not word.startswith("-"))
            if any(words.startswith(f"{named} ") for table in (ML, ML_V1, OTHER) for words in table):
                continue
            yield from (p for p in az_table.check(words[1:], ML, ML_V1, OTHER) if " needs " not in p)
