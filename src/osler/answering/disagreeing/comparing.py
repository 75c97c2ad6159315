"""Whether two sides speak to one patient, and in what they differ."""

from __future__ import annotations

from osler.answering.advising.advice import IN_THOSE, Advice, Respect, differ
from osler.answering.advising.advising import KIDNEYS, names_barred
from osler.answering.advising.agreement import groups_compatible
from osler.answering.candidates.subject import relation
from osler.answering.disagreeing.side_conditions import is_among
from osler.answering.disagreeing.side_groups import measure_of
from osler.answering.disagreeing.sides import Side
from osler.answering.understanding.patient_groups import is_special
from osler.domain import Criterion, Group, Phase
from osler.statements.groups.kidneys import IMPAIRED

# What a dose is adapted to; age and weight bands are how doses are listed, and do not count.
_ADAPTED = KIDNEYS | {"pregnancy", "breastfeeding", "drug", "allergy"}


def comparable(a: Side, b: Side) -> bool:
    """Whether one patient can be meant by both, for the same condition."""
    if not _on_one_problem(a, b):
        return False
    if a.fits and b.fits:
        return True  # one patient is of both groups
    pairs = [(x, y) for x in a.groups for y in b.groups]
    if not all(groups_compatible(x, y) for x, y in pairs):
        return False
    return all(_specials(x) == _specials(y) for x, y in pairs)


def _on_one_problem(a: Side, b: Side) -> bool:
    if a.titled and b.titled and not (_speaks_of(a.titled, b) or _speaks_of(b.titled, a)):
        return False  # chapters on two diseases
    return _conditions_meet(a.own, b.known) and _conditions_meet(b.own, a.known)


def _speaks_of(conditions: frozenset[str], side: Side) -> bool:
    return any(is_among(name, side.named) for name in conditions)


def _conditions_meet(own: frozenset[str], known: frozenset[str]) -> bool:
    """Whether each condition that one names is known to the other; to a general text all are."""
    return not known or all(is_among(name, known) for name in own)


def _specials(group: Group) -> frozenset[tuple[object, ...]]:
    return frozenset(_identity(c) for c in group.criteria if is_special(c) and not _is_usual(c))


def _is_usual(criterion: Criterion) -> bool:
    """Whether it leaves most patients in: not pregnant, kidneys that are hardly impaired."""
    if criterion.attribute in ("egfr", "crcl"):
        return criterion.high is None or criterion.high >= IMPAIRED
    return criterion.negated


def _identity(c: Criterion) -> tuple[object, ...]:
    return (c.attribute, c.value, c.low, c.high, c.negated)


def adapted_to(side: Side) -> frozenset[str]:
    """The attributes of the patient that a claim's dose is adapted to."""
    return frozenset(
        measure_of(c)
        for g in side.groups
        for c in g.criteria
        if c.attribute in _ADAPTED and not _is_usual(c)
    )


def compare(a: Side, b: Side, *, wide: bool = False) -> list[tuple[Advice, Advice, bool]]:
    """Each pair of values that are on the same, and whether they differ.

    `wide` also compares what one adapts to the patient (to kidneys, pregnancy, another drug)
    with what the other says to everyone.
    """
    if not _on_one_problem(a, b):
        return []
    of_both = comparable(a, b)
    picked = a.by == b.by and a.tier == b.tier == 0  # both are for this patient by one measure
    same = wide or ((picked or adapted_to(a) == adapted_to(b)) and _beside_the_same(a, b))
    found = []
    for x in a.advice:
        for y in b.advice:
            # What is done at a value is worked out for this patient already.
            other = _is_adapted_by_one(a, b, x, y) or _is_barred_for_all(a, b, x, y)
            compared = of_both and (same or x.respect in _WHOEVER or other)
            if not compared and x.respect is not Respect.THRESHOLD:
                continue
            picked_out = adapted_to(a) and adapted_to(b)
            if x.respect is Respect.USE and not (picked_out or _of_use_itself(a, b, x, y)):
                continue
            apart = differ(x, y)
            if apart is not None:
                found.append((x, y, apart))
    return found


def _is_adapted_by_one(a: Side, b: Side, x: Advice, y: Advice) -> bool:
    """Whether one begins lower for the kidneys of this patient than the other does for all.

    Only how to begin is compared: a usual dose is of those whose kidneys are well.
    """
    picked, other = (a, b) if a.tier == 0 else (b, a)
    return (
        x.respect is Respect.DOSE
        and x.phase is y.phase is Phase.START
        and a.begins
        and "kidneys" in picked.by
        and picked.tier == 0
        and other.tier == 1
        and not adapted_to(other)
    )


def _is_barred_for_all(a: Side, b: Side, x: Advice, y: Advice) -> bool:
    """Whether one rules out for everyone what the other allows to patients like this one."""
    if x.respect is not Respect.USE or x.yes == y.yes:
        return False
    bar, barring, allowing = (y, b, a) if x.yes else (x, a, b)
    return not bar.action and not adapted_to(barring) and allowing.fits and allowing.tier < 2


def _of_use_itself(a: Side, b: Side, x: Advice, y: Advice) -> bool:
    """Whether it matters here if the drug is given at all, and both say so of this patient."""
    plain = all(
        not advice.action or side.tier == 0 or (advice.action == IN_THOSE and side.is_of_asked)
        for advice, side in ((x, a), (y, b))
    )
    asked = a.whether or (a.doses and _is_barred_for_it(a, b, x, y))
    return asked and plain and a.tier < 2 and b.tier < 2 and bool(x.names and y.names)


def _is_barred_for_it(a: Side, b: Side, x: Advice, y: Advice) -> bool:
    """Whether one bars for the very problem what the other doses: then there may be no dose."""
    if x.yes == y.yes:
        return True
    barring, dosing = (b, a) if x.yes else (a, b)
    if barring.item.claim.dosages:
        return False  # an amount is denied, not the drug
    dosed = {n for advice in dosing.advice if advice.respect is Respect.DOSE for n in advice.names}
    named = names_barred(barring.item.claim)
    by_name = any(relation(drug, name) for drug in dosed for name in named)
    return barring.on_it and not barring.graded and by_name


def _beside_the_same(a: Side, b: Side) -> bool:
    """Whether both are given beside the same other drugs, as each says itself or by its title."""
    return all(
        drug in other.companions or any(relation(drug, name) for name in _titled_drugs(other))
        for one, other in ((a, b), (b, a))
        for drug in one.companions
    )


def _titled_drugs(side: Side) -> frozenset[str]:
    return frozenset(name for c in side.item.candidates for name in c.title_substances)


# Compared also where only one of the two picks its patients out.
_WHOEVER = frozenset({Respect.ADJUSTMENT, Respect.LIMIT, Respect.ROUTE})
