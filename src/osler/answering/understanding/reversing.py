"""Questions of how a drug is reversed: its doses are no answer, what counters it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from osler.answering.candidates.candidate import Candidate, Found
from osler.answering.candidates.subject import best_relation
from osler.domain import Aspect, Question, Term
from osler.patterns import lazy
from osler.statements.vocabulary.substances import find_substances

_ASKS = lazy(r"\b(?:revers(?:e|es|ed|ing|al)|antidotes?|counteract\w*|neutrali[sz]\w*)\b", re.I)
_BEFORE = lazy(
    r"\b(?:revers(?:e|es|ed|ing)|reversal(?:\s+agents?)?\s+(?:of|for)|antidotes?\s+(?:for|to|of|"
    r"against)|(?:counteract|neutrali[sz])\w*)\s+"
    r"(?:(?:the|an?|effects?|action|anticoagulation|of|by|with|from|his|her|their|my)\s+)*$",
    re.IGNORECASE,
)
_AFTER = lazy(r"\s+(?:reversal|antidotes?)\b|\s+(?:(?:is|be|was)\s+)?reversed\b", re.IGNORECASE)
_THE_DRUG_NAMED = lazy(
    r"\b(?:revers(?:e|es|ing)|reversal\s+of|antidotes?\s+(?:for|to)|antidotes?)\s*"
    r"(?:(?:it|this|that|them)\b|[?.]|$)"
    r"|\b(?:it|this|that)\s+(?:be\s+)?revers(?:ed|ible)\b"
    r"|\b(?:antidotes?|reversal(?:\s+agents?)?)\s*(?:(?:is|are|available|known|exists?|possible|"
    r"there|options?|needed)\s*){0,2}(?:[?.(]|$)",
    re.IGNORECASE,
)
_SPEAKS_OF_IT = lazy(
    r"\b(?:revers|antidote|counteract|neutrali[sz]|overdos|antagoni[sz]|inactivat)", re.IGNORECASE
)


def asks_to_reverse(text: str) -> bool:
    """Whether a text asks how something is reversed."""
    return _ASKS.search(text) is not None


def names_what_is_reversed(text: str) -> bool:
    """Whether a drug stands behind the words for reversing: "reverse warfarin"."""
    return any(_BEFORE.search(text, 0, drug.start) for drug in find_substances(text))


def asks_to_reverse_a_drug(text: str) -> bool:
    """Whether it is a drug by its place behind these words: "how do I reverse it"."""
    drugs = find_substances(text) if asks_to_reverse(text) else ()
    return bool(drugs) and (
        _THE_DRUG_NAMED.search(text) is not None
        or any(_BEFORE.search(text, 0, drug.start) for drug in drugs)
    )


def reversed_drugs(question: Question) -> tuple[Term, ...]:
    """The drugs asked about that are to be reversed, not those that do it.

    "Neostigmine reversal dose" may ask for a dose of neostigmine: of a dose, only what stands
    behind "reverse" or "antidote for" is reversed.
    """
    text = question.understood
    if not asks_to_reverse(text):
        return ()
    drugs = [t for t in question.terms if t.kind in ("substance", "co-drug")]
    taken = question.patient.drugs  # "bleeding on warfarin, reversal doses"
    if len(drugs) == 1 and (_THE_DRUG_NAMED.search(text) or drugs[0].name in taken):
        return tuple(drugs)
    return tuple(t for t in drugs if _is_reversed(t, text, Aspect.DOSE in question.aspects))


def _is_reversed(term: Term, text: str, for_a_dose: bool) -> bool:
    for found in re.finditer(rf"\b{re.escape(term.text)}\b", text, re.IGNORECASE):
        if _BEFORE.search(text, 0, found.start()):
            return True
        if not for_a_dose and _AFTER.match(text, found.end()):
            return True
    return False


def speaks_of_reversal(candidate: Candidate) -> bool:
    """Whether its own words, or any that it stands under, speak of reversal."""
    texts = (candidate.statement.text, *(c.quote for c in candidate.statement.context))
    return any(map(_SPEAKS_OF_IT.search, (*texts, candidate.source.title)))


def that_reverse(found: Sequence[Found], question: Question) -> tuple[Found, ...]:
    """The candidates that may be shown where a drug is to be reversed: no dose of that drug, and,
    where no other drug is asked about, only what speaks of its reversal, if anything does."""
    drugs = reversed_drugs(question)
    if not drugs:
        return tuple(found)
    countering = tuple(f for f in found if counters(f.candidate, question))
    return countering or tuple(f for f in found if not _is_usual_dose(f.candidate, drugs))


def is_left_unsaid(candidates: Iterable[Candidate], question: Question) -> bool:
    """Whether it is asked how a drug is reversed, and no candidate speaks of that."""
    drugs = reversed_drugs(question)
    if not drugs or _others_asked(drugs, question):
        return False
    return not any(counters(candidate, question) for candidate in candidates)


def _others_asked(drugs: tuple[Term, ...], question: Question) -> tuple[Term, ...]:
    return tuple(t for t in question.terms if t.kind == "substance" and t not in drugs)


def _is_usual_dose(candidate: Candidate, drugs: tuple[Term, ...]) -> bool:
    if not candidate.dosages or speaks_of_reversal(candidate):
        return False
    dosed = candidate.dosed_substances or candidate.nearest_substances
    return not dosed or best_relation(drugs, dosed) > 0


def counters(candidate: Candidate, question: Question) -> bool:
    """Whether it names a drug that is to be reversed and speaks of that, whatever it doses."""
    drugs = reversed_drugs(question)
    if not drugs or not speaks_of_reversal(candidate):
        return False
    others = _others_asked(drugs, question)
    if others and best_relation(others, candidate.dosed_substances) < 1.0:
        return False  # another drug that reverses it does not answer for the one asked about
    named = (
        *candidate.own_substances,
        *candidate.lead_substances,
        *candidate.heading_substances,
    )
    titled = candidate.title_substances
    if best_relation(drugs, named or titled) > 0:
        return True
    # "The reversal agent is idarucizumab", of a document on dabigatran.
    tells = _SPEAKS_OF_IT.search(candidate.statement.text) is not None
    if tells and best_relation(drugs, titled) == 1.0:
        return True
    return _doses_what_reverses(candidate, drugs, named)


def _doses_what_reverses(
    candidate: Candidate, drugs: tuple[Term, ...], named: tuple[str, ...]
) -> bool:
    """Whether it doses other drugs in a document on the drug and its reversal; not where it
    names another drug of the title."""
    titled = candidate.title_substances
    if best_relation(drugs, titled) < 1.0 or not set(named).isdisjoint(titled):
        return False
    return bool(candidate.dosages) and _SPEAKS_OF_IT.search(candidate.source.title) is not None
