"""Every block of code that dp100 teaches says what is so.

Python is resolved against the packages that are installed and against the snapshots of those that are not,
YAML is loaded by the functions of `az ml`, commands of `az` are looked up in the tables of its reference. Blocks
marked `run` that need no workspace are run; the others, listed by `blocks.standing_in`, run in the tests of
the stand-in.
"""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import yaml
from filelock import FileLock

from tests.truth import az_table, run_offline, shell, yaml_assets
from tests.truth.az_ml_v1_verbs import ML_V1
from tests.truth.az_ml_verbs import ML
from tests.truth.az_other_verbs import OTHER
from tests.truth.blocks import Block, blocks, notes, questions, standing_alone, standing_in, true_texts
from tests.truth.checker import check
from tests.truth.exports import exports
from tests.truth.prose import problems as problems_in_prose
from tests.truth.prose import quoted
from tests.truth.reference import Reference

pytestmark = pytest.mark.filterwarnings("ignore")

LONGEST = 120.0
"""Seconds that a block may run."""


@functools.cache
def reference() -> Reference:
    return Reference()


def each(found: Sequence[Block]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("block", found, ids=[block.id for block in found])


def fail(block: Block, complaints: Sequence[object]) -> None:
    if complaints:
        listed = "".join(f"\n  {complaint}" for complaint in complaints)
        pytest.fail(f"{block}:{listed}\n\n{block.text}", pytrace=False)


@each(blocks("python"))
def test_python(block: Block) -> None:
    if not block.fragment:
        fail(block, check(block.text, reference(), before=block.before, own=block.own))
        return
    complaints = []
    for sdk in ("v1", "v2") if block.sdk == "any" else (block.sdk,):
        given = exports(reference(), sdk, block.names())
        complaints.append(check(block.text, reference(), given=given))
    fail(block, min(complaints, key=len))


@each(blocks("yaml"))
def test_yaml(block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    fail(block, list(yaml_assets.problems(block.text, tmp_path)))
    scripts = [*scripts_in(yaml.safe_load(block.text)), *re.findall(r"^ *# *(az .*)$", block.text, re.M)]
    fail(block, commands_in("\n".join(scripts), block.sdk))


def scripts_in(document: object) -> list[str]:
    """What a workflow runs."""
    if isinstance(document, dict):
        own = [
            value
            for key, value in document.items()
            if key in ("run", "inlineScript") and isinstance(value, str)
        ]
        return own + [script for value in document.values() for script in scripts_in(value)]
    return (
        [script for value in document for script in scripts_in(value)] if isinstance(document, list) else []
    )


@each(blocks("bash"))
def test_bash(block: Block) -> None:
    fail(block, commands_in(block.text, block.sdk))


def commands_in(script: str, sdk: str) -> list[str]:
    tables = (OTHER, ML_V1) if sdk == "v1" else (OTHER, ML)
    try:
        commands = list(shell.commands(script))
    except ValueError as problem:
        return [str(problem)]
    return [
        complaint
        for words in commands
        if words[0] == "az"
        for complaint in az_table.check(words[1:], *tables)
    ]


@each(blocks("json"))
def test_json(block: Block) -> None:
    try:
        json.loads(block.text)
    except ValueError as problem:
        fail(block, [f"is no JSON: {problem}"])


def surroundings() -> dict[str, str]:
    """Environment variables for blocks that run: none that would lead them to a workspace or a server."""
    kept = {n: value for n, value in os.environ.items() if not n.startswith(("AZURE", "MLFLOW", "PYTHON"))}
    return {**kept, "MPLBACKEND": "Agg", "MLFLOW_DISABLE_TELEMETRY": "true", "PYTHONIOENCODING": "utf-8"}


@pytest.fixture(scope="session")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """A process that imports the SDKs once and runs one block after the other."""
    with (
        (tmp_path_factory.mktemp("runner") / "noise").open("w", encoding="utf-8") as noise,
        subprocess.Popen(
            [sys.executable, "-W", "ignore", run_offline.__file__],
            env=surroundings(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=noise,
            text=True,
            encoding="utf-8",
        ) as process,
    ):
        yield process
        process.kill()


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of MLflow with its tables and nothing in them, which takes seconds to make: once for all."""
    everyone = tmp_path_factory.getbasetemp()
    folder = (everyone.parent if os.environ.get("PYTEST_XDIST_WORKER") else everyone) / "empty-store"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            folder.mkdir()
            script = folder / "make.py"
            script.write_text("import mlflow\nmlflow.search_experiments()\n")
            assert run_alone(script) is None
    return folder / "mlflow.db"


@each(standing_alone())
def test_runs(block: Block, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    script = tmp_path / "block.py"
    script.write_text(block.before + "\n" + block.text, encoding="utf-8")
    if "mlflow" in block.text:  # keeps its store and its current run for the life of a process
        shutil.copy(request.getfixturevalue("empty_store"), tmp_path)
        trouble = run_alone(script)
    else:
        trouble = run_among_others(script, request.getfixturevalue("runner"))
    if trouble:
        fail(block, [f"does not run: {trouble[-2000:]}"])


def run_alone(script: Path) -> str | None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", run_offline.__file__, str(script)],
        cwd=script.parent,
        env=surroundings(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=LONGEST,
        check=False,
    )
    return done.stderr.strip() or "no message" if done.returncode else None


def run_among_others(script: Path, runner: subprocess.Popen[str]) -> str | None:
    assert runner.stdin
    assert runner.stdout
    print(script, file=runner.stdin, flush=True)
    impatience = threading.Timer(LONGEST, runner.kill)
    impatience.start()
    answer = runner.stdout.readline()
    impatience.cancel()
    return json.loads(answer) if answer else "it ended the process that ran it, or took too long"


def test_a_block_that_runs_is_python() -> None:
    running = [block for block in blocks() if block.run]
    assert {block.id for block in running} == {block.id for block in [*standing_alone(), *standing_in()]}


# Running text


def texts() -> list[tuple[str, str, str]]:
    """Item, path and text of everything in which names are quoted and meant."""
    found = [
        (
            note["topic"],
            path,
            "\n".join(str(note.get(field) or "") for field in ("summary", "text", "exam", "remember")),
        )
        for path, note in notes()
    ]
    for path, question in questions():
        found.append((question["id"], path, "\n".join(text for _, text in true_texts(question))))
    return [one for one in found if "`" in one[2]]


@pytest.mark.parametrize(("item", "path", "text"), texts(), ids=[item for item, _, _ in texts()])
def test_names_in_running_text(item: str, path: str, text: str) -> None:
    complaints = [
        f"`{span}`: {complaint}"
        for span in quoted(text)
        for complaint in problems_in_prose(span, reference())
    ]
    if complaints:
        pytest.fail("\n  ".join([f"{path}, {item}:", *complaints]), pytrace=False)
