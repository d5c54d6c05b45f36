"""An empty lab to fill: whole enough to be verified from its first day."""

from __future__ import annotations

import re
from pathlib import Path

from dp100.errors import Dp100Error

_ID = re.compile(r"[0-9]{2}(-[a-z0-9]+)+")

_DEFINITION = """\
# dp100 schema lab > lab.schema.json prints a JSON Schema that lets your editor complete this file.
title: {title}
revision: 1
topics: [{topic}]
sdk: any
minutes: 20
goal: |
  One or two sentences: what the learner will have done.
why: |
  Why it matters on the exam and at work.
workspace:
  name: mlw-lab
  group: rg-lab
steps:
  - id: greet
    title: Greet the workspace
    file: main.py
    check: workspace_is_greeted
    instructions: |
      Write the name of the workspace, which config.json holds, into greeting.txt.
    hints:
      - The file config.json is JSON; `json.load` reads it.
      - "`config[\\"workspace_name\\"]` is the name."
      - "`Path(\\"greeting.txt\\").write_text(...)` writes a file."
"""

_START = '''\
"""Greets the workspace."""

import json
from pathlib import Path

config = json.loads(Path("config.json").read_text())

# TODO: write the name of the workspace into greeting.txt
'''

_SOLUTION = '''\
"""Greets the workspace."""

import json
from pathlib import Path

config = json.loads(Path("config.json").read_text())

Path("greeting.txt").write_text(f"Hello, {config['workspace_name']}!\\n")
'''

_CHECKS = '''\
"""Checks of the lab "{title}"."""

from __future__ import annotations

from dp100.labs.work import Work


def workspace_is_greeted(work: Work) -> None:
    """greeting.txt names the workspace."""
    greeting = work.text("greeting.txt")
    assert work.workspace.name in greeting, (
        f"greeting.txt says {{greeting.strip()!r}}, which does not name the workspace {{work.workspace.name}}."
    )
'''


def make(id: str, parent: Path, *, topic: str, title: str | None = None) -> Path:
    """Makes the folder of a new lab in ``parent``; `dp100 lab verify` passes on it.

    Args:
        id: two digits and lower-case words, as in ``15-pipelines``.
        topic: id of the topic it is about.
        title: by default the words of the id.

    Raises:
        Dp100Error: the id is none, the folder is there, or it cannot be written.
    """
    if not _ID.fullmatch(id):
        raise Dp100Error(
            f"`{id[:60]}` is no id of a lab. Write two digits and lower-case words, as in 15-pipelines."
        )
    folder = parent / id
    if folder.exists():
        raise Dp100Error(f"{folder} is there already, and was not touched. Choose another id.")
    name = title or id[3:].replace("-", " ").capitalize()
    try:
        for inner in ("start", "solution"):
            (folder / inner).mkdir(parents=True)
        for path, text in (
            ("lab.yaml", _DEFINITION.format(title=name, topic=topic)),
            ("check.py", _CHECKS.format(title=name)),
            ("start/main.py", _START),
            ("solution/main.py", _SOLUTION),
        ):
            (folder / path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Dp100Error(
            f"{folder} cannot be written ({error.strerror}). Choose a folder that you may write to."
        ) from error
    return folder
