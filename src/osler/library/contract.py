"""What was found, as the JSON of the command line."""

from __future__ import annotations

from typing import Any

from osler.library.library import Library
from osler.library.records import Hit


def hit_to_json(hit: Hit, library: Library) -> dict[str, Any]:
    """A passage that `library` found, with the ids of its statements."""
    passage = hit.passage
    return {
        "source_id": passage.source_id,
        "file": library.source(passage.source_id).file,
        "title": passage.title,
        "section": list(passage.section),
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "score": hit.score,
        "bm25": hit.bm25,
        "similarity": hit.similarity,
        "statement_ids": [s.id for s in library.statements_in(passage)],
    }
