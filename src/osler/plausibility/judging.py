"""Is a dose plausible, beside what is registered of the drug and what other statements give?

A strength is not a dose, so the margins are wide: tablets are taken by several, vials hold many
doses, a dose per kilogram is multiplied. They were chosen on one half of the drugs of the
documents in `docs/benchmarks.md` (where both halves are reported): of 1,060 real doses by mouth
97 % lie at or below twice the largest registered strength and 99 % below three times; 98 % not
below the smallest.

What cannot be seen: a tenfold error inside the range of what is given (a drug of 1 mg to
100 mg), an error of less than the margins, a wrong drug or frequency with a usual amount, any
error of a drug that is neither registered nor dosed elsewhere, a rate that is too slow, and
volumes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from osler.plausibility.doses import LOCAL_ROUTES, Dose
from osler.plausibility.register import Registered

# How many times above the most or below the least that is known a dose must be.
TOGETHER = 2.0  # beyond the register and other statements both
TOGETHER_FEW = 3.0  # the same where the others are few: they hardly span what is given
TOGETHER_CHILD = 4.0  # the same, below, for a child: children are given fractions
REGISTER_ABOVE, REGISTER_BELOW = 5.0, 8.0  # beyond the register, where no statement helps
OTHERS_ABOVE, OTHERS_BELOW = 4.0, 8.0  # beyond other statements, where nothing is registered
AGAINST_OTHERS = 8.0  # beyond many other statements, whatever is registered
AGAINST_REGISTER = 20.0  # above the register, whatever other statements say
NEVER = float("inf")

OF_VERY_MANY = 4.0  # the same beyond so many others that the ends are well known
PER_BODY = 3.0  # beyond all other doses for a kilogram or square metre, compared as they stand

LEAST_OTHERS, MANY_OTHERS = 2, 4  # other doses that count as knowledge, and as much of it
VERY_MANY_OTHERS = 8
OTHERS_ALIKE = 3  # doses for a kilogram that another is held against as they stand
ENDS_APART = 30.0  # a range from one dose to so many times as much; real ones reach sixteen
A_VIAL = 8  # doses that a vial or pen may hold
LEFT_OUT = 20  # of so many the most extreme is left out at either end: it may be wrong itself

# A dose for a kilogram or a square metre as one for a patient: the weights in kg and surfaces
# in m² of an adult, a child and a newborn who are small, so that it is judged leniently.
ADULT_KG, CHILD_KG, NEWBORN_KG, ADULT_M2 = 50.0, 20.0, 1.0, 1.6
_SYSTEMIC = ("oral", "injected")
_MEASURED = ("ug", "U")  # a drug measured in one of these is not measured in the other


@dataclass(frozen=True, slots=True)
class Range:
    """From the least to the most that is known, in a dose's unit, and the words for it.

    `above` and `below` are the margins where this is all that is known.
    """

    least: float
    most: float
    words: str
    above: float
    below: float


def judge(dose: Dose, lines: Sequence[Registered], others: Sequence[Dose]) -> str | None:
    """Why a dose is suspicious, in words; None where nothing speaks against it.

    `lines` are what is registered of the drug, `others` its doses in other statements, one for
    each wording.
    """
    if (wrong := _wrong_unit(dose, lines, others)) is not None:
        return wrong
    if not (dose.shared or dose.rate) and dose.high > ENDS_APART * dose.low:
        return f"{_named(dose)}: the ends lie {_figure(dose.high / dose.low)} times apart"
    same_unit = [other for other in others if other.unit == dose.unit and not other.rate]
    shelf, given = _shelf(dose, lines), _given(dose, same_unit)
    if (why := _against_alike(dose, same_unit)) is not None:
        return why
    least, most = for_a_patient(dose)
    if dose.child and shelf and given and dose.per is None and least > max(shelf.most, given.most):
        return _words(dose, least, [shelf, given], above=True)
    for ranges, above, below in _bounds(dose, shelf, given, len(same_unit)):
        if least > above * max(r.most for r in ranges):
            return _words(dose, least, ranges, above=True)
        if most * below < min(r.least for r in ranges):
            return _words(dose, most, ranges, above=False)
    return None


def _bounds(
    dose: Dose, shelf: Range | None, given: Range | None, count: int
) -> list[tuple[list[Range], float, float]]:
    """What a dose is held against, with the margins above and below."""
    if shelf is None or given is None:
        return [([r], r.above, r.below) for r in (shelf, given) if r is not None]
    above = TOGETHER if count >= MANY_OTHERS and not dose.once else TOGETHER_FEW
    below = TOGETHER_CHILD if dose.child else above
    bounds = [([shelf, given], above, below), ([shelf], AGAINST_REGISTER, NEVER)]
    if count >= MANY_OTHERS:
        margin = OF_VERY_MANY if count >= VERY_MANY_OTHERS else AGAINST_OTHERS
        bounds.append(([given], margin, NEVER if dose.child else margin))
    return bounds


def _against_alike(dose: Dose, others: Sequence[Dose]) -> str | None:
    """Why a dose for a kilogram or m² is far from all others that are for one, as they stand."""
    if dose.per is None or dose.rate:
        return None
    alike = [
        other
        for other in others
        if other.per == dose.per
        and (not other.routes or not dose.routes or set(other.routes) & set(dose.routes))
    ]
    if len(alike) < OTHERS_ALIKE:
        return None
    least, most = min(other.low for other in alike), max(other.high for other in alike)
    words = f"{len(alike)} other statements give {amounts(least, most, dose.unit)} for a {dose.per}"
    known = Range(least, most, words, PER_BODY, PER_BODY)
    if dose.low > PER_BODY * most:
        return _words(dose, dose.low, [known], above=True)
    if dose.high * PER_BODY < least:
        return _words(dose, dose.high, [known], above=False)
    return None


def for_a_patient(dose: Dose) -> tuple[float, float]:
    """The least and the most that one administration gives a patient, in the dose's unit."""
    if dose.per == "kg":
        small = NEWBORN_KG if dose.newborn else CHILD_KG if dose.child else ADULT_KG
        return dose.low * small, dose.high * ADULT_KG
    if dose.per == "m2":
        return dose.low * ADULT_M2, dose.high * ADULT_M2
    return dose.low, dose.high


