"""A library that stays open while other processes add to it."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from osler.library.library import Library

_LOOK_AGAIN = 1.0  # seconds between two looks for a new version


class Following:
    """The latest version of the library in a folder. Safe to use from several threads.

    A new version gets a new `Library`; whoever still reads the old one goes on undisturbed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._latest: Library | None = None
        self._looked = 0.0

    def library(self) -> Library:
        """The latest version. Raises LibraryNotFound, LibraryCorrupt, LibraryTooNew."""
        with self._lock:
            now = time.monotonic()
            if self._latest is None:
                self._latest = Library.open(self.folder)
                self._looked = now
            elif now - self._looked >= _LOOK_AGAIN:
                self._looked = now
                if self._latest.outdated():
                    self._latest = Library.open(self.folder)
            return self._latest

    def look_now(self) -> None:
        """Look for a new version at the next use, however short ago the last look was."""
        with self._lock:
            self._looked = float("-inf")
