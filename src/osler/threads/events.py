"""What befalls the patient meanwhile and is to be treated itself: "she's now fitting"."""

from __future__ import annotations

import re
from dataclasses import replace

from osler.answering.cues import cues as words
from osler.domain import Aspect, Question, Term
from osler.patterns import lazy
from osler.threads import cues
from osler.threads.drugs import asked_about, own_aspects
from osler.threads.facts import told
from osler.threads.topic import DRUGS, Topic

# "Started fitting", "having a stroke"; "has" and "with" tell of a patient what may be old.
_BEGINS = lazy(
    r"\b(?:start(?:s|ed|ing)?|beg[aiu]n\w*|having|go(?:es|ne|ing) into|went into)\s+"
    r"(?:(?:to have|an?|another|again)\s+)*$",
    re.IGNORECASE,
)
_BEGINNING = lazy(r"\b(?:start|beg[aiu]n)\w*", re.IGNORECASE)
_BLEEDS = lazy(r"bleed|ha?emorrhag", re.IGNORECASE)


def event_in(text: str, new: Question, before: Topic) -> Term | None:
    """The condition that has just begun in the patient spoken of, where nothing else is asked.

    "Bleeding, what do I do?" is asked of who was spoken of; "how is bleeding treated?" is not.

    A mere sign is none: "she is vomiting" is told of the patient.
    """
    asks = set(own_aspects(_BEGINNING.sub("", text)))  # "starts" asks for no starting dose
    what_now = bool(words().urgent.search(text)) and asks <= {Aspect.TREATMENT}
    if asked_about(new) or not (what_now or (not asks and cues.PERSON.search(text))):
        return None
    known = {t.name for t in before.treated}
    for term in new.terms:
        if term.kind in DRUGS or term.name in known:
            continue
        if term.name in words().features and not what_now:
            continue
        if term.name in new.patient.absent_conditions:
            continue
        at = text.lower().find(term.text.lower())
        if at >= 0 and (what_now or term.text.endswith("ing") or _BEGINS.search(text[:at])):
            return term
    return None


def treating(event: Term, new: Question, before: Topic) -> Topic:
    """How the event is treated in this patient, who has what was treated before besides."""
    given = replace(
        new.patient,
        conditions=(event.name,),
        life_stage=before.patient.life_stage or new.patient.life_stage,
    )
    known = told(before.patient, given)
    had = (t.name for t in before.treated)
    conditions = dict.fromkeys((event.name, *had, *known.conditions))
    # Who bleeds is treated by what was given; no other drug that was asked about is a fact yet.
    taken = [t.name for t in before.drugs] if _BLEEDS.search(event.name) else []
    patient = replace(
        known,
        severity=None,  # of what was treated before
        conditions=tuple(conditions),
        drugs=tuple(dict.fromkeys((*known.drugs, *taken))),
    )
    return Topic(treated=(event,), aspects=(Aspect.TREATMENT,), patient=patient)
