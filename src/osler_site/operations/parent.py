"""A process that is there for another one ends with it, also where that one was killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable

_GRACE = 10.0  # seconds for what is open: as long as a server that is stopped gives it


def end_with_supervisor() -> None:
    """End this process when the one that spawned it as a worker has ended; else do nothing."""
    supervisor = multiprocessing.parent_process()
    if supervisor is not None:
        _end_after(supervisor.join)


def end_with_standard_input() -> None:
    """End this process when nobody holds the other end of its standard input any more."""
    # Not through sys.stdin: Python could not end while a thread waits there.
    _end_after(lambda: os.read(0, 1))


def _end_after(gone: Callable[[], object]) -> None:
    def watch() -> None:
        gone()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_GRACE)
        os._exit(1)  # it did not end by itself, and nobody is left who would see to that

    threading.Thread(target=watch, name="end with parent", daemon=True).start()
