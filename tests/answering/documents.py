"""Small libraries for tests: documents of a few lines, with what is known of their sources."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from osler.library import Library


def library_of(folder: Path, *documents: Mapping[str, str | int]) -> Library:
    """A library of Markdown documents: `text`, and front matter under its own keys."""
    files = folder / "files"
    files.mkdir(parents=True)
    for number, document in enumerate(documents):
        known = {"title": f"Document {number}", "kind": "guideline", **document}
        text = known.pop("text")
        head = "\n".join(f"{key}: {value}" for key, value in known.items())
        (files / f"{number}.md").write_text(f"---\n{head}\n---\n\n{text}\n", "utf-8")
    with Library.create(folder / "library") as library:
        library.add([files])
    return Library.open(folder / "library")
