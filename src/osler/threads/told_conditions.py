"""A condition named in a follow-up: had besides, or treated in place of another."""

from __future__ import annotations

import re

from osler.answering.cues import cues as words
from osler.domain import Question, Term
from osler.library import Library
from osler.patterns import lazy
from osler.statements import find_conditions
from osler.statements.vocabulary.conditions import is_a
from osler.threads import cues
from osler.threads.conditions import is_for
from osler.threads.drugs import asked_about, asks_if_safe, named_together
from osler.threads.topic import Topic

# They change what is given, and are seldom what it is given for.
_ORGANS = ("renal impairment", "hepatic impairment", "immunocompromised", "bleeding", "seizures",
           "neutropenia", "malabsorption", "cardiac arrest")  # fmt: skip


def told_besides(
    text: str, new: Question, term: Term, before: Topic, library: Library | None
) -> bool:
    """Whether a condition is told of the patient, while what was treated goes on being treated.

    A sign, a failing organ and what is had "as well" are. So is one named alone, of which the
    library does not speak together with the drug asked about.
    """
    if (
        before.treated
        and asks_if_safe(text)
        and not any(is_a(t.name, term.name) or is_a(term.name, t.name) for t in before.treated)
    ):
        return True  # "timolol ok in asthma?"
    if before.treated and term.name in _besides(term, before) and _LEFT_FOR.search(text):
        return True  # "should we drop it for asthma?"
    if is_for(text, term.text):
        return False
    if before.treated and _is_had_besides(text, term, before):
        return True  # "his asthma is not well controlled", of migraine
    if term.name in words().features or is_inferred(text, new, term):
        return True
    if not (before.treated or before.purpose) or asked_about(new):
        return False
    if any(is_a(t.name, term.name) or is_a(term.name, t.name) for t in before.treated):
        return False  # the same, said more closely or less
    if cues.CORRECTS.search(text) or cues.REPLACED.search(text):
        return False
    if before.treated and cues.TOLD.search(text) and not is_shown(text, term):
        return True  # "he drinks heavily" asks for no other treatment
    if term.name in words().circumstances:
        return True
    if any(is_a(term.name, organ) for organ in _ORGANS):
        return True
    if library is None or not before.drugs:
        return False
    return not any(named_together(library, drug, (term,)) for drug in before.drugs)


def left_with(text: str, known: tuple[str, ...]) -> str:
    """ "Drop it with asthma" for "drop it for asthma": a drug is not left to treat what is had."""
    left = _LEFT_FOR.search(text)
    if left is None:
        return text
    named = [c for c in find_conditions(text[left.end() :], any_case=True) if c.name in known]
    if not named or text[left.end() :][: named[0].start].strip(" "):
        return text
    return f"{text[: left.end()].rsplit(' ', 1)[0]} with{text[left.end() :]}"


def _besides(term: Term, before: Topic) -> tuple[str, ...]:
    """The conditions that the patient is known to have, where the term is not what is treated."""
    if any(is_a(t.name, term.name) or is_a(term.name, t.name) for t in before.treated):
        return ()
    return before.patient.conditions


def _is_had_besides(text: str, term: Term, before: Topic) -> bool:
    """Whether a condition known beside what is treated is only told of again."""
    at = text.lower().find(term.text.lower())
    return term.name in _besides(term, before) and _WHOSE.search(text, 0, at) is not None


def is_denied(text: str, named: str) -> bool:
    """Whether a sentence that asks nothing denies a condition: "she isn't in failure."."""
    at = text.lower().find(named.lower())
    if at < 0 or _DENIED.search(text, 0, at) is None:
        return False
    return not re.match(r"[^.;!?]*\?", text[at:])


_DENIED = lazy(
    r"\b(?:no|not|denies|without|(?:is|was|has|have|does|did)n['’]t)\s+"
    r"(?:(?:in|had|have|having|any|an?|the|recent|known|signs?|of|evidence|further|more|new|"
    r"symptoms)\s+)*$",
    re.IGNORECASE,
)
_LEFT_FOR = lazy(
    r"\b(?:drop|stop|avoid|hold|withhold|omit|reduce|lower|cut)\s+(?:the\s+)?[\w-]+\s+"
    r"(?:for|in|with)\b",
    re.IGNORECASE,
)
_WHOSE = lazy(r"\b(?:his|her|their|no|recent|the patient['’]s)\s+(?:\w+\s+)?$", re.IGNORECASE)
_IF_IT_IS = lazy(
    r"\bif\s+(?:it|this|that|these|those|they)\s+(?:is|was|were|are)\s+(?:an?\s+|the\s+)?"
    r"(?:rather\s+|really\s+)?$",
    re.IGNORECASE,
)


def supposed(text: str, new: Question) -> tuple[Term, ...]:
    """What the illness is supposed to be now: "valproate if these were absences?"."""
    absent = set(new.patient.absent_conditions)
    return tuple(
        t
        for t in new.terms
        if t.kind == "condition"
        and t.name not in absent
        and (at := text.lower().find(t.text.lower())) >= 0
        and _IF_IT_IS.search(text, 0, at)
    )


# "The scan has come back: liver abscess": what a test shows is the diagnosis.
_SHOWN = lazy(
    r"\b(?:scan|biops(?:y|ies)|cultures?|smears?|ct|mri|ultrasound|x-?ray|echo|histology|swabs?|"
    r"results?|tests?|films?|lp|csf|bloods?|serology|pcr|microscopy|radiologist|lab)\b[^.?!]*"
    r"(?:\b(?:is|are|shows?|showed|grew|grows|confirm(?:s|ed)|says?|said|as|with|positive for|"
    r"finds?|found|reveal(?:s|ed))\s+|[:,;–—-]\s*)"
    r"(?:it(?:['’]s| is)\s+)?(?:an?\s+|the\s+|in fact\s+|actually\s+|really\s+)*(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)


def is_shown(text: str, term: Term) -> bool:
    """Whether a condition is told as what a test has shown."""
    at = text.lower().find(term.text.lower())
    return at >= 0 and _SHOWN.search(text, 0, at) is not None


def is_inferred(text: str, new: Question, term: Term) -> bool:
    """Whether a condition is only what a value tells: "K is 3.1" in ketoacidosis."""
    return bool(new.patient.measurements) and term.text.lower() not in text.lower()
