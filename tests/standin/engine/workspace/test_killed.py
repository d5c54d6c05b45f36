"""A process that ends at any write leaves a workspace that opens, or none."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from dp100.standin.engine.data import datastores, transfer
from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.engine.workspace import workspace
from dp100.standin.engine.workspace.workspace import Workspace

DYING = """
    import os
    from pathlib import Path
    from dp100.standin.engine import store
    from dp100.standin.engine.data import assets, datastores, transfer
    from dp100.standin.engine.workspace import workspace

    left = {steps}
    before = store.replace

    def replace(source, target):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        before(source, target)

    store.replace = replace
    {code}
"""


def die(code: str, steps: int) -> int:
    """Run code in a process of its own that ends, without a word, instead of its next rename after ``steps``."""
    text = textwrap.dedent(DYING).format(steps=steps, code=textwrap.dedent(code))
    return subprocess.run([sys.executable, "-c", text], check=False, env=os.environ.copy()).returncode


@pytest.mark.parametrize("steps", [0, 1, 3, 5, 6])
def test_while_it_creates_a_workspace(group: str, steps: int) -> None:
    assert die(f"workspace.create({group!r}, 'mlw')", steps) == 9
    assert workspace.list_workspaces() == []
    ws = workspace.create(group, "mlw")
    assert len(datastores.list(ws)) == 4
    assert [each.name for each in ws.folder.parent.iterdir() if not each.name.endswith(".lock")] == ["mlw"]


def test_the_last_step_makes_the_workspace(group: str) -> None:
    assert die(f"workspace.create({group!r}, 'mlw')", 7) == 0
    assert [each.name for each in workspace.list_workspaces()] == ["mlw"]


@pytest.mark.parametrize("steps", [0, 1])
def test_while_it_registers_data(ws: Workspace, steps: int) -> None:
    code = "assets.AssetStore(workspace.open_workspace('mlw-dp100'), 'data').create('d', spec={'path': 'x'})"
    assert die(code, steps) == 9
    store = AssetStore(workspace.open_workspace("mlw-dp100"), "data")
    assert [each.version for each in store.list()] == ["1"][:steps]
    assert store.create("d", spec={"path": "y"}).version == str(1 + steps)
    assert store.get("d").spec == {"path": "y"}
    assert len(store.list("d")) == 1 + steps


@pytest.mark.parametrize("steps", [0, 1])
def test_while_it_registers_a_datastore(ws: Workspace, steps: int) -> None:
    code = """datastores.register(workspace.open_workspace('mlw-dp100'), 'x', 'AzureBlob',
                                  account_name='a', container_name='c', account_key='k')"""
    assert die(code, steps) == 9
    assert len(datastores.list(ws)) == 4
    datastores.register(ws, "x", "AzureBlob", account_name="a", container_name="c")
    assert datastores.credentials(ws, "x") == {}


def test_while_it_uploads(ws: Workspace, tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{number}.csv").write_text("x" * 1000)
    source = str(tmp_path / "in")
    code = f"transfer.upload(workspace.open_workspace('mlw-dp100'), 'workspaceblobstore', {source!r}, 'd')"
    assert die(code, 2) == 9
    assert transfer.files(ws, "workspaceblobstore") == ["d/0.csv", "d/1.csv"]
    found = list(datastores.folder(ws, "workspaceblobstore").rglob("*.csv"))
    assert all(file.stat().st_size == 1000 for file in found)
    assert len(transfer.upload(ws, "workspaceblobstore", tmp_path / "in", "d").done) == 2


def test_half_a_delete_is_a_deleted_workspace(ws: Workspace) -> None:
    (ws.folder / "workspace.yaml").unlink()
    assert workspace.list_workspaces() == []
    new = workspace.create("rg-dp100", "mlw-dp100")
    assert new.record["name"] == "mlw-dp100"
    assert not list(new.folder.parent.glob(".deleted-*"))
