"""A drug that no lexicon lists, asked about by a name that the library knows.

"Zolendrine in gout" and "Fexatrol in gout" are two drugs to whoever reads their titles. Where a
question names such a drug, what does not hold its name, in its own words, its headings or its
title, is of something else.
"""

from __future__ import annotations

import re

from osler.answering.candidates.candidate import Found
from osler.answering.understanding.spelling import is_known_word
from osler.domain import Question
from osler.library.terms import terms

# A word beside these is a drug, known or not: "osilodrostat starting dose", "Brolene drops".
_BEFORE_A_DOSE = (
    r"(?:\s+\([^)]*\))?\s+(?:(?:starting|initial|loading|maintenance|maximum|max|usual)\s+)?"
    r"(?:dos(?:e|es|age|ing)|drops|tablets?|capsules?|infusion|injections?|cream|ointment|syrup|"
    r"inhaler|spray|patch(?:es)?|\d[\d.,]*\s*(?:or\s+\d[\d.,]*\s*)?(?:mg|mcg|micrograms?|g|ml|units?))\b"
)
_AFTER_A_DOSE = r"\b(?:dos(?:e|es|age|ing)|much|mg|mcg|ml|units) of (?:the )?"
_DOSED = re.compile(
    rf"(?<![\w-])([A-Za-z]{{5,}}){_BEFORE_A_DOSE}|{_AFTER_A_DOSE}([A-Za-z]{{5,}})\b", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\(([A-Za-z]{5,})\)")
# Beside these it may be one: it is where a heading or title of what was found has the word.
_TREATED_WITH = re.compile(
    r"\b(?:give|given|start(?:ed|ing)?|stop(?:ped|ping)?|tak(?:e|en|es|ing)|us(?:e|ed|ing)|"
    r"prescrib(?:e|ed|ing)|receiv(?:e|ed|ing)|does|is|can)\s+([A-Za-z]{5,})\b"
    r"|(?<![\w-])([A-Za-z]{5,})\s+(?:monitoring|interact\w*|contra-?indicat\w*|toxicity|overdose|"
    r"levels?|is|be)\b",
    re.IGNORECASE,
)


def words_in_a_drugs_place(question: str) -> tuple[str, ...]:
    """The words beside a dose or a form, and those in brackets, in small letters."""
    return _groups(_DOSED, question) + _groups(_IN_BRACKETS, question)


def on_the_drug_named(found: tuple[Found, ...], question: Question) -> tuple[Found, ...]:
    """Without what is of something else than the unlisted drug that is asked about."""
    if any(term.kind in ("substance", "co-drug") for term in question.terms):
        return found
    text = question.understood
    named = {w for w in words_in_a_drugs_place(text) if not is_known_word(w)}
    may_be = {w for w in _groups(_TREATED_WITH, text) if not is_known_word(w)} - named
    if may_be:
        above = frozenset().union(*(f.candidate.heading_terms for f in found))
        named |= {word for word in may_be if above.issuperset(terms(word))}
    wanted = {term for word in named for term in terms(word)}
    if not wanted:
        return found
    return tuple(f for f in found if not wanted.isdisjoint(f.candidate.terms))


def asks_about_a_drug(question: Question) -> bool:
    """Whether it names one, that of a lexicon or another."""
    if any(term.kind in ("substance", "co-drug") for term in question.terms):
        return True
    text = question.understood
    words = (*words_in_a_drugs_place(text), *_groups(_TREATED_WITH, text))
    return not all(map(is_known_word, words))


def _groups(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    matches = pattern.finditer(text)
    return tuple(word.lower() for match in matches for word in match.groups() if word)
