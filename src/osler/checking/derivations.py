"""Is a derived dose right? Its arithmetic is done again, from its own words and the rule's."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from osler.domain import Derivation, Problem, ProblemKind, Verdict
from osler.dosage import parse_dosages, to_base

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_RANGE = rf"(?P<low>{_NUMBER})(?:–(?P<high>{_NUMBER}))?"
_FORMULA = re.compile(
    rf"(?:[a-z ]+ )?{_RANGE} ?(?P<unit>[^\d/]+)/(?P<per>kg|m²)(?P<time>/(?:min|hour|day|week))?"
    rf" × (?P<size>{_NUMBER}) (?P=per)"
)
_STATED = re.compile(rf"{_RANGE} ?(?P<unit>[^\W\d_]+)(?P<per>/kg|/m²)?")
_BASES = {"/day": "a day", "/week": "a week", "/hour": "an hour", "/min": "a minute"}
_UCUM = {"micrograms": "ug", "units": "U", "IU": "[iU]", "mEq": "meq"}
_NEAR = 0.0051  # half of the last place that a worked out weight or surface shows
_ABOUT = Fraction(1, 150)  # of an amount that is said to be "about": two places are shown

_Amounts = tuple[Fraction, Fraction]


def check_derivation(derivation: Derivation) -> Verdict:
    """Work a derived dose out again; the verdict has a problem where anything differs.

    The rule's amount must stand in the cited passage and the size among the inputs (a body
    weight or surface that was worked out is worked out again). The result must open with
    their product, every other amount must be a share of it or a stated maximum, and what
    the result ends with must be within every maximum.
    """
    match = _FORMULA.fullmatch(derivation.formula)
    if match is None:
        return _wrong(derivation.formula, "")
    rate, size = _amounts(match), _value(match["size"])
    product = (rate[0] * size, rate[1] * size)
    sizes = derivation.inputs.values()
    if not any(stated.startswith(f"{match['size']} {match['per']}") for stated in sizes):
        return _wrong(derivation.formula, "; ".join(sizes))
    if not _stands_in_rule(rate, match, derivation):
        return _wrong(derivation.formula, derivation.rule.quote)
    if not _is_size_right(derivation.inputs):
        return _wrong("; ".join(sizes), "height, weight and sex")
    basis = _BASES.get(match["time"] or "", "a dose")
    doses = _doses(derivation.inputs)
    limits = list(_limits(derivation.inputs, size, match["unit"]))
    _, dimension = _in_base(Fraction(1), match["unit"])
    stated = [
        (m, _amounts(m))
        for m in _STATED.finditer(derivation.result)
        if _in_base(Fraction(1), m["unit"])[1] == dimension
    ]
    if not stated or stated[0][1] != product:
        return _wrong(derivation.result, derivation.formula)
    whole = [*product, *(limit for _, limit in limits)]
    whole += [limit * n for _, limit in limits for n in doses]
    allowed = [*whole, *(v / n for v in whole for n in doses)]
    for m, amounts in stated[1:]:
        if _in_inputs(m, derivation.inputs):
            continue
        near = derivation.result[: m.start()].endswith("about ")
        if not all(any(_same(v, other, near) for other in allowed) for v in amounts):
            return _wrong(m.group(), derivation.formula)
    if any(
        limit < part for limit, part in _final(derivation.result, product, basis, doses, limits)
    ):
        return _wrong(derivation.result, "; ".join(sizes))
    return Verdict()


def _wrong(claim: str, passage: str) -> Verdict:
    return Verdict((Problem(ProblemKind.AMOUNT, claim, passage),))


def _value(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def _amounts(match: re.Match[str]) -> _Amounts:
    return _value(match["low"]), _value(match["high"] or match["low"])


def _same(value: Fraction, other: Fraction, near: bool) -> bool:
    return abs(value - other) <= _ABOUT * other if near else value == other


def _stands_in_rule(rate: _Amounts, match: re.Match[str], derivation: Derivation) -> bool:
    per = {"kg": "kg", "m²": "m2"}[match["per"]]
    rule = derivation.rule
    stated = [
        d
        for text in (rule.quote, *(c.quote for c in rule.context))
        for dosage in parse_dosages(text)
        for d in (dosage, *dosage.steps)
        if d.per == per and d.low is not None
    ]
    low, high = rate
    return any(low == d.low and high == (d.low if d.high is None else d.high) for d in stated)


def _is_size_right(inputs: dict[str, str]) -> bool:
    """Work out again a weight or surface that was itself worked out."""
    numbers = {
        name: float(_value(m.group()))
        for name, text in inputs.items()
        if (m := re.match(_NUMBER, text))
    }
    height, weight = numbers.get("height"), numbers.get("weight")
    if "body surface area" in numbers and height and weight:
        surface = math.sqrt(height * weight / 3600)
        return abs(surface - numbers["body surface area"]) < _NEAR
    if "ideal body weight" in numbers and height and "sex" in inputs:
        at_five_feet = {"male": 50.0, "female": 45.5}[inputs["sex"]]
        ideal = at_five_feet + 2.3 * (height / 2.54 - 60)
        if abs(ideal - numbers["ideal body weight"]) >= _NEAR:
            return False
    if "adjusted body weight" in numbers and weight:
        ideal = numbers["ideal body weight"]
        adjusted = ideal + numbers["share of the rest"] * (weight - ideal)
        return abs(adjusted - numbers["adjusted body weight"]) < _NEAR
    return True


def _doses(inputs: dict[str, str]) -> tuple[int, ...]:
    counted = inputs.get("doses a day") or inputs.get("doses a week") or ""
    return tuple(int(n) for n in counted.split("–") if n)


def _limits(inputs: dict[str, str], size: Fraction, unit: str) -> Iterator[tuple[str, Fraction]]:
    """The maxima among the inputs in the unit of the formula, each with what it is a maximum of."""
    one, base = _in_base(Fraction(1), unit)
    for name, text in inputs.items():
        m = _STATED.fullmatch(text) if name.startswith("maximum") else None
        if m is not None:
            amount, other = _in_base(_value(m["low"]), m["unit"])
            if other == base:
                limit = amount / one * (size if m["per"] else 1)
                yield name.removeprefix("maximum").removesuffix("by size").strip(), limit


def _in_base(amount: Fraction, unit: str) -> tuple[Fraction, str]:
    """An amount in the base unit of its dimension; the unit is as a result words it."""
    factor, base = to_base(Decimal(1), _UCUM.get(unit, unit))
    return amount * Fraction(factor), base


def _in_inputs(match: re.Match[str], inputs: dict[str, str]) -> bool:
    return any(
        name.startswith("maximum") and match.group() == text for name, text in inputs.items()
    )


def _final(
    result: str,
    product: _Amounts,
    basis: str,
    doses: tuple[int, ...],
    limits: list[tuple[str, Fraction]],
) -> Iterator[tuple[Fraction, Fraction]]:
    """Each maximum with the amount that it bounds, of the dose that the result ends with."""
    _, applies, after = result.partition(" appl")
    m = _STATED.search(after.partition(": ")[2]) if applies else None
    high = _amounts(m)[1] if m else product[1]
    for of, limit in limits:
        if of in ("", basis):
            yield limit, high
        elif of == "a dose" and len(doses) and min(doses) == max(doses):
            yield limit, high / doses[0]
