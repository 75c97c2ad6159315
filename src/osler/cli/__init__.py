"""The command line. Its JSON is a contract: fields are only ever added."""

from __future__ import annotations

import sys


def main() -> None:
    """Run `osler` with the arguments of this process."""
    from osler.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="osler")
