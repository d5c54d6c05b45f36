"""Scripts that fail, hang, or print what nobody should."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dp100.standin.engine.jobs import failure, records
from dp100.standin.engine.jobs.output_log import HEAD, TAIL, OutputLog
from tests.standin.engine.jobs.conftest import Jobs, running, until


def test_an_exception_fails_the_job_with_its_last_line(jobs: Jobs) -> None:
    ended = jobs.run(
        "print('before')\nopen('outputs/partial.txt', 'w').write('x')\nraise ValueError('no data')"
    )
    assert ended.state.status == "Failed"
    assert ended.state.exit_code == 1
    error = ended.state.error
    assert error is not None
    assert error["code"] == "UserError"
    assert error["exception"] == "ValueError: no data"
    assert error["message"].startswith(
        "Execution failed. User process 'python' exited with status code 1. "
        "Please check log file 'user_logs/std_log.txt' for error details. Error: Traceback (most recent call last):"
    )
    assert error["message"].endswith("ValueError: no data")
    assert ended.log.startswith("before\nTraceback")
    assert "outputs/partial.txt" in jobs.tracking.artifacts.names(ended.run_id)
    assert jobs.tracking.run(ended.run_id).status == "FAILED"


def test_an_exit_status_without_a_traceback(jobs: Jobs) -> None:
    ended = jobs.run("import sys; print('giving up'); sys.exit(7)")
    assert (ended.state.status, ended.state.exit_code) == ("Failed", 7)
    assert ended.state.error is not None
    assert ended.state.error["exception"] == "giving up"


@pytest.mark.skipif("os.name == 'nt'", reason="signals")
def test_a_script_that_is_killed(jobs: Jobs) -> None:
    ended = jobs.run("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", script="main.py")
    assert (ended.state.status, ended.state.exit_code) == ("Failed", 137)


def test_a_program_that_is_not_there(jobs: Jobs) -> None:
    ended = jobs.run(command="no-such-program --x")
    assert (ended.state.status, ended.state.exit_code) == ("Failed", 127)
    assert "no-such-program" in ended.log
    listed = jobs.run(command=["no-such-program"])
    assert listed.state.status == "Failed"
    assert listed.state.error is not None
    assert "could not be started: no-such-program" in listed.state.error["message"]


def test_a_missing_input_fails_the_job_and_says_so_in_the_log(jobs: Jobs) -> None:
    path = "azureml://datastores/workspaceblobstore/paths/nothing/here.csv"
    ended = jobs.run(inputs={"data": {"type": "uri_file", "path": path}})
    assert ended.state.status == "Failed"
    assert ended.state.error is not None
    assert ended.state.error["code"] == "UserError"
    assert path in ended.state.error["message"]
    assert path in ended.log


def test_bytes_that_are_no_text(jobs: Jobs) -> None:
    ended = jobs.run(r"import sys; sys.stdout.buffer.write(b'caf\xe9 \xff\n'); print('after')")
    assert ended.state.status == "Completed"
    assert ended.log == "caf� �\nafter\n"
    raw = records.folder(jobs.ws, ended.run_id) / records.STANDARD_LOG
    assert raw.read_bytes() == b"caf\xe9 \xff\nafter\n"


def test_a_hundred_megabytes_of_output_are_cut_in_the_middle(jobs: Jobs) -> None:
    ended = jobs.run(
        """
        import sys
        print("first line")
        for _ in range(100):
            sys.stdout.buffer.write(b"x" * 1023 * 1024 + b"\\n")
        print("last line")
        """
    )
    assert ended.state.status == "Completed"
    assert ended.log.startswith("first line\n")
    assert ended.log.endswith("last line\n")
    assert "bytes are left out here" in ended.log
    assert len(ended.log) < HEAD + TAIL + 200_000


def test_a_log_keeps_beginning_and_end(tmp_path: Path) -> None:
    log = OutputLog(tmp_path / "logs" / "log.txt", head=10, tail=6)
    for number in range(10):
        log.write(f"{number}{number}{number}\n".encode())
    log.close()
    text = log.path.read_text()
    assert text.startswith("000\n111\n22")
    assert text.endswith("888\n999\n")
    assert "[... 22 bytes are left out here" in text


def test_a_log_that_fits_is_whole(tmp_path: Path) -> None:
    log = OutputLog(tmp_path / "log.txt", head=10, tail=10)
    log.write(b"0123456789abcdef")
    log.close()
    assert log.path.read_bytes() == b"0123456789abcdef"


def test_a_job_is_canceled_at_its_limit(jobs: Jobs) -> None:
    ended = jobs.run("import time; print('begun'); time.sleep(600)", timeout=0.5)
    assert ended.state.status == "Canceled"
    assert ended.log == "begun\n"
    assert ended.state.error is not None
    assert "limit of 0.5 s" in ended.state.error["message"]


def test_a_background_process_that_holds_the_output_does_not_hold_the_job(jobs: Jobs, tmp_path: Path) -> None:
    mark = f"stray-{tmp_path.name}"
    ended = jobs.run(
        f"""
        import subprocess, sys
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)  # {mark}"], start_new_session=True)
        print("gone")
        """
    )
    assert ended.state.status == "Completed"
    assert ended.log == "gone\n"
    until(lambda: running(mark), lambda found: not found)


def test_a_script_may_make_its_folder_read_only(jobs: Jobs) -> None:
    ended = jobs.run(
        "import os; os.mkdir('d'); open('d/f', 'w').close(); os.chmod('d/f', 0o400); os.chmod('d', 0o500)"
    )
    assert ended.state.status == "Completed"
    assert not (records.folder(jobs.ws, ended.run_id) / "work").exists()


@pytest.mark.parametrize(
    ("log", "exception"),
    [
        ("", ""),
        ("all is well\n", "all is well"),
        (
            '  File "main.py", line 1\n    x = = 1\n        ^\nSyntaxError: invalid syntax\n',
            "SyntaxError: invalid syntax",
        ),
        ("Traceback (most recent call last):\n  File 'a'\nKeyError: 'x'\n", "KeyError: 'x'"),
        ("Traceback (most recent call last):\n  File 'a'\nKeyError: 'x'\ncleaning up\n", "KeyError: 'x'"),
        (
            "Traceback (most recent call last):\n  x\nKeyError: 1\n\nDuring handling of the above exception, another "
            "exception occurred:\n\nTraceback (most recent call last):\n  y\nmy.module.Oops: two\nlines\n",
            "my.module.Oops: two",
        ),
        ("Traceback (most recent call last):\r\n  x\r\nAssertionError\r\n", "AssertionError"),
    ],
)
def test_the_exception_is_found_in_the_log(tmp_path: Path, log: str, exception: str) -> None:
    path = tmp_path / "log.txt"
    path.write_bytes(log.encode())
    assert failure.find(path).exception == exception


def test_the_state_is_plain_json(jobs: Jobs) -> None:
    ended = jobs.run("raise SystemExit(3)")
    held = json.loads((records.folder(jobs.ws, ended.run_id) / "state.json").read_text())
    assert (held["status"], held["exit_code"]) == ("Failed", 3)
