"""Is a dose plausible, beside what is registered of the drug and what other statements give?

A strength is not a dose, so the margins are wide: tablets are taken by several, vials hold many
doses, a dose per kilogram is multiplied. They were chosen on one half of the drugs of the
documents in `docs/benchmarks.md` (where the other half is reported): among real statements 95 %
of the doses by mouth lie at or below twice the largest registered strength, 95 % of an adult's
not below half of the smallest.

What cannot be seen: a tenfold error inside the range of what is given (a drug of 1 mg to
100 mg), an error of less than the margins, a wrong drug or frequency with a usual amount, any
error of a drug that is neither registered nor dosed elsewhere, and rates and volumes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from osler.plausibility.doses import LOCAL_ROUTES, Dose
from osler.plausibility.register import Registered

# How many times the largest (smallest) known amount a dose may be above (below) it: beside the
# register and other statements together, where both must be exceeded; beside one alone; and
# where the other one does not object.
BOTH = 1.5
CHILDS = 4.0  # below, for a child: children are given fractions
REGISTER_ABOVE, REGISTER_BELOW = 4.0, 8.0
REGISTER_BELOW_INJECTED = 50.0  # a vial may hold the doses of many
OTHERS_ABOVE, OTHERS_BELOW = 4.0, 8.0
AGAINST = 8.0
LEAST_OTHERS, MANY_OTHERS = 2, 5
FAR = 20.0  # above anything registered, whatever other statements say
LEFT_OUT = 20  # of so many other doses the most extreme one is left out: it may be wrong itself

# A dose for a kilogram or a square metre as one for a patient: the weights in kg and surfaces
# in m² of an adult and of a child who is small, so that it is judged leniently.
ADULT_KG, CHILD_KG, ADULT_M2 = 50.0, 20.0, 1.6
_SYSTEMIC = ("oral", "injected")
_MEASURED = ("ug", "U")  # a drug measured in one of these is not measured in the other


@dataclass(frozen=True, slots=True)
class Range:
    """From the least to the most that is known, in a dose's unit, and the words for it."""

    least: float
    most: float
    words: str


def judge(dose: Dose, lines: Sequence[Registered], others: Sequence[Dose]) -> str | None:
    """Why a dose is suspicious, in words; None where nothing speaks against it.

    `lines` are what is registered of the drug, `others` its doses in other statements, one for
    each wording.
    """
    same_unit = [other for other in others if other.unit == dose.unit]
    wrong = _wrong_unit(dose, lines, others, same_unit)
    if wrong is not None:
        return wrong
    shelf = _shelf(dose, lines)
    given = _given(dose, same_unit)
    said = f"{dose.text} of {dose.drug}" if dose.text else dose.drug
    least, most = for_a_patient(dose)
    if shelf and given:
        count = len(same_unit)
        if _above(least, shelf, given):
            return _words(said, least, shelf, given, above=True)
        if _below(dose, most, shelf, given):
            return _words(said, most, shelf, given, above=False)
        if least > FAR * shelf.most:
            return _words(said, least, shelf, above=True)
        if count >= MANY_OTHERS and least > AGAINST * given.most:
            return _words(said, least, given, above=True)
        if count >= MANY_OTHERS and most * AGAINST < given.least:
            return _words(said, most, given, above=False)
    elif shelf:
        below = REGISTER_BELOW if "oral" in shelf.words else REGISTER_BELOW_INJECTED
        if least > REGISTER_ABOVE * shelf.most:
            return _words(said, least, shelf, above=True)
        if most * below < shelf.least:
            return _words(said, most, shelf, above=False)
    elif given:
        if least > OTHERS_ABOVE * given.most:
            return _words(said, least, given, above=True)
        if most * OTHERS_BELOW < given.least:
            return _words(said, most, given, above=False)
    return None


def for_a_patient(dose: Dose) -> tuple[float, float]:
    """The least and the most that one administration gives a patient, in the dose's unit."""
    if dose.per == "kg":
        return dose.low * (CHILD_KG if dose.child else ADULT_KG), dose.high * ADULT_KG
    if dose.per == "m2":
        return dose.low * ADULT_M2, dose.high * ADULT_M2
    return dose.low, dose.high


def _above(least: float, shelf: Range, given: Range) -> bool:
    return least > BOTH * shelf.most and least > BOTH * given.most


def _below(dose: Dose, most: float, shelf: Range, given: Range) -> bool:
    margin = CHILDS if dose.child else BOTH
    return most * margin < shelf.least and most * margin < given.least


def _wrong_unit(
    dose: Dose, lines: Sequence[Registered], others: Sequence[Dose], same_unit: Sequence[Dose]
) -> str | None:
    """Units where the drug is measured in milligrams, or the other way round."""
    if dose.unit not in _MEASURED or len(same_unit) >= LEAST_OTHERS:
        return None
    measured = {line.unit for line in lines}
    if dose.unit in measured:
        return None
    said = f"{dose.text} of {dose.drug}"
    if measured & set(_MEASURED):
        kind = "units" if "U" in measured else "milligrams or micrograms"
        return f"{said}: every registered product is measured in {kind}"
    elsewhere = [other for other in others if other.unit in _MEASURED]
    if not lines and not same_unit and len(elsewhere) >= OTHERS_ABOVE:
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
    if routes == ["injected"]:  # half a millilitre of the weakest solution is drawn as well
        least = min([least, *(n.smallest / 2 for n in fitting if n.sort == "ml")])
    return Range(least, most, words)


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
    return Range(least, most, f"{len(alike)} other statements give {given} at a time")


def _preferred(all_of_them: list[Dose], some: list[Dose]) -> list[Dose]:
    return some if len(some) >= LEAST_OTHERS else all_of_them


def _is_local(dose: Dose) -> bool:
    return bool(dose.routes) and set(dose.routes) <= LOCAL_ROUTES


def _words(said: str, amount: float, *ranges: Range, above: bool) -> str:
    """The reason: how far off the dose is, and from what."""
    if above:
        off = f"{_figure(amount / max(r.most for r in ranges))} times the most that is known"
    else:
        times = _figure(min(r.least for r in ranges) / amount)
        off = f"{times} times smaller than the least that is known"
    return f"{said} is at least {off}: {', and '.join(r.words for r in ranges)}"


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
