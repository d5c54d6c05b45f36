"""Several processes and threads on one store lose nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from dp100.standin.engine.tracking.store import Tracking

_OURS = """
import sys
from pathlib import Path
from tests.standin.engine.tracking.conftest import FakeWorkspace
from dp100.standin.engine.tracking.store import Tracking
tracking, me = Tracking(FakeWorkspace(Path(sys.argv[1]))), sys.argv[2]
for i in range(150):
    tracking.log_scalar("shared", "loss", i)
    tracking.log_scalar("shared", "loss of " + me, i / 2)
    tracking.log_row("shared", "table", {"who": me, "i": i})
    if i % 50 == 0:
        run = tracking.create_run(f"experiment_{i}", f"{me}_{i}", parent="shared")
        tracking.artifacts.upload("shared", f"outputs/{me}/{i}.txt", b"x" * i)
        tracking.set_status(run.id, "Completed")
"""
_MLFLOW = """
import sys
from mlflow.tracking import MlflowClient
client = MlflowClient(sys.argv[1])
for i in range(60):
    client.log_metric("shared", "theirs", i, timestamp=i, step=i)
    client.set_tag("shared", f"tag{i}", i)
"""


def finished(processes: list[subprocess.Popen[str]]) -> None:
    for process in processes:
        output, _ = process.communicate(timeout=240)
        assert process.returncode == 0, output


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=os.path.abspath(__file__ + "/../../../../.."),  # noqa: PTH100
    )


def test_processes_log_to_one_run(tracking: Tracking) -> None:
    pytest.importorskip("mlflow")
    tracking.create_run("train", "shared")
    folder = str(tracking.ws.folder)
    finished([start(_OURS, folder, f"p{n}") for n in range(3)] + [start(_MLFLOW, tracking.uri)])
    metrics = tracking.get_metrics("shared")
    assert sorted(metrics["loss"]) == sorted([*range(150)] * 3)
    for n in range(3):
        assert metrics[f"loss of p{n}"] == [i / 2 for i in range(150)]
        assert [i for who, i in zip(*metrics["table"].values(), strict=True) if who == f"p{n}"] == [
            *range(150)
        ]
    assert metrics["theirs"] == [float(i) for i in range(60)]
    assert [m.step for m in tracking.metric_history("shared", "loss")] == [*range(450)]
    assert sum(tag.startswith("tag") for tag in tracking.run("shared").tags) == 60
    assert len(tracking.runs(parent="shared")) == 9
    assert len(tracking.artifacts.names("shared")) == 9
    assert tracking.database.connection().execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_processes_make_one_store(ws, tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """Nothing is there yet: neither the template nor the workspace's database."""
    monkeypatch.setenv("DP100_MLFLOW_TEMPLATES", str(tmp_path / "fresh"))
    make = (
        "import sys; from pathlib import Path\n"
        "from tests.standin.engine.tracking.conftest import FakeWorkspace\n"
        "from dp100.standin.engine.tracking.store import Tracking\n"
        "Tracking(FakeWorkspace(Path(sys.argv[1]))).create_run('train', sys.argv[2])\n"
    )
    finished([start(make, str(ws.folder), f"run_{n}") for n in range(3)])
    assert len(Tracking(ws).runs("train")) == 3
    assert sorted(p.suffix for p in (tmp_path / "fresh").iterdir() if not p.name.endswith(".lock")) == [".db"]


def test_threads_log_to_one_run(tracking: Tracking) -> None:
    tracking.create_run("train", "shared")

    def log(n: int) -> None:
        for i in range(40):
            tracking.log_scalar("shared", "x", n * 1000 + i)
            tracking.get_metrics("shared", "x")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(log, range(6)))
    values = tracking.get_metrics("shared")["x"]
    assert sorted(values) == sorted(n * 1000 + i for n in range(6) for i in range(40))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_process_goes_on_logging(tracking: Tracking) -> None:
    tracking.create_run("train", "shared")
    tracking.log_scalar("shared", "x", 1)
    child = os.fork()
    if child == 0:
        try:
            tracking.log_scalar("shared", "x", 2)
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    tracking.log_scalar("shared", "x", 3)
    assert status == 0
    assert tracking.get_metrics("shared")["x"] == [1, 2, 3]


def test_a_killed_process_leaves_a_whole_store(tracking: Tracking) -> None:
    tracking.create_run("train", "shared")
    endless = _OURS.replace("range(150)", "range(10**9)")
    process = start(endless, str(tracking.ws.folder), "victim")
    try:
        for _ in range(600):
            if len(tracking.metric_history("shared", "loss")) > 20:
                break
            assert process.poll() is None, process.communicate()[0]
            import time

            time.sleep(0.05)
    finally:
        process.kill()
        process.communicate()
    logged = len(tracking.metric_history("shared", "loss"))
    assert logged > 20
    tracking.log_scalar("shared", "loss", 0.5)
    assert len(tracking.metric_history("shared", "loss")) == logged + 1
    assert tracking.database.connection().execute("PRAGMA integrity_check").fetchone() == ("ok",)
