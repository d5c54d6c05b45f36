"""Programs that are not Python go through a gate of ours inside `dp100 offline`, which lets none of them to Azure."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from dp100.standin.activate import PYTHON as ACTIVATED
from dp100.standin.activate import gate
from tests.standin.activate.gate.peers import InPieces, OwnProxy, OwnSocks, Site, Stubborn, served
from tests.standin.activate.running import REPOSITORY, environment, offline, python, run

REFUSED = (
    "The Azure host store.blob.core.windows.net is not available offline. Leave `dp100 offline` to reach it."
)

curl = shutil.which("curl") or ""
needs_curl = pytest.mark.skipif(not curl, reason="no curl here")


@pytest.fixture(scope="module")
def site() -> Iterator[int]:
    with served(Site) as port:
        yield port


@pytest.fixture
def own_proxy(site: int) -> Iterator[tuple[str, list[tuple[str, str, str | None]]]]:
    """The address of a proxy with a password, and what it was asked."""

    class Handler(OwnProxy):
        pass

    Handler.asked, Handler.site = [], site
    with served(Handler) as port:
        yield f"http://me:s%40w@127.0.0.1:{port}", Handler.asked


def asked_by_hand(
    address: str, host: str, port: int, *, tunnel: bool, name: bool = True
) -> tuple[int, str, str]:
    """Status, reason and body of what the gate at an address answers to ``GET http://host:port/x``."""
    place = urlsplit(address)
    known = b64encode(f"{place.username}:{place.password}".encode()).decode()
    headers = {"Proxy-Authorization": f"Basic {known}"} if name else {}
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=30)
    try:
        if tunnel:
            connection.set_tunnel(host, port, headers)
            connection.request("GET", "/x")
        else:
            connection.request("GET", f"http://{host}:{port}/x", headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.reason, answer.read().decode()
    except OSError as error:  # http.client tells a refused tunnel so
        status, _, reason = str(error).removeprefix("Tunnel connection failed: ").partition(" ")
        return int(status), reason, ""
    finally:
        connection.close()


@pytest.mark.parametrize("tunnel", [True, False])
def test_the_gate_passes_and_refuses(site: int, tunnel: bool) -> None:
    address = gate.through({})["DP100_GATE"]
    assert asked_by_hand(address, "127.0.0.1", site, tunnel=tunnel) == (
        200,
        "OK",
        f"GET /x 127.0.0.1:{site} ",
    )
    for host in ("store.blob.core.windows.net", "STORE.blob.core.windows.net."):
        status, reason, body = asked_by_hand(address, host, 80, tunnel=tunnel)
        assert (status, reason) == (403, REFUSED.replace("store.blob.core.windows.net", host.lower()))
        assert tunnel or body == reason + "\n"
    status, reason, _ = asked_by_hand(address, "nowhere.invalid", 80, tunnel=tunnel)
    assert status == 502
    assert reason.startswith("nowhere.invalid cannot be reached: ")
    status, reason, _ = asked_by_hand(address, "127.0.0.1", site, tunnel=tunnel, name=False)
    assert (status, reason) == (407, "This proxy belongs to somebody's `dp100 offline`")


@needs_curl
class TestRealCurl:
    """curl by its path, past the front-end that reads its words."""

    def test_azure_is_refused(self) -> None:
        done = offline(curl, "-s", "http://store.blob.core.windows.net/c")
        assert done.stdout == REFUSED + "\n"
        done = offline(curl, "-sS", "https://management.azure.com", status=56)
        assert "403" in done.stderr

    def test_where_a_redirect_leads_is_seen(self, site: int) -> None:
        done = offline(curl, "-sL", f"http://127.0.0.1:{site}/to/http://store.blob.core.windows.net/x")
        assert done.stdout == REFUSED + "\n"
        # The front-end lets this one pass: no word of it is a host of Azure.
        done = offline("curl", "-sL", f"http://127.0.0.1:{site}/to/http://store.blob.core.windows.net/x")
        assert done.stdout == REFUSED + "\n"

    def test_what_a_configuration_file_names_is_seen(self, tmp_path: Path) -> None:
        (tmp_path / ".curlrc").write_text('url = "http://store.blob.core.windows.net/x"\nsilent\n')
        assert offline("curl", CURL_HOME=str(tmp_path)).stdout == REFUSED + "\n"

    @pytest.mark.parametrize("directly", ["*", ".core.windows.net", "net", "example.org,windows.net"])
    def test_a_list_of_hosts_without_proxy_opens_no_way(self, directly: str) -> None:
        done = offline(curl, "-s", "http://store.blob.core.windows.net/c", no_proxy=directly)
        assert done.stdout == REFUSED + "\n"

    def test_everything_else_passes(self, site: int) -> None:
        address = f"http://127.0.0.1:{site}/x?y=1"
        body = "a" * 200_000
        done = offline(curl, "-s", "--noproxy", "", "-X", "PATCH", "-d", "@-", address, text=body)
        assert done.stdout == f"PATCH /x?y=1 127.0.0.1:{site} {body}"
        for path, asked in (("?y", "/?y"), ("/a//b?c=//d", "/a//b?c=//d"), ("", "/")):
            done = offline(curl, "-s", "--noproxy", "", f"http://127.0.0.1:{site}{path}")
            assert done.stdout == f"GET {asked} 127.0.0.1:{site} "
        done = offline(curl, "-s", "--noproxy", "", "-p", address, address)
        assert done.stdout == f"GET /x?y=1 127.0.0.1:{site} " * 2

    def test_the_learners_own_proxy_is_gone_through(
        self, own_proxy: tuple[str, list[tuple[str, str, str | None]]]
    ) -> None:
        address, asked = own_proxy
        own = {"http_proxy": address, "HTTPS_PROXY": address}
        assert offline(curl, "-s", "http://example.org/x", **own).stdout == "by proxy\n"
        done = offline(curl, "-s", "-p", "http://example.org:8080/x", **own)
        assert done.stdout == "GET /x example.org:8080 "
        known = "Basic " + b64encode(b"me:s@w").decode()
        assert asked == [("GET", "http://example.org/x", known), ("CONNECT", "example.org:8080", known)]
        assert offline(curl, "-s", "http://store.blob.core.windows.net/c", **own).stdout == REFUSED + "\n"
        assert len(asked) == 2

    def test_an_own_socks_proxy_is_gone_through(self, site: int) -> None:
        class Handler(OwnSocks):
            pass

        Handler.asked, Handler.site = [], site
        with served(Handler) as port:
            for kind in ("socks5", "socks5h"):
                own = {"all_proxy": f"{kind}://127.0.0.1:{port}"}
                assert offline(curl, "-s", "http://example.org/x", **own).stdout == "GET /x example.org "
                assert (
                    offline(curl, "-s", "-p", "http://example.org/x", **own).stdout == "GET /x example.org "
                )
        assert Handler.asked == [("example.org", 80)] * 4

    @pytest.mark.parametrize("own", [True, False])
    def test_a_connection_is_for_one_request(self, own: bool) -> None:
        """Whoever keeps it would be sent the next one, for whichever host."""

        class Handler(Stubborn):
            asked = []

        with served(Handler) as port:
            first = "http://example.org/a" if own else f"http://127.0.0.1:{port}/a"
            proxy = {"http_proxy": f"http://127.0.0.1:{port}"} if own else {}
            words = ["-s", "--noproxy", "", first, "http://store.blob.core.windows.net/c", first]
            assert offline(curl, *words, **proxy).stdout == f"kept\n{REFUSED}\nkept\n"
        assert Handler.asked == [f"GET {first if own else '/a'}"] * 2

    def test_old_programs_and_heads_are_answered(self, site: int) -> None:
        address = f"http://127.0.0.1:{site}/x"
        said = offline(curl, "-s", "-0", "-i", "--noproxy", "", address).stdout
        assert said.endswith(f"GET /x 127.0.0.1:{site} ")
        assert (
            "403" in offline(curl, "-s", "-I", "http://store.blob.core.windows.net/c").stdout.splitlines()[0]
        )
        said = offline(curl, "-s", "http://a..b/").stdout
        assert said.startswith("a..b cannot be reached: ")

    def test_a_large_body_for_azure_is_answered_too(self, tmp_path: Path) -> None:
        (tmp_path / "large").write_bytes(bytes(20_000_000))
        words = ["-s", "-H", "Expect:", "-T", str(tmp_path / "large"), "http://store.blob.core.windows.net/c"]
        assert offline(curl, *words).stdout == REFUSED + "\n"

    def test_modules_and_descriptors_of_the_learner_are_no_trouble(self, site: int, tmp_path: Path) -> None:
        for name in ("psutil", "h11", "python_socks"):
            (tmp_path / f"{name}.py").write_text("raise SystemExit('theirs')\n")
        resource = pytest.importorskip("resource")
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY and hard < 1200:
            pytest.skip("too few descriptors here")
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 1200), hard))
        handles = [os.open(os.devnull, os.O_RDONLY) for _ in range(1100)]
        script = f"{curl} -s --noproxy '' http://127.0.0.1:{site}/x; sleep 3; {curl} -s http://store.blob.core.windows.net"
        try:
            for handle in handles:
                os.set_inheritable(handle, True)
            done = subprocess.run(
                [sys.executable, "-P", "-m", "dp100", "offline", "--", "sh", "-c", script],
                env=environment(PYTHONPATH=os.pathsep.join([str(REPOSITORY), str(tmp_path)])),
                cwd=tmp_path,
                close_fds=False,
                capture_output=True,
                text=True,
                check=True,
            )
        finally:
            for handle in handles:
                os.close(handle)
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        assert done.stdout == f"GET /x 127.0.0.1:{site} {REFUSED}\n"

    def test_a_proxy_that_is_not_there_is_told(self) -> None:
        own = {"https_proxy": "http://127.0.0.1:9"}
        done = offline(curl, "-sv", "https://example.org", status=56, **own)
        assert "502 example.org cannot be reached: " in done.stderr

    def test_a_job_goes_through_it_too(self, tmp_path: Path) -> None:
        code = (
            "from azureml.core import Experiment, ScriptRunConfig, Workspace\n"
            "ws = Workspace.create('mlw', resource_group='rg', location='eastus', create_resource_group=True)\n"
            f"config = ScriptRunConfig('.', command=['{curl}', '-s', 'http://store.blob.core.windows.net/c'])\n"
            "print(open(Experiment(ws, 'e').submit(config).get_all_logs()[0]).read())\n"
        )
        said = python(code, cwd=tmp_path, DP100_JOBS="wait", DP100_HOME=str(tmp_path / "home"))
        assert REFUSED in said

    def test_inside_itself_there_is_one_gate(self) -> None:
        inner = f'{sys.executable} -m dp100 offline -- sh -c "echo $DP100_GATE"'
        first, second = offline("sh", "-c", f"echo $DP100_GATE; {inner}").stdout.split()
        assert first == second

    def test_a_gate_that_is_gone_is_replaced(
        self, own_proxy: tuple[str, list[tuple[str, str, str | None]]]
    ) -> None:
        own, asked = own_proxy
        stale = gate.variables.through({"http_proxy": own}, "http://dp100:0@127.0.0.1:9")
        assert offline(curl, "-s", "http://example.org/x", **stale).stdout == "by proxy\n"
        assert [path for _, path, _ in asked] == ["http://example.org/x"]


