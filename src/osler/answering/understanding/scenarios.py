"""Two questions in one, and two patients in one question, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from osler.answering.cues import cues
from osler.answering.understanding.drug_roles import Role, drug_roles
from osler.domain import Aspect, Patient
from osler.statements import find_substances, read_patient
from osler.statements.vocabulary.conditions import find_conditions

_AGAINST = re.compile(r"\s*[,;]?\s+(?:vs\.?|versus|compared (?:with|to))\s+", re.IGNORECASE)
_NEXT_QUESTION = re.compile(r"\?\s+(?=\w)")
_NUMBERED = re.compile(r"(?:^|(?<=[\s.,:;]))\(?[1-4]\)\s+")
MOST_PARTS = 4
_SCENARIO = re.compile(r"\s(?:if|in|for|after|with|when|before|during)\s", re.IGNORECASE)


# Asks what to use in place of the drug before it.
_INSTEAD = re.compile(
    r"^(?:and |but |so )?(?:if (?:not|no|so not)|otherwise|what else|"
    r"what (?:to (?:give|use) )?instead|alternatives?)\b",
    re.I,
)
# Leaves open which drug it is: "Haloperidol? What can we give".
_OPEN = re.compile(
    r"^(?:so |and |but |or )?what (?:else )?(?:can|could|should|do|would|may) (?:we|i|you|one) "
    r"(?:safely )?(?:give|use|try|prescribe|offer)(?: him| her| them)?(?: instead| im| iv| orally)?"
    r"\W*$",
    re.IGNORECASE,
)
_NAMES_ITS_OWN = re.compile(r"\b(?:dose|dosage|dosing|use|amount) (?:of|for) \w{4,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a text; `follows` where it goes on from the questions before it."""

    text: str
    follows: bool = False
    instead: bool = False  # asks what to give in place of what was asked about before


def scenarios(question: str) -> tuple[Part, ...]:
    """The single questions in a text, each able to stand alone.

    "Atorvastatin dose if QRISK 14%, vs after a heart attack" asks for the dose twice; what
    the second part leaves out (drug and aspect) it takes from the first. Of questions one
    after another, or numbered, the later ones take the drug, the conditions and the patient
    from the earlier ones where they name none. Texts that ask one thing come back as they are.
    """
    asked = _one_after_another(question)
    if 1 < len(asked) <= MOST_PARTS:
        parts = [Part(asked[0])]
        parts += [_later(asked[0], later) for later in asked[1:]]
        return tuple(parts)
    if beside := _dose_and_reversal(question):
        return beside
    sides = _AGAINST.split(question)
    if len(sides) != 2 or not all(len(side.split()) > 1 for side in sides):
        return (Part(question),)
    first, second = sides
    if find_substances(second):
        return (Part(question),)  # two drugs compared are one question
    head = _SCENARIO.split(first, maxsplit=1)[0]
    return (Part(first), Part(f"{head} {second}"))


# "Enoxaparin dose, reversal agent available?"
_AND_REVERSAL = re.compile(
    r"\s*(?:[,;+&/]|\s[-–—]\s|\band\b)\s*(?:and\s+)?(?=(?:(?:is|are|what|which|how|can|it|this|be|"
    r"there|to|do|i|you|we|an?|the|any|about|its)\s+){0,5}(?:reversal|revers(?:e|ed|ible)|antidotes?)\b)",
    re.IGNORECASE,
)


def _dose_and_reversal(question: str) -> tuple[Part, ...]:
    """The dose of a drug and what reverses it, asked in one breath; () where that is not asked.

    What is told of the patient behind both belongs to the dose.
    """
    found = _AND_REVERSAL.search(question)
    if found is None:
        return ()
    first, (second, mark, rest) = question[: found.start()], question[found.end() :].partition("?")
    asks_dose = any(a is Aspect.DOSE and cue.search(first) for a, cue in cues().aspects)
    if not asks_dose or not find_substances(first) or find_substances(second):
        return ()
    if read_patient(second) != Patient() or _asks(rest):
        return ()  # what it tells of the patient is not to be torn from the dose
    whole = f"{first} {rest.strip()}".strip()
    return Part(whole), Part(_with_subject(first, f"{second}{mark}"), follows=True)


def _one_after_another(question: str) -> list[str]:
    numbered = [part.strip() for part in _NUMBERED.split(question)]
    if len(numbered) > 2:
        # What stands before the first number belongs to it.
        return [f"{numbered[0]} {numbered[1]}".strip(), *numbered[2:]]
    asked = [part.strip() for part in _NEXT_QUESTION.split(question) if part.strip()]
    parts = [*(f"{part}?" for part in asked[:-1]), asked[-1]] if asked else [question]
    if len(parts) > 1 and not _asks(parts[-1]):
        parts[-2:] = [f"{parts[-2]} {parts[-1]}"]  # "Febuxostat dose? CKD 3"
    return parts


_QUESTIONS = re.compile(
    r"\?\W*$|^(?:and|also|plus|&|\+)\s|\b(?:what|which|how|when|where|why|who|wondering|unsure|"
    r"not sure|(?:i|we) (?:need|want))\b"
    r"|(?:^|[.!;,]\s+|\band\s+)(?:is|are|can|could|should|do|does|did|may|must|will|would)\b",
    re.IGNORECASE,
)


def _asks(text: str) -> bool:
    """Whether a sentence after a question asks something too, and does not only tell."""
    return bool(_QUESTIONS.search(text)) or any(cue.search(text) for _, cue in cues().aspects)


def _later(first: str, later: str) -> Part:
    if _OPEN.search(later) and find_conditions(first, any_case=True):
        return Part(later, follows=True)
    instead = bool(_INSTEAD.search(later)) and not find_substances(later)
    return Part(_with_subject(first, later), follows=True, instead=instead)


def _with_subject(first: str, later: str) -> str:
    """A later question, with the drugs of the first where it names none.

    "Dose of zorbium?" names something, known or not: it keeps its own subject.
    """
    if find_substances(later) or _NAMES_ITS_OWN.search(later):
        return later
    roles = drug_roles(first)
    asked = [found for found in find_substances(first) if roles.get(found.name) is Role.ASKED]
    named = asked or find_substances(first)
    names = " and ".join(dict.fromkeys(found.text for found in named))
    return f"{later} ({names})" if names else later
