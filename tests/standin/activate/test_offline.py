"""`dp100 offline`: whatever is started inside meets the stand-in, and leaves as it would alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dp100.standin.activate import BIN, PYTHON, environment
from tests.standin.activate.running import environment as here
from tests.standin.activate.running import offline, python, run

posix = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")


def test_the_exit_status_is_the_commands() -> None:
    assert offline(sys.executable, "-c", "raise SystemExit(7)", status=7).stdout == ""


def test_words_reach_the_command_as_they_are() -> None:
    code = "import sys; print(sys.argv[1:])"
    assert offline(sys.executable, "-c", code, "--", "-x", "--help", "a b").stdout == (
        "['--', '-x', '--help', 'a b']\n"
    )


def test_the_separator_may_be_left_out() -> None:
    done = run([sys.executable, "-m", "dp100", "offline", sys.executable, "-c", "print(1)", "--help"])
    assert done.stdout == "1\n"


def test_a_command_that_is_none_is_told_with_a_shells_status() -> None:
    assert "There is no command nosuchcommand" in offline("nosuchcommand", status=127).stderr


def test_a_home_that_cannot_be_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = offline(sys.executable, "-c", "print(1)", status=1, DP100_HOME=str(tmp_path / "file")).stderr
    assert "Traceback" not in told
    assert "Set DP100_HOME to a folder that you may write to." in " ".join(told.split())


@posix
def test_a_file_that_may_not_be_run(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("a,b\n")
    assert "./data.csv cannot be run" in offline("./data.csv", cwd=tmp_path, status=126).stderr


@posix
def test_a_shell_without_a_command() -> None:
    done = offline(text="echo $DP100_OFFLINE\nexit 3\n", SHELL="/bin/sh", status=3)
    assert done.stdout == "1\n"


@posix
def test_signals_reach_the_command(tmp_path: Path) -> None:
    code = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(42))\n"
        "print('ready', flush=True)\n"
        "time.sleep(60)\n"
    )
    command = [sys.executable, "-m", "dp100", "offline", "--", sys.executable, "-c", code]
    with subprocess.Popen(command, env=here(), stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        child.send_signal(signal.SIGTERM)
        assert child.wait(30) == 42


def test_nothing_of_ours_is_on_the_path_without_it() -> None:
    code = (
        "import sys, importlib.util as u\n"
        "print(u.find_spec('azureml'), u.find_spec('mltable'), 'dp100_offline' in sys.modules)"
    )
    done = run([sys.executable, "-c", code])
    assert done.stdout == "None None False\n"


def test_child_processes_inherit_it() -> None:
    child = "import azure.identity as i; print(i.__file__)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert Path("identity", "azure", "identity").as_posix() in Path(python(code).strip()).as_posix()


def test_it_may_be_nested() -> None:
    once = environment({"PATH": os.environ["PATH"], "DP100_HOME": os.environ["DP100_HOME"]})
    twice = environment(once)
    assert twice == once
    assert twice["PATH"].split(os.pathsep)[0] == str(BIN)
    assert twice["PYTHONPATH"].split(os.pathsep)[0] == str(PYTHON)


def test_relative_homes_stay_the_same_folder_after_cd(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = environment({"PATH": os.environ["PATH"], "DP100_HOME": "mine", "DP100_AZURE": "mine/azure"})
    assert made["DP100_HOME"] == str(tmp_path / "mine")
    assert made["DP100_AZURE"] == str(tmp_path / "mine" / "azure")


def test_a_python_without_dp100_is_put_behind_the_one_that_has_it(tmp_path: Path) -> None:
    other = tmp_path / ("python.exe" if os.name == "nt" else "python")
    other.write_text("#!/bin/sh\n")
    other.chmod(0o755)
    folders = environment({"PATH": str(tmp_path)})["PATH"].split(os.pathsep)
    assert folders == [str(BIN), str(Path(sys.executable).parent), str(tmp_path)]


def test_an_existing_sitecustomize_is_run(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import os\nos.environ['THEIRS'] = __name__ + ' ' + __file__\n"
    )
    code = "import os, sys; print(os.environ['THEIRS']); print(sys.modules['sitecustomize'].__file__); import mltable"
    path = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[3])])
    theirs = str(tmp_path / "sitecustomize.py")
    assert python(code, PYTHONPATH=path).splitlines() == [f"sitecustomize {theirs}", theirs]


def test_starting_python_costs_little() -> None:
    """Less than 20 ms more: the best of several, since other work on the machine only ever adds."""
    command = [sys.executable, "-X", "importtime", "-c", "pass"]
    found = []
    for _ in range(5):
        lines = offline(*command).stderr.splitlines()
        line = next(line for line in lines if line.endswith("sitecustomize"))
        found.append(int(line.split("|")[1]))
        time.sleep(0.05)
    assert min(found) < 20_000
