"""What of a bar holds for the patient of a question, where it tells an exception.

"Do not use in asthma unless under specialist advice" bars, and is lifted only by a question that
tells of such advice.
"""

from __future__ import annotations

import re

from osler.domain import Applies, Criterion, Group, Question
from osler.library.terms import terms
from osler.statements import applies, read_group
from osler.statements.words.backwards import is_negated
from osler.statements.words.exceptions import exceptions_in, without_exceptions

_CLAUSES = re.compile(r"(?:[^.;]|[.;](?!\s|$))+[.;]?\s*")
_OR = re.compile(r"\s+or\s+", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def in_force(text: str, question: Question) -> str:
    """A text with what it excepts left blank, and with it what bars where the exception holds;
    of the same length."""
    return "".join(_clause(found.group(), question) for found in _CLAUSES.finditer(text))


def is_excepted(criterion: Criterion, text: str) -> bool:
    """Whether a criterion is denied for being what a text excepts, or is named first there."""
    words = criterion.text.lower()
    return any(
        words in each.of.lower() and (criterion.negated or words not in text[: each.start].lower())
        for each in exceptions_in(text)
    )


def _clause(clause: str, question: Question) -> str:
    if any(_holds(each.of, question) for each in exceptions_in(clause)):
        return " " * len(clause)
    return without_exceptions(clause)


def _holds(exception: str, question: Question) -> bool:
    """Whether the question tells that an exception holds, all of it: "mild or under advice"."""
    return any(
        all(_is_told(part, question) for part in _AND.split(way)) for way in _OR.split(exception)
    )


def _is_told(part: str, question: Question) -> bool:
    criteria = read_group(part).criteria
    if criteria:
        told = (applies(Group((c,)), question.patient).applies for c in criteria)
        return all(each is Applies.YES for each in told)
    wanted = frozenset(terms(part))
    if not wanted or not wanted <= frozenset(terms(question.text)):
        return False
    places = [w.start() for w in _WORD.finditer(question.text) if wanted & set(terms(w.group()))]
    return not any(is_negated(question.text, at) for at in places)
