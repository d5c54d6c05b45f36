"""Several processes that want the same thing in the same moment."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

from dp100.standin.engine.data import datastores
from dp100.standin.engine.workspace import access, workspace
from dp100.standin.engine.workspace.account import Account
from dp100.standin.engine.workspace.workspace import Workspace

START = """
import sys
from dp100.standin.engine.data import datastores
from dp100.standin.engine.errors import EngineError
from dp100.standin.engine.workspace import access, account, workspace
sys.stdout.write("ready\\n"); sys.stdout.flush(); sys.stdin.readline()
"""


def at_once(code: str, processes: int = 3) -> list[str]:
    """What the code prints in each process; ``sys.argv[1]`` is the process's number."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", START + textwrap.dedent(code), str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ.copy(),
        )
        for number in range(processes)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    printed = [process.communicate(timeout=60)[0].strip() for process in started]
    assert [process.returncode for process in started] == [0] * processes
    return printed


def test_the_account_is_made_up_once() -> None:
    printed = at_once("print(account.Account.load().subscription_id)")
    assert set(printed) == {Account.load().subscription_id}


def test_one_makes_the_workspace_and_the_others_are_told(group: str) -> None:
    printed = at_once(
        f"""
        try:
            print(workspace.create({group!r}, "mlw").record["workspace_id"])
        except EngineError as error:
            print(type(error).__name__)
        """
    )
    ws = workspace.open_workspace("mlw")
    assert sorted(printed, key=len)[:2] == ["AlreadyExists"] * 2
    assert max(printed, key=len) == ws.record["workspace_id"]
    assert len(datastores.list(ws)) == 4


def test_no_change_is_lost(ws: Workspace) -> None:
    at_once(
        """
        ws = workspace.open_workspace("mlw-dp100")
        for n in range(10):
            name = f"x_{sys.argv[1]}_{n}"
            datastores.register(ws, name, "DBFS")
            access.assign(ws, f"{name}@contoso.com", "Reader")
            workspace.update(ws, **{name: n})
            account.set_defaults({name: str(n)})
        """
    )
    names = {f"x_{number}_{n}" for number in range(3) for n in range(10)}
    assert {each.name for each in datastores.list(ws)} >= names
    assert {each.principal.name for each in access.assignments(ws)} >= {
        f"{name}@contoso.com" for name in names
    }
    assert names <= set(ws.record)
    assert set(Account.load().defaults) == names
