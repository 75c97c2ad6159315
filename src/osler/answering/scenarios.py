"""Two questions in one, and two patients in one question, taken apart."""

from __future__ import annotations

import re

from osler.statements import find_substances

_AGAINST = re.compile(r"\s*[,;]?\s+(?:vs\.?|versus|compared (?:with|to))\s+", re.IGNORECASE)
_NEXT_QUESTION = re.compile(r"\?\s+(?=\w)")
_SCENARIO = re.compile(r"\s(?:if|in|for|after|with|when|before|during)\s", re.IGNORECASE)


_NAMES_ITS_OWN = re.compile(r"\b(?:dose|dosage|dosing|use|amount) (?:of|for) \w{4,}", re.IGNORECASE)


def scenarios(question: str) -> tuple[str, ...]:
    """The single questions in a text, each able to stand alone.

    "Atorvastatin dose if QRISK 14%, vs after a heart attack" asks for the dose twice; what
    the second part leaves out (drug and aspect) it takes from the first. Texts that ask one
    thing come back as they are.
    """
    asked = [part for part in _NEXT_QUESTION.split(question) if part.strip()]
    if len(asked) == 2:
        first, second = asked
        return (first + "?", _with_subject(first, second))
    sides = _AGAINST.split(question)
    if len(sides) != 2 or not all(len(side.split()) > 1 for side in sides):
        return (question,)
    first, second = sides
    if find_substances(second):
        return (question,)  # two drugs compared are one question
    head = _SCENARIO.split(first, maxsplit=1)[0]
    return (first, f"{head} {second}")


def _with_subject(first: str, second: str) -> str:
    """The second of two questions, with the drugs of the first where it names none.

    "Dose of zorbium?" names something, known or not: it keeps its own subject.
    """
    if find_substances(second) or _NAMES_ITS_OWN.search(second):
        return second
    names = " and ".join(dict.fromkeys(found.text for found in find_substances(first)))
    return f"{second} ({names})" if names else second
