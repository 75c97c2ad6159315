"""The maxima that a text states for its doses: beside a dose, before it, after it."""

from __future__ import annotations

import re

from osler.domain import Comparator, Dosage, DosageRole
from osler.dosage.by_size import Ceiling

_PER_DOSE = re.compile(
    r"(?:/|\bper\s+|\b(?:each|an?y?|single|one|no)\s+)(?:single\s+)?doses?\b", re.I
)
_DENIED = re.compile(r"\b(?:no|not|never|without)\b[^.;]{0,25}$", re.I)
_ALTERNATIVE = re.compile(r"[\s,(]*(?:\bor\b|\band\b)?\s*", re.I)


def ceilings_for(dosage: Dosage, dosages: tuple[Dosage, ...], text: str) -> tuple[Ceiling, ...]:
    """The maxima of a dosage among all `dosages` that were read from `text`, in order.

    They are those that follow it up to the next dose, and those that stand before the first
    dose and so hold for all. What follows two that "or" alone joins holds for either.
    """
    found: list[Ceiling] = []
    if dosage.maximum is not None:
        m = dosage.maximum
        found.append(Ceiling(m.amount, m.unit, m.per, m.per_time))
    bounds = [d for i, d in enumerate(dosages) if _is_ceiling(dosages, i, text)]
    doses = [d.start for d in dosages if d not in bounds]
    until = _next_of(dosage, [d for d in dosages if d not in bounds], text)
    for bound in bounds:
        if bound.start < min(doses) or dosage.start < bound.start < until:
            found.append(_ceiling(bound, found, text))
    return _without_repeats(found)


_OR = re.compile(r"[\s,]*\bor\s+", re.I)


def _next_of(dosage: Dosage, doses: list[Dosage], text: str) -> int:
    """Where the next dose begins that is no alternative to this one."""
    end = dosage.end
    for other in sorted(doses, key=lambda d: d.start):
        if other.start <= dosage.start:
            continue
        if _OR.fullmatch(text, end, other.start) is None:
            return other.start
        end = other.end
    return len(text) + 1


def doses_of(dosages: tuple[Dosage, ...], text: str) -> tuple[Dosage, ...]:
    """The dosages that are doses and not maxima of them."""
    return tuple(d for i, d in enumerate(dosages) if not _is_ceiling(dosages, i, text))


def ceilings_in(dosages: tuple[Dosage, ...], text: str) -> tuple[Ceiling, ...] | None:
    """The maxima of a text that states nothing else; None where it states a dose, or nothing."""
    if not dosages or doses_of(dosages, text):
        return None
    return _without_repeats([_ceiling(d, [], text) for d in dosages])


def _is_ceiling(dosages: tuple[Dosage, ...], index: int, text: str) -> bool:
    """Whether an amount bounds a dose and is none: "maximum 1 g", "no more than 1 g per dose"."""
    dosage = dosages[index]
    if dosage.low is None or dosage.unit is None:
        return False
    if dosage.role is DosageRole.MAXIMUM:
        return True
    if dosage.role is not DosageRole.DOSE or dosage.per is not None:
        return False
    if dosage.comparator is Comparator.AT_MOST:
        return True
    if dosage.comparator is Comparator.GREATER:
        return _DENIED.search(text[: dosage.start]) is not None
    # "maximum 60 mg/kg/day or 4 g daily": of two maxima the lower holds.
    return bool(
        index
        and dosages[index - 1].role is DosageRole.MAXIMUM
        and dosages[index - 1].per is not None
        and _ALTERNATIVE.fullmatch(text, dosages[index - 1].end, dosage.start)
    )


def _ceiling(dosage: Dosage, before: list[Ceiling], text: str) -> Ceiling:
    assert dosage.low is not None
    assert dosage.unit is not None
    basis = _basis(dosage, text)
    if basis is None and dosage.role is DosageRole.DOSE and before and before[-1].per:
        basis = before[-1].basis  # "60 mg/kg a day or 4 g, whichever is less"
    return Ceiling(dosage.low, dosage.unit, dosage.per, basis)


def _basis(dosage: Dosage, text: str) -> str | None:
    """What a maximum is of, in words beside it: "dose", or a unit of time."""
    if _PER_DOSE.search(dosage.text) or _PER_DOSE.match(text, dosage.end):
        return "dose"
    if dosage.per_time is not None:
        return dosage.per_time
    f = dosage.frequency
    if f is not None and f.count == 1 and f.period_low == f.period_high == 1 and f.period_unit:
        return f.period_unit
    clause = re.split(r"[;.]\s", text[max(0, dosage.start - 40) : dosage.start])[-1]
    return "dose" if _PER_DOSE.search(clause) else None


def _without_repeats(found: list[Ceiling]) -> tuple[Ceiling, ...]:
    """Each maximum once; the same amount with and without what it is a maximum of is one."""
    kept: dict[tuple[object, ...], Ceiling] = {}
    for ceiling in found:
        key = (ceiling.amount, ceiling.unit, ceiling.per)
        if key not in kept or kept[key].basis is None:
            kept[key] = ceiling
    return tuple(kept.values())
