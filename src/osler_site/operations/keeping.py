"""The keeper beside the server: a process that holds the articles against the library."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_GRACE = 10.0  # seconds that a round has to end


@contextmanager
def keeper(wanted: bool) -> Iterator[None]:
    """Run the keeper as long as the server runs; not at all where something else does its work."""
    if not wanted:
        yield
        return
    # A terminal's Ctrl-C reaches it too; it ends by itself then, and what it found is kept.
    process = subprocess.Popen([sys.executable, "-m", "django", "keep"])
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
