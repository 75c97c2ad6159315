"""Where a request comes from: the client's address behind proxies, and the networks it is in."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from ipaddress import IPv4Network as _IPv4Network

Address = IPv4Address | IPv6Address
Networks = tuple[_IPv4Network | IPv6Network, ...]


def networks(given: Sequence[str]) -> Networks:
    """Networks (`10.0.0.0/8`, `2001:db8::/32`) or single addresses. Raises ValueError."""
    return tuple(ip_network(text, strict=False) for text in given)


def parse_address(text: str) -> Address | None:
    """An address as a proxy writes it: bare, with a port, or in brackets; None if it is none."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        # A socket that listens on both kinds reports IPv4 clients as ::ffff:192.0.2.1.
        return address.ipv4_mapped or IPv6Address(address.packed)
    return address


def within(address: Address | None, allowed: Networks) -> bool:
    """Whether an address is in one of the networks."""
    return address is not None and any(
        address.version == network.version and address in network for network in allowed
    )


def client_address(peer: str, forwarded_for: str, trusted: Networks) -> str:
    """The address of the client: the nearest one that is not a proxy of ours.

    Every proxy appends whom it heard from, so the list is read from its end; what a client wrote
    into it itself stands before that and is never reached.
    """
    address = parse_address(peer)
    if not within(address, trusted):
        return str(address) if address else ""
    for entry in reversed(forwarded_for.split(",") if forwarded_for else []):
        before = parse_address(entry)
        if before is None:
            break
        address = before
        if not within(address, trusted):
            break
    return str(address)
