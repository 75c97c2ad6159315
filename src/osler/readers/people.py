"""Whom a dose is for, in Spanish: stages of life and bounds, each read back to what it was.

A bound is written from its numbers, in the unit in which the source gives it, and the Spanish is
put back into English and read again (`osler.statements.read_group`): only what comes out as the
same bound, open or closed at the same ends, is said.
"""

from __future__ import annotations

import re
from decimal import Decimal

from osler.domain import Combinator, Criterion, Group
from osler.statements import read_group

# Stages of life that have one Spanish word, and the English it is read back as.
_STAGES = {
    "adult": ("adultos", "adults"),
    "child": ("niños", "children"),
    "adolescent": ("adolescentes", "adolescents"),
    "infant": ("lactantes", "infants"),
    "neonate": ("recién nacidos", "neonates"),
    "older": ("personas mayores", "older people"),
    "pregnant": ("embarazadas", "pregnant women"),
}
_OPEN = re.compile(r"[<>]|\b(?:above|over|below|under|more|less|older|younger)\b", re.I)
_MONTHS = Decimal(12)
_ANYONE = "personas"
# Spanish before and behind the numbers -> the English that is read back.
_MEASURES = {
    "weight": ("que pesan ", "kg", "weighing {}"),
    "crcl": ("con aclaramiento de creatinina ", "ml/min", "creatinine clearance {}"),
    "egfr": ("con filtrado glomerular (eGFR) ", "ml/min/1,73 m²", "eGFR {}"),
}
_ENGLISH_UNITS = {"kg": "kg", "ml/min": "mL/min", "ml/min/1,73 m²": "mL/min/1.73 m²"}
BOUNDED = frozenset({"age", *_MEASURES})
"""Attributes whose bounds can be said."""


def in_spanish(group: Group) -> str | None:
    """The people of a group: "niños de 5 a 12 años"; None where one criterion cannot be said.

    Of a group that names anything else than stages of life, pregnancy and bounds nothing is said
    at all: a part of a group is another group.
    """
    held = _told(group.criteria)
    stages = [c for c in held if c.attribute in ("life stage", "pregnancy")]
    bounds = {c.attribute: c for c in held if c.attribute in BOUNDED}
    if not held or len(stages) + len(bounds) != len(held):
        return None
    if any(c.value not in _STAGES or c.negated or c.alternatives for c in stages):
        return None
    if len(held) > 1 and group.combinator is Combinator.ANY and bounds:
        return None
    if len(stages) > 1 and (bounds or group.combinator is not Combinator.ANY):
        return None
    spanish = [" y ".join(_STAGES[str(c.value)][0] for c in stages) or _ANYONE]
    english = [" and ".join(_STAGES[str(c.value)][1] for c in stages)]
    for attribute in ("age", *_MEASURES):
        if attribute in bounds:
            said = _bound(bounds[attribute])
            if said is None:
                return None
            spanish.append(said[0])
            english.append(said[1])
    read = read_group(f"{' '.join(each for each in english if each)}: give it")
    same = sorted(map(_key, _told(read.criteria))) == sorted(map(_key, held))
    together = len(held) == 1 or read.combinator is group.combinator
    return " ".join(spanish) if same and together else None


def _told(criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """The criteria, each once; that a pregnant person is a woman is not said."""
    held = tuple(dict.fromkeys(criteria))
    pregnant = any(c.value == "pregnant" for c in held)
    return tuple(c for c in held if not (pregnant and c.attribute == "sex"))


def _bound(criterion: Criterion) -> tuple[str, str] | None:
    """A bound in Spanish, and the English that the Spanish stands for."""
    if criterion.negated or criterion.alternatives:
        return None
    ends = []
    for number in (criterion.low, criterion.high):
        end = None if number is None else _end(criterion, number)
        if number is not None and end is None:
            return None
        ends.append(end)
    low, high = ends
    if low and high:
        if not (criterion.low_inclusive and criterion.high_inclusive):
            return None
        if _OPEN.search(criterion.text):  # "above 30 to 60": which end is open is not certain
            return None
        (first, unit), (_, last) = (end[1].split(" ", 1) for end in (low, high))
        if unit.removesuffix("s") == last.removesuffix("s"):  # "1 to 3 years"
            spanish, english = f"de {low[0].split(' ', 1)[0]} a {high[0]}", f"{first} to {high[1]}"
        else:
            spanish, english = f"de {low[0]} a {high[0]}", f"{low[1]} to {high[1]}"
    elif low:
        spanish = f"de {low[0]} o más" if criterion.low_inclusive else f"de más de {low[0]}"
        english = f"{low[1]} and over" if criterion.low_inclusive else f"over {low[1]}"
    elif high:
        spanish = f"de hasta {high[0]}" if criterion.high_inclusive else f"de menos de {high[0]}"
        english = f"up to {high[1]}" if criterion.high_inclusive else f"under {high[1]}"
    else:
        return None
    if criterion.attribute == "age":
        return spanish, english
    lead, _, frame = _MEASURES[criterion.attribute]
    bare = spanish if criterion.attribute != "weight" or (low and high) else spanish[3:]
    return f"{lead}{bare}", frame.format(english)


def _end(criterion: Criterion, number: Decimal) -> tuple[str, str] | None:
    """One end of a bound with its unit, in Spanish and in English."""
    if criterion.attribute != "age":
        unit = _MEASURES[criterion.attribute][1]
        plain = f"{number.normalize():f}"
        return f"{plain.replace('.', ',')} {unit}", f"{plain} {_ENGLISH_UNITS[unit]}"
    if number == number.to_integral_value() and re.search(
        rf"(?<![\d.]){int(number)}(?![\d.])", criterion.text
    ):
        years = int(number)
        return f"{years} año{'s' * (years != 1)}", f"{years} year{'s' * (years != 1)}"
    months = (number * _MONTHS).to_integral_value()
    stated = re.search(rf"(?<![\d.]){int(months)}(?![\d.])", criterion.text) is not None
    if (
        abs(number * _MONTHS - months) > Decimal("0.01")
        or not stated
        or "month" not in (criterion.text.lower())
    ):
        return None
    count = int(months)
    return f"{count} mes{'es' * (count != 1)}", f"{count} month{'s' * (count != 1)}"


def _key(criterion: Criterion) -> tuple[str, ...]:
    ends = (criterion.low, criterion.high)
    alternatives = sorted(str(c.value) for c in criterion.alternatives)
    return (
        criterion.attribute,
        str(criterion.value),
        *("" if end is None else f"{end:.3f}" for end in ends),
        str(criterion.low is not None and criterion.low_inclusive),
        str(criterion.high is not None and criterion.high_inclusive),
        str(criterion.negated),
        *alternatives,
    )
