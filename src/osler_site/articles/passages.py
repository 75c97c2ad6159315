"""Passages of the library to be cited, found by words."""

from __future__ import annotations

from typing import Any

from osler.library import Library


def found_passages(library: Library, query: str, most: int) -> list[dict[str, Any]]:
    """The best passages for a few words, each with the statements that can be cited."""
    if not query.strip():
        return []
    found = []
    for hit in library.search(query, k=most):
        source = library.source(hit.passage.source_id)
        statements = [s for s in library.statements_in(hit.passage) if not s.held]
        if not statements:
            continue
        found.append(
            {
                "source": source.title,
                "publisher": " · ".join(str(p) for p in (source.organization, source.year) if p),
                "status": source.status.value,
                "section": " › ".join(hit.passage.section),
                "statements": [
                    {
                        "source_id": s.source_id,
                        "statement_id": s.id,
                        "start": s.start,
                        "end": s.end,
                        "quote": s.quote,
                        "text": s.text or s.quote,
                    }
                    for s in statements
                ],
            }
        )
    return found
