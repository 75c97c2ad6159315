"""Doses of one statement that contradict one another: no knowledge of the drug is needed.

A ceiling below the dose that it bounds, or far above it; a ceiling that a patient of no weight
would reach; a range that goes down; one dose of a drug that is of another order than all others
of it in the same statement. The margins were chosen on the same half of the drugs as those of
`osler.plausibility.judging`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from osler.domain import Dosage, DosageRole, Statement
from osler.dosage import per_day, to_base
from osler.patterns import lazy
from osler.plausibility.doses import LOCAL_ROUTES, Dose
from osler.plausibility.naming import drugs_dosed

CEILING_ABOVE = 50.0  # times the dose that it bounds; real ones reach thirty
LIGHTEST, HEAVIEST = 8.0, 200.0  # kg at which a dose per kilogram may reach its ceiling
OUTLIER = 30.0  # times the only other dose of a drug in a statement
OUTLIER_OF_MANY = 8.0  # times all others, where there are at least two
_MOST_A_DAY = 6.0  # doses, where the text does not say
_RATES = ("h", "min")

_DOWNWARDS = lazy(
    r"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)\s?(mg|mcg|[µμ]g|micrograms?|g|IU|units)\s?(?:-|–|to)\s?"
    r"(\d[\d,]*(?:\.\d+)?)\s?(mg|mcg|[µμ]g|micrograms?|g|IU|units)(?![A-Za-z])"
)
_SIZES = {"g": 1e6, "mg": 1e3}


def contradictions(statement: Statement, doses: Sequence[Dose]) -> Iterator[str]:
    """What the doses of a statement say against one another, a sentence each.

    `doses` are the statement's, as `doses_of` gives them.
    """
    if statement.dosages:
        yield from _ceilings(statement)
    yield from downwards(statement.text)
    yield from _outliers(doses)


@dataclass(frozen=True, slots=True)
class _Ceiling:
    """The most that may be given, in base units: for a kg or not, in a day or at a time."""

    amount: float
    unit: str
    per: str | None
    daily: bool
    text: str


def _ceilings(statement: Statement) -> Iterator[str]:
    for dosage, ceiling in _bounded(statement):
        if dosage.low is None or dosage.unit is None or dosage.per_time in _RATES:
            continue
        low, unit = to_base(dosage.low, dosage.unit)
        high, _ = to_base(dosage.high if dosage.high is not None else dosage.low, dosage.unit)
        if unit != ceiling.unit or low <= 0:
            continue
        said = statement.text[dosage.amount_start : dosage.amount_end]
        many = _times_a_day(dosage) if ceiling.daily else 1.0
        times = ceiling.amount / float(high)
        if dosage.per == ceiling.per:
            if ceiling.amount < float(low):
                yield f"the ceiling “{ceiling.text}” lies below the dose “{said}” that it bounds"
            elif times > CEILING_ABOVE * many:
                yield f"the ceiling “{ceiling.text}” is {times:.0f} times the dose “{said}”"
        elif dosage.per == "kg" and ceiling.per is None:
            # The weight at which it is reached, be the ceiling for a dose or for a day.
            most, least = times, times / many
            if most < LIGHTEST or least > HEAVIEST:
                weight = most if most < LIGHTEST else least
                yield f"“{said}” reaches its ceiling “{ceiling.text}” at {weight:.3g} kg"


def _times_a_day(dosage: Dosage) -> float:
    """How often a dose is given in a day, at most where the text does not tell."""
    if dosage.per_time == "d":
        return 1.0
    total = per_day(dosage)
    if total is None or dosage.high is None or dosage.unit is None:
        return _MOST_A_DAY
    high, _ = to_base(dosage.high, dosage.unit)
    return max(float(total[1] / high), 1.0)


def _bounded(statement: Statement) -> Iterator[tuple[Dosage, _Ceiling]]:
    """Each dose with its ceiling."""
    for dosage in statement.dosages:
        for each in (dosage, *dosage.steps):
            # A ceiling without words of its own was taken over from elsewhere in the text.
            if (most := each.maximum) is not None and most.text:
                amount, unit = to_base(most.amount, most.unit)
                yield each, _Ceiling(float(amount), unit, most.per, most.per_time == "d", most.text)
    if all(dosage.role is not DosageRole.MAXIMUM for dosage in statement.dosages):
        return
    named = zip(statement.dosages, drugs_dosed(statement), strict=True)
    for (dosage, drug), (ceiling, its_drug) in pairwise(named):
        if (
            ceiling.role is DosageRole.MAXIMUM
            and dosage.role is DosageRole.DOSE
            and drug == its_drug
            and ceiling.per_time not in _RATES
            and ceiling.high is not None
            and ceiling.unit is not None
        ):
            amount, unit = to_base(ceiling.high, ceiling.unit)
            text = statement.text[ceiling.amount_start : ceiling.amount_end]
            # Whether a ceiling is for a day is said in so many ways that it always may be.
            yield dosage, _Ceiling(float(amount), unit, ceiling.per, True, text)


def downwards(text: str) -> Iterator[str]:
    """Ranges whose first end is the larger one, both with their units; the grammar reads none."""
    for found in _DOWNWARDS.finditer(text):
        if _size(found[1], found[2]) > _size(found[3], found[4]) and _alike(found):
            yield f"the range “{found.group()}” goes down"


def _size(number: str, unit: str) -> float:
    return float(number.replace(",", "")) * _SIZES.get(unit, 1.0)


def _alike(found: re.Match[str]) -> bool:
    """Whether both ends are masses, or both units."""
    return (found[2] in ("IU", "units")) == (found[4] in ("IU", "units"))


def _outliers(doses: Sequence[Dose]) -> Iterator[str]:
    for dose in doses:
        rest = [
            other
            for other in doses
            if other is not dose
            and (other.drug, other.unit, other.per) == (dose.drug, dose.unit, dose.per)
            and not (other.rate or dose.rate)
            and LOCAL_ROUTES.isdisjoint((*other.routes, *dose.routes))
            and (not other.routes or not dose.routes or set(other.routes) & set(dose.routes))
        ]
        if not rest:
            continue
        margin = OUTLIER if len(rest) == 1 else OUTLIER_OF_MANY
        least, most = min(other.low for other in rest), max(other.high for other in rest)
        if dose.low > margin * most or dose.high * margin < least:
            yield (
                f"{dose.text or 'the dose'} of {dose.drug} is of another order than "
                f"{rest[0].text or 'another dose'} of it in the same statement"
            )
            return
