"""A lab: what its ``lab.yaml`` says. The folder beside it holds start/, solution/ and check.py."""

from __future__ import annotations

import shlex
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal, Self

from pydantic import Field, PrivateAttr, StringConstraints, field_validator, model_validator

from dp100.curriculum.model import Model, Sdk, Text, TopicId

DEFINITION = "lab.yaml"
CHECKS = "check.py"
START = "start"
SOLUTION = "solution"

LabId = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}(?:-[a-z0-9]+)+$", max_length=40)]
"""Two digits and lower-case words, as in ``03-datastores``: the name of the lab's folder."""

StepId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=40)]
Relative = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class LabWorkspace(Model):
    """The workspace that the lab begins with; its config.json is written into the learner's folder."""

    name: Text
    group: Text
    location: Text = "westeurope"


class Step(Model):
    """One thing to do, and how to tell that it was done."""

    id: StepId = Field(description="Unique in the lab; progress refers to it, so it is never renamed.")
    title: Annotated[Text, Field(max_length=40)]
    sdk: Literal["v1", "v2"] | None = Field(default=None, description="Where the step belongs to one SDK.")
    file: Relative = Field(description="The file to edit, relative to the lab's folder.")
    run: str | Literal[False] | None = Field(
        default=None,
        description="What running means: `python FILE` by default for a .py file; false: nothing is run.",
    )
    seconds: Annotated[int, Field(ge=1, le=600)] = Field(default=60, description="Time limit of a run.")
    check: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")] = Field(
        description="The function of check.py that tells whether the step holds."
    )
    instructions: Text = Field(description="Markdown: what to do.")
    hints: Annotated[list[Text], Field(max_length=3)] = Field(
        default=[], description="From a nudge to nearly the line."
    )

    @field_validator("file")
    @classmethod
    def _stays_inside(cls, file: str) -> str:
        path = PurePosixPath(file)
        if "\\" in file or path.is_absolute() or ".." in path.parts or ":" in file:
            raise ValueError("must be a path inside the lab's folder, with forward slashes")
        return file

    @field_validator("run")
    @classmethod
    def _has_words(cls, run: str | Literal[False] | None) -> str | Literal[False] | None:
        if isinstance(run, str):
            try:
                words = shlex.split(run)
            except ValueError:
                words = []
            if not words:
                raise ValueError("must be a command, or false where nothing is to be run")
        return run

    @property
    def command(self) -> tuple[str, ...]:
        """The words of the command that runs the step; none where nothing is to be run."""
        if isinstance(self.run, str):
            return tuple(shlex.split(self.run))
        if self.run is None and self.file.endswith(".py"):
            return ("python", self.file)
        return ()


class Lab(Model):
    """A hands-on lab."""

    title: Annotated[Text, Field(max_length=44)]
    revision: Annotated[int, Field(ge=1)] = Field(
        default=1, description="Raised when work that was begun with an earlier one no longer fits."
    )
    topics: Annotated[list[TopicId], Field(min_length=1)]
    sdk: Sdk = Field(default="any", description="any: the lab has steps of both SDKs, or of neither.")
    minutes: Annotated[int, Field(ge=1, le=240)]
    goal: Text = Field(description="Markdown, one or two sentences: what the learner will have done.")
    why: Text = Field(description="Markdown: why it matters on the exam and at work.")
    workspace: LabWorkspace | None = None
    steps: Annotated[list[Step], Field(min_length=1, max_length=12)]

    _folder: Path = PrivateAttr(default=Path())

    @model_validator(mode="after")
    def _names_each_step_once(self) -> Self:
        ids = [step.id for step in self.steps]
        if twice := {id for id in ids if ids.count(id) > 1}:
            raise ValueError(f"two steps have the id `{sorted(twice)[0]}`; give each its own")
        return self

    @property
    def folder(self) -> Path:
        """The folder that holds the lab."""
        return self._folder

    @property
    def id(self) -> str:
        """The name of the folder."""
        return self._folder.name

    @property
    def number(self) -> str:
        """The two digits that the id begins with."""
        return self.id[:2]

    @property
    def start(self) -> Path:
        """The learner's starting files."""
        return self._folder / START

    @property
    def solution(self) -> Path:
        """The same files, with the work done."""
        return self._folder / SOLUTION

    def step(self, id: str) -> Step | None:
        """The step with this id."""
        return next((step for step in self.steps if step.id == id), None)

    def at(self, folder: Path) -> Self:
        """This lab, as found in ``folder``."""
        self._folder = folder
        return self
