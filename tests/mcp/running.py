"""The real server, in a process of its own, and the SDK's own client for it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx2
from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

SRC = str(Path(__file__).parents[2] / "src")
OSLER = (sys.executable, "-m", "osler.cli")


def environment() -> dict[str, str]:
    return {"PYTHONPATH": SRC, "PYTHONWARNINGS": "error::ResourceWarning"}


class Session:
    """A client whose calls wait: tests need no event loop."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self._portal, self.client = portal, client

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self.client, name)
        return lambda *given: self._portal.call(method, *given)

    def tool(self, name: str, **arguments: Any) -> Any:
        """The structured result of a tool that must not fail."""
        result = self._portal.call(self.client.call_tool, name, arguments)
        assert not result.is_error, result.content
        return result.structured_content

    def refused(self, name: str, **arguments: Any) -> str:
        """What a tool says that must fail."""
        result = self._portal.call(self.client.call_tool, name, arguments)
        assert result.is_error, result.structured_content
        return str(result.content[0].text)

    def start(self, name: str, **arguments: Any) -> Future[Any]:
        """A call that is not waited for."""
        return self._portal.start_task_soon(self.client.call_tool, name, arguments)

    def at_once(self, calls: Sequence[tuple[str, dict[str, Any]]]) -> list[Any]:
        """Many calls, none waiting for another."""
        waiting = [self.start(name, **arguments) for name, arguments in calls]
        return [each.result().structured_content for each in waiting]


@contextmanager
def connected(server: Any, mode: str = "auto") -> Iterator[Session]:
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(server, mode=mode)) as client,
    ):
        yield Session(portal, client)


def over_stdio(library: Path, *options: str) -> StdioServerParameters:
    program, *arguments = OSLER
    given = [*arguments, "mcp", "--library", str(library), *options]
    return StdioServerParameters(command=program, args=given, env=environment())


@contextmanager
def listening(library: Path, *options: str, **more: str) -> Iterator[str]:
    """A server on a free port; its address."""
    command = [*OSLER, "mcp", "--library", str(library), "--transport", "http", "--port", "0"]
    server = subprocess.Popen(
        [*command, *options],
        env={**os.environ, **environment(), **more},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stderr is not None
    try:
        told = re.search(r"http://\S+/mcp", server.stderr.readline())
        assert told
        yield told[0]
    finally:
        server.terminate()
        _, said = server.communicate(timeout=20)
    assert "Traceback" not in said, said
    assert "Warning" not in said, said


@contextmanager
def over_http(address: str, mode: str = "auto", **headers: str) -> Iterator[Session]:
    @asynccontextmanager
    async def transport() -> AsyncIterator[Any]:
        async with (
            httpx2.AsyncClient(headers=headers) as client,
            streamable_http_client(address, http_client=client) as streams,
        ):
            yield streams

    with connected(transport(), mode) as session:
        yield session
