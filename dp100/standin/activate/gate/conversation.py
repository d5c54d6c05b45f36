"""What the gate carries between a program and a host: bytes in a tunnel, or one request of HTTP and its answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeAlias, cast

import h11

_PIECE = 1 << 16
_LONGEST = 1 << 18
"""Bytes of the lines in front of a body. Servers take less."""

_SILENCE = 600.0
"""Seconds for which a host may say nothing once the program has ended its side."""

_OF_ONE_CONNECTION = (b"connection", b"keep-alive", b"proxy-connection", b"upgrade")
"""Headers that are not passed on: what they say is about the connection they come by (RFC 9110, 7.6.1)."""

Event: TypeAlias = (
    h11.Request
    | h11.InformationalResponse
    | h11.Response
    | h11.Data
    | h11.EndOfMessage
    | h11.ConnectionClosed
)


class End:
    """A connection, and what h11 knows of the HTTP on it. One thread may read and another write.

    Args:
        at: the connection.
        role: ours, ``h11.CLIENT`` or ``h11.SERVER``.
    """

    def __init__(self, at: socket.socket, role: type[h11.CLIENT] | type[h11.SERVER]) -> None:
        self.socket = at
        self._http = h11.Connection(role, max_incomplete_event_size=_LONGEST)
        self._turn = threading.Lock()

    def event(self) -> Event:
        """What comes next.

        Raises:
            OSError: the connection broke.
            h11.RemoteProtocolError: what comes is no HTTP.
        """
        while True:
            with self._turn:
                event = self._http.next_event()
            if event is h11.PAUSED:  # more than was asked for
                return h11.ConnectionClosed()
            if not isinstance(event, type):  # NEED_DATA
                return cast(Event, event)
            piece = self.socket.recv(_PIECE)
            with self._turn:
                self._http.receive_data(piece)

    def send(self, event: Event) -> None:
        """Send something.

        Raises:
            OSError: the connection broke.
            h11.LocalProtocolError: it is not the time for that.
        """
        with self._turn:
            data = self._http.send(event)
        if data:
            self.socket.sendall(data)

    def unread(self) -> bytes:
        """What has come behind the last event."""
        return bytes(self._http.trailing_data[0])


def passed_on(
    head: h11.Request | h11.Response, *more: tuple[bytes, bytes], without: tuple[bytes, ...] = ()
) -> list[tuple[bytes, bytes]]:
    """Headers for the other side: all but those about this connection, and ``more``."""
    dropped = (*_OF_ONE_CONNECTION, *without)
    return [
        *((name, value) for name, value in head.headers.raw_items() if name.lower() not in dropped),
        *more,
    ]


def join(near: socket.socket, far: socket.socket) -> None:
    """Carry everything between a program and a host until both have ended."""
    both(near, far, lambda told: _carry(near, far, told), lambda told: _carry(far, near, told))


def exchange(near: End, far: End) -> None:
    """Carry the body of a request whose head was sent, and the answer.

    The program is told that the connection ends there: its next request has to be looked at too, and a host or a
    proxy that keeps the connection, whatever it is told, would be sent it unseen.
    """

    def up(told: Callable[[], None]) -> None:
        while not isinstance(event := near.event(), h11.ConnectionClosed):
            far.send(event)
            told()
            if isinstance(event, h11.EndOfMessage):
                break
        while near.socket.recv(_PIECE):  # nothing behind it is passed on
            pass

    def down(told: Callable[[], None]) -> None:
        while not isinstance(event := far.event(), h11.ConnectionClosed):
            if isinstance(event, h11.Response):
                event = h11.Response(
                    status_code=event.status_code,
                    headers=passed_on(event, (b"Connection", b"close")),
                    reason=event.reason,
                )
            near.send(event)
            told()
            if isinstance(event, h11.EndOfMessage):
                break
        _end(near.socket, socket.SHUT_WR)

    both(near.socket, far.socket, up, down)


def both(
    near: socket.socket,
    far: socket.socket,
    up: Callable[[Callable[[], None]], None],
    down: Callable[[Callable[[], None]], None],
) -> None:
    """Run both directions; each is given what it has to call whenever something has come through.

    Afterwards nothing is under way any more: where one side broke, the other is broken too, and a host that says
    nothing to a program that has ended its side is left after a while.
    """
    moved = threading.Event()

    def back() -> None:
        try:
            down(moved.set)
        except (OSError, h11.ProtocolError):
            _end(near, socket.SHUT_RDWR)

    for end in (near, far):
        end.settimeout(None)
        with suppress(OSError):  # what comes in small pieces leaves in them: else the second waits for 40 ms
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    answer = threading.Thread(target=back, daemon=True)
    answer.start()
    try:
        up(moved.set)
    except (OSError, h11.ProtocolError):
        _end(far, socket.SHUT_RDWR)
    while answer.is_alive():
        moved.clear()
        answer.join(_SILENCE)
        if not moved.is_set():
            _end(far, socket.SHUT_RDWR)


def _carry(source: socket.socket, sink: socket.socket, told: Callable[[], None]) -> None:
    while piece := source.recv(_PIECE):
        sink.sendall(piece)
        told()
    _end(sink, socket.SHUT_WR)


def _end(sink: socket.socket, how: int) -> None:
    with suppress(OSError):
        sink.shutdown(how)
