"""What programs talk to in these tests: a site, and proxies of the learner's own. All of them are on this machine."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Any


class Site(BaseHTTPRequestHandler):
    """Answers with what it was asked; ``/to/ADDRESS`` leads on to that address."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        said = f"{self.command} {self.path} {self.headers['Host']} ".encode() + body
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def do_PATCH(self) -> None:
        self.do_GET()

    def log_message(self, *words: Any) -> None:
        """Say nothing."""


class OwnProxy(BaseHTTPRequestHandler):
    """A proxy that keeps what it was asked, and lets every CONNECT come out at one site."""

    protocol_version = "HTTP/1.1"
    rbufsize = 0
    asked: list[tuple[str, str, str | None]]
    site: int

    def do_CONNECT(self) -> None:
        self._keep()
        self.send_response(200)
        self.end_headers()
        _join(self.connection, self.site)
        self.close_connection = True

    def do_GET(self) -> None:
        self._keep()
        self.send_response(200)
        self.send_header("Content-Length", "9")
        self.end_headers()
        self.wfile.write(b"by proxy\n")

    def _keep(self) -> None:
        self.asked.append((self.command, self.path, self.headers["Proxy-Authorization"]))

    def log_message(self, *words: Any) -> None:
        """Say nothing."""


class Stubborn(BaseRequestHandler):
    """A site, or a proxy for plain HTTP, that keeps the connection though it is told not to."""

    asked: list[str]

    def handle(self) -> None:
        lines = self.request.makefile("rb")
        while first := lines.readline():
            self.asked.append(first.decode().rpartition(" ")[0])
            while lines.readline() not in (b"\r\n", b""):
                pass
            self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nkept\n")


class InPieces(BaseRequestHandler):
    """A proxy whose answer to CONNECT comes in two pieces, the second with what the host says first."""

    def handle(self) -> None:
        lines = self.request.makefile("rb")
        while lines.readline() not in (b"\r\n", b""):
            pass
        self.request.sendall(b"HTTP/1.1 200 OK\r\n")
        time.sleep(0.1)
        self.request.sendall(b"Via: 1.1 bakery\r\n\r\nthe host speaks first\n")
        self.request.sendall(lines.readline())


class OwnSocks(BaseRequestHandler):
    """A SOCKS 5 proxy without passwords (RFC 1928) that lets every name come out at one site."""

    asked: list[tuple[str, int]]
    site: int

    def handle(self) -> None:
        read = self.request.makefile("rb").read
        read(read(2)[1])
        self.request.sendall(b"\x05\x00")
        assert read(4) == b"\x05\x01\x00\x03"  # connect, to a name
        name = read(read(1)[0]).decode()
        self.asked.append((name, int.from_bytes(read(2), "big")))
        self.request.sendall(b"\x05\x00\x00\x01" + bytes(6))
        _join(self.request, self.site)


def _join(near: socket.socket, port: int) -> None:
    def carry(source: socket.socket, sink: socket.socket) -> None:
        try:
            while piece := source.recv(1 << 16):
                sink.sendall(piece)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    with socket.create_connection(("127.0.0.1", port)) as far:
        back = threading.Thread(target=carry, args=(far, near))
        back.start()
        carry(near, far)
        back.join()


@contextmanager
def served(handler: type[BaseRequestHandler]) -> Iterator[int]:
    """A server with this handler, as its port."""
    kind = ThreadingHTTPServer if issubclass(handler, BaseHTTPRequestHandler) else ThreadingTCPServer
    with kind(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
