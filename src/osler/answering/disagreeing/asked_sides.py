"""Which sides a question asks for: those of one country, or those that go by weight."""

from __future__ import annotations

import re

from osler.answering.disagreeing.sides import Side
from osler.domain import Question
from osler.patterns import lazy
from osler.statements.vocabulary.places import countries

# "By weight", "weight-banded": what goes by no weight is no answer to that.
_BY_WEIGHT = lazy(r"\bweight[-\s]?(?:band\w*|based|adjusted)\b|\bby (?:body )?weight\b", re.I)


def as_is_asked(sides: dict[int, Side], question: Question) -> dict[int, Side]:
    """Where the advice of one country or doses by weight are asked for, those that are, if any."""
    asked = countries(question.text)
    if len(asked) == 1:
        places = {i: {s.jurisdiction for s in side.item.sources} for i, side in sides.items()}
        if any(place & asked and sides[i].advice for i, place in places.items()):
            sides = {i: side for i, side in sides.items() if places[i] & {*asked, None}}
    if _BY_WEIGHT.search(question.text):
        weighed = {i: side for i, side in sides.items() if _goes_by_weight(side)}
        sides = weighed if any(side.advice for side in weighed.values()) else sides
    return sides


def _goes_by_weight(side: Side) -> bool:
    return "weight" in side.by or any(d.per == "kg" for d in side.item.claim.dosages)
