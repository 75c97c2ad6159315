"""Bytes as they reached us, and where they stood."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from osler.domain.errors import ReadingError


@dataclass(frozen=True, slots=True)
class RawFile:
    """One file, or one member of an archive, not yet read.

    `path` is shown to people ("books.tar.gz/nice.html"), `name` is its last part. An importer
    also sets `url`, the `encoding` that the server declared and `seen`. `problem` is why the
    bytes could not be had (a bomb, a broken archive): `read` raises it, so that one bad member
    does not end the walk. `known` is what else the importer knows (ETag, when it was fetched):
    it ends in the source's `extra`, so that an update can ask whether there is anything new.
    """

    path: str
    name: str
    data: bytes
    url: str | None = None
    encoding: str | None = None
    seen: str | None = None
    problem: ReadingError | None = None
    known: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def stem(self) -> str:
        """The name without its endings: "cough" for "cough.spl.xml.gz"."""
        name = PurePosixPath(self.name)
        while name.suffix and len(name.suffix) <= 6 and not name.suffix[1:].isdigit():
            name = PurePosixPath(name.stem)
        return name.name

    @property
    def suffix(self) -> str:
        """The last ending that is not `.gz`, in lower case with its dot, or ""."""
        name = self.name.lower().removesuffix(".gz")
        return PurePosixPath(name).suffix
