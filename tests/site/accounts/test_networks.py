"""The client's address is what our own proxies say, never what the client says."""

from __future__ import annotations

import pytest

from osler_site.accounts.networks import client_address, networks, parse_address, within

PROXIES = networks(["10.0.0.0/8", "2001:db8:1::/48"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("198.51.100.7", "", "198.51.100.7"),
        ("198.51.100.7", "127.0.0.1", "198.51.100.7"),  # not a proxy: not believed
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "127.0.0.1, 198.51.100.7", "198.51.100.7"),  # the client wrote the first
        ("10.0.0.1", "127.0.0.1, 198.51.100.7, 10.2.3.4", "198.51.100.7"),  # two proxies
        ("10.0.0.1", "10.9.9.9, 10.2.3.4", "10.9.9.9"),  # a client in the proxies' network
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "127.0.0.1, <script>", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.7:4711", "198.51.100.7"),
        ("2001:db8:1::1", '"[2001:db8:2::7]:4711"', "2001:db8:2::7"),
        ("::ffff:10.0.0.1", "2001:db8:2::7", "2001:db8:2::7"),
        ("::ffff:198.51.100.7", "127.0.0.1", "198.51.100.7"),
        ("", "127.0.0.1", ""),  # a peer without an address, as on a socket of Unix
    ],
)
def test_the_client_is_the_nearest_that_is_not_a_proxy(
    peer: str, forwarded: str, client: str
) -> None:
    assert client_address(peer, forwarded, PROXIES) == client


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("127.0.0.1", True),
        ("::ffff:127.0.0.1", True),
        ("::1", True),
        ("128.0.0.1", False),
        ("fe80::1%eth0", False),
        ("localhost", False),
        ("", False),
    ],
)
def test_networks_of_both_kinds(address: str, inside: bool) -> None:
    assert within(parse_address(address), networks(["127.0.0.0/8", "::1/128"])) is inside
