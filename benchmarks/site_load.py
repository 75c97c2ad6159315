"""What the site bears: article pages, fresh questions, open streams and memory, by workers.

    python benchmarks/site_load.py --library library/demo --workers 1 2 --seconds 60

Starts `osler serve` itself, on loopback, with data of its own, and asks it from this process (an
asyncio client without a library between, so that the client takes little of the two cores).
Questions are distinct, so that none is answered from what was stored.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus, urlsplit

QUESTIONS = (
    "What is the maintenance dose of vitamin B12 for a patient aged {n} years",
    "Hydroxocobalamin loading dose for a {n} year old with pernicious anaemia",
    "How often is vitamin B12 given after gastric bypass at age {n}",
    "Which route for cobalamin at age {n} with malabsorption",
)
STREAMS = 200
ROUNDS = 6  # of streams: what is held after each
ASKS = 30  # fresh questions a second
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Figures:
    """What a number of requests took."""

    done: int
    failed: int
    seconds: float
    latencies: tuple[float, ...]

    @property
    def rate(self) -> float:
        return self.done / self.seconds

    def milliseconds(self, share: float) -> float:
        ordered = sorted(self.latencies) or [0.0]
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def __str__(self) -> str:
        return (
            f"{self.rate:7.1f}/s  p50 {self.milliseconds(0.5):6.1f} ms  "
            f"p95 {self.milliseconds(0.95):6.1f} ms  errors {self.failed}"
        )


class Connection:
    """One kept-alive connection of HTTP/1.1."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(
        self, method: str, path: str, body: str = "", *, kind: str = FORM, **headers: str
    ) -> tuple[int, str]:
        """The status and the head of the response, whose body is read to its end."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost"]
        if body:
            lines.append(f"Content-Type: {kind}")
            lines.append(f"Content-Length: {len(body)}")
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        await _read_body(reader, head.lower())
        return int(head.split(" ", 2)[1]), head

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def _read_body(reader: asyncio.StreamReader, head: str) -> None:
    if "transfer-encoding: chunked" in head:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    elif "content-length: " in head:
        await reader.readexactly(int(head.split("content-length: ")[1].split("\r")[0]))


async def _arrived(port: int) -> tuple[Connection, dict[str, str]]:
    """A connection with a CSRF cookie, and the headers that go with a form."""
    connection = Connection(port)
    _, head = await connection.send("GET", "/")
    token = head.split("csrftoken=")[1].split(";")[0]
    return connection, {"Cookie": f"csrftoken={token}", "X_CSRFToken": token}


@asynccontextmanager
async def visitor(port: int) -> AsyncIterator[tuple[Connection, dict[str, str]]]:
    """Someone with a connection, for as long as they stay."""
    connection, headers = await _arrived(port)
    yield connection, headers
    connection.close()


Request = Callable[[Connection, dict[str, str]], Awaitable[int]]


async def load(port: int, clients: int, seconds: float, request: Request) -> Figures:
    """Ask for some seconds, each client one request after the other."""
    latencies: list[float] = []
    failed = 0
    end = time.perf_counter() + seconds

    async def client() -> None:
        nonlocal failed
        async with visitor(port) as (connection, headers):
            while time.perf_counter() < end:
                begun = time.perf_counter()
                try:
                    good = await request(connection, headers) in (200, 302)
                except (OSError, asyncio.IncompleteReadError, ValueError):
                    good = False
                    connection.close()
                latencies.append(time.perf_counter() - begun)
                failed += not good

    begun = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    taken = time.perf_counter() - begun
    return Figures(len(latencies) - failed, failed, taken, tuple(latencies))


async def arrivals(port: int, each_second: float, seconds: float, request: Request) -> Figures:
    """Requests that come whether or not those before them are answered, as people's do.

    A latency counts from the moment at which the request was due.
    """
    # In turn: what lies idle for long is closed by the server.
    free = deque([await _arrived(port) for _ in range(8)])
    latencies: list[float] = []
    failed = 0

    async def one(due: float) -> None:
        nonlocal failed
        connection, headers = free.popleft() if free else await _arrived(port)
        try:
            good = await request(connection, headers) in (200, 302)
        except (OSError, asyncio.IncompleteReadError, ValueError):
            good = False
            connection.close()
        latencies.append(time.perf_counter() - due)
        failed += not good
        free.append((connection, headers))

    begun = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for n in range(int(each_second * seconds)):
            due = begun + n / each_second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            group.create_task(one(due))
    taken = time.perf_counter() - begun
    for connection, _ in free:
        connection.close()
    return Figures(len(latencies) - failed, failed, taken, tuple(latencies))


def pages(paths: list[str], cookie: str = "") -> Request:
    """Article pages in turn; a session's cookie keeps the page's cache out of it."""
    turn = itertools.cycle(paths)

    async def request(connection: Connection, headers: dict[str, str]) -> int:
        sent = {"Cookie": cookie} if cookie else {}
        return (await connection.send("GET", next(turn), **sent))[0]

    return request


def asks(numbers: itertools.count[int], *, stream: bool = False, read: bool = False) -> Request:
    """Questions that were never asked before; `read`: and the page of the answer, too."""

    async def request(connection: Connection, headers: dict[str, str]) -> int:
        n = next(numbers)
        body = "q=" + quote_plus(QUESTIONS[n % len(QUESTIONS)].format(n=f"{18 + n % 70}, case {n}"))
        accept = {"Accept": "text/event-stream"} if stream else {}
        status, head = await connection.send("POST", "/ask", body, **headers, **accept)
        if read and status == 302:
            answer = head.lower().split("location: ")[1].split("\r")[0]
            status, _ = await connection.send("GET", answer, **headers)
            return status if status == 200 else 0
        return status

    return request


def memory(parent: int) -> float:
    """Resident megabytes of a process and of all below it."""
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        below.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    family, total = [parent], 0
    while family:
        process = family.pop()
        family += below.get(process, [])
        total += int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return total * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def serving(library: Path, data: Path, workers: int) -> AsyncIterator[tuple[int, int]]:  # type: ignore[misc]
    """A server; its port and its process."""
    command = [sys.executable, "-m", "osler.cli", "serve", "--port", "0"]
    command += ["--workers", str(workers), "--library", str(library), "--data", str(data)]
    named = {"OSLER_ASKS_PER_MINUTE": "0", "OSLER_LOG_LEVEL": "ERROR", "OSLER_KEEPER": "false"}
    process = subprocess.Popen(
        command, env={**os.environ, **named}, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    port = None
    for line in process.stdout:
        if line.startswith("serving "):
            port = urlsplit(line.split()[1]).port
            break
    assert port, "the server did not start"
    try:
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def article_paths(library: Path, data: Path) -> list[str]:
    """The public articles of the site, asked in a process of its own."""
    code = (
        "import django; django.setup()\n"
        "from osler_site.catalogue.public import public_articles\n"
        "print(*[page.url for page in public_articles()[:20]])"
    )
    named = {"OSLER_LIBRARY": str(library), "OSLER_SITE_DATA": str(data)}
    named["DJANGO_SETTINGS_MODULE"] = "osler_site.settings"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **named}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.split()


async def measure(library: Path, data: Path, port: int, process: int, seconds: float) -> None:
    """Print the figures of a running server."""
    numbers = itertools.count(int(time.time()) % 1_000_000 * 1_000)
    await load(port, 4, 3, asks(numbers))  # what is loaded at its first use is loaded
    paths = article_paths(library, data)
    if paths:
        await load(port, 8, 2 + len(paths) / 4, pages(paths))  # each worker has rendered them
        print(f"  articles, cached    {await load(port, 8, seconds / 4, pages(paths))}")
        fresh = pages(paths, cookie="sessionid=none")
        print(f"  articles, rendered  {await load(port, 4, seconds / 4, fresh)}")
    held = [memory(process)]
    steady = await arrivals(port, ASKS, seconds, asks(numbers))
    held.append(memory(process))
    both = await arrivals(port, ASKS, seconds, asks(numbers, read=True))
    held.append(memory(process))
    print(f"  and their pages     {both}")
    print(f"  questions, {ASKS} a second  {steady}", flush=True)
    print(f"  questions, 4 askers {await load(port, 4, seconds / 2, asks(numbers))}", flush=True)
    for _ in range(ROUNDS):
        held.append(memory(process))
        begun = time.perf_counter()
        streams = await asyncio.gather(
            *(load(port, 1, 0.001, asks(numbers, stream=True)) for _ in range(STREAMS)),
            return_exceptions=True,
        )
        good = [s for s in streams if isinstance(s, Figures) and not s.failed]
        taken = time.perf_counter() - begun
        print(f"  {STREAMS} streams at once  {len(good)} whole in {taken:.1f} s")
    held.append(memory(process))
    print("  memory              " + ", ".join(f"{mb:.0f}" for mb in held) + " MB")
    print("    before the steady questions, after them, after those with pages; at each round")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--data", type=Path, help="of a site that was prepared before")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for workers in arguments.workers:
            data = Path(temporary) / f"site {workers}"
            if arguments.data:
                shutil.copytree(arguments.data, data)
            with serving(arguments.library, data, workers) as (port, process):
                print(f"{workers} workers, load {os.getloadavg()[0]:.1f}", flush=True)
                asyncio.run(measure(arguments.library, data, port, process, arguments.seconds))


if __name__ == "__main__":
    main()
