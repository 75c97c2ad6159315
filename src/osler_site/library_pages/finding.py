"""Passages found in the library, with the words of the question highlighted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from osler.answering import source_to_json
from osler.library import Hit, Library
from osler.library.terms import terms
from osler_site.library_pages.marking import Run
from osler_site.library_pages.versions import link
from osler_site.presenting.present import reference_view
from osler_site.presenting.view import ReferenceView

LONGEST_SEARCH = 500
MOST = 30
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a passage."""

    runs: tuple[Run, ...]
    href: str
    wanted: bool  # whether it holds a word of the question
    held: str | None  # why it carries no claim


@dataclass(frozen=True, slots=True)
class Found:
    """A passage, best first."""

    source: ReferenceView
    section: str
    page: int | None
    statements: tuple[Said, ...]
    href: str


def find(library: Library, wanted: str, version: str) -> tuple[Found, ...]:
    """The passages that answer best to some words."""
    words = frozenset(terms(wanted))
    hits = library.search(wanted, k=MOST) if wanted else ()
    return tuple(_found(library, hit, words, version) for hit in hits)


def _found(library: Library, hit: Hit, words: frozenset[str], version: str) -> Found:
    passage = hit.passage

    def place(start: int, end: int) -> str:
        at = f"{start}-{end}"
        return link("source", passage.source_id, fragment="at", at=at, version=version)

    statements = library.statements_in(passage)
    said = []
    for statement in statements:
        runs = tuple(_marked(statement.text, words))
        href = place(statement.start, statement.end)
        said.append(Said(runs, href, any(run.mark for run in runs), statement.held))
    if not said:
        runs = tuple(_marked(passage.text, words))
        said.append(Said(runs, place(passage.start, passage.end), True, None))
    return Found(
        source=reference_view(source_to_json(library.source(passage.source_id))),
        section=" › ".join(passage.section),
        page=passage.page,
        statements=tuple(said),
        href=place(passage.start, passage.end),
    )


def _marked(text: str, words: frozenset[str]) -> Iterator[Run]:
    """The text with every word marked that the search counts as one of those asked for."""
    at = 0
    for match in _WORD.finditer(text):
        if words.isdisjoint(terms(match.group())):
            continue
        if match.start() > at:
            yield Run(text[at : match.start()])
        yield Run(match.group(), "hit")
        at = match.end()
    if at < len(text):
        yield Run(text[at:])
