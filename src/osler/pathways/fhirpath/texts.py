"""Functions on texts and on numbers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

from osler.pathways.fhirpath.budget import TEXT, checked_text
from osler.pathways.fhirpath.errors import ExpressionError, TooCostly
from osler.pathways.fhirpath.patterns import found_in, replaced
from osler.pathways.fhirpath.values import Collection, Scope, shown, single, value_of
from osler.pathways.quantities import Quantity, in_range

_LARGEST = Decimal("1e100")


def _text(items: Collection, what: str) -> str | None:
    value = single(items, what)
    if value is None or isinstance(value, str):
        return value
    raise ExpressionError(f"{what} is {shown(value)}, no text")


def _on_text(function: Callable[..., Any]) -> Callable[..., Collection]:
    def run(scope: Scope, items: Collection, *arguments: Collection) -> Collection:
        text = _text(items, "what the function is said of")
        values = [single(argument, "an argument") for argument in arguments]
        if text is None or None in values:
            return []
        scope.budget.spend(1 + len(text) // 16)
        try:
            result = function(text, *values)
        except (TypeError, ValueError):
            given = ", ".join(map(shown, values))
            raise ExpressionError(f"the function cannot be given {given}") from None
        if result is None:
            return []
        if type(result) is str:
            checked_text(result)
        return result if isinstance(result, list) else [result]

    return run


def _substring(text: str, start: int, length: int | None = None) -> str | None:
    if not 0 <= start < len(text):
        return None
    return text[start:] if length is None else text[start : start + max(length, 0)]


def _replace(text: str, old: str, new: str) -> str:
    if len(text) + text.count(old) * max(0, len(new) - len(old)) > TEXT:
        raise TooCostly(f"a text has more than {TEXT:,} characters")
    return text.replace(old, new)


def _matches(scope: Scope, items: Collection, pattern: Collection) -> Collection:
    text, wanted = _text(items, "what “matches” is said of"), _text(pattern, "a pattern")
    return [] if text is None or wanted is None else [found_in(scope.budget, wanted, text)]


def _replace_matches(
    scope: Scope, items: Collection, pattern: Collection, by: Collection
) -> Collection:
    text, wanted = _text(items, "what “replaceMatches” is said of"), _text(pattern, "a pattern")
    new = _text(by, "what takes their place")
    if text is None or wanted is None or new is None:
        return []
    return [replaced(scope.budget, wanted, text, new)]


def _join(scope: Scope, items: Collection, separator: Collection | None = None) -> Collection:
    between = _text(separator or [], "the separator") or ""
    texts = [value_of(item) for item in items]
    if not all(isinstance(text, str) for text in texts):
        raise ExpressionError("“join” is said of texts")
    length = sum(map(len, texts)) + len(between) * max(0, len(texts) - 1)
    scope.budget.spend(len(texts) + length // 16)
    if length > TEXT:
        raise TooCostly(f"a text has more than {TEXT:,} characters")
    return [between.join(texts)] if texts else []


TEXTS: dict[str, tuple[int, int, Callable[..., Collection]]] = {
    "indexOf": (1, 1, _on_text(lambda text, part: text.find(part))),
    "substring": (1, 2, _on_text(_substring)),
    "startsWith": (1, 1, _on_text(lambda text, part: text.startswith(part))),
    "endsWith": (1, 1, _on_text(lambda text, part: text.endswith(part))),
    "contains": (1, 1, _on_text(lambda text, part: part in text)),
    "upper": (0, 0, _on_text(str.upper)),
    "lower": (0, 0, _on_text(str.lower)),
    "trim": (0, 0, _on_text(str.strip)),
    "length": (0, 0, _on_text(len)),
    "replace": (2, 2, _on_text(_replace)),
    "matches": (1, 1, _matches),
    "replaceMatches": (2, 2, _replace_matches),
    "split": (1, 1, _on_text(lambda text, between: text.split(between))),
    "toChars": (0, 0, _on_text(list)),
    "join": (0, 1, _join),
}
"""By name: least and most arguments, function."""


def _on_number(function: Callable[..., Any]) -> Callable[..., Collection]:
    def run(scope: Scope, items: Collection, *arguments: Collection) -> Collection:
        value = single(items, "what the function is said of")
        values = [single(argument, "an argument") for argument in arguments]
        if value is None or None in values:
            return []
        unit = value.unit if isinstance(value, Quantity) else None
        number = value.value if isinstance(value, Quantity) else value
        if isinstance(number, bool) or not isinstance(number, int | Decimal):
            raise ExpressionError(f"{shown(value)} is no number")
        try:
            result = in_range(function(number, *values))
        except (ArithmeticError, ValueError, TypeError):
            return []
        if unit is not None and result is not None:
            return [Quantity(Decimal(result), unit, value.comparator)]
        return [] if result is None else [result]

    return run


def _whole(number: int | Decimal, rounding: str) -> int:
    return int(Decimal(number).to_integral_value(rounding=rounding))


def _round(number: int | Decimal, places: int = 0) -> Decimal | int:
    rounded = Decimal(number).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return rounded if places > 0 else int(rounded)


def _logarithm(number: int | Decimal, base: int | Decimal) -> Decimal:
    return Decimal(number).ln() / Decimal(base).ln()


def _power(number: int | Decimal, by: int | Decimal) -> Decimal | int:
    if Decimal(by).copy_abs() > 1000 or Decimal(number).copy_abs() > _LARGEST:
        raise ArithmeticError
    found = Decimal(number) ** Decimal(by)
    exact = isinstance(number, int) and isinstance(by, int) and by >= 0
    return int(found) if exact else found


MATHS: dict[str, tuple[int, int, Callable[..., Collection]]] = {
    "abs": (0, 0, _on_number(abs)),
    "ceiling": (0, 0, _on_number(partial(_whole, rounding=ROUND_CEILING))),
    "floor": (0, 0, _on_number(partial(_whole, rounding=ROUND_FLOOR))),
    "truncate": (0, 0, _on_number(partial(_whole, rounding=ROUND_DOWN))),
    "round": (0, 1, _on_number(_round)),
    "sqrt": (0, 0, _on_number(lambda number: Decimal(number).sqrt())),
    "exp": (0, 0, _on_number(lambda number: Decimal(number).exp())),
    "ln": (0, 0, _on_number(lambda number: Decimal(number).ln())),
    "log": (1, 1, _on_number(_logarithm)),
    "power": (1, 1, _on_number(_power)),
}
"""By name: least and most arguments, function."""
