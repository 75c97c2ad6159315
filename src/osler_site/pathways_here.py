"""The pathways that this site answers with, as its library supports them."""

from __future__ import annotations

import logging
import threading

from osler.pathways import Pathway, load_pathways
from osler_site.engine import engine

_log = logging.getLogger("osler.pathways")
_lock = threading.Lock()
_loaded: tuple[int, dict[str, Pathway]] | None = None


def pathways() -> dict[str, Pathway]:
    """Every pathway that loads, by its id; read again when the library has a new version.

    One that its sources do not support is left out, and the log says why. Raises LibraryError.
    """
    global _loaded
    library = engine().library()
    with _lock:
        if _loaded is None or _loaded[0] != library.version:
            found, refused = load_pathways(library)
            for name, error in refused:
                _log.error("a pathway does not load", extra={"pathway": name, "why": str(error)})
            _loaded = library.version, {pathway.id: pathway for pathway in found}
        return _loaded[1]
