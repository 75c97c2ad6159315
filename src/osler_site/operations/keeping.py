"""The keeper beside the server: a process that holds the articles against the library."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_GRACE = 10.0  # seconds that a round has to end
_LOOK_EVERY = 5.0  # seconds until a keeper that died is started again
_log = logging.getLogger(__name__)


@contextmanager
def keeper(wanted: bool) -> Iterator[None]:
    """Run the keeper as long as the server runs; not at all where something else does its work."""
    if not wanted:
        yield
        return
    ended = threading.Event()
    process = _start()  # here and not in the thread: a keeper that cannot start ends the server
    watching = threading.Thread(target=_watch, args=(process, ended), name="keeper")
    watching.start()
    try:
        yield
    finally:
        ended.set()
        watching.join()


def _start() -> subprocess.Popen[bytes]:
    # A terminal's Ctrl-C reaches it too; it ends by itself then, and what it found is kept.
    # Its standard input is never written to: it ends when this process is killed.
    command = [sys.executable, "-m", "django", "keep", "--beside"]
    return subprocess.Popen(command, stdin=subprocess.PIPE)


def _watch(process: subprocess.Popen[bytes], ended: threading.Event) -> None:
    """Start the keeper again whenever it has died, and end it with the server."""
    while not ended.wait(_LOOK_EVERY):
        if process.poll() is not None:
            _log.error("the keeper ended with %s and is started again", process.returncode)
            try:
                process = _start()
            except OSError:  # no memory or no process left for now
                _log.exception("the keeper could not be started and is tried again")
    _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdin is not None:
        process.stdin.close()
