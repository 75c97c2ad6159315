"""The starter library: short Markdown summaries, in our own words, that come with Osler.

One file stands for one source. Its front matter names the source, what kind of document was
summarised (`summarises`) and how it reached us (`seen`), so that a summary is never taken for
the document itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path


def sources() -> Iterator[Path]:
    """Yield the path of every source of the starter library, sorted by file name.

    A path is good until the next one is asked for (a package inside a zip file is unpacked to
    a temporary place).
    """
    folder = files(__name__) / "sources"
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".md"):
            with as_file(entry) as path:
                yield path
