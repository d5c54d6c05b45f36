"""Collects every block of code that dp100 teaches, as it stands in content/, questions/ and labs/."""

from __future__ import annotations

import ast
import functools
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^( *)```(\w*) *\n(.*?)^\1```", re.S | re.M)
BLANK = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of code: what it belongs to, where it is, and whether it is said to run as it stands.

    A fragment may use names that it does not make; another may use those of `before`, the blocks above it in
    the same note, if it says "as above". `own` holds the modules that stand beside it.
    """

    id: str
    path: str
    sdk: str
    language: str
    text: str
    run: bool = False
    fragment: bool = True
    before: str = ""
    own: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.path}, {self.id}"

    def names(self) -> set[str]:
        """Every name that the code uses; none where it is no Python."""
        try:
            return {node.id for node in ast.walk(ast.parse(self.text)) if isinstance(node, ast.Name)}
        except SyntaxError:
            return set()


@functools.cache
def _documents(folder: str, pattern: str = "**/*.yaml") -> list[tuple[str, Any]]:
    found = []
    for path in sorted((ROOT / folder).glob(pattern)):
        with path.open("rb") as file:
            document = yaml.load(file, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
            found.append((path.relative_to(ROOT).as_posix(), document))
    return found


def notes() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every note, with the path of its file."""
    for path, document in _documents("content/notes"):
        for note in document.get("notes") or []:
            yield path, note


def questions() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every question that can be asked, those of case studies too, with the path of its file."""
    for path, document in _documents("questions"):
        for entry in document.get("questions") or []:
            for question in entry.get("questions") or [entry]:
                yield path, {"sdk": entry.get("sdk", "any"), **question}


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every case study, with the path of its file."""
    for path, document in _documents("questions"):
        for entry in document.get("questions") or []:
            if entry.get("kind") == "case":
                yield path, entry


def filled(question: dict[str, Any]) -> str:
    """The body of a `fill` question with the right choices in its blanks."""
    right = {
        name: next((choice["text"] for choice in choices if choice.get("correct")), "NO RIGHT CHOICE")
        for name, choices in question["blanks"].items()
    }
    return BLANK.sub(lambda blank: str(right[blank[1]]).strip("\n"), question["body"])


def true_texts(question: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The texts of a question that have to be true, each with the name of its field."""
    for field in ("stem", "scenario", "question", "explain"):
        if field in question:
            yield field, question[field]
    for position, choice in enumerate(question.get("choices", ())):
        if choice.get("correct"):
            yield f"choice-{position}", choice["text"]
    for position, statement in enumerate(question.get("statements", ())):
        if statement["answer"]:
            yield f"statement-{position}", statement["text"]
    for position, solution in enumerate(question.get("solutions", ())):
        if solution["meets"]:
            yield f"solution-{position}", solution["text"]


def _fences(text: str, item: str, path: str, sdk: str) -> Iterator[Block]:
    for position, fence in enumerate(FENCE.finditer(text)):
        yield Block(f"{item}-{position}", path, sdk, fence[2] or "text", textwrap.dedent(fence[3]))


def _of_notes() -> Iterator[Block]:
    for path, note in notes():
        above = ""
        for position, code in enumerate(note.get("code") or ()):
            yield Block(
                id=f"{note['topic']}-{position}",
                path=path,
                sdk=code.get("sdk", "any"),
                language=code.get("language", "python"),
                text=code["text"],
                run=code.get("run", False),
                fragment=False,
                before=above if "as above" in code["text"] else "",
            )
            if code.get("language", "python") == "python":
                above += code["text"] + "\n"
        for field in ("text", "exam", "remember"):
            yield from _fences(note.get(field) or "", f"{note['topic']}-{field}", path, "any")


def _of_questions() -> Iterator[Block]:
    for path, question in questions():
        for field, text in true_texts(question):
            yield from _fences(text, f"{question['id']}-{field}", path, question["sdk"])
        if question["kind"] == "fill":
            language = question.get("language", "python")
            yield Block(f"{question['id']}-body", path, question["sdk"], language, filled(question))
    for path, case in cases():
        for position, tab in enumerate(case["tabs"]):
            yield from _fences(tab["text"], f"{case['id']}-tab-{position}", path, case.get("sdk", "any"))


def _of_labs() -> Iterator[Block]:
    """The solutions of labs and the fences in their texts; what a learner starts from may hold gaps."""
    languages = {".py": "python", ".yml": "yaml", ".yaml": "yaml", ".sh": "bash"}
    for file in sorted((ROOT / "labs").glob("*/solution/**/*")):
        if file.suffix in languages and file.is_file():
            name = file.relative_to(ROOT).as_posix()
            lab = name.removeprefix("labs/").replace("/solution/", "-").replace("/", "-")
            solution = ROOT / "/".join(file.relative_to(ROOT).parts[:3])
            own = frozenset(path.stem for path in solution.rglob("*.py")) | {
                path.name for path in solution.iterdir() if path.is_dir()
            }
            text = file.read_text("utf-8")
            yield Block(lab, name, "any", languages[file.suffix], text, fragment=False, own=own)
    for path, document in _documents("labs", "*/lab.yaml"):
        for position, text in enumerate(_strings(document)):
            yield from _fences(text, f"{Path(path).parent.name}-{position}", path, "any")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


@functools.cache
def _everything() -> list[Block]:
    return [*_of_notes(), *_of_questions(), *_of_labs()]


def blocks(language: str | None = None) -> list[Block]:
    """Every block, or those in one language."""
    return [block for block in _everything() if language in (None, block.language)]


# Running

NOT_INSTALLED = ("azureml", "mltable", "fairlearn", "interpret", "snsql", "raiutils")
_OF_A_WORKSPACE = re.compile(
    r"\b(MLClient|DefaultAzureCredential|InteractiveBrowserCredential|requests|urllib)\b"
)


def waits_for_stand_in(block: Block) -> bool:
    """Whether a block that is said to run needs a workspace, a network or SDK v1.

    Those blocks are only parsed and resolved here; `standing_in` lists them for the tests of the stand-in.
    """
    modules = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(block.text))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    return bool(modules & set(NOT_INSTALLED)) or bool(_OF_A_WORKSPACE.search(block.text))


def standing_in() -> list[Block]:
    """The blocks marked `run` that need the stand-in: SDK v1, a workspace or a service."""
    return [block for block in blocks("python") if block.run and waits_for_stand_in(block)]


def standing_alone() -> list[Block]:
    """The blocks marked `run` that need nothing but the installed packages."""
    return [block for block in blocks("python") if block.run and not waits_for_stand_in(block)]
