"""The pathways that the library supports, packaged and the site's own, loaded once a version."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

from osler.domain.errors import InvalidResource, PathwayNotFound
from osler.library import Library
from osler.pathways import Pathway, load_pathways
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

    version: int
    pathways: dict[str, Pathway]
    refused: tuple[Refused, ...]

    def named(self, name: str) -> Pathway:
        """One of them. Raises PathwayNotFound."""
        if name not in self.pathways:
            raise PathwayNotFound(f"there is no pathway {name!r}")
        return self.pathways[name]


_log = logging.getLogger(__name__)
_lock = threading.Lock()
_latest: Loaded | None = None


def loaded() -> Loaded:
    """Those of the latest version of the library. Raises LibraryError."""
    global _latest
    library = engine().library()
    kept = _latest
    if kept is not None and kept.version == library.version:
        return kept
    with _lock:
        if _latest is None or _latest.version != library.version:
            _latest = _load(library)
        return _latest


def _load(library: Library) -> Loaded:
    found, refused = load_pathways(library, environment().pathways)
    for name, error in refused:
        _log.error("a pathway does not load", extra={"pathway": name, "why": str(error)})
    return Loaded(
        library.version,
        {p.id: p for p in found},
        tuple(_refused(name, error) for name, error in refused),
    )


def _refused(name: str, error: InvalidResource) -> Refused:
    why = (f"{i.details} ({i.path})" if i.path else i.details for i in error.issues)
    return Refused(Path(name).stem, tuple(why), error.help)
