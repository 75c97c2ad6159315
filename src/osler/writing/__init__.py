"""An optional language model: it words what was composed, and nothing of it is shown unchecked.

`write(answer, writer)` is the one entry, `write_stream` the same as it comes; `ask_with` asks,
with all the help that the settings allow, and `helped` is the same before it is worded.
`follow_with` reads a follow-up. Without the extra "writing" only `open_writer` fails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from osler.domain.errors import UsageError
from osler.writing.counting import counters, together
from osler.writing.following import follow_with
from osler.writing.offering import Spot, with_claims
from osler.writing.questioning import ask_with, helped
from osler.writing.settings import Provider, WriterSettings, writer_settings
from osler.writing.write import Reworded, write, write_stream

if TYPE_CHECKING:
    from osler.writing.model import Writer

__all__ = [
    "Provider",
    "Reworded",
    "Spot",
    "WriterSettings",
    "ask_with",
    "counters",
    "follow_with",
    "helped",
    "open_writer",
    "together",
    "with_claims",
    "write",
    "write_stream",
    "writer_settings",
]


def open_writer(settings: WriterSettings) -> Writer:
    """A model, ready to be asked; nothing is sent yet. Close it, or use it in a `with`.

    Raises UsageError where the extra is not installed, and where the server stands outside this
    network and that is not allowed.
    """
    try:
        from osler.writing.model import Writer
    except ModuleNotFoundError as error:
        raise UsageError(
            f"a language model cannot be used: there is no {error.name}",
            help='Install what it needs with: pip install "osler[writing]"',
        ) from error
    return Writer(settings)
