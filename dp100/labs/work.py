"""What a lab's check.py is written with: the learner's folder, its last run, and the lab's workspace.

Whatever is missing or cannot be read is an AssertionError with a sentence for the learner. A check runs in a process
of its own, in the environment of ``dp100 offline``, with the learner's folder as working folder.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import traceback
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from dp100.labs.seen import Seen, workspaces

__all__ = ["Ran", "Seen", "Work"]


class Ran(NamedTuple):
    """How a step's command ran.

    Attributes:
        status: its exit status; None when it was stopped or could not be started.
        output: what it printed, standard error too; the end of it when it was much.
        seconds: how long it ran.
    """

    status: int | None
    output: str
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether it ran to its end without an error."""
        return self.status == 0


class Work:
    """A learner's work on a lab, as a check sees it.

    Attributes:
        folder: the learner's folder.
        ran: the last run of the step's command; None where nothing was run.
    """

    def __init__(
        self, folder: Path, azure: Path, workspace: str | None = None, ran: Ran | None = None
    ) -> None:
        self.folder = folder
        self.ran = ran
        self._azure = azure
        self._workspace = workspace

    # The workspace

    @cached_property
    def workspace(self) -> Seen:
        """The lab's workspace: the one that lab.yaml names, or else the only one there is."""
        if self._workspace is not None:
            return self.find_workspace(self._workspace)
        found = self.workspaces()
        if len(found) > 1:
            names = ", ".join(seen.name for seen in found)
            raise AssertionError(
                f"There are several workspaces ({names}), and this lab is about one. Delete the rest."
            )
        assert found, "There is no workspace yet."
        return found[0]

    def workspaces(self) -> list[Seen]:
        """All workspaces of the lab, by name."""
        return workspaces(self._azure)

    def find_workspace(self, name: str, group: str | None = None) -> Seen:
        """The workspace of this name."""
        known = self.workspaces()
        for seen in known:
            if seen.name.casefold() == name.casefold() and (
                group is None or seen.group.casefold() == group.casefold()
            ):
                return seen
        where = f" in the resource group `{group}`" if group else ""
        names = ", ".join(f"{seen.name} (in {seen.group})" for seen in known)
        raise AssertionError(
            f"There is no workspace `{name}`{where}. "
            + (f"There is: {names}." if names else "There is none yet.")
        )

    # The learner's files

    def path(self, name: str) -> Path:
        """A file of the learner's folder."""
        found = self.folder / name
        assert found.exists(), (
            f"{name} is not in your folder. It was there at the start, or a step asks you to make it."
        )
        return found

    def text(self, name: str) -> str:
        """What a file holds, as text."""
        try:
            return self.path(name).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise AssertionError(f"{name} is not UTF-8 text. Save it with the encoding UTF-8.") from error
        except OSError as error:
            raise AssertionError(f"{name} cannot be read ({error.strerror}).") from error

    def yaml(self, name: str) -> Any:
        """What a YAML file holds."""
        import yaml

        try:
            return yaml.safe_load(self.text(name))
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            where = f", line {mark.line + 1}" if mark else ""
            raise AssertionError(f"{name}{where} is not YAML: {getattr(error, 'problem', error)}.") from error

    def json(self, name: str) -> Any:
        """What a JSON file holds."""
        try:
            return json.loads(self.text(name))
        except ValueError as error:
            raise AssertionError(f"{name} is not JSON: {error}.") from error

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a CSV file, by column."""
        return list(csv.DictReader(io.StringIO(self.text(name))))

    def load(self, name: str) -> dict[str, Any]:
        """Runs a Python file of the learner's as a module that is not ``__main__``; gives the names it defines.

        An exception or an exit becomes an AssertionError that names line and error.
        """
        file, source = self.path(name), self.text(name)
        names: dict[str, Any] = {"__name__": file.stem, "__file__": str(file)}
        before = list(sys.path)
        sys.path.insert(0, str(file.parent))
        try:
            exec(compile(source, str(file), "exec"), names)
        except SystemExit as error:
            raise AssertionError(
                f"{name} leaves{_line(error, file)} with sys.exit() before its functions are there to be tried."
            ) from error
        except SyntaxError as error:
            raise AssertionError(f"{name}, line {error.lineno}: this is not Python ({error.msg}).") from error
        except Exception as error:
            raise AssertionError(
                f"{name} stops{_line(error, file)}: {type(error).__name__}: {error}"
            ) from error
        finally:
            sys.path[:] = before
        return names


def _line(error: BaseException, file: Path) -> str:
    """Where in the learner's file an error came from, in words."""
    numbers = [
        frame.lineno for frame in traceback.extract_tb(error.__traceback__) if _same(frame.filename, file)
    ]
    return f" in line {numbers[-1]}" if numbers else ""


def _same(name: str, file: Path) -> bool:
    return os.path.normcase(name) == os.path.normcase(str(file))
