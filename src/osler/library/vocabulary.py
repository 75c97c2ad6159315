"""What the sources of a library call things: abbreviations written out, other names.

Each pair of names is kept both ways, with the source that gives it. The rows follow from the
sources; `doctor` writes them again where they differ.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from osler.library.schema import transaction
from osler.library.store import Store
from osler.library.terms import terms
from osler.statements.vocabulary.abbreviations import is_short_form, singular
from osler.statements.vocabulary.namings import Naming, namings
from osler.statements.words.cutting import split
from osler.statements.words.ordinary import ordinary_words

NameRow = tuple[str, bool, str]  # what is looked up, whether it is an abbreviation, what it gives
_LONGEST = 12  # words of a phrase that is looked up

_FOUND = "SELECT phrase, short, name, source FROM other_names WHERE phrase IN (?, ?)"
_REMEMBERED = 2_000  # phrases


class Vocabulary:
    """What the sources of one version call things."""

    def __init__(self, store: Store) -> None:
        self._connection = store.connection
        self._hidden = store.hidden
        # Rows are given in the order in which sources first come.
        (self._last,) = store.connection.execute(
            "SELECT COALESCE(MAX(source), 0) FROM lifetimes WHERE added <= ?", (store.version,)
        ).fetchone()
        self.other_names = lru_cache(maxsize=_REMEMBERED)(self._other_names)

    def _other_names(self, phrase: str) -> tuple[str, ...]:
        """See `Library.other_names`."""
        if phrase.count(" ") > _LONGEST:
            return ()
        key, abbreviation = _key(phrase), _abbreviation(phrase)
        long: list[str] = []
        short: list[str] = []
        for known, is_short, name, source in self._connection.execute(_FOUND, (key, abbreviation)):
            if source > self._last or source in self._hidden:
                continue
            if not is_short and known == key:
                long.append(name)
            elif is_short and known == abbreviation:
                short.append(name)
        return _by_support(Counter(short or long))


def rows(found: Iterable[Naming]) -> tuple[NameRow, ...]:
    """The rows of a source's names, both ways."""
    both: set[NameRow] = set()
    for name, other, short in found:
        both.add((name.lower() if short else _key(name), short, other))
        both.add((_key(other), False, name))
    return tuple(sorted(both))


def _key(phrase: str) -> str:
    """What the forms and spellings of a phrase share: "bed sores", "Bed sore"."""
    return " ".join(part for word in split(phrase) for part in terms(word) or (word,))


def insert(connection: sqlite3.Connection, source: int, found: Iterable[NameRow]) -> None:
    """Keep the names that the source in this row gives. The caller holds the transaction."""
    connection.executemany(
        "INSERT INTO other_names VALUES (?, ?, ?, ?)",
        [(phrase, short, name, source) for phrase, short, name in found],
    )


def _abbreviation(phrase: str) -> str | None:
    """A phrase as abbreviations are kept; None where it is an ordinary word as written."""
    written = singular(phrase.strip())
    low = written.lower()
    return None if low in ordinary_words() and not is_short_form(written) else low


def _by_support(found: Counter[str]) -> tuple[str, ...]:
    """Each name once, in its commonest wording; the names of most sources first."""
    if len(found) < 2:
        return tuple(found)
    wordings: dict[str, list[tuple[int, str]]] = {}
    for name, sources in found.items():
        wordings.setdefault(_key(name), []).append((-sources, name))
    best = [(sum(n for n, _ in same), min(same)[1]) for same in wordings.values()]
    return tuple(name for _, name in sorted(best))


def mend(store: Store) -> bool:
    """Write the names of every source again where they are not these; whether they were not."""
    connection, changed = store.connection, False
    kept: dict[int, list[NameRow]] = {}
    for source, phrase, short, name in connection.execute(
        "SELECT source, phrase, short, name FROM other_names"
    ):
        kept.setdefault(source, []).append((phrase, bool(short), name))
    headings: dict[int, set[str]] = {}
    for source, path in connection.execute("SELECT source, path FROM sections"):
        headings.setdefault(source, set()).update(json.loads(path))
    with transaction(connection):
        for (source,) in connection.execute("SELECT row FROM sources").fetchall():
            said = namings(store.source(source), store.text(source), headings.get(source, ()))
            right, wrong = rows(said), sorted(kept.get(source, ()))
            if wrong != list(right):
                connection.executemany(
                    "DELETE FROM other_names "
                    "WHERE phrase = ? AND short = ? AND name = ? AND source = ?",
                    [(*row, source) for row in wrong],
                )
                insert(connection, source, right)
                changed = True
    return changed
