"""What a trimester and weeks of gestation tell of each other."""

from __future__ import annotations

from decimal import Decimal

from osler.domain import Criterion, Patient
from osler.statements.groups.within import Outcome, show

# Weeks of gestation at which the trimesters begin and end.
TRIMESTERS: dict[str, tuple[Decimal, Decimal]] = {
    "first": (Decimal(0), Decimal(13)),
    "second": (Decimal(13), Decimal(28)),
    "third": (Decimal(28), Decimal(45)),
}


def by_weeks(value: str, patient: Patient) -> Outcome:
    """Judge a trimester by the weeks of a pregnancy."""
    weeks = patient.gestation_weeks
    if weeks is None:
        return None, ""
    actual = next((n for n, (low, high) in TRIMESTERS.items() if low <= weeks < high), "third")
    return value.startswith(actual), f"{show(weeks)} weeks: {actual} trimester"


def by_trimester(criterion: Criterion, patient: Patient) -> Outcome:
    """Judge weeks of gestation by the trimester, where no weeks are known."""
    known = (patient.pregnancy or "").removesuffix(" trimester")
    if known not in TRIMESTERS:
        return None, ""
    low, high = TRIMESTERS[known]
    least = criterion.low if criterion.low is not None else Decimal(0)
    most = criterion.high if criterion.high is not None else TRIMESTERS["third"][1]
    if least >= high or most <= low:
        return False, f"{known} trimester"
    return (True, f"{known} trimester") if least <= low and high <= most else (None, "")
