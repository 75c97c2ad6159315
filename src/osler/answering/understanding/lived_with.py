"""Which conditions of a question a drug is to be given in, not for: "is it safe in cirrhosis?" """

from __future__ import annotations

import re

from osler.answering.candidates.aspects import OF_LEAVE
from osler.answering.cues import cues
from osler.domain import Question, Term
from osler.patterns import lazy

_IN = lazy(
    r"\b(?:in|with|who\s+ha(?:s|ve)|having|despite|known)\s+(?:(?:an?|the|my|our|this|"
    r"his|her|their|known|mild|moderate|severe|advanced|bad|poor|chronic|stable|active|decompensated|compensated|"
    r"patients?|pts?|people|persons?|someone|somebody|those|adults?|wom[ae]n|m[ae]n|child(?:ren)?|"
    r"with|who|has|have|having|underlying|also|\d+|years?|old|year-old|\d+-year-old)\s+)*$",
    re.IGNORECASE,
)


_FOR = lazy(
    r"\b(?:for|against|to\s+(?:treat|prevent|control)|treatment\s+of|prevention\s+of)\s+"
    r"(?:[\w'’-]+\s+){0,3}$",
    re.IGNORECASE,
)


def lived_with(question: Question) -> tuple[Term, ...]:
    """The conditions that stand behind "in", "with" or "who has", unless the patient has them not.

    Signs ("fever") and organisms are none: a text need not speak of them.
    """
    return tuple(term for term in _told(question) if _is_behind(_IN, term, question))


def told_before_leave(question: Question) -> tuple[Term, ...]:
    """The conditions told elsewhere in a question of leave, and not as what it is for: "He has
    cirrhosis. Is it safe?". Of them the drug may be for one ("Has cystitis. Is it ok?")."""
    if not (question.yes_no and OF_LEAVE & set(question.aspects)):
        return ()
    within = lived_with(question)
    told = (term for term in _told(question) if term not in within)
    return tuple(term for term in told if not _is_behind(_FOR, term, question))


def _told(question: Question) -> tuple[Term, ...]:
    unsaid = cues().features | {"fully immunised", *question.patient.absent_conditions}
    unsaid |= {name for name in cues().circumstances if name.endswith(" infection")}
    return tuple(t for t in question.terms if t.kind == "condition" and t.name not in unsaid)


def _is_behind(words: re.Pattern[str], term: Term, question: Question) -> bool:
    text = question.understood
    return any(
        words.search(text, 0, found.start())
        for found in re.finditer(rf"\b{re.escape(term.text)}", text, re.IGNORECASE)
    )
