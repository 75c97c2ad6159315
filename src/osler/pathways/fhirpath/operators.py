"""The operators, in three-valued logic: what cannot be told is empty, never false."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from osler.pathways import quantities
from osler.pathways.fhirpath.budget import checked_text
from osler.pathways.fhirpath.errors import ExpressionError
from osler.pathways.fhirpath.moments import Moment
from osler.pathways.fhirpath.values import Collection, shown, single, truth_of, value_of
from osler.pathways.quantities import Quantity, in_range

_LONGEST_UNIT = 200


def equal(a: Any, b: Any) -> bool | None:
    """Whether two items are equal; None where it cannot be told."""
    x, y = value_of(a), value_of(b)
    if type(x) is str and type(y) is str:
        return x == y
    if isinstance(x, Quantity) or isinstance(y, Quantity):
        pair = _as_quantities(x, y)
        return False if pair is None else quantities.equal(*pair)
    if isinstance(x, Moment) or isinstance(y, Moment):
        moments = _as_moments(x, y)
        if moments is None:
            return False
        compared = moments[0].compare(moments[1])
        return None if compared is None else compared == 0
    if isinstance(x, bool) or isinstance(y, bool):
        return x is y
    if isinstance(x, Mapping) and isinstance(y, Mapping):
        return dict(x) == dict(y)
    return bool(x == y) if _alike(x, y) else False


def all_equal(a: Collection, b: Collection) -> bool | None:
    """Whether two collections are equal, item by item; None where either is empty."""
    if not a or not b:
        return None
    if len(a) != len(b):
        return False
    if len(a) == 1:
        return equal(a[0], b[0])
    found = [equal(x, y) for x, y in zip(a, b, strict=True)]
    return False if False in found else None if None in found else True


def equivalent(a: Collection, b: Collection) -> bool | None:
    """FHIRPath's "~": texts without regard to case and space, in any order."""
    if len(a) != len(b):
        return False
    rest = list(b)
    for x in a:
        for i, y in enumerate(rest):
            found = _alike_enough(x, y)
            if found is None:
                return None
            if found:
                del rest[i]
                break
        else:
            return False
    return True


def _alike_enough(a: Any, b: Any) -> bool | None:
    x, y = value_of(a), value_of(b)
    if isinstance(x, str) and isinstance(y, str):
        return " ".join(x.lower().split()) == " ".join(y.lower().split())
    if isinstance(x, Decimal | int) and isinstance(y, Decimal | int) and not isinstance(x, bool):
        places = min(max(0, -int(Decimal(n).as_tuple().exponent)) for n in (x, y))
        return round(Decimal(x), places) == round(Decimal(y), places)
    return equal(a, b)


def _less(x: Any, y: Any) -> bool | None:
    if isinstance(x, Quantity) or isinstance(y, Quantity):
        pair = _as_quantities(x, y)
        if pair is not None:
            return quantities.less(*pair)
    elif isinstance(x, Moment) or isinstance(y, Moment):
        moments = _as_moments(x, y)
        if moments is not None:
            found = moments[0].compare(moments[1])
            return None if found is None else found < 0
    elif _alike(x, y) and not isinstance(x, bool | Mapping):
        return bool(x < y)
    raise ExpressionError(f"cannot compare {shown(x)} with {shown(y)}")


def _less_or_equal(x: Any, y: Any) -> bool | None:
    if isinstance(x, Quantity) or isinstance(y, Quantity):
        pair = _as_quantities(x, y)
        if pair is not None:
            return quantities.less_or_equal(*pair)
    found = _less(y, x)
    return None if found is None else not found


def _as_quantities(x: Any, y: Any) -> tuple[Quantity, Quantity] | None:
    pair = [
        Quantity(Decimal(v), "1") if isinstance(v, int | Decimal) and not isinstance(v, bool) else v
        for v in (x, y)
    ]
    a, b = pair
    return (a, b) if isinstance(a, Quantity) and isinstance(b, Quantity) else None


def _as_moments(x: Any, y: Any) -> tuple[Moment, Moment] | None:
    a = Moment.read(x) if isinstance(x, str) else x
    b = Moment.read(y) if isinstance(y, str) else y
    return (a, b) if isinstance(a, Moment) and isinstance(b, Moment) else None


def _alike(x: Any, y: Any) -> bool:
    numbers = isinstance(x, int | Decimal) and isinstance(y, int | Decimal)
    return (numbers and not isinstance(x, bool) and not isinstance(y, bool)) or type(x) is type(y)


