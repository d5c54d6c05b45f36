"""`curl`, `wget` and `azcopy` inside `dp100 offline`: refused where they would reach Azure, and as ever elsewhere."""

from __future__ import annotations

import http.server
import os
import shutil
import threading
from pathlib import Path

import pytest

from dp100.standin.activate import environment, outgoing
from tests.standin.activate.running import offline

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the programs of these tests are shell scripts")


@pytest.fixture
def programs(tmp_path: Path) -> str:
    """A PATH with a curl, wget and azcopy that print what they are given, and a shell."""
    folder = tmp_path / "programs here"
    folder.mkdir()
    for name in outgoing.PROGRAMS:
        (folder / name).write_text(f'#!/bin/sh\nprintf "{name}"; printf " <%s>" "$@"; cat; exit 7\n')
        (folder / name).chmod(0o755)
    return os.pathsep.join([str(folder), *os.environ["PATH"].split(os.pathsep)])


@pytest.mark.parametrize(
    ("program", "words", "host", "status"),
    [
        ("curl", ["https://eastus.api.azureml.ms/discovery"], "eastus.api.azureml.ms", 6),
        ("curl", ["-s", "management.azure.com"], "management.azure.com", 6),
        ("curl", ["--url=https://me@STORE.blob.core.windows.net:443/c?sig=x"], "STORE.blob.core.windows.net", 6),
        ("curl", ["-X", "POST", "-d", "{}", "--url", "https://e.eastus.inference.ml.azure.com/score"],
         "e.eastus.inference.ml.azure.com", 6),
        ("curl", ["-x", "http://proxy.azure.com:80", "http://example.org"], "proxy.azure.com", 6),
        ("curl", ["-sxproxy.azure.com:80", "http://example.org"], "proxy.azure.com", 6),
        ("curl", ["--connect-to", "::login.azure.com:443", "http://example.org"], "login.azure.com", 6),
        ("curl", ["-so", "x", "https:/a:b@c@portal.azure.com"], "portal.azure.com", 6),
        ("curl", ["sftp://me@STORE.blob.core.windows.net./x"], "STORE.blob.core.windows.net.", 6),
        ("curl", ["https://onelake.dfs.fabric.microsoft.com/x"], "onelake.dfs.fabric.microsoft.com", 6),
        ("wget", ["-q", "-O", "x", "https://store.dfs.core.windows.net/x"], "store.dfs.core.windows.net", 4),
        ("wget", ["-qB", "https://store.blob.core.windows.net/c/", "-i", "list"], "store.blob.core.windows.net", 4),
        ("wget", ["--base=https://portal.azure.com", "-i", "list"], "portal.azure.com", 4),
        ("azcopy", ["copy", "loaf", "https://store.blob.core.windows.net/c?s=1"], "store.blob.core.windows.net", 1),
        ("azcopy", ["login"], "azcopy login", 1),
        ("azcopy", ["--output-type", "json", "login", "--identity"], "azcopy login", 1),
        ("azcopy", ["jobs", "resume", "1f8a"], "azcopy jobs resume", 1),
    ],
)  # fmt: skip
def test_what_would_reach_azure_is_refused(
    programs: str, program: str, words: list[str], host: str, status: int
) -> None:
    done = offline(program, *words, status=status, PATH=programs)
    assert done.stdout == ""
    what = host if host.startswith("azcopy") else f"The Azure host {host}"
    assert done.stderr.startswith(f"{program}: {what} is not available offline.")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("curl", ["http://127.0.0.1:5001/score", "-d", '{"url": "https://store.blob.core.windows.net"}']),
        ("curl", ["-H", "azure.com", "-e", "https://portal.azure.com", "http://localhost"]),
        ("curl", ["https://azure.com.example.org/x y", ""]),
        ("curl", ["-sd", "https://portal.azure.com", "-u", "me@azure.com:x", "http://localhost"]),
        ("curl", ["-doutlook.azure.com", "--noproxy", "azure.com", "--", "http://localhost"]),
        ("curl", ["-o", "portal.azure.com", "--resolve", "x.org:443:10.0.0.1", "https://x.org"]),
        ("wget", ["https://pypi.org/simple"]),
        (
            "wget",
            ["-nH", "-qD", "azure.com", "--referer=https://portal.azure.com", "https://pypi.org/simple"],
        ),
    ],
)
def test_everything_else_runs_as_ever(programs: str, program: str, words: list[str]) -> None:
    done = offline(program, *words, status=7, text="from standard input", PATH=programs)
    assert done.stdout == program + "".join(f" <{word}>" for word in words) + "from standard input"
    assert done.stderr == ""


def test_azcopy_does_not_ask_azure_for_its_latest_version(programs: str) -> None:
    for words in ([], ["jobs", "list"], ["jobs", "list", "--skip-version-check"]):
        done = offline("azcopy", *words, status=7, PATH=programs)
        assert done.stdout.count("<--skip-version-check>") == 1
        assert done.stderr == ""


def test_a_program_that_cannot_be_run_is_told_as_a_shell_does(tmp_path: Path) -> None:
    broken = tmp_path / "curl"
    broken.write_text("#!/no/such/interpreter\n")
    broken.chmod(0o755)
    path = os.pathsep.join([str(tmp_path), *os.environ["PATH"].split(os.pathsep)])
    done = offline("curl", "http://localhost", status=126, PATH=path)
    assert done.stderr == f"curl: {broken} cannot be run: No such file or directory\n"


def test_children_of_the_command_are_guarded_too(programs: str) -> None:
    done = offline("sh", "-c", "curl https://management.azure.com; echo $?; command -v curl", PATH=programs)
    assert done.stdout.splitlines() == ["6", str(outgoing.GUARD / "curl" / "curl")]


def test_a_program_that_is_not_here_does_not_seem_to_be(tmp_path: Path) -> None:
    (tmp_path / "wget").write_text("#!/bin/sh\n")
    (tmp_path / "wget").chmod(0o755)
    once = environment({"PATH": str(tmp_path)})
    twice = environment(once)
    assert once["PATH"] == twice["PATH"]
    guards = [part for part in twice["PATH"].split(os.pathsep) if Path(part).parent == outgoing.GUARD]
    assert guards == [str(outgoing.GUARD / "wget")]
    assert outgoing.folders("") == []


@pytest.mark.skipif(not shutil.which("curl"), reason="no curl here")
def test_the_real_curl_reaches_this_machine() -> None:
    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.path.encode())

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        done = offline("curl", "-s", "--noproxy", "*", f"http://127.0.0.1:{server.server_port}/azure.com")
    assert done.stdout == "/azure.com"
