"""From the folder of a lab to a typed lab, or to what is wrong with it by file and line."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from pydantic import ValidationError

from dp100.curriculum.lab import CHECKS, DEFINITION, SOLUTION, START, Lab
from dp100.curriculum.problem import Problem, one_line
from dp100.curriculum.validation import sentences
from dp100.curriculum.yaml_file import parse
from dp100.errors import Dp100Error

_ID = re.compile(r"[0-9]{2}(-[a-z0-9]+)+")


class LabTrouble(Dp100Error):
    """A lab that cannot be used; ``problems`` says why, by file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def read_lab(folder: Path) -> Lab:
    """The lab in ``folder``.

    Raises:
        LabTrouble: when it is not whole; nothing of the learner's is touched.
    """
    label = folder.name
    file = folder / DEFINITION
    try:
        data = file.read_bytes()
    except OSError as error:
        what = f"the file cannot be read ({error.strerror}); a lab's folder has a {DEFINITION}"
        raise LabTrouble([Problem(f"{label}/{DEFINITION}", None, what)]) from error
    lab, problems = _parsed(data, f"{label}/{DEFINITION}")
    if lab is not None:
        lab.at(folder)
        problems += _of_folder(lab)
    if problems or lab is None:
        raise LabTrouble(problems)
    return lab


def _parsed(data: bytes, label: str) -> tuple[Lab | None, list[Problem]]:
    document = parse(data)
    problems = [Problem(label, fault.line, fault.message) for fault in document.faults]
    if problems:
        return None, problems
    if not isinstance(document.value, dict):
        return None, [Problem(label, 1, "a lab is a mapping; write `title:`, `topics:`, `steps:` and so on")]
    try:
        return Lab.model_validate(document.value), []
    except ValidationError as error:
        faults = sentences(error, document.value, document, document.line)
        return None, [Problem(label, fault.line, fault.message) for fault in faults]


def _of_folder(lab: Lab) -> list[Problem]:
    """What the files beside lab.yaml lack."""
    label, found = lab.folder.name, []
    if not _ID.fullmatch(label):
        what = "a lab's folder is named by two digits and lower-case words, as in 03-datastores; rename it"
        found.append(Problem(label, None, what))
    for name in (START, SOLUTION):
        if not any(path.is_file() for path in (lab.folder / name).rglob("*")):
            found.append(
                Problem(f"{label}/{name}", None, "the folder has no file; put the lab's files there")
            )
    functions, problem = _functions(lab.folder / CHECKS, f"{label}/{CHECKS}")
    if problem is not None:
        return [*found, problem]
    for step in lab.steps:
        if step.check not in functions:
            what = (
                f"the step `{step.id}` names the check `{step.check}`; write that function, or mend lab.yaml"
            )
            found.append(Problem(f"{label}/{CHECKS}", None, what))
        if not (lab.solution / step.file).is_file():
            what = f"the step `{step.id}` is about {step.file}, which is not there; put the solution there"
            found.append(Problem(f"{label}/{SOLUTION}", None, what))
    return found


def _functions(file: Path, label: str) -> tuple[set[str], Problem | None]:
    """Names of the functions of a file, read and not run."""
    try:
        tree = ast.parse(file.read_bytes())
    except OSError as error:
        return set(), Problem(
            label, None, f"the file cannot be read ({error.strerror}); a lab has its checks there"
        )
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        return set(), Problem(
            label, line, one_line(f"this is not Python ({getattr(error, 'msg', error)}); mend it")
        )
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, None
