"""A statement's group of patients, as it bears on a question."""

from __future__ import annotations

from dataclasses import replace

from osler.answering.candidates.aspects import phases_of
from osler.answering.candidates.candidate import Candidate
from osler.domain import Criterion, Group, Patient, Phase, Question
from osler.patterns import lazy
from osler.statements.groups.growth import YOUNG, is_a_child
from osler.statements.vocabulary.conditions import is_a

# What changes a dose and is not treated by it: a part of a text on these tells no other use.
CIRCUMSTANCES = frozenset(
    {
        "renal impairment",
        "chronic kidney disease",
        "end-stage renal disease",
        "hepatic impairment",
        "dialysis",
        "obesity",
        "underweight",
        "therapeutic hypothermia",
    }
)

_AN_ADULTS = frozenset({"adult"})


def fitting_group(group: Group, question: Question) -> Group:
    """A group as it bears on a question.

    A question that gives no age is taken to ask about adults; one about a condition takes
    in the kinds of it ("otitis media": acute otitis media).
    """
    patient = question.patient
    taken = _AN_ADULTS if is_a_child(patient) is None else frozenset[str]()
    if taken and any(c.value == "adult" and not c.negated for c in group.criteria):
        taken |= YOUNG  # "adult or child": for both alike
    kept = tuple(
        c
        for c in group.criteria
        if (c.negated or c.value not in taken) and not _asked_kind(c, patient)
    )
    kept = _nearest(kept)
    if Phase.PROPHYLAXIS in question.phases:
        # Who never had it is who it is prevented in.
        kept = tuple(c for c in kept if c.negated or c.value not in patient.absent_conditions)
    fitting = group if len(kept) == len(group.criteria) else replace(group, criteria=kept)
    return _of_parts(fitting)


def _nearest(criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """Without a condition from above that the words beside the statement deny.

    Under "Raised INR and bleeding", a row for "no bleeding" is for those without.
    """
    denied = {c.value for c in criteria if c.attribute == "condition" and c.negated}
    return tuple(c for c in criteria if c.negated or c.value is None or c.value not in denied)


def _of_parts(group: Group) -> Group:
    """Ages that exclude each other are of parts of a statement: "0.5 mg, children 0.3 mg"."""
    ages = [c for c in group.criteria if c.attribute in ("age", "life stage") and not c.negated]
    if not any(_exclude(a, b) for a in ages for b in ages):
        return group
    either = replace(ages[0], alternatives=(*ages[0].alternatives, *ages[1:]))
    return replace(group, criteria=(either, *(c for c in group.criteria if c not in ages)))


def _exclude(a: Criterion, b: Criterion) -> bool:
    if a.value is not None and b.value is not None:
        young = {"neonate", "infant", "child", "adolescent"}
        return (a.value in young) is not (b.value in young)
    return a.high is not None and b.low is not None and a.high < b.low


def may_have_it_prevented(candidate: Candidate, question: Question) -> bool:
    """Whether its doses are for prevention alone, unasked, and only what stands above it names
    an illness of the patient's: "Thromboembolism: prophylaxis" is not for having one."""
    prevents = bool(candidate.dosages) and phases_of(candidate) == {Phase.PROPHYLAXIS}
    if not prevents or Phase.PROPHYLAXIS in question.phases:
        return False
    illnesses = [c for c in candidate.statement.group.criteria if c.attribute == "condition"]
    return bool(illnesses) and all(
        not c.negated and c.text not in candidate.statement.text for c in illnesses
    )


# Kinds that need more or other than what the plain name asks for: "crusted scabies".
_SPECIAL_KIND = lazy(
    r"\b(?:severe|crusted|resistant|disseminated|recurrent|refractory|invasive|necroti[sz]ing|"
    r"fulminant|crisis|storm|coma|emergency|status|shock|ketoacidosis|hyperosmolar)\b"
)


def _asked_kind(criterion: Criterion, patient: Patient) -> bool:
    if criterion.attribute != "condition" or criterion.negated or criterion.value is None:
        return False
    if _SPECIAL_KIND.search(criterion.value):
        return False
    return any(
        criterion.value != name and is_a(criterion.value, name) for name in patient.conditions
    )
