"""What is asked about for a patient who is allergic to it, and what there is in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from osler.answering.candidates.aspects import OF_LEAVE
from osler.answering.candidates.candidate import Candidate, Found
from osler.answering.candidates.dosed import dosed_names
from osler.domain import Aspect, Dosage, Question, StatementKind
from osler.statements.patients.allergies import cross_reacts
from osler.statements.vocabulary.substances import belongs_to, classes_of

_WARNINGS = frozenset({StatementKind.CAUTION, StatementKind.CONTRAINDICATION})


def allergens_asked_about(question: Question) -> tuple[str, ...]:
    """The drugs asked about, where the patient is allergic to all of them and leave is not asked.

    "Is amoxicillin safe in penicillin allergy" is on amoxicillin; so is a question that does not
    say what is to be treated.
    """
    drugs = tuple(t.name for t in question.terms if t.kind == "substance")
    if question.yes_no or OF_LEAVE & set(question.aspects):
        return ()
    treated = [t for t in question.terms if t.kind not in ("substance", "co-drug")]
    if not any(t.name not in question.background for t in treated):
        return ()
    return drugs if all(_is_barred(drug, question) for drug in drugs) else ()


def in_place_of_allergens(question: Question) -> Question:
    """The question for what else there is, where the patient is allergic to all that it names."""
    if not allergens_asked_about(question):
        return question
    treated = tuple(t for t in question.terms if t.kind not in ("substance", "co-drug"))
    aspects = tuple(dict.fromkeys((Aspect.CHOICE, *question.aspects, Aspect.DOSE)))
    return replace(question, terms=treated, aspects=aspects)


def that_serve_instead(
    found: tuple[Found, ...], barred: tuple[str, ...], question: Question
) -> tuple[Found, ...]:
    """Without doses of what is no substitute: of another class than the drugs that are barred,
    and not said to be for who is allergic to them. An analgesic does not replace an antibiotic.
    """
    if not barred:
        return found
    return tuple(f for f in found if _serves_instead(f.candidate, barred, question))


def is_of_an_allergen(candidate: Candidate, question: Question) -> bool:
    """Whether it is on nothing but what the patient is said to be allergic to, and no warning."""
    drugs = _drugs_of(candidate)
    warns = candidate.statement.kind in _WARNINGS and not candidate.dosages
    return bool(drugs) and not warns and all(_is_barred(drug, question) for drug in drugs)


def doses_an_allergen(text: str, dosages: Sequence[Dosage], question: Question) -> bool:
    """Whether one of the doses of a text is of what the patient is allergic to, and no drug that
    is asked about: "co-amoxiclav with ciprofloxacin"."""
    asked = {t.name for t in question.terms if t.kind == "substance"}
    given = {name for name in dosed_names(text, dosages) if name is not None} - asked
    return any(cross_reacts(name, a) for name in given for a in question.patient.allergies)


def _serves_instead(candidate: Candidate, barred: tuple[str, ...], question: Question) -> bool:
    if not candidate.dosages or "allergy" in candidate.statement.group.attributes:
        return True
    wanted = {name for drug in barred for name in classes_of(drug)}
    return any(
        _is_barred(drug, question) or wanted.intersection((drug, *classes_of(drug)))
        for drug in _drugs_of(candidate)
    )


def _drugs_of(candidate: Candidate) -> tuple[str, ...]:
    """The drugs that it is on; of "antibiotics: amoxicillin" the member alone."""
    drugs = candidate.own_substances or candidate.lead_substances or candidate.title_substances
    return tuple(d for d in drugs if not any(o != d and belongs_to(o, d) for o in drugs))


def _is_barred(drug: str, question: Question) -> bool:
    return any(cross_reacts(drug, allergy) for allergy in question.patient.allergies)
