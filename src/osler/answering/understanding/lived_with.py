"""Which conditions of a question a drug is to be given in, not for: "is it safe in cirrhosis?" """

from __future__ import annotations

import re

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


def lived_with(question: Question) -> tuple[Term, ...]:
    """The conditions that stand behind "in", "with" or "who has", unless the patient has them not.

    "Has cystitis. Is it ok?" tells what it is for. Signs ("fever") and organisms are none: a
    text need not speak of them.
    """
    unsaid = cues().features | {"fully immunised", *question.patient.absent_conditions}
    unsaid |= {name for name in cues().circumstances if name.endswith(" infection")}
    return tuple(
        term
        for term in question.terms
        if term.kind == "condition" and term.name not in unsaid and _is_in(term, question)
    )


def _is_in(term: Term, question: Question) -> bool:
    text = question.understood
    return any(
        _IN.search(text, 0, found.start())
        for found in re.finditer(rf"\b{re.escape(term.text)}", text, re.IGNORECASE)
    )
