"""The pathways that the library supports, packaged and the site's own, loaded once a change."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

from osler.domain.errors import InvalidResource, PathwayNotFound
from osler.library import Library
from osler.pathways import Pathway, load_pathways
from osler.pathways.loading import SUFFIXES
from osler_site.engine import engine
from osler_site.environment import environment


@dataclass(frozen=True, slots=True)
class Refused:
    """A pathway that the library does not support, and why."""

    name: str
    why: tuple[str, ...]
    help: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """The pathways by their id, and those that were refused."""

    library: Library  # a library put in the place of another may be of the same version
    pathways: dict[str, Pathway]
    refused: tuple[Refused, ...]
    files: tuple[tuple[str, int, int], ...] = ()  # the site's own: name, nanoseconds, bytes

    @property
    def version(self) -> int:
        """That of the library."""
        return self.library.version

    def named(self, name: str) -> Pathway:
        """One of them. Raises PathwayNotFound."""
        if name not in self.pathways:
            raise PathwayNotFound(f"there is no pathway {name!r}")
        return self.pathways[name]


_log = logging.getLogger(__name__)
_lock = threading.Lock()
_latest: Loaded | None = None


def loaded() -> Loaded:
    """Those of the latest version of the library and of the site's files. Raises LibraryError."""
    global _latest
    library, files = engine().library(), _files()
    kept = _latest
    if kept is not None and kept.library is library and kept.files == files:
        return kept
    with _lock:
        if _latest is None or _latest.library is not library or _latest.files != files:
            _latest = _load(library, files)
        return _latest


def _files() -> tuple[tuple[str, int, int], ...]:
    """What tells that one of the site's own pathways was changed, added or taken away."""
    folder = environment().pathways
    if folder is None or not folder.is_dir():
        return ()
    found = ((p.name, p.stat()) for p in sorted(folder.iterdir()) if p.suffix in SUFFIXES)
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)


def _load(library: Library, files: tuple[tuple[str, int, int], ...]) -> Loaded:
    found, refused = load_pathways(library, environment().pathways)
    for name, error in refused:
        # The first alone: each source that a library lacks is an issue of its own.
        first, problems = error.issues[0].details, len(error.issues)
        told = {"pathway": name, "why": first, "problems": problems}
        _log.error("a pathway does not load", extra=told)
    return Loaded(
        library,
        {p.id: p for p in found},
        tuple(_refused(name, error) for name, error in refused),
        files,
    )


def _refused(name: str, error: InvalidResource) -> Refused:
    why = (f"{i.details} ({i.path})" if i.path else i.details for i in error.issues)
    return Refused(Path(name).stem, tuple(why), error.help)
