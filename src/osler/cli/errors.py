"""How a command fails: a message and what to do, never a traceback; and its exit status.

The message goes to standard error. With `--format json` standard output holds it too, as one line:
{"error": {"message": ..., "help": ...}}.

0 it ran   1 failure   2 usage   3 `ask` abstained   130 interrupted
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import click
from click.exceptions import Exit

from osler.domain.errors import EmptyQuestion, OslerError, UsageError

_JSON = "osler.json"  # in the context: whether standard output is for a program
FAILURE, USAGE, ABSTAINED, INTERRUPTED = 1, 2, 3, 130


class Commands(click.Group):
    """A group of commands whose deliberate errors are told to a person."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note whether JSON is wanted, before anything can fail."""
        ctx.find_root().meta.setdefault(_JSON, _wants_json(args))
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn an error into its message and exit status."""
        try:
            return super().invoke(ctx)
        except OslerError as error:
            _fail(ctx, str(error), error.help)
            usage = isinstance(error, UsageError | EmptyQuestion)
            raise Exit(USAGE if usage else FAILURE) from error
        except click.UsageError as error:
            if ctx.parent is None and ctx.meta[_JSON]:  # a group inside raises it once more
                _print_json(error.format_message(), "")
            raise
        except BrokenPipeError:
            raise
        except OSError as error:
            where = f": {error.filename}" if error.filename else ""
            _fail(ctx, f"{error.strerror or error}{where}")
            raise Exit(FAILURE) from error
        except KeyboardInterrupt as error:
            _fail(
                ctx, "stopped", "Nothing is lost: what was committed stays. Adding again resumes."
            )
            raise Exit(INTERRUPTED) from error


def _wants_json(args: Sequence[str]) -> bool:
    return "--format=json" in args or ("--format", "json") in pairwise(args)


def _fail(ctx: click.Context, message: str, help: str = "") -> None:  # noqa: A002
    if ctx.find_root().meta[_JSON]:
        _print_json(message, help)
    tell(message, help)


def _print_json(message: str, help: str) -> None:  # noqa: A002
    print(json.dumps({"error": {"message": message, "help": help or None}}), flush=True)


def tell(message: str, help: str = "") -> None:  # noqa: A002
    """Print an error to standard error, what to do about it indented below."""
    lines = [f"osler: {message}"]
    lines += [f"       {line}" for line in help.splitlines()]
    print("\n".join(lines), file=sys.stderr)
