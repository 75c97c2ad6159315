"""How a command fails: a message and what to do, never a traceback; and its exit status.

0 it ran   1 failure   2 usage   3 `ask` abstained   130 interrupted
"""

from __future__ import annotations

import sys
from typing import Any

import click
from click.exceptions import Exit

from osler.domain.errors import EmptyQuestion, OslerError, UsageError

FAILURE, USAGE, ABSTAINED, INTERRUPTED = 1, 2, 3, 130


class Commands(click.Group):
    """A group of commands whose deliberate errors are told to a person."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn an error into its message and exit status."""
        try:
            return super().invoke(ctx)
        except OslerError as error:
            tell(str(error), error.help)
            usage = isinstance(error, UsageError | EmptyQuestion)
            raise Exit(USAGE if usage else FAILURE) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            where = f": {error.filename}" if error.filename else ""
            tell(f"{error.strerror or error}{where}")
            raise Exit(FAILURE) from error
        except KeyboardInterrupt as error:
            tell("stopped", "Nothing is lost: what was committed stays. Adding again resumes.")
            raise Exit(INTERRUPTED) from error


def tell(message: str, help: str = "") -> None:  # noqa: A002
    """Print an error to standard error, what to do about it indented below."""
    lines = [f"osler: {message}"]
    lines += [f"       {line}" for line in help.splitlines()]
    print("\n".join(lines), file=sys.stderr)
