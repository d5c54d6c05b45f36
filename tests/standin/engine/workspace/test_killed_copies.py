"""A process that is killed while it registers a model, or several that register at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from dp100.standin.engine.data import datastores, transfer
from dp100.standin.engine.models import registry
from dp100.standin.engine.tracking import database
from dp100.standin.engine.workspace import workspace
from dp100.standin.engine.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("closed")

#: Does ``{code}`` with copies that say they have begun, and then stand still until somebody kills the process.
STANDING = """
    import shutil, sys, time
    from pathlib import Path
    from dp100.standin.engine.data import transfer
    from dp100.standin.engine.models import registry
    from dp100.standin.engine.workspace import workspace

    def half(source, target, **more):
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        Path(target).write_bytes(Path(source).read_bytes()[:500])
        print("copying", flush=True)
        time.sleep(600)

    ws = workspace.open_workspace("mlw-dp100")
    {before}
    shutil.copyfile = half
    {code}
"""


@pytest.fixture
def closed() -> Iterator[None]:
    yield
    database.close()


def killed(code: str, before: str = "") -> None:
    """Run code in a process of its own that is killed in the middle of its copying, with no chance to tidy up."""
    text = textwrap.dedent(STANDING).format(code=code, before=before)
    process = subprocess.Popen(
        [sys.executable, "-c", text], stdout=subprocess.PIPE, text=True, env=os.environ.copy()
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "copying\n"
    process.kill()
    process.wait(timeout=30)
    process.stdout.close()
    if os.name == "posix":
        assert process.returncode == -signal.SIGKILL


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "model"
    found.mkdir()
    (found / "weights.bin").write_bytes(b"w" * 1000)
    return found


def test_half_a_registration_is_no_version(ws: Workspace, folder: Path) -> None:
    registry.register(ws, "m", folder)
    killed(f"registry.register(ws, 'm', {str(folder)!r})")
    again = workspace.open_workspace("mlw-dp100")
    assert [each.version for each in registry.list(again, "m")] == [1]
    assert registry.register(again, "m", folder).version == 2
    for version in (1, 2):
        assert (registry.path(again, "m", version) / "weights.bin").stat().st_size == 1000


def test_the_first_registration_cut_off_leaves_no_model(ws: Workspace, folder: Path) -> None:
    killed(f"registry.register(ws, 'm', {str(folder / 'weights.bin')!r})")
    again = workspace.open_workspace("mlw-dp100")
    assert (list(registry.list(again)), list(registry.containers(again))) == ([], [])
    assert registry.register(again, "m", folder / "weights.bin").version == 1


def test_half_an_upload_is_no_file(ws: Workspace, folder: Path) -> None:
    killed(f"transfer.upload(ws, 'workspaceblobstore', {str(folder)!r}, 'in')")
    again = workspace.open_workspace("mlw-dp100")
    assert transfer.files(again, "workspaceblobstore") == []
    assert [
        each for each in datastores.folder(again, "workspaceblobstore").rglob("*") if each.is_file()
    ] == []
    assert transfer.upload(again, "workspaceblobstore", folder, "in").done == ("in/weights.bin",)


def test_half_an_artifact_is_no_file(ws: Workspace, folder: Path) -> None:
    from dp100.standin.engine.tracking.store import Tracking

    Tracking(ws).create_run("trials", "run_1")
    killed(
        f"Tracking(ws).artifacts.upload('run_1', 'outputs/w', {str(folder / 'weights.bin')!r})",
        "from dp100.standin.engine.tracking.store import Tracking",
    )
    assert Tracking(ws).artifacts.names("run_1") == []
    Tracking(ws).artifacts.upload("run_1", "outputs/w", folder / "weights.bin")
    assert len(Tracking(ws).artifacts.read("run_1", "outputs/w")) == 1000


def test_two_processes_register_one_name_at_once(ws: Workspace, folder: Path) -> None:
    code = f"""
    import sys
    from dp100.standin.engine.models import registry
    from dp100.standin.engine.workspace import workspace
    ws = workspace.open_workspace("mlw-dp100")
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(5):
        print(registry.register(ws, "m", {str(folder)!r}, tags={{"by": sys.argv[1]}}).version)
    """
    registry.containers(ws)  # the store is made
    started = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(code), str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ.copy(),
        )
        for number in range(2)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    printed = [process.communicate("go\n", timeout=60)[0].split() for process in started]
    assert [process.returncode for process in started] == [0, 0]
    assert sorted(int(version) for each in printed for version in each) == list(range(1, 11))
    found = {str(each.version): each for each in registry.list(ws, "m")}
    for number, versions in enumerate(printed):
        assert {found[version].tags["by"] for version in versions} == {str(number)}
    assert all((each.path / "weights.bin").stat().st_size == 1000 for each in found.values())
