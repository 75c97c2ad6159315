"""Starting the server: prepare the site once, say where to look, then serve."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from osler.domain.errors import UsageError

_GRACE = 10  # seconds that open requests have when the server is stopped


def run(host: str, port: int, workers: int | None) -> None:
    """Prepare the site and serve it until it is interrupted."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osler_site.settings")
    # Taken before anything else, so that a busy port is told at once, and kept until the end, so
    # that the address printed is the one served.
    with _listening(host, port) as listening, _metrics_folder():
        # Before anything reads the settings: links and tokens are for this address.
        address = address_of(host, listening.getsockname()[1])
        os.environ.setdefault("OSLER_BASE_URL", address)
        from osler_site.environment import environment

        environment.cache_clear()
        _refuse_what_is_unsafe()
        from osler_site.operations.keeping import keeper
        from osler_site.operations.preparing import prepare

        prepare(click.echo)
        _say_where(address)
        with keeper(environment().keeper):
            _serve(listening, workers or os.cpu_count() or 1)


def _refuse_what_is_unsafe() -> None:
    """In production, raise UsageError with every unsafe setting; tell those that are unwise.

    A list of CDS clients that cannot be read, and a language model that cannot be used, are refused
    everywhere.
    """
    from osler_site.answers.writer import check_writer
    from osler_site.cds_hooks.trusted import clients
    from osler_site.environment import environment
    from osler_site.operations.production import problems, told

    clients()
    check_writer()
    if not environment().production:
        return
    found = problems(environment())
    fatal = tuple(problem for problem in found if problem.fatal)
    if fatal:
        raise UsageError("these settings are not safe for production", help=told(fatal))
    if found:
        click.echo(told(found), err=True)


def _serve(listening: socket.socket, workers: int) -> None:
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    config = uvicorn.Config(
        "osler_site.asgi:application",
        workers=workers,
        lifespan="off",
        access_log=False,
        proxy_headers=False,  # the site resolves them itself: uvicorn would believe any local peer
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )
    if workers > 1:
        # Every request has a thread; glibc would give each a heap of its own and keep them all.
        os.environ.setdefault("MALLOC_ARENA_MAX", "2")
        Multiprocess(config, sockets=[listening]).run()
        return
    # After a clean end uvicorn raises the signal again that ended it; it has been obeyed.
    signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        return


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise UsageError(
            f"cannot listen on {host}:{port}: {error.strerror or error}",
            help="Take another port with --port, or any free one with --port 0.",
        ) from error
    with listening:
        listening.set_inheritable(True)
        # asyncio does it where the protocol is named only, which that of an accepted socket is
        # not: a page's head and body, sent one after the other, would wait 40 ms for each other.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield listening


@contextmanager
def _metrics_folder() -> Iterator[None]:
    """Where the workers add up their counters; each start counts from nothing."""
    folder = Path(tempfile.mkdtemp(prefix="osler-metrics-"))
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def address_of(host: str, port: int) -> str:
    """Where a browser on this machine finds what listens there: "http://127.0.0.1:8000"."""
    shown = "localhost" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def _say_where(address: str) -> None:
    from osler_site.accounts.models import User

    if not User.objects.exists():
        create = f"  osler account create NAME{_which_data()} --role"
        click.echo(
            "no one has an account yet; reading and asking need none. "
            "To edit, review and administer:\n"
            f"{create} administrator\n"
            f"{create} editor\n"
            f"{create} reviewer --profession Physician --registration 'GMC 0000000'"
        )
    click.echo(f"articles: {address}/articles/ · for programs: {address}/api/docs")
    click.echo(f"serving {address}/ · stop with Ctrl-C")


def _which_data() -> str:
    """The option that names this site's data to other commands, where they would not find it."""
    from osler_site.environment import Environment, environment

    folder = environment().site_data
    usual = Environment.model_fields["site_data"].get_default(call_default_factory=True)
    return "" if folder == usual else f" --data {folder}"
