"""The primitive types of FHIR R4 (https://hl7.org/fhir/R4/datatypes.html#primitive)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

_DATE = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?"
_ZONE = r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))"
_FORMS = {
    "date": re.compile(_DATE),
    "dateTime": re.compile(
        rf"\d{{4}}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T{_CLOCK}{_ZONE})?)?)?"
    ),
    "instant": re.compile(rf"\d{{4}}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T{_CLOCK}{_ZONE}"),
    "time": re.compile(_CLOCK),
    "id": re.compile(r"#?[A-Za-z0-9\-.]{1,64}"),
    "code": re.compile(r"[^\s]+(?: [^\s]+)*"),
    "uri": re.compile(r"\S*"),
    "url": re.compile(r"\S*"),
    "canonical": re.compile(r"\S*"),
}
_TEMPORAL = ("date", "dateTime", "instant")
_WHOLE = {"integer": -(2**31), "unsignedInt": 0, "positiveInt": 1}
_LARGEST = Decimal("1e18")
_SMALLEST = 100  # digits after the point


def fault_of(value: object, kind: str) -> str | None:
    """What is wrong with a value of a primitive type, in words; None where nothing is."""
    if kind == "boolean":
        return None if isinstance(value, bool) else f"{_shown(value)} is neither true nor false."
    if kind in _WHOLE:
        if not isinstance(value, int) or isinstance(value, bool):
            return f"{_shown(value)} is no whole number."
        least = _WHOLE[kind]
        return None if least <= value < 2**31 else f"{_shown(value)} is out of range."
    if kind == "decimal":
        return _decimal_fault(value)
    if not isinstance(value, str):
        return f"{_shown(value)} is no text ({kind})."
    form = _FORMS.get(kind)
    if form is not None and not form.fullmatch(value):
        return f"{_shown(value)} is no {kind}."
    if kind in _TEMPORAL and len(value) >= 10:
        try:
            date.fromisoformat(value[:10])
        except ValueError:
            return f"{_shown(value)} is no day of the calendar."
    if kind in _TEMPORAL and value.startswith("0000"):
        return f"{_shown(value)} is no year."
    return None


def read_number(text: str, kind: str) -> int | Decimal | bool | None:
    """A number or boolean that was written as a string; None where it is none of this type."""
    if kind == "boolean":
        return {"true": True, "false": False}.get(text)
    if kind not in _WHOLE and kind != "decimal":
        return None
    try:
        number = Decimal(text) if kind == "decimal" else int(text)
    except (ValueError, InvalidOperation):
        return None
    return number if fault_of(number, kind) is None else None


def _decimal_fault(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return f"{_shown(value)} is no number."
    number = Decimal(value)
    if not number.is_finite():
        return f"{_shown(value)} is no number."
    if abs(number) > _LARGEST:
        return f"{_shown(value)} is larger than anything measured."
    if number and number.adjusted() < -_SMALLEST:
        return f"{_shown(value)} is smaller than anything measured."
    return None


def _shown(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 200:
        return "The number"  # Python refuses to write out thousands of digits
    text = str(value)
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"
