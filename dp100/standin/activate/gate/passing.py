"""What the gate does with a connection: refuse it, or pass it on."""

from __future__ import annotations

import hmac
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Any
from urllib.parse import SplitResult, urlsplit

import h11

from dp100.standin.activate.gate import routes
from dp100.standin.activate.gate.conversation import End, exchange, join, passed_on
from dp100.standin.activate.gate.routes import Route
from dp100.standin.activate.hosts import is_azure
from dp100.standin.engine.errors import NotOffline


def serve(listener: socket.socket, address: str) -> None:
    """Serve the connections to a listening socket, each in a thread, for ever.

    Args:
        listener: bound, and listening.
        address: as programs have it, with the name and password that they have to give.
    """

    class Server(ThreadingTCPServer):
        daemon_threads = True

        def get_request(self) -> tuple[Any, Any]:
            try:
                return super().get_request()
            except OSError:  # no descriptor is free: others will be done soon
                time.sleep(0.1)
                raise

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Nobody would read it; the program has its connection closed."""

    class TheseVisits(_Visit):
        known = routes.credentials(urlsplit(address))

    server = Server(("127.0.0.1", 0), TheseVisits, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    server.serve_forever()


class _Refused(Exception):
    """What the program is answered instead of the host.

    Args:
        status: of HTTP.
        sentence: why.
    """

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class _Visit(BaseRequestHandler):
    """One connection of a program, with one request."""

    known: bytes

    def handle(self) -> None:
        """Answer the request, or have it answered."""
        self.request.settimeout(routes.PATIENCE)
        near = End(self.request, h11.SERVER)
        try:
            request = near.event()
            if isinstance(request, h11.Request):
                self._pass_on(near, request)
        except _Refused as refusal:
            _answer(near, refusal)
        except h11.RemoteProtocolError as error:
            _answer(near, _Refused(error.error_status_hint, str(error)))
        except (OSError, h11.LocalProtocolError):  # the program has gone
            return

    def _pass_on(self, near: End, request: h11.Request) -> None:
        target = request.target.decode("latin-1")
        tunnel = request.method == b"CONNECT"
        place = routes.split(f"//{target}" if tunnel else target)
        if place is None or not (place.port if tunnel else place.scheme):
            raise _Refused(
                400, f"This is a proxy, and {target} is no address that it could pass a request on to"
            )
        self._check(request, place)
        if not tunnel:
            _plain(near, request, place, target)
            return
        near.event()  # a request for a tunnel has no body
        route = _found(place, lambda: routes.to_host(str(place.hostname), place.port or 0, "https"))
        with route.socket:
            near.send(h11.Response(status_code=200, headers=[], reason=b"Connection established"))
            route.socket.sendall(near.unread())
            near.socket.sendall(route.said)
            join(near.socket, route.socket)

    def _check(self, request: h11.Request, place: SplitResult) -> None:
        given = dict(request.headers).get(b"proxy-authorization", b"")
        if not hmac.compare_digest(given, self.known):
            # On a machine with several users, the learner's proxy is nobody else's.
            raise _Refused(407, "This proxy belongs to somebody's `dp100 offline`")
        if is_azure(place.hostname):
            refusal = NotOffline(f"The Azure host {place.hostname}", "Leave `dp100 offline` to reach it.")
            raise _Refused(403, str(refusal))


def _plain(near: End, request: h11.Request, place: SplitResult, target: str) -> None:
    """Pass on a request that is not in TLS, and the answer to it."""
    if place.scheme != "http":
        raise _Refused(501, f"Nothing but http is passed on without a tunnel, and this is {place.scheme}")
    route = _found(place, lambda: routes.for_plain_http(str(place.hostname), place.port or 80))
    more = [(b"Host", place.netloc.rpartition("@")[2].encode("latin-1")), (b"Connection", b"close")]
    if route.proxy is None:
        rest = target.partition("://")[2][len(place.netloc) :]
        target = rest if rest.startswith("/") else f"/{rest}"
    elif route.proxy.username is not None:
        more.append((b"Proxy-Authorization", routes.credentials(route.proxy)))
    headers = passed_on(request, *more, without=(b"host", b"proxy-authorization"))
    with route.socket:
        far = End(route.socket, h11.CLIENT)
        far.send(h11.Request(method=request.method, target=target, headers=headers))
        exchange(near, far)


def _found(place: SplitResult, find: Callable[[], Route]) -> Route:
    try:
        return find()
    except OSError as error:
        raise _Refused(502, f"{place.hostname} cannot be reached: {error.strerror or error}") from error


def _answer(near: End, refusal: _Refused) -> None:
    body = f"{refusal.sentence}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Connection", "close"),
    ]
    if refusal.status == 407:
        headers.append(("Proxy-Authenticate", 'Basic realm="dp100 offline"'))
    reason = refusal.sentence.encode("ascii", "replace")
    with suppress(OSError, h11.ProtocolError):
        near.send(h11.Response(status_code=refusal.status, headers=headers, reason=reason))
        with suppress(h11.LocalProtocolError):  # HEAD is answered without
            near.send(h11.Data(data=body))
            near.send(h11.EndOfMessage())
        # What the program is still sending is read for a moment: a connection that is closed before takes the answer
        # with it.
        near.socket.shutdown(socket.SHUT_WR)
        near.socket.settimeout(2)
        while near.socket.recv(1 << 16):
            pass
