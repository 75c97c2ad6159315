"""Which unknown facts of the patient would decide what applies, and how to ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from osler.answering.candidates.clauses import clause_groups
from osler.answering.judging.estimates import forbids_egfr, has_egfr_alone
from osler.answering.judging.fitting import fitting_group
from osler.domain import Claim, Criterion, Question
from osler.statements import open_criteria

MOST = 3  # facts asked for at once

_HAS = "Does the patient have {}?"
_HAD = "Has the patient had {}?"
_IS = "Is the patient {}?"
_ON = "Is the patient receiving {}?"
# How to ask for conditions and procedures that a person is, does, receives or once had.
ASKED_BY_NAME = {
    **dict.fromkeys(("underweight", "overweight", "rhesus negative"), _IS),
    **dict.fromkeys(
        ("stroke", "transient ischaemic attack", "myocardial infarction", "miscarriage",
         "ectopic pregnancy", "stillbirth", "head injury", "transplant"),
        "Has the patient had {a}?",
    ),
    **dict.fromkeys(
        ("hip replacement", "knee replacement", "valve replacement", "gastric bypass",
         "gastric band", "sleeve gastrectomy", "gastrectomy", "splenectomy", "hysterectomy",
         "caesarean section", "nephrectomy", "thyroidectomy", "liver transplant",
         "heart transplant", "stem cell transplant", "blood transfusion", "ileal resection"),
        "Has the patient had {a}?",
    ),
    **dict.fromkeys(
        ("chemotherapy", "radiotherapy", "parenteral nutrition", "mechanical ventilation",
         "non-invasive ventilation", "oxygen therapy", "tube feeding", "antenatal care",
         "end of life care", "opioid substitution therapy", "plasma exchange", "phototherapy"),
        _ON,
    ),
    **dict.fromkeys(
        ("prosthetic valve", "peptic ulcer", "urinary tract infection", "neural tube defect",
         "learning disability", "eating disorder", "fracture", "hip fracture", "brain tumour",
         "venous leg ulcer", "diabetic foot ulcer", "diabetic foot infection", "foreign body"),
        "Does the patient have {a}?",
    ),
    "intubation": "Is the patient intubated?",
    "dialysis": "Is the patient on dialysis?",
    "preterm": "Was the patient born preterm?",
    "low birth weight": "Was the birth weight low?",
    "immunosuppression": "Is the patient immunosuppressed?",
    "frailty": "Is the patient frail?",
    "smoking": "Does the patient smoke?",
    "menopause": "Has the patient reached the menopause?",
    "vegan diet": "Does the patient eat a vegan diet?",
    "nitrous oxide use": "Does the patient use nitrous oxide?",
    "contraception": "Does the patient use contraception?",
    "intrauterine device": "Does the patient use an intrauterine device?",
    "multiple pregnancy": "Is it a multiple pregnancy?",
}  # fmt: skip
_WRITTEN = {"hiv": "HIV", "copd": "COPD", "adhd": "ADHD"}

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
    "drug": "Does the patient take {}?",
    "allergy": "Is the patient allergic to {}?",
    "other": "Does this hold: {}?",
    "never had": "Has the patient never had {}?",
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


def question_for(criterion: Criterion) -> str | None:
    """How to ask whether a criterion holds; None where there is no question for its kind."""
    found = _asked_for(criterion)
    return None if found is None else found[0].asked


def _facts(claim: Claim, question: Question, *, sizes: bool = True) -> Iterator[tuple[Fact, int]]:
    groups = [fitting_group(claim.statements[0].group, question)]
    groups += clause_groups(claim)
    asked = {term.name for term in question.terms}
    treated = any(
        t.kind == "condition" and t.name not in question.background for t in question.terms
    )
    for group in groups:
        for criterion in open_criteria(group, question.patient):
            if treated and criterion.attribute == "condition" and criterion.text not in claim.text:
                continue  # what its chapter is on: that is said by what is to be treated
            found = _asked_for(criterion)
            if found is not None and criterion.value not in asked:
                yield found
    if has_egfr_alone(question.patient) and forbids_egfr(claim.text):
        yield Fact(*_MEASURED["crcl"]), 0
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
    if attribute in ("condition", "procedure"):
        usual = _HAS if attribute == "condition" else _HAD
        return Fact(value, _asked_by_name(value, ASKED_BY_NAME.get(value, usual))), 2
    if attribute in _NAMED:
        return Fact(value, _NAMED[attribute].format(value)), 2
    return None


def _asked_by_name(name: str, wording: str) -> str:
    article = "an" if name[0] in "aeiou" and not name.startswith("u") else "a"
    name = _WRITTEN.get(name, name)
    return wording.format(name, a=f"{article} {name}")
