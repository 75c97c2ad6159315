"""The command line. Its JSON is a contract: fields are only ever added."""

from __future__ import annotations

import gc
import os
import sys

# A command makes many small objects and few cycles; looking for these took a fifth of an ask.
_OBJECTS_BEFORE_COLLECTING = 100_000


def main() -> None:
    """Run `osler` with the arguments of this process."""
    # Starting numpy's threads takes longer than they save: we multiply by one vector at a time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTING, 20, 20)
    from osler.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="osler")
