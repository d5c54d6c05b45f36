"""`dp100 offline` without a command: a shell whose start-up files do not take the stand-in away."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pexpect
import pytest

from dp100.standin.activate import BIN
from tests.standin.activate.running import environment, offline

pytestmark = pytest.mark.skipif(os.name == "nt", reason="cmd.exe reads no start-up files")

ACTIVATE = BIN.parent

#: What conda, pyenv and people write into these files.
TAKING = """
export PATH="{folder}:$PATH"
export PYTHONPATH=/theirs
export THEIRS=read
"""
TAKING_FISH = """
set -gx PATH "{folder}" $PATH
set -gx PYTHONPATH /theirs
set -gx THEIRS read
"""
FILES = {"bash": ".bashrc", "zsh": ".zshrc", "fish": ".config/fish/config.fish"}


@pytest.fixture
def user(tmp_path: Path) -> Path:
    """A home folder with start-up files that put an `az` and a `python` of their own first."""
    first = tmp_path / "first"
    first.mkdir()
    for name in ("az", "python"):
        (first / name).write_text("#!/bin/sh\necho the cloud\n")
        (first / name).chmod(0o755)
    for shell, name in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((TAKING_FISH if shell == "fish" else TAKING).format(folder=first))
    return tmp_path


def typed(shell: str, user: Path, *lines: str) -> tuple[str, int]:
    """What an interactive shell prints while these lines are typed into it, and its exit status."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "dp100", "offline"],
        env={
            **environment(),
            "SHELL": shell,
            "TERM": "dumb",
            "HOME": str(user),
            "XDG_CONFIG_HOME": str(user / ".config"),
        },
        cwd=str(user),
        encoding="utf-8",
        timeout=60,
        dimensions=(24, 400),
    )
    child.expect_exact("Azure ML offline. Leave with `exit`.")
    for line in lines:
        child.sendline(line)
    said = child.read()
    child.close()
    return said, child.exitstatus


@pytest.mark.parametrize("name", FILES)
def test_start_up_files_are_read_and_the_stand_in_stays_first(name: str, user: Path) -> None:
    shell = shutil.which(name)
    if shell is None:
        pytest.skip(f"no {name} here")
    said, status = typed(
        shell,
        user,
        'az account show --query name; echo "<$THEIRS>"',
        "python -c 'import azureml.core as a, os; print(a.__file__, os.environ[\"PYTHONPATH\"])'",
        "exit 4",
    )
    assert "the cloud" not in said
    assert '"Offline subscription"' in said
    assert "<read>" in said
    assert "sdk_v1/azureml/core/__init__.py" in said
    assert "activate/python:/theirs" in said
    assert status == 4
    assert [file.name for file in (ACTIVATE / "shells" / "zsh").iterdir()] == [".zshenv"]


def test_zsh_finds_the_files_of_a_folder_that_was_named(user: Path) -> None:
    shell = shutil.which("zsh")
    if shell is None:
        pytest.skip("no zsh here")
    (user / "z").mkdir()
    (user / ".zshenv").write_text(f"ZDOTDIR={user / 'z'}\n")
    (user / ".zshrc").rename(user / "z" / ".zshrc")
    said, _ = typed(shell, user, 'echo "$ZDOTDIR <$THEIRS>"; az account show --query name', "exit")
    assert f"{user / 'z'} <read>" in said
    assert '"Offline subscription"' in said


def test_a_shell_that_is_not_there_is_told() -> None:
    done = offline(SHELL="/no/such/shell", status=127)
    assert done.stderr == "dp100: There is no shell /no/such/shell. Set SHELL to one that there is.\n"
