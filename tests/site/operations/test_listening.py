"""The socket that the server listens on."""

from __future__ import annotations

import socket

from osler_site.operations.serving import _listening


def test_what_is_sent_is_sent_at_once() -> None:
    """Held back until the client acknowledges what came before, a page's body is 40 ms late."""
    with (
        _listening("127.0.0.1", 0) as listening,
        socket.create_connection(listening.getsockname()) as client,
    ):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert client.recv(1) == b""
