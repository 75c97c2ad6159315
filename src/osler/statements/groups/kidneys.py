"""What dialysis, an illness of the kidneys and an estimate of their function tell of each other."""

from __future__ import annotations

from decimal import Decimal

from osler.domain import Criterion, Patient
from osler.statements.vocabulary.conditions import is_a

IMPAIRED = 60  # mL/min/1.73 m²: below it is category G3a (KDIGO 2012 CKD guideline)
FAILED = 15  # mL/min/1.73 m²: below it is category G5, kidney failure (the same)


_GONE = frozenset({"dialysis", "end-stage renal disease"})
_ILL = frozenset({"renal impairment", "chronic kidney disease"})


def names_dialysis(criterion: Criterion) -> bool:
    """Whether a criterion, or another that would do in its place, is dialysis itself."""
    members = (criterion, *criterion.alternatives)
    return any(m.value in _GONE and not m.negated for m in members)


def failed_by(patient: Patient) -> str:
    """What tells that the kidneys of a patient do no work; "" where nothing does."""
    return next((n for n in (*patient.procedures, *patient.conditions) if n in _GONE), "")


def is_dialysed(patient: Patient) -> bool:
    """Whether the kidneys of a patient do no work that an estimate could tell."""
    return bool(failed_by(patient))


def is_of_sound_kidneys(criterion: Criterion) -> bool:
    """Whether a criterion leaves out all whose kidneys are ill: "normal renal function"."""
    return criterion.negated and criterion.value in _ILL


def by_estimate(condition: str, estimate: Decimal) -> bool | None:
    """Whether an estimate of renal function (mL/min) is that of a condition; None if it is open.

    Below `FAILED` it may still be an acute injury, and no end-stage disease.
    """
    if condition == "renal impairment":
        return estimate < IMPAIRED
    if condition == "end-stage renal disease" and estimate >= FAILED:
        return False
    return None


def without_estimate(criterion: Criterion, patient: Patient) -> tuple[bool | None, str]:
    """Judge a bound on renal function for a patient of whom no estimate is known.

    A band with a lower bound is for kidneys that work, and for nobody on dialysis; what is said
    of all below a bound of `FAILED` or more is said of dialysed kidneys, too.
    """
    if is_dialysed(patient) and criterion.low is not None:
        return False, f"dialysis, not {criterion.text}"
    if is_dialysed(patient) and criterion.high is not None and criterion.high >= FAILED:
        return True, failed_by(patient)
    if any(is_a(absent, "renal impairment") for absent in patient.absent_conditions):
        normal = "kidney function said to be normal"
        if criterion.high is not None and (
            criterion.high < IMPAIRED or (criterion.low is None and criterion.high == IMPAIRED)
        ):
            return False, normal
        if criterion.high is None and criterion.low is not None and criterion.low <= IMPAIRED:
            return True, normal
    return None, ""