def _wrong_unit(dose: Dose, lines: Sequence[Registered], others: Sequence[Dose]) -> str | None:
    """Units where the drug is measured in milligrams, or the other way round."""
    same = sum(other.unit == dose.unit for other in others)
    if dose.unit not in _MEASURED or same >= LEAST_OTHERS:
        return None
    measured = {line.unit for line in lines}
    if dose.unit in measured:
        return None
    said = _named(dose)
    if measured & set(_MEASURED):
        kind = "units" if "U" in measured else "milligrams or micrograms"
        return f"{said}: every registered product is measured in {kind}"
    elsewhere = [other for other in others if other.unit in _MEASURED]
    if not lines and not same and len(elsewhere) >= MANY_OTHERS:
        kind = "units" if elsewhere[0].unit == "U" else "milligrams or micrograms"
        return f"{said}: {len(elsewhere)} other statements measure it in {kind}"
    return None


def _shelf(dose: Dose, lines: Sequence[Registered]) -> Range | None:
    """What one tablet, capsule, vial or bag of the drug holds, by the routes of the dose."""
    if _is_local(dose):
        return None
    routes = [r for r in dose.routes if r in _SYSTEMIC] or list(_SYSTEMIC)
    fitting = [n for n in lines if n.unit == dose.unit and n.route in routes]
    units = [n for n in fitting if n.sort == "unit"]
    if not units:
        return None
    least, most = min(n.smallest for n in units), max(n.largest for n in units)
    by = " or ".join(sorted({n.route for n in units}))
    words = f"a registered {by} product holds {amounts(least, most, dose.unit)}"
    if all(n.route == "injected" for n in units):
        # Half a millilitre of the weakest solution is drawn as well.
        drawn = [n.smallest / 2 for n in fitting if n.sort == "ml"]
        least = min([least / A_VIAL, *drawn])
    return Range(least, most, words, REGISTER_ABOVE, REGISTER_BELOW)


def _given(dose: Dose, others: Sequence[Dose]) -> Range | None:
    """What other statements give, by a like route and, for an adult, not for children."""
    alike = [other for other in others if _is_local(other) == _is_local(dose)]
    if len(alike) < LEAST_OTHERS:
        return None
    if dose.routes:
        alike = _preferred(alike, [o for o in alike if set(o.routes) & set(dose.routes)])
    highs = _preferred(alike, [o for o in alike if not o.shared])
    lows = alike if dose.child else _preferred(alike, [o for o in alike if not o.child])
    least = sorted(for_a_patient(o)[0] for o in lows)[len(lows) // LEFT_OUT]
    most = sorted((for_a_patient(o)[1] for o in highs), reverse=True)[len(highs) // LEFT_OUT]
    given = amounts(least, most, dose.unit)
    words = f"{len(alike)} other statements give {given} at a time"
    return Range(least, most, words, OTHERS_ABOVE, OTHERS_BELOW)


def _preferred(all_of_them: list[Dose], some: list[Dose]) -> list[Dose]:
    return some if len(some) >= LEAST_OTHERS else all_of_them


def _is_local(dose: Dose) -> bool:
    return bool(dose.routes) and set(dose.routes) <= LOCAL_ROUTES


def _words(dose: Dose, amount: float, ranges: Sequence[Range], *, above: bool) -> str:
    """The reason: how far off the dose is, and from what."""
    if above:
        off = f"{_figure(amount / max(r.most for r in ranges))} times the most that is known"
    else:
        times = _figure(min(r.least for r in ranges) / amount)
        off = f"{times} times smaller than the least that is known"
    known = ", and ".join(r.words for r in ranges)
    return f"{_named(dose)} is at least {off}: {known}"


def _named(dose: Dose) -> str:
    return f"{dose.text or 'the dose'} of {dose.drug}"


def amounts(low: float, high: float, unit: str) -> str:
    """An amount or a range as a reader writes it: "4 to 5 mg", "500 mg to 1 g", "100 units"."""
    first, last = _amount(low, unit), _amount(high, unit)
    if first == last:
        return " ".join(first)
    if first[1] == last[1]:
        return f"{first[0]} to {' '.join(last)}"
    return f"{' '.join(first)} to {' '.join(last)}"


def _amount(value: float, unit: str) -> tuple[str, str]:
    if unit == "ug":
        for factor, name in ((1e6, "g"), (1e3, "mg")):
            if value >= factor:
                return _figure(value / factor), name
        return _figure(value), "micrograms"
    return _figure(value), {"U": "units", "meq": "mEq", "umol": "micromoles"}[unit]


def _figure(value: float) -> str:
    """Two digits after the first are enough to see a tenfold error."""
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,g}"
