"""The two transports: standard input and output, and streamable HTTP."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import logging
import socket
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import uvicorn
from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings

from osler.domain.errors import UsageError

PATH = "/mcp"
_Scope = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
_Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
_App = Callable[[_Scope, _Receive, _Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """Where to listen and for whom.

    `token` is what `Authorization: Bearer` must hold; None lets every program of this machine in.
    `hosts` are further names under which the server is reached ("osler.example:8100"), `origins`
    those of pages that may use it ("https://osler.example").
    """

    host: str = "127.0.0.1"
    port: int = 8100
    token: str | None = None
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse to be open to a network. Raises UsageError."""
        if not _is_loopback(self.host) and not self.token:
            raise UsageError(
                f"{self.host} is reached by other machines, and there is no token",
                help="Whoever reaches it could read the whole library. Name a variable that holds "
                "a token:\nosler mcp --transport http --host HOST --token-env OSLER_MCP_TOKEN",
            )

    def security(self) -> TransportSecuritySettings:
        """Which Host and Origin are let in: a page elsewhere must not reach this by its name."""
        local = ["127.0.0.1:*", "localhost:*", "[::1]:*"] if _is_loopback(self.host) else []
        return TransportSecuritySettings(
            enable_dns_rebinding_protection=True,
            allowed_hosts=[*local, *self.hosts],
            allowed_origins=[*(f"http://{name}" for name in local), *self.origins],
        )


def serve_stdio(server: MCPServer[Any]) -> None:
    """Speak over standard input and output until input ends; everything else goes to stderr."""
    server.run("stdio")


def serve_http(server: MCPServer[Any], settings: HttpSettings) -> None:
    """Listen until a signal ends it; the address is told on stderr.

    Raises UsageError where the address cannot be taken.
    """
    listening = _listen(settings.host, settings.port)
    app = server.streamable_http_app(
        host=settings.host, streamable_http_path=PATH, transport_security=settings.security()
    )
    guarded: _App = Guarded(app, settings.token) if settings.token else app
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    config = uvicorn.Config(guarded, log_config=None, access_log=False, ws="none")
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{listening.getsockname()[1]}{PATH}"
    with listening, suppress(KeyboardInterrupt):
        asyncio.run(_Telling(config, address).serve(sockets=[listening]))


class _Telling(uvicorn.Server):
    """Tells its address once it answers and a signal ends it in order."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say where."""
        await super().startup(sockets)
        print(f"osler: MCP at {self._address}", file=sys.stderr, flush=True)


class Guarded:
    """Lets in only who has the token (RFC 6750), whatever the path."""

    def __init__(self, app: _App, token: str) -> None:
        self._app = app
        self._token = token.encode()

    async def __call__(self, scope: _Scope, receive: _Receive, send: _Send) -> None:
        """An ASGI application."""
        if scope["type"] == "lifespan" or self._may(scope):
            await self._app(scope, receive, send)
            return
        headers = [(b"www-authenticate", b"Bearer"), (b"content-type", b"text/plain")]
        await send({"type": "http.response.start", "status": 401, "headers": headers})
        body = b"A token is missing or wrong. Send it as: Authorization: Bearer TOKEN\n"
        await send({"type": "http.response.body", "body": body})

    def _may(self, scope: _Scope) -> bool:
        sent = [value for name, value in scope["headers"] if name == b"authorization"]
        scheme, _, token = sent[0].partition(b" ") if len(sent) == 1 else (b"", b"", b"")
        return scheme.lower() == b"bearer" and hmac.compare_digest(token.strip(), self._token)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise UsageError(
            f"cannot listen on {host}, port {port}: {error.strerror or error}",
            help="Choose another --host or --port; --port 0 takes a free one.",
        ) from error
    return listening


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
