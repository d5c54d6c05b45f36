"""What the gate does with a connection: refuse it, or pass it on."""

from __future__ import annotations

import base64
import hmac
import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from dp100.standin.activate.hosts import is_azure
from dp100.standin.engine.errors import NotOffline

_PIECE = 1 << 16
_PATIENCE = 60
"""Seconds to wait for a request's first lines, and for a connection to be made."""

_PORTS = {"http": 80, "https": 443}
_SOCKS = {"socks": "socks5", "socks5h": "socks5", "socks4a": "socks4"}
"""Names for kinds of proxies that python-socks knows by another; all of them look up names at the proxy."""


def serve(listener: socket.socket, address: str) -> None:
    """Serve the connections to a listening socket, each in a thread, for ever.

    Args:
        listener: bound, and listening.
        address: as programs have it, with the name and password that they have to give.
    """

    class Server(ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Nobody would read it; the program has its connection closed."""

    class TheseVisits(_Visit):
        known = _credentials(urlsplit(address))

    server = Server(("127.0.0.1", 0), TheseVisits, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    server.serve_forever()


class _Visit(BaseHTTPRequestHandler):
    """One connection of a program, with one request."""

    known: str
    protocol_version = "HTTP/1.1"
    rbufsize = 0  # what follows the request's first lines is not ours to read
    timeout = _PATIENCE

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):  # whatever the method
            return self._plain
        raise AttributeError(name)

    def do_CONNECT(self) -> None:
        """Join the program with a host, for TLS and everything else."""
        self.close_connection = True
        place = _split("//" + self.path)
        if place is None or not place.port:
            return self._say(400, f"{self.path} names no host and port")
        if not self._may(place):
            return None
        try:
            far = _reach(str(place.hostname), place.port, "https")
        except OSError as error:
            return self._say(502, _unreached(place, error))
        with far:
            self.send_response(200, "Connection established")
            self.end_headers()
            self._join(far)
        return None

    def _plain(self) -> None:
        """Pass on a request that is not in TLS, and the answer to it."""
        self.close_connection = True
        place = _split(self.path)
        if place is None or not place.scheme:
            return self._say(400, "This is a proxy: it takes whole addresses")
        if not self._may(place):
            return None
        host, port = str(place.hostname), place.port or _PORTS.get(place.scheme, 0)
        proxy = _proxy(host, "http")
        target, more = self.path, list[str]()
        try:
            if proxy is not None and proxy.scheme == "http":
                far = socket.create_connection((str(proxy.hostname), proxy.port or 80), _PATIENCE)
                if proxy.username is not None:
                    more = [f"Proxy-Authorization: {_credentials(proxy)}"]
            elif place.scheme == "http":
                far = _reach(host, port, "http")
                rest = self.path.partition("://")[2][len(place.netloc) :]
                target = rest if rest.startswith("/") else f"/{rest}"
            else:
                return self._say(
                    501, f"Nothing but http can be passed on without TLS, and this is {place.scheme}"
                )
        except OSError as error:
            return self._say(502, _unreached(place, error))
        with far:
            # A connection is for one request, so that the next one is looked at too.
            dropped = ("connection", "keep-alive", "proxy-connection", "proxy-authorization")
            kept = [f"{name}: {value}" for name, value in self.headers.items() if name.lower() not in dropped]
            lines = [f"{self.command} {target} HTTP/1.1", *kept, *more, "Connection: close", "", ""]
            far.sendall("\r\n".join(lines).encode("latin-1"))
            self._join(far)
        return None

    def _may(self, place: SplitResult) -> bool:
        """Whether the request may pass; if not, it has been answered."""
        given = self.headers.get("Proxy-Authorization", "")
        if not hmac.compare_digest(given.encode(), self.known.encode()):
            # On a machine with several users, the learner's proxy is nobody else's.
            self._say(407, "This proxy belongs to somebody's `dp100 offline`", 'Basic realm="dp100 offline"')
            return False
        if is_azure(place.hostname):
            refusal = NotOffline(f"The Azure host {place.hostname}", "Leave `dp100 offline` to reach it.")
            self._say(403, str(refusal))
            return False
        return True

    def _say(self, status: int, sentence: str, challenge: str = "") -> None:
        body = f"{sentence}\n".encode()
        self.send_response(status, sentence)
        if challenge:
            self.send_header("Proxy-Authenticate", challenge)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _join(self, far: socket.socket) -> None:
        """Carry everything between the program and a host until both have ended."""
        near = self.connection
        for end in (near, far):
            end.settimeout(None)
        back = threading.Thread(target=_carry, args=(far, near), daemon=True)
        back.start()
        _carry(near, far)
        back.join()

    def log_message(self, *words: Any) -> None:
        """Nothing is kept."""


def _split(address: str) -> SplitResult | None:
    try:
        place = urlsplit(address)
        known = place.hostname and (
            place.port is None or place.port >= 0
        )  # asking is what finds "host:port" out
    except ValueError:
        return None
    return place if known else None


def _reach(host: str, port: int, scheme: str) -> socket.socket:
    """A connection to a host, by the learner's own proxy where there is one for it.

    Raises:
        OSError: there is no way to it.
    """
    proxy = _proxy(host, scheme)
    if proxy is None:
        return socket.create_connection((host, port), _PATIENCE)
    from python_socks import ProxyError, ProxyTimeoutError
    from python_socks.sync import Proxy

    kind = _SOCKS.get(proxy.scheme, proxy.scheme)
    at = f"{proxy.netloc}" if proxy.port else f"{proxy.netloc}:{1080 if kind.startswith('socks') else 80}"
    try:
        return Proxy.from_url(f"{kind}://{at}", rdns=True).connect(host, port, timeout=_PATIENCE)
    except (ProxyError, ProxyTimeoutError, ValueError) as error:
        raise OSError(f"the proxy {proxy.hostname}: {error}") from error


def _proxy(host: str, scheme: str) -> SplitResult | None:
    """The learner's own proxy for a host; None where there is none."""
    proxies = getproxies()
    found = proxies.get(scheme) or proxies.get("all")
    if not found or proxy_bypass(host):
        return None
    return _split(found if "://" in found else f"http://{found}")


def _credentials(proxy: SplitResult) -> str:
    """What a proxy whose address has a name and a password wants to be told."""
    known = f"{unquote(proxy.username or '')}:{unquote(proxy.password or '')}"
    return f"Basic {base64.b64encode(known.encode()).decode()}"


def _unreached(place: SplitResult, error: OSError) -> str:
    return f"{place.hostname} cannot be reached: {error.strerror or error}"


def _carry(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):  # one of the two is gone; the other is told
        while piece := source.recv(_PIECE):
            sink.sendall(piece)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
