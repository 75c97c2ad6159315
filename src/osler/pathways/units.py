"""Units of a record: as UCUM where they are not, metric where they are not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from osler.dosage.units import UNIT, read_unit
from osler.pathways.quantities import UCUM, Quantity, convert
from osler.pathways.ucum import parse_unit

EGFR = "mL/min/{1.73_m2}"
"""The UCUM code of an eGFR's unit."""

_WRITTEN = {
    "mmhg": "mm[Hg]", "mm hg": "mm[Hg]", "cmh2o": "cm[H2O]", "lb": "[lb_av]", "lbs": "[lb_av]",
    "pound": "[lb_av]", "pounds": "[lb_av]", "oz": "[oz_av]", "ounce": "[oz_av]",
    "ounces": "[oz_av]", "stone": "[stone_av]", "in": "[in_i]", "inch": "[in_i]",
    "inches": "[in_i]", "ft": "[ft_i]", "feet": "[ft_i]", "foot": "[ft_i]", "°c": "Cel",
    "degc": "Cel", "celsius": "Cel", "°f": "[degF]", "degf": "[degF]", "fahrenheit": "[degF]",
    "iu": "[iU]", "iu/l": "[iU]/L", "miu/l": "m[iU]/L", "iu/ml": "[iU]/mL", "u/l": "U/L",
    "bpm": "/min", "beats/min": "/min", "beats/minute": "/min", "breaths/min": "/min",
    "/minute": "/min", "per minute": "/min", "year": "a", "years": "a", "yr": "a", "yrs": "a",
    "month": "mo", "months": "mo", "week": "wk", "weeks": "wk", "day": "d", "days": "d",
    "hour": "h", "hours": "h", "hr": "h", "minute": "min", "minutes": "min", "second": "s",
    "seconds": "s", "sec": "s", "kg/m²": "kg/m2", "kg/m^2": "kg/m2", "m²": "m2", "m^2": "m2",
    "ml/min": "mL/min", "percent": "%", "cm": "cm",
    "mcg": "ug", "kg": "kg", "kgs": "kg", "kilograms": "kg", "kilogram": "kg", "lpm": "L/min",
}  # fmt: skip
_POWER = re.compile(r"^(?:x\s?)?10\s?(?:\^|\*|e|\*\*)?\s?(\d+)\s?/\s?([a-zA-Zµμ]+)$", re.IGNORECASE)
# An eGFR's, however it is written ("mL/min/{1.73m2}", "mL/min/1.73_m2", "mL/min/BSA").
_PER_AREA = re.compile(
    r"ml/min(?:ute)?\s?/\s?\{?(?:1[.,]73(?:[ _]?(?:m(?:\^|\*{1,2})?[2²]|sq\.?[ _]?m))?|bsa)\}?",
    re.IGNORECASE,
)
_METRIC = {
    "[lb_av]": "kg", "[stone_av]": "kg", "[oz_av]": "g", "[in_i]": "cm", "[ft_i]": "cm",
    "[degF]": "Cel",
}  # fmt: skip


def unit_of(data: Mapping[str, Any]) -> str | None:
    """The UCUM code of a FHIR Quantity, from its code or as its unit is written.

    "1" where it says no unit; None where the unit is not known.
    """
    code, system = data.get("code"), data.get("system")
    if isinstance(code, str) and system in (UCUM, None) and _PER_AREA.fullmatch(code):
        return EGFR
    if isinstance(code, str) and system in (UCUM, None) and parse_unit(code) is not None:
        return code
    text = data.get("unit") or (code if system in (UCUM, None) else None)
    if text is None:
        return "1" if code is None else None
    return read_written(str(text))


def read_written(text: str) -> str | None:
    """The UCUM code of a unit as people write it; None where it is not known."""
    plain = " ".join(text.replace("μ", "u").replace("µ", "u").split())
    if _PER_AREA.fullmatch(plain):
        return EGFR
    found = _WRITTEN.get(plain.lower())
    if found is not None:
        return found
    if parse_unit(plain) is not None:
        return plain
    power = _POWER.match(plain)
    if power is not None:
        return f"10*{power[1]}/{power[2]}"
    parts = plain.split("/")
    codes = [read_unit(part.strip()) for part in parts if re.fullmatch(UNIT, part.strip())]
    joined = "/".join(codes)
    return joined if len(codes) == len(parts) and parse_unit(joined) is not None else None


def normalised(data: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """A FHIR Quantity with a UCUM code, in a metric unit, and what was done, in words.

    Nothing is done to a quantity whose unit is not known; the words then say so.
    """
    unit = unit_of(data)
    result = dict(data)
    if unit is None:
        shown = str(data.get("unit") or data.get("code"))[:40]
        return result, f"The unit “{shown}” is not known: nothing can be compared with it."
    if unit == "1" and "code" not in data:
        return result, ""
    metric = _METRIC.get(unit)
    value = data.get("value")
    if metric is not None and value is not None:
        number = Decimal(str(value))
        converted = convert(Quantity(number, unit), metric)
        if converted is not None:
            rounded = round(converted.value, 4).normalize()
            result |= {"value": rounded, "unit": metric, "system": UCUM, "code": metric}
            return result, f"{number:f} {data.get('unit', unit)} is taken as {rounded:f} {metric}."
    if data.get("code") != unit or data.get("system") != UCUM:
        result |= {"system": UCUM, "code": unit}
    return result, ""
