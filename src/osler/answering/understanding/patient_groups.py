"""Special groups of patients: those that this one is known to be of, and those of the young."""

from __future__ import annotations

from dataclasses import replace

from osler.domain import Applies, Criterion, Group, Patient
from osler.statements import applies
from osler.statements.groups.growth import YOUNG, is_a_child
from osler.statements.vocabulary.analytes import analyte_units

ADULT_AGE = 18  # years
OLDER_AGE = 60  # years; United Nations: older persons are those of 60 or over
# "Child" alone narrows a question on a child down to nothing.
_NAMED_STAGES = frozenset({"neonate", "infant", "adolescent", "older"})
# A group that the question does not speak of makes a statement less general.
_SPECIAL_ATTRIBUTES = frozenset(
    {"pregnancy", "breastfeeding", "procedure", "egfr", "crcl", "gestation", "weight", "bmi"}
)
_SPECIAL_STAGES = YOUNG | {"older"}


def is_pregnant(patient: Patient) -> bool:
    """Whether the patient is pregnant, in whichever trimester."""
    return patient.pregnancy == "pregnant" or (patient.pregnancy or "").endswith("trimester")


def is_for_named_group(group: Group, patient: Patient) -> bool:
    """Whether a statement names a special age or an allergy that the patient is known to have.

    What does not speak of a pregnancy that is asked about does not answer at all, so that
    there a name tells nothing more.
    """
    return any(
        _is_narrow(member) and applies(Group((member,)), patient).applies is Applies.YES
        for criterion in group.criteria
        for member in (replace(criterion, alternatives=(), needed=1), *criterion.alternatives)
    )


def _is_narrow(criterion: Criterion) -> bool:
    if criterion.negated:
        return False
    if criterion.attribute == "age":
        young = criterion.high is not None and criterion.high < ADULT_AGE
        return young or (criterion.low is not None and criterion.low >= OLDER_AGE)
    if criterion.attribute == "allergy":
        return True
    return criterion.attribute == "life stage" and criterion.value in _NAMED_STAGES


def is_for_the_young(group: Group, patient: Patient) -> bool:
    """Whether a statement is for children, and nothing tells that the patient may be one.

    A weight that no adult has does tell. "Adult or child" is for both.
    """
    if patient == Patient() or is_a_child(patient) is not None:
        return False
    if any(c.value == "adult" and not c.negated for c in group.criteria):
        return False
    return any(
        not c.negated
        and not c.alternatives
        and (
            c.value in YOUNG or (c.attribute == "age" and c.high is not None and c.high < ADULT_AGE)
        )
        for c in group.criteria
    )


def is_special(criterion: Criterion) -> bool:
    """Whether a criterion picks out few patients: pregnancy, a child, kidneys, an operation."""
    return (
        criterion.attribute in _SPECIAL_ATTRIBUTES
        or criterion.value in _SPECIAL_STAGES
        or criterion.attribute in analyte_units()
    )
