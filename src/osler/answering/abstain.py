"""Saying that the library is silent, what was looked for, and what it holds nearby."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from osler.answering.candidates.aspects import OF_LEAVE
from osler.answering.candidates.candidate import Candidate
from osler.answering.candidates.subject import relation
from osler.answering.candidates.wording import claim_text
from osler.answering.composing.compose import cite, gate
from osler.answering.judging.kidneys import kidneys_are_impaired, speaks_of_kidneys
from osler.answering.judging.scored import Scored
from osler.answering.selecting.select import Selection
from osler.answering.understanding.everyday import is_everyday
from osler.domain import Abstention, Patient, Polarity, Question, Statement
from osler.library.terms import terms

_LONG = 4  # letters of a word that tells what a question is about


def abstain(
    question: Question,
    selection: Selection,
    is_doubtful: Callable[[Statement], bool],
    *,
    frequency_of: Callable[[str], int],
    empty: bool = False,
) -> Abstention:
    """The reason in plain words, with up to five passages that come nearest.

    None of them is on neither a drug nor a condition of the question, nor has a dose that is
    not plausible. `frequency_of` gives the number of passages that hold a word.
    """
    looked_for = describe(question)
    scored = [s for s in selection.nearby if _shares(question, s.candidate)]
    near = [s.candidate for s in scored]
    if empty:
        reason = "The library is empty; add documents to it with: osler add"
    elif selection.only_for_others:
        reason = (
            f"The library holds no statement that answers for {looked_for}; "
            "what it says of it is for other patients."
        )
    elif not near:
        reason = f"The library holds nothing on {looked_for}."
    else:
        reason = (
            f"The library holds no statement that answers for {looked_for}; "
            f"{_why(question, scored, frequency_of, selection.unspoken)}"
        )
    nearby = tuple(
        replace(cite(each), said=said)
        for each in near
        if not is_doubtful(each.statement) and (said := _said(each))
    )
    return Abstention(reason=reason, looked_for=looked_for, nearby=nearby)


def _why(
    question: Question,
    near: list[Scored],
    frequency_of: Callable[[str], int],
    unspoken: tuple[str, ...],
) -> str:
    """What keeps the nearest statements from answering, as far as it can be told."""
    wanted = set(question.purposes)
    foreign = [
        word
        for word in question.content_words
        if not frequency_of(word) and not wanted.isdisjoint(terms(word))
    ]
    if foreign:
        words = ", ".join(f"“{word}”" for word in foreign)
        return f"none of its documents has {words}. Leave out what does not matter, and ask again."
    if kidneys_are_impaired(question.patient) and not any(
        speaks_of_kidneys(s, question.patient) for s in near
    ):
        return "what it says nearby is not said of impaired kidneys."
    if unspoken and OF_LEAVE & set(question.aspects):
        return f"what it says nearby is not said of {' or '.join(unspoken)}."
    return "what it says nearby is for another drug, patient group or purpose, or not sure enough."


def _said(candidate: Candidate) -> str:
    """A passage with what it hangs on, as a claim says it: a line under "Contraindications" would
    else read as a use. "" where no wording of it passes the gate and its own words mislead."""
    worded = claim_text(candidate, Patient(), whole_rows=True)
    if gate(worded, candidate).supported:
        return worded
    hangs = candidate.lead or candidate.statement.polarity is Polarity.NEGATIVE
    return candidate.statement.text if not hangs else ""


def _shares(question: Question, candidate: Candidate) -> bool:
    """Whether a candidate is on a drug or condition of the question, in names or in words.

    Of a question in which none is known, two of its longer words stand for them.
    """
    if not question.terms:
        long = [w for w in question.understood.split() if len(w) >= _LONG and not is_everyday(w)]
        wanted = {word for each in long for word in terms(each)}
        return len(wanted & candidate.terms) >= min(2, len(wanted))
    named = {
        *candidate.passage_substances,
        *candidate.own_substances,
        *candidate.lead_substances,
        *candidate.heading_substances,
        *candidate.title_substances,
        *candidate.conditions,
    }
    for term in question.terms:
        if any(term.name == each or relation(term.name, each) for each in named):
            return True
        if any(candidate.terms.issuperset(terms(each)) for each in (term.name, *term.synonyms)):
            return True
    return False


def abstain_from(language: str, question: Question) -> Abstention:
    """The same for a question in another language, which must not be half understood."""
    return Abstention(reason=reason_of_language(language), looked_for=question.text, nearby=())


def describe(question: Question) -> str:
    """What was looked for: the aspects, the drugs and conditions, and the patient's group."""
    aspects = [a.value for a in question.aspects if a.value != "any"]
    names = [t.name for t in question.terms] or list(question.content_words[:6])
    patient = question.patient
    who = [w for w in (patient.pregnancy, patient.life_stage, patient.sex) if w]
    if patient.breastfeeding:
        who.append("breastfeeding")
    parts = [", ".join(names) or question.text]
    if aspects:
        parts.append(f"({', '.join(aspects)})")
    if who:
        parts.append(f"in: {', '.join(who)}")
    return " ".join(parts)


def reason_of_language(language: str) -> str:
    """Why a question in a language is not answered."""
    return (
        f"The question seems to be in {language}. Osler reads English only, in questions and in "
        "documents; ask it in English."
    )
