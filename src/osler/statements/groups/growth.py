"""What an age tells of weight and growth: bounds so wide that what lies outside is another's."""

from __future__ import annotations

from decimal import Decimal

from osler.domain import Criterion, Patient

# Ages in years at which the stages of life begin and end; they overlap on purpose.
STAGES: dict[str, tuple[Decimal, Decimal]] = {
    "neonate": (Decimal(0), Decimal("0.0794")),  # 29 days
    "infant": (Decimal(0), Decimal(2)),
    "child": (Decimal(0), Decimal(18)),
    "adolescent": (Decimal(10), Decimal(20)),
    "adult": (Decimal(18), Decimal(200)),
    "older": (Decimal(65), Decimal(200)),
}
YOUNG = frozenset({"neonate", "infant", "child", "adolescent"})
WITHIN: dict[str, frozenset[str]] = {  # a stage that is stated, and what it also is
    "neonate": frozenset({"neonate", "infant"}),
    "infant": frozenset({"infant", "child"}),
    "child": frozenset({"child"}),
    "adolescent": frozenset({"adolescent", "child"}),
    "adult": frozenset({"adult"}),
    "older": frozenset({"older", "adult"}),
}
# From this age in years on: the least and the greatest weight in kg that is still possible.
#
# To the fifth birthday the outer limits are those of the WHO Child Growth Standards (2006,
# weight-for-age; 3 standard deviations, the 0.1st and 99.9th percentile): at 6 months 5.1–10.9 kg,
# at 1 year 6.3–13.3 kg, at 2 years 8.1–17.1 kg, at 3 years 9.6–20.9 kg, at 4 years 10.9–25.2 kg,
# at 5 years 12.1–29.5 kg; from there those of the CDC growth charts (2000) with their
# extended percentiles for severe obesity (2022). Each band takes the least of its beginning and
# the greatest of its end, and is then widened by a fifth and more, for the preterm, the starved and
# the heavy. An adult of less than 30 kg is below a BMI of 13 kg/m² at a height of 152 cm.
_BANDS: tuple[tuple[Decimal, int, int | None], ...] = (
    (Decimal(0), 0, 8),
    (Decimal(1) / 12, 0, 15),
    (Decimal("0.5"), 2, 20),
    (Decimal(1), 4, 25),
    (Decimal(2), 5, 30),
    (Decimal(3), 6, 35),
    (Decimal(4), 7, 45),
    (Decimal(5), 8, 60),
    (Decimal(6), 9, 90),
    (Decimal(8), 10, 120),
    (Decimal(10), 12, 160),
    (Decimal(12), 15, 250),
    (Decimal(14), 20, None),
    (Decimal(18), 30, None),
)
# Of a patient of whom only the stage of life is known; "child" may be of any size.
_BY_STAGE: dict[str, tuple[int, int | None]] = {
    "neonate": (0, 8),
    "infant": (0, 25),
    "adolescent": (12, None),
    "adult": (30, None),
    "older": (30, None),
}


GROWN = "growth complete"  # the condition that "growth and puberty complete" is read as
# Below 12 years hardly anyone has ended puberty and growth (the last stages are reached at 14 to 15
# years on average: Tanner & Whitehouse, Arch Dis Child 1976;51:170–9); adolescence is over at 20
# (WHO: 10–19 years).
_NOT_GROWN = 12  # years; below it growth is not complete
_ALL_GROWN = 20  # years; from it growth is complete


def is_grown(patient: Patient) -> bool | None:
    """Whether growth and puberty are complete; None where the age does not tell."""
    if patient.age_years is not None:
        if patient.age_years < _NOT_GROWN:
            return False
        return True if patient.age_years >= _ALL_GROWN else None
    return {"neonate": False, "infant": False, "older": True}.get(patient.life_stage or "")


def possible_weights(patient: Patient) -> tuple[Decimal, Decimal | None] | None:
    """Give the least and the greatest weight in kg (None: no limit) that this age can have.

    The bounds are those of the WHO Child Growth Standards and the CDC growth charts, widened.
    None where neither age nor stage of life says anything.
    """
    low: int
    high: int | None
    if patient.age_years is not None:
        age = patient.age_years
        low, high = next((b[1], b[2]) for b in reversed(_BANDS) if age >= b[0])
    elif patient.life_stage in _BY_STAGE:
        low, high = _BY_STAGE[patient.life_stage]
    else:
        return None
    return Decimal(low), None if high is None else Decimal(high)


def is_out_of_reach(criterion: Criterion, patient: Patient) -> bool:
    """Whether nobody of this patient's age has a weight within these bounds.

    A weight that is merely unusual is within reach.
    """
    weights = possible_weights(patient)
    if weights is None:
        return False
    least, greatest = weights
    over = criterion.low is not None and greatest is not None and criterion.low >= greatest
    under = criterion.high is not None and criterion.high <= least
    return over or under


def is_too_old_or_young(criterion: Criterion, patient: Patient) -> bool:
    """Whether nobody of this patient's weight has an age (in years) within these bounds.

    20 kg is no child under 6 months, 6 kg none over 12 years.
    """
    weight = patient.weight_kg
    if weight is None:
        return False
    return not any(
        (criterion.high is None or start < criterion.high)
        and (criterion.low is None or _end_of(start) > criterion.low)
        and weight >= least
        and (greatest is None or weight <= greatest)
        for start, least, greatest in _BANDS
    )


def _end_of(start: Decimal) -> Decimal:
    """The age at which the band that begins at `start` ends."""
    return next((s for s, _, _ in _BANDS if s > start), STAGES["adult"][1])


def is_a_child(patient: Patient) -> bool | None:
    """Whether the patient is under 18, by age, stage of life or a weight that no adult has.

    None where nothing tells.
    """
    if patient.age_years is not None:
        return patient.age_years < STAGES["child"][1]
    if patient.life_stage is not None:
        return patient.life_stage not in ("adult", "older")
    light = patient.weight_kg is not None and patient.weight_kg < _BY_STAGE["adult"][0]
    return True if light else None


def is_newborn(patient: Patient) -> bool:
    """Whether the patient is in the first four weeks, by age or by stage of life."""
    if patient.age_years is not None:
        return patient.age_years < STAGES["neonate"][1]
    return patient.life_stage == "neonate"
