"""Numbers, objects and quantities of FHIR's JSON, checked as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from osler.domain.dosage import Comparator
from osler.domain.errors import DosageError
from osler.dosage.contract import number
from osler.dosage.wording import format_number

UCUM = "http://unitsofmeasure.org"


def quantity(value: Decimal, unit: str, comparator: Comparator | None = None) -> dict[str, Any]:
    """A FHIR Quantity in UCUM."""
    result: dict[str, Any] = {"value": number(value), "unit": unit, "system": UCUM, "code": unit}
    if comparator and comparator is not Comparator.ABOUT:
        result["comparator"] = comparator.value
    return result


def as_object(value: Any) -> Mapping[str, Any]:
    """The JSON object that a value must be; DosageError where it is none."""
    if not isinstance(value, Mapping):
        raise DosageError(f"FHIR Dosage: expected an object, found {type(value).__name__}")
    return value


def as_decimal(value: Any, name: str) -> Decimal:
    """The finite number that a value must be; DosageError where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise DosageError(f"FHIR Dosage: {name} must be a number")
    try:
        result = Decimal(str(value))
    except InvalidOperation as error:
        raise DosageError(f"FHIR Dosage: {name} must be a number, not {value!r}") from error
    if not result.is_finite():
        raise DosageError(f"FHIR Dosage: {name} must be finite")
    return Decimal(format_number(result).replace(",", ""))


def as_whole(value: Any, name: str) -> int:
    """The whole number that a value must be; DosageError where it is none."""
    found = as_decimal(value, name)
    if found != found.to_integral_value():
        raise DosageError(f"FHIR Dosage: {name} must be a whole number")
    return int(found)


def read_quantity(value: Any, name: str) -> tuple[Decimal, str, Comparator | None]:
    """Value, unit and comparator of a Quantity; DosageError where it lacks one."""
    said = as_object(value)
    if "value" not in said:
        raise DosageError(f"FHIR Dosage: {name} has no value")
    unit = said.get("code") or said.get("unit")
    if not isinstance(unit, str):
        raise DosageError(f"FHIR Dosage: {name} has no unit")
    compared = said.get("comparator")
    try:
        comparator = Comparator(compared) if compared else None
    except ValueError as error:
        raise DosageError(f"FHIR Dosage: unknown comparator {compared!r}") from error
    return as_decimal(said["value"], name), unit, comparator
