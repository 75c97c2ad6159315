"""Whether an answer shows a disagreement with every source that takes part in it."""

from __future__ import annotations

from osler.domain import Answer, Source
from osler.evaluation.questions import ExpectedAnswer


def all_sources_in_one(item: ExpectedAnswer, answer: Answer) -> bool:
    """Whether one conflict holds all of `conflict_sources`, on at least two sides.

    Any conflict will do where the question names no sources.
    """
    if not item.conflict_sources:
        return bool(answer.conflicts)
    source_of = {reference.number: reference.source for reference in answer.references}
    for conflict in answer.conflicts:
        sides = [
            {
                name
                for name in item.conflict_sources
                if any(is_file(source_of[n], name) for n in position.references if n in source_of)
            }
            for position in conflict.positions
        ]
        taking_part = [side for side in sides if side]
        everyone = set().union(*sides) == set(item.conflict_sources)
        if everyone and len(taking_part) >= min(2, len(item.conflict_sources)):
            return True
    return False


def is_file(source: Source, name: str) -> bool:
    """Whether a source was added under this file name, in whatever folder or archive."""
    return name in (source.file, source.path.rsplit("/", 1)[-1], *source.aliases)