AZURE_BY = {
    "urllib": "import urllib.request as r; r.urlopen('{address}')",
    "urllib, a proxy of its own": (
        "import urllib.request as r; "
        "r.build_opener(r.ProxyHandler(dict.fromkeys(['http', 'https'], 'http://127.0.0.1:9'))).open('{address}')"
    ),
    "requests": "import requests; requests.get('{address}')",
    "requests, a proxy of its own": (
        "import requests; "
        "requests.get('{address}', proxies=dict.fromkeys(['http', 'https'], 'http://127.0.0.1:9'))"
    ),
    "urllib3, a proxy of its own": (
        "import urllib3; urllib3.ProxyManager('http://127.0.0.1:9', retries=False).request('GET', '{address}')"
    ),
}


@pytest.mark.parametrize("by", AZURE_BY)
def test_python_says_not_offline_whatever_proxy_there_is(by: str) -> None:
    lines = [
        "from dp100.standin import NotOffline",
        *(
            f"try: exec({AZURE_BY[by].format(address=address)!r})\nexcept NotOffline as error: print(error)"
            for address in ("https://management.azure.com/x", "http://management.azure.com:8080/x")
        ),
    ]
    for own in (
        {},
        {"https_proxy": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9"},
        {"no_proxy": "*"},
    ):
        said = python("\n".join(lines), **own)
        assert said.count("The Azure host management.azure.com is not available offline.") == 2, said


def test_an_own_proxy_may_answer_in_pieces() -> None:
    """And the host may speak first: what it said comes with the proxy's answer."""
    code = (
        "import base64, os, socket, urllib.parse\n"
        "gate = urllib.parse.urlsplit(os.environ['DP100_GATE'])\n"
        "known = base64.b64encode(f'{gate.username}:{gate.password}'.encode()).decode()\n"
        "near = socket.create_connection((gate.hostname, gate.port), timeout=30)\n"
        "lines = ['CONNECT example.org:22 HTTP/1.1', 'Host: example.org:22', f'Proxy-Authorization: Basic {known}']\n"
        "near.sendall('\\r\\n'.join([*lines, '', 'and is answered\\n']).encode())\n"
        "said = near.makefile('rb')\n"
        "while said.readline() != b'\\r\\n': pass\n"
        "print(said.readline(), said.readline())\n"
    )
    with served(InPieces) as port:
        said = python(code, https_proxy=f"http://127.0.0.1:{port}")
    assert said == "b'the host speaks first\\n' b'and is answered\\n'\n"


def test_modules_that_were_imported_before_are_guarded_too(tmp_path: Path) -> None:
    """Files with the ending .pth are read before sitecustomize; a sitecustomize of one's own is read after."""
    before = tmp_path / "first.py"
    before.write_text(
        "import http.client, urllib.request, sys\n"
        f"sys.path.insert(0, {str(ACTIVATED)!r})\n"
        "import dp100_offline\n"
        "dp100_offline.install()\n"
        "import requests\n"
        "from dp100.standin import NotOffline\n"
        "for proxies in ({}, dict.fromkeys(['http', 'https'], 'http://127.0.0.1:9')):\n"
        "    try: requests.get('https://management.azure.com', proxies=proxies)\n"
        "    except NotOffline as error: print(error)\n"
    )
    done = run(
        [sys.executable, "-S", "-c", f"import site; site.main(); exec(open({str(before)!r}).read())"],
        https_proxy="http://127.0.0.1:9",
    )
    assert done.stdout.count("The Azure host management.azure.com is not available offline.") == 2


def test_python_reaches_the_rest_as_ever(site: int) -> None:
    code = f"import urllib.request as r; print(r.urlopen('http://127.0.0.1:{site}/x').read().decode())"
    assert python(code) == f"GET /x 127.0.0.1:{site} \n"
    # With a proxy of one's own, to a name that is found there only.

    class Handler(OwnProxy):
        pass

    Handler.asked, Handler.site = [], site
    with served(Handler) as port:
        code = "import requests; print(requests.get('http://example.org/x').text)"
        assert python(code, http_proxy=f"http://127.0.0.1:{port}").strip() == "by proxy"
    assert [path for _, path, _ in Handler.asked] == ["http://example.org/x"]


def gates(**wanted: str) -> list[psutil.Process]:
    """The processes of gates whose environment has these variables."""
    found = []
    for process in psutil.process_iter():
        try:
            held = process.environ()
        except psutil.Error:
            continue
        if "DP100_GATE_SERVED" in held and all(held.get(name) == value for name, value in wanted.items()):
            found.append(process)
    return found


@pytest.mark.skipif(os.name == "nt", reason="the commands of this test are shell scripts")
def test_the_gate_is_there_as_long_as_anything_of_the_command(tmp_path: Path) -> None:
    script = "sleep 60 >/dev/null 2>&1 </dev/null & echo $! > left"
    offline("sh", "-c", script, cwd=tmp_path, MARK=str(tmp_path))
    left = psutil.Process(int((tmp_path / "left").read_text()))
    time.sleep(5)  # two looks of the gate
    (gate_of_it,) = gates(MARK=str(tmp_path))
    left.kill()
    gate_of_it.wait(timeout=30)
    assert gates(MARK=str(tmp_path)) == []


@pytest.mark.skipif(os.name == "nt", reason="the commands of this test are shell scripts")
def test_a_command_has_no_child_that_it_did_not_make() -> None:
    """Perl and C programs wait until no child is left."""
    code = "import os\ntry: os.wait()\nexcept ChildProcessError: print('none')"
    assert python(code) == "none\n"


def test_where_nothing_can_listen_it_is_told() -> None:
    code = (
        "import socket, sys\n"
        "def refused(*args, **kwargs): raise PermissionError(1, 'Operation not permitted')\n"
        "socket.create_server = refused\n"
        "from dp100.cli.main import main\n"
        "sys.argv = ['dp100', 'offline', '--', 'echo', 'x']\n"
        "main()\n"
    )
    done = run([sys.executable, "-c", code], status=1)
    assert done.stdout == ""
    assert done.stderr == (
        "dp100: Nothing can listen on 127.0.0.1: Operation not permitted. `dp100 offline` needs that to keep programs "
        "away from Azure. Allow it, and try again.\n"
    )


def test_a_shell_that_names_a_proxy_at_its_start_is_led_back(tmp_path: Path) -> None:
    shell = shutil.which("bash")
    if shell is None or not curl:
        pytest.skip("no bash or no curl here")
    (tmp_path / ".bashrc").write_text("export https_proxy=http://127.0.0.1:9 no_proxy='*'\n")
    env = environment(SHELL=shell, HOME=str(tmp_path), TERM="dumb")
    import pexpect

    child = pexpect.spawn(sys.executable, ["-m", "dp100", "offline"], env=env, encoding="utf-8", timeout=60)
    child.sendline(f"{curl} -s http://store.blob.core.windows.net/c; exit")
    said = child.read()
    child.close()
    assert REFUSED in said


def test_labs_go_through_one_too(tmp_path: Path) -> None:
    from dp100.labs.environment import lab_environment

    env = lab_environment(tmp_path, tmp_path / "azure", tmp_path)
    again = lab_environment(tmp_path, tmp_path / "azure", tmp_path)
    assert env["https_proxy"] == env["DP100_GATE"] == again["DP100_GATE"]
    for process in gates(DP100_GATE_SERVED=env["DP100_GATE"]):
        process.kill()
        process.wait(30)
    env = lab_environment(tmp_path, tmp_path / "azure", tmp_path)
    assert env["DP100_GATE"] != again["DP100_GATE"]
    if curl:
        done = subprocess.run(
            [curl, "-s", "http://store.blob.core.windows.net"],
            env=env,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == REFUSED + "\n"
