"""Bars on another drug than the one asked about: "ACE inhibitors should not be used in it"."""

from __future__ import annotations

import re

from osler.answering.candidates.subject import relation
from osler.answering.composing.compose import Composed
from osler.answering.judging.barred_with import barred_with
from osler.domain import Question
from osler.statements.vocabulary.substances import find_substances

_NUMBER = re.compile(r"(?:[A-Z]?\d*(?:\.\d+)*[.)]?\s+)?")
_SAYS_OF_IT = re.compile(r"s?\s+(?:(?:do|does|should|must|may|can)\s+not|cannot)\b", re.IGNORECASE)


def bars_another_drug(item: Composed, question: Question) -> bool:
    """Whether it says of another drug alone that it must not be given: what opens a sentence and
    is neither asked about, kin to that, nor taken by the patient."""
    text = item.scored.candidate.statement.text
    named = find_substances(text)
    asked = [t.name for t in question.terms if t.kind == "substance"]
    if not named or not asked or barred_with(item.scored.candidate, question):
        return False
    begins = _NUMBER.match(text)
    is_first = named[0].start == (begins.end() if begins else 0)
    if not is_first or not _says_of_them(text, named[0].end):
        return False
    taken = {*asked, *question.patient.drugs}
    return not any(
        found.name == drug or relation(drug, found.name) or relation(found.name, drug)
        for found in named
        for drug in taken
    )


def _says_of_them(text: str, end: int) -> bool:
    """Whether what follows a name, past a colon, says that it must not be."""
    return _SAYS_OF_IT.match(text, end) is not None or (
        text[end : end + 1] == ":" and _SAYS_OF_IT.match(text, end + 1) is not None
    )
