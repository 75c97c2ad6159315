"""A dose worked out for a patient: so much per kg, times the weight that the claim gives."""

from __future__ import annotations

from decimal import Decimal

from osler.checking.tokens import Quantity, Token

# A product may be rounded a little: 1.6 micrograms/kg for 72 kg is "about 115 micrograms".
_ROUNDING = Decimal("0.02")
_KILOGRAM = Decimal(1_000_000_000)  # micrograms


def is_worked_out(q: Quantity, claim: tuple[Token, ...], stated: tuple[Token, ...]) -> bool:
    """Whether a claim's amount is a stated one per kg (or m²) times the claim's weight (area).

    It must lie between the ends of the stated range, and no higher than any maximum among
    `stated` that is not per kg itself.
    """
    for name, size in _sizes(claim):
        for token in stated:
            other = token.quantity
            if other is None or other.unit != q.unit or name not in other.per:
                continue
            rest = tuple(unit for unit in other.per if unit != name)
            if rest != q.per or q.comparator not in ("", "~", other.comparator):
                continue
            if other.comparator not in ("", "~", "<=") or (
                other.comparator == "<=" and q.comparator != "<="
            ):
                continue
            low, high = other.low * size, other.high * size
            ceiling = _ceiling(q, stated)
            if ceiling is not None and high > ceiling:
                low, high = min(low, ceiling), ceiling
            if low * (1 - _ROUNDING) <= q.low and q.high <= high * (1 + _ROUNDING):
                return True
    return False


def uses_size(token: Token, stated: tuple[Token, ...]) -> bool:
    """Whether a claim's weight (area) is what a stated amount per kg (m²) is multiplied with."""
    names = [name for name, _ in _sizes((token,))]
    return any(t.quantity and name in t.quantity.per for t in stated for name in names)


def _sizes(claim: tuple[Token, ...]) -> list[tuple[str, Decimal]]:
    found = []
    for token in claim:
        q = token.quantity
        if q is None or q.low != q.high or q.comparator not in ("", "~"):
            continue
        if q.role == "weight":
            found.append(("kg", q.low / _KILOGRAM))
        elif q.unit == "m2":
            found.append(("m2", q.low))
    return found


def _ceiling(q: Quantity, stated: tuple[Token, ...]) -> Decimal | None:
    ceilings = [
        t.quantity.high
        for t in stated
        if t.quantity
        and t.quantity.comparator == "<="
        and t.quantity.unit == q.unit
        and t.quantity.per == q.per
        and t.quantity.role != "weight"
    ]
    return min(ceilings, default=None)
