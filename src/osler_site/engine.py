"""The one door to the engine: the open library, questions to it, passages from it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from osler.answering import ask, overview, read_facts, summarize, tells_more, to_json
from osler.domain import Audience, Patient
from osler.library import Following, Library
from osler.readers import worded
from osler_site.environment import environment

_KEPT_OPEN = 4  # earlier versions


class Engine:
    """A library as this process has it open. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._following = Following(folder)
        self._lock = threading.Lock()
        self._earlier: OrderedDict[int, Library] = OrderedDict()

    def library(self) -> Library:
        """The latest version. Raises LibraryNotFound, LibraryCorrupt, LibraryTooNew."""
        return self._following.library()

    def look_now(self) -> None:
        """Look for a new version at the next use, however short ago the last look was."""
        self._following.look_now()

    def at(self, version: int) -> Library:
        """The library as it was. Raises VersionNotFound."""
        latest = self.library()
        if version == latest.version:
            return latest
        with self._lock:
            if version not in self._earlier:
                self._earlier[version] = Library.open(self.folder, at=version)
                while len(self._earlier) > _KEPT_OPEN:
                    self._earlier.popitem(last=False)
            self._earlier.move_to_end(version)
            return self._earlier[version]

    def ask(
        self,
        text: str,
        audience: Audience = Audience.PHYSICIAN,
        patient: Patient | None = None,
        *,
        language: str = "en",
        library: Library | None = None,
    ) -> dict[str, Any]:
        """The answer as JSON (design §6) in its reader's words, from this library or the latest.

        Raises EmptyQuestion, UsageError, LibraryError.
        """
        library = library or self.library()
        answer = ask(library, text, audience=audience, patient=patient)
        return to_json(worded(answer, audience, language=language), library)

    def tells_more(self, text: str, shown: dict[str, Any], audience: Audience) -> bool:
        """Whether a question is answered with something that an answer (JSON) does not show."""
        claims = [*shown["bottom_line"], *(c for s in shown["sections"] for c in s["claims"])]
        claims += [p["claim"] for c in shown["conflicts"] for p in c["positions"]]
        cited = frozenset(c["statement_id"] for claim in claims for c in claim["citations"])
        return tells_more(ask(self.library(), text, audience=audience), cited)

    def overview(self, topic: str) -> dict[str, Any]:
        """All that the library says of a topic, as JSON."""
        library = self.library()
        return to_json(overview(library, topic), library)

    def summarize(self, source: str) -> dict[str, Any]:
        """What one source recommends, as JSON. Raises SourceNotFound."""
        library = self.library()
        return to_json(summarize(library, source), library)

    def compose(self, kind: str, about: str) -> dict[str, Any]:
        """An article's content by its kind: "answer", "overview" or "summary"."""
        composers: dict[str, Callable[[str], dict[str, Any]]] = {
            "answer": self.ask,
            "overview": self.overview,
            "summary": self.summarize,
        }
        return composers[kind](about)


def patient_of(facts: str) -> Patient | None:
    """ "age=78,egfr=24" as a patient; None where nothing is given. Raises UsageError.

    Only pairs are read: on the command line a text without "=" is the name of a file.
    """
    return read_facts(facts)


@cache
def engine() -> Engine:
    """The engine of this process."""
    return Engine(environment().library)
