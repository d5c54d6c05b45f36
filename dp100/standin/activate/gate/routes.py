"""The way on from the gate to a host: by the learner's own proxy where there is one for it, else directly."""

from __future__ import annotations

import base64
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import h11

from dp100.standin.activate.gate.conversation import End

PATIENCE = 60
"""Seconds to wait for a connection, and for the first words on it."""

_SOCKS = {"socks": "socks5", "socks5h": "socks5", "socks4a": "socks4"}
"""Names for kinds of proxies that python-socks knows by another; all of them look up names at the proxy."""


@dataclass(frozen=True, slots=True)
class Route:
    """A connection.

    Attributes:
        socket: to the host, or to a proxy that is asked for whole addresses.
        said: what the host has said already.
        proxy: that proxy; None where the connection is with the host.
    """

    socket: socket.socket
    said: bytes = b""
    proxy: SplitResult | None = None


def to_host(host: str, port: int, scheme: str) -> Route:
    """A connection with a host.

    Args:
        scheme: ``http`` or ``https``: which of the learner's proxies is meant.

    Raises:
        OSError: there is no way to it.
    """
    proxy = _proxy(host, scheme)
    try:
        if proxy is None:
            return Route(socket.create_connection((host, port), PATIENCE))
        if proxy.scheme == "http":
            return _tunnel(proxy, host, port)
        return Route(_through_socks(proxy, host, port))
    except UnicodeError as error:  # no name of a host: IDNA has no form for it
        raise OSError(str(error)) from error


def for_plain_http(host: str, port: int) -> Route:
    """A connection for a request without TLS, which a proxy for HTTP is sent as it is.

    Raises:
        OSError: there is no way to it.
    """
    proxy = _proxy(host, "http")
    if proxy is None or proxy.scheme != "http":
        return to_host(host, port, "http")
    return Route(socket.create_connection((str(proxy.hostname), proxy.port or 80), PATIENCE), proxy=proxy)


def credentials(proxy: SplitResult) -> bytes:
    """What a proxy whose address has a name and a password wants to be told."""
    known = f"{unquote(proxy.username or '')}:{unquote(proxy.password or '')}"
    return b"Basic " + base64.b64encode(known.encode())


def split(address: str) -> SplitResult | None:
    """The parts of an address with a host; None where it has none."""
    try:
        place = urlsplit(address)
        known = place.hostname and (
            place.port is None or place.port >= 0
        )  # asking is what finds "host:port" out
    except ValueError:
        return None
    return place if known else None


def _proxy(host: str, scheme: str) -> SplitResult | None:
    """The learner's own proxy for a host; None where there is none."""
    proxies = getproxies()
    found = proxies.get(scheme) or proxies.get("all")
    if not found or proxy_bypass(host):
        return None
    return split(found if "://" in found else f"http://{found}")


def _tunnel(proxy: SplitResult, host: str, port: int) -> Route:
    """A connection by a proxy for HTTP (RFC 9110, 9.3.6)."""
    far = End(socket.create_connection((str(proxy.hostname), proxy.port or 80), PATIENCE), h11.CLIENT)
    try:
        place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        headers = [(b"Host", place.encode())]
        if proxy.username is not None:
            headers.append((b"Proxy-Authorization", credentials(proxy)))
        far.send(h11.Request(method="CONNECT", target=place, headers=headers))
        far.send(h11.EndOfMessage())
        answer = far.event()
        while isinstance(answer, h11.InformationalResponse):
            answer = far.event()
        if not isinstance(answer, h11.Response) or not 200 <= answer.status_code < 300:
            said = (
                f"{answer.status_code} {answer.reason.decode('latin-1')}"
                if isinstance(answer, h11.Response)
                else ""
            )
            raise OSError(f"the proxy {proxy.hostname}: {said.strip() or 'no answer'}")
    except (OSError, h11.ProtocolError) as error:
        far.socket.close()
        raise OSError(str(error)) from error
    return Route(far.socket, far.unread())


def _through_socks(proxy: SplitResult, host: str, port: int) -> socket.socket:
    from python_socks import ProxyError, ProxyTimeoutError
    from python_socks.sync import Proxy

    address = f"{_SOCKS.get(proxy.scheme, proxy.scheme)}://{proxy.netloc}{'' if proxy.port else ':1080'}"
    try:
        return Proxy.from_url(address, rdns=True).connect(host, port, timeout=PATIENCE)
    except (ProxyError, ProxyTimeoutError, ValueError) as error:
        raise OSError(f"the proxy {proxy.hostname}: {error}") from error
