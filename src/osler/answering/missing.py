"""Which unknown facts of the patient would decide what applies, and how to ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from osler.answering.clauses import clause_groups
from osler.answering.relevance import fitting_group
from osler.domain import Claim, Criterion, Question
from osler.statements import open_criteria

MOST = 3  # facts asked for at once

_MEASURED = {
    "age": ("age", "What is the patient's age?"),
    "life stage": ("age", "What is the patient's age?"),
    "weight": ("weight", "What is the patient's weight?"),
    "height": ("height", "What is the patient's height?"),
    "sex": ("sex", "What is the patient's sex?"),
    "egfr": ("eGFR", "What is the eGFR?"),
    "crcl": ("creatinine clearance", "What is the creatinine clearance?"),
    "creatinine": ("creatinine", "What is the serum creatinine?"),
    "bmi": ("BMI", "What is the patient's BMI?"),
    "risk": ("ten-year risk", "What is the ten-year cardiovascular risk?"),
    "gestation": ("gestation", "How many weeks pregnant is the patient?"),
    "breastfeeding": ("breastfeeding", "Is the patient breastfeeding?"),
    "severity": ("severity", "How severe is it?"),
}
_NAMED = {
    "condition": "Does the patient have {}?",
    "procedure": "Has the patient had {}?",
    "drug": "Does the patient take {}?",
    "allergy": "Is the patient allergic to {}?",
    "other": "Does this hold: {}?",
}
_PREGNANCY = {
    "planning": "Is the patient planning a pregnancy?",
    "childbearing potential": "Could the patient become pregnant?",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact by its name, and the question that asks for it."""

    name: str
    asked: str


def missing_facts(
    opening: Iterable[Claim], doses: Iterable[Claim], question: Question
) -> tuple[Fact, ...]:
    """The facts that would decide which claim applies, or what its dose comes to.

    Of the claims that open the answer all facts count; of the other `doses` shown only what
    is measured of the patient, where that alone could put them in the place of the opening.
    What is measured comes first, then what decides more claims; at most `MOST`.
    """
    wanted: dict[Fact, list[int]] = {}
    facts = [found for claim in opening for found in dict.fromkeys(_facts(claim, question))]
    for claim in doses:
        found = tuple(dict.fromkeys(_facts(claim, question, sizes=False)))
        facts += found if all(rank == 0 for _, rank in found) else ()
    for fact, rank in facts:
        wanted.setdefault(fact, []).append(rank)
    order = sorted(wanted, key=lambda fact: (min(wanted[fact]), -len(wanted[fact])))
    return tuple(order[:MOST])


def _facts(claim: Claim, question: Question, *, sizes: bool = True) -> Iterator[tuple[Fact, int]]:
    groups = [fitting_group(claim.statements[0].group, question)]
    groups += clause_groups(claim.dosages, claim.text)
    asked = {term.name for term in question.terms}
    for group in groups:
        for criterion in open_criteria(group, question.patient):
            found = _asked_for(criterion)
            if found is not None and criterion.value not in asked:
                yield found
    for name in claim.missing if sizes else ():
        yield Fact(*_MEASURED[name]), 0


def _asked_for(criterion: Criterion) -> tuple[Fact, int] | None:
    attribute, value = criterion.attribute, criterion.value or criterion.text
    if attribute in _MEASURED:
        return Fact(*_MEASURED[attribute]), int(attribute in ("severity", "breastfeeding"))
    if attribute == "pregnancy":
        asked = (
            "Which trimester is it?" if value.endswith("trimester") else "Is the patient pregnant?"
        )
        return Fact("pregnancy", _PREGNANCY.get(value, asked)), 1
    if attribute == "intolerance":
        return Fact(f"tolerance of {value}", f"Was {value} not tolerated?"), 2
    if attribute in _NAMED:
        return Fact(value, _NAMED[attribute].format(value)), 2
    return None
