"""Where an address leads: this machine, this network, or elsewhere; and going nowhere else."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import httpx2

from osler.domain import Place
from osler.domain.errors import UsageError

# RFC 1918, RFC 4193 and link-local addresses: those that no router of the internet passes on.
_PRIVATE = tuple(
    ip_network(text)
    for text in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "fc00::/7",
        "fe80::/10",
    )
)
_ORDER = (Place.MACHINE, Place.NETWORK, Place.ELSEWHERE)
_OWN = ("authorization", "x-api-key", "content-type", "content-length", "host", "accept")
_KEPT = (*_OWN, "accept-encoding", "connection", "user-agent", "anthropic-version")


class NotAllowed(httpx2.ConnectError):
    """The server stands outside this network, and nobody said that it may."""


def place_of_address(text: str) -> Place:
    """Where one numeric address leads."""
    address: IPv4Address | IPv6Address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if address.is_loopback:
        return Place.MACHINE
    if any(address.version == net.version and address in net for net in _PRIVATE):
        return Place.NETWORK
    return Place.ELSEWHERE


def farthest(addresses: Iterable[str]) -> Place:
    """The farthest of the places that addresses lead to; elsewhere where there is none."""
    places = [place_of_address(address) for address in addresses]
    return max(places, key=_ORDER.index) if places else Place.ELSEWHERE


def find_place(url: str, *, remote: bool) -> Place:
    """Where a server stands, by its name's addresses now. Raises UsageError.

    A name without a dot that has no address now (of a container that is not up yet) counts as
    one of this network: `Guarded` looks again at each request, and goes nowhere else.
    """
    host = urlsplit(url).hostname or ""
    try:
        place = farthest(str(info[4][0]) for info in socket.getaddrinfo(host, None))
    except (OSError, UnicodeError):
        place = Place.ELSEWHERE if "." in host else Place.NETWORK
    if place is Place.ELSEWHERE and not remote:
        raise UsageError(
            f"the writer at {host} is outside this network, and that is not allowed",
            help="What would be sent leaves this network. To allow it: OSLER_WRITER_REMOTE=yes",
        )
    return place


class Guarded(httpx2.AsyncHTTPTransport):
    """Connects to addresses of this network alone, to the very address that was looked at."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request. Raises NotAllowed where the name leads elsewhere."""
        host = request.url.host
        loop = asyncio.get_running_loop()
        try:
            found: list[Any] = await loop.getaddrinfo(
                host, request.url.port, type=socket.SOCK_STREAM
            )
        except (OSError, UnicodeError) as error:
            raise httpx2.ConnectError(f"no address is known for {host}") from error
        addresses = [str(info[4][0]) for info in found]
        if farthest(addresses) is Place.ELSEWHERE:
            raise NotAllowed(f"{host} is outside this network")
        if request.url.scheme == "https":
            request.extensions = {**request.extensions, "sni_hostname": host}
        *others, last = dict.fromkeys(addresses)
        for address in others:  # "localhost" has two, of which one may be listened at
            request.url = request.url.copy_with(host=address)
            try:
                return await super().handle_async_request(request)
            except httpx2.ConnectError:
                continue
        request.url = request.url.copy_with(host=last)
        return await super().handle_async_request(request)


async def _only_what_is_needed(request: httpx2.Request) -> None:
    """Leave out headers that say of this machine what no server needs to know."""
    for name in [name for name in request.headers if name.lower() not in _KEPT]:
        del request.headers[name]
    request.headers["user-agent"] = "osler"
    if request.headers.get("authorization") == f"Bearer {NO_KEY}":
        del request.headers["authorization"]
    if request.headers.get("x-api-key") == NO_KEY:
        del request.headers["x-api-key"]


NO_KEY = "none"  # stands where a client must have one and the server wants none


def client_for(place: Place) -> httpx2.AsyncClient:
    """A client that follows no redirect; only one for elsewhere heeds proxies of the machine."""
    elsewhere = place is Place.ELSEWHERE
    return httpx2.AsyncClient(
        transport=None if elsewhere else Guarded(trust_env=False),
        trust_env=elsewhere,
        follow_redirects=False,
        event_hooks={"request": [_only_what_is_needed]},
    )
