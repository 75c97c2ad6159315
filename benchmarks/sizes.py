"""How large a library is, and the text in it."""

from __future__ import annotations

from pathlib import Path

from osler.library import Library
from osler.library.vectors import FOLDER


def bytes_of(folder: Path) -> tuple[int, int]:
    """Bytes of a library without its vectors, and of the vectors."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    vectors = [path for path in files if path.parent.name == FOLDER]
    size = sum(path.stat().st_size for path in files)
    of_vectors = sum(path.stat().st_size for path in vectors)
    return size - of_vectors, of_vectors


def text_of(library: Library) -> tuple[int, int]:
    """Words and UTF-8 bytes of the normalised texts of all sources."""
    words = size = 0
    for source in library.sources():
        text = library.text(source.id)
        words += len(text.split())
        size += len(text.encode())
    return words, size
