"""The vectors of a library, after it has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.exceptions import Exit

from osler.cli.errors import INTERRUPTED, tell
from osler.cli.progress import bar

if TYPE_CHECKING:
    from osler.library import Library


def compute(library: Library, embedder: str | None = None) -> None:
    """Compute what is missing, with a bar. Stopping it costs nothing: the library answers.

    `embedder` is the tier to change to; None keeps the library's own.
    """
    try:
        with bar("vectors", "passages") as progress:
            library.embed(progress, embedder=embedder)
    except KeyboardInterrupt as error:
        tell(
            "stopped before all vectors were there",
            "The library answers by words meanwhile; adding anything goes on with them.",
        )
        raise Exit(INTERRUPTED) from error
