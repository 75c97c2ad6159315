"""Which hosts may be fetched from: the public internet, unless the caller says otherwise.

A web page is named by a user, and may redirect to wherever it likes. Without this check a server
that imports pages for its users could be made to read what only it can reach: the cloud's
metadata service, an intranet, a database on loopback.
"""

from __future__ import annotations

import ipaddress
import socket

from osler.domain.errors import ImportFailed

_HELP = "Osler fetches public pages only; save the page and add the file, or allow private hosts."


# Where IPv6 holds an IPv4 address that a gateway may pass on to (RFC 4291 §2.5.5, RFC 6052).
_HOLDING_IPV4 = tuple(map(ipaddress.IPv6Network, ("::/96", "64:ff9b::/96", "64:ff9b:1::/48")))


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet; of IPv6, what it holds of IPv4, too."""
    try:
        ip = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour is not None or ip.teredo is not None:
            return False  # tunnels: nobody serves from one
        if any(ip in network for network in _HOLDING_IPV4):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast


def refuse_private(host: str, port: int) -> None:
    """Raise `ImportFailed` if any address of `host` is not public.

    A name that does not resolve passes: connecting will fail with its own message, and behind
    a proxy only the proxy resolves names.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return
    for entry in found:
        address = str(entry[4][0])
        if not is_public(address):
            raise ImportFailed(f"{host} is a private address ({address})", help=_HELP)


def refuse_private_peer(address: str, host: str) -> None:
    """Raise `ImportFailed` if the connection was made to a private address after all.

    A name may resolve to a public address when it is checked and to a private one a moment
    later, when it is connected to.
    """
    if not is_public(address):
        raise ImportFailed(f"{host} is a private address ({address})", help=_HELP)