def _order(op: Callable[[Any, Any], bool | None], swap: bool) -> Callable[..., bool | None]:
    def compare(a: Collection, b: Collection) -> bool | None:
        x, y = single(a, "the left side"), single(b, "the right side")
        if x is None or y is None:
            return None
        return op(y, x) if swap else op(x, y)

    return compare


def _not_equal(a: Collection, b: Collection) -> bool | None:
    found = all_equal(a, b)
    return None if found is None else not found


def _not_equivalent(a: Collection, b: Collection) -> bool | None:
    found = equivalent(a, b)
    return None if found is None else not found


def _member(a: Collection, b: Collection) -> bool | None:
    if not a:
        return None
    if len(a) > 1:
        raise ExpressionError(f"the left side of “in” has {len(a)} values")
    found = [equal(a[0], y) for y in b]
    return True if True in found else None if None in found else False


def _and(a: bool | None, b: bool | None) -> bool | None:
    return False if a is False or b is False else None if a is None or b is None else True


def _or(a: bool | None, b: bool | None) -> bool | None:
    return True if a or b else None if a is None or b is None else False


LOGIC: dict[str, Callable[[bool | None, bool | None], bool | None]] = {
    "and": _and,
    "or": _or,
    "xor": lambda a, b: None if a is None or b is None else a is not b,
    "implies": lambda a, b: _or(None if a is None else not a, b),
}
"""By name; the sides are truths."""
COMPARISON: dict[str, Callable[[Collection, Collection], bool | None]] = {
    "=": all_equal,
    "!=": _not_equal,
    "~": equivalent,
    "!~": _not_equivalent,
    "<": _order(_less, False),
    ">": _order(_less, True),
    "<=": _order(_less_or_equal, False),
    ">=": _order(_less_or_equal, True),
    "in": _member,
    "contains": lambda a, b: _member(b, a),
}
"""By sign; the sides are collections."""


def calculate(op: str, a: Collection, b: Collection) -> Collection:
    """The result of + - * / div mod &; empty where a side is, or on division by nought."""
    x, y = single(a, f"the left side of “{op}”"), single(b, f"the right side of “{op}”")
    if op == "&":
        for value in (x, y):
            if not isinstance(value, str | None):
                raise ExpressionError(f"“&” joins texts, not {shown(value)}")
        return [checked_text((x or "") + (y or ""))]
    if x is None or y is None:
        return []
    try:
        result = _calculated(op, x, y)
        number = result.value if isinstance(result, Quantity) else result
        in_range(number if isinstance(number, int | Decimal) else None)
    except ArithmeticError:
        raise ExpressionError(f"{shown(x)} {op} {shown(y)} is beyond what is calculated") from None
    if isinstance(result, Quantity) and len(result.unit) > _LONGEST_UNIT:
        raise ExpressionError("a unit is made of too many others")
    return [] if result is None else [result]


def _calculated(op: str, x: Any, y: Any) -> Any:
    sign = -1 if op == "-" else 1
    if op == "+" and isinstance(x, str) and isinstance(y, str):
        return checked_text(x + y)
    if op in "+-" and isinstance(x, Moment) and isinstance(y, Quantity):
        return x.plus(y, sign)
    if isinstance(x, Quantity) or isinstance(y, Quantity):
        pair = _as_quantities(x, y)
        if pair is not None and op in "+-*/":
            if op in "+-":
                return quantities.add(*pair, sign)
            return quantities.multiply(*pair) if op == "*" else quantities.divide(*pair)
    elif _alike(x, y) and isinstance(x, int | Decimal) and not isinstance(x, bool):
        return _number(op, x, y)
    raise ExpressionError(f"cannot calculate {shown(x)} {op} {shown(y)}")


def _number(op: str, x: int | Decimal, y: int | Decimal) -> int | Decimal | None:
    match op:
        case "+":
            return x + y
        case "-":
            return x - y
        case "*":
            return x * y
    if not y:
        return None
    if op == "/":
        return Decimal(x) / Decimal(y)
    return int(Decimal(x) / Decimal(y)) if op == "div" else Decimal(x) % Decimal(y)


def logic(op: str, a: Collection, b: Collection) -> bool | None:
    """The result of and, or, xor, implies."""
    sides = truth_of(a, f"the left side of “{op}”"), truth_of(b, f"the right side of “{op}”")
    return LOGIC[op](*sides)
