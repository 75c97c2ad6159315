"""FHIR R4 `Dosage` (https://hl7.org/fhir/R4/dosage.html), both ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from osler.domain.dosage import Comparator, Dosage, DosageRole, Duration, Frequency, Maximum, Phase
from osler.domain.errors import DosageError
from osler.dosage.contract import number
from osler.dosage.routes import ROUTES
from osler.dosage.wording import format_dosage, format_number

_UCUM = "http://unitsofmeasure.org"
_SNOMED = "http://snomed.info/sct"
EXTENSION = "urn:osler:dosage:"
"""Base of the extensions that carry what FHIR's Dosage has no element for."""

# SNOMED CT route of administration values, as in FHIR's own route-codes value set.
_ROUTE_CODES = {
    "oral": ("26643006", "Oral route"),
    "intravenous": ("47625008", "Intravenous route"),
    "intramuscular": ("78421000", "Intramuscular route"),
    "subcutaneous": ("34206005", "Subcutaneous route"),
    "sublingual": ("37839007", "Sublingual route"),
    "buccal": ("54471007", "Buccal route"),
    "rectal": ("37161004", "Rectal route"),
    "vaginal": ("16857009", "Vaginal route"),
    "topical": ("6064005", "Topical route"),
    "ophthalmic": ("54485002", "Ophthalmic route"),
    "otic": ("10547007", "Otic route"),
    "intrathecal": ("72607000", "Intrathecal route"),
    "transdermal": ("45890007", "Transdermal route"),
    "intradermal": ("372464004", "Intradermal route"),
    "intraosseous": ("417255000", "Intraosseous route"),
    "epidural": ("404820008", "Epidural route"),
    "nasogastric": ("127492001", "Nasogastric route"),
    "intranasal": ("46713006", "Nasal route"),
    "intraperitoneal": ("38239002", "Intraperitoneal route"),
    "intra-articular": ("12130007", "Intra-articular route"),
}
_ROUTE_BY_CODE = {code: name for name, (code, _) in _ROUTE_CODES.items()}
_UNITS_OF_TIME = frozenset({"s", "min", "h", "d", "wk", "mo", "a"})


def to_fhir(d: Dosage, *, sequence: int | None = None) -> dict[str, Any]:
    """A FHIR R4 Dosage.

    An amount is `doseQuantity` or `doseRange`; a total or rate for a time ("90 mg/kg/day",
    "5 mg/hour") is `rateQuantity` or `rateRange`. What R4 has no element for (several routes,
    a comparator on a range, a dose divided, a maximum a dose per kg, "until ...", role, phase)
    stands in extensions, so that `from_fhir` gives the dosage back.
    """
    result: dict[str, Any] = {"text": d.text or format_dosage(d)}
    if sequence is not None:
        result["sequence"] = sequence
    extensions = [_extension("role", d.role.value)] if d.role is not DosageRole.DOSE else []
    if d.phase:
        extensions.append(_extension("phase", d.phase.value))
    if d.substance:
        extensions.append(_extension("substance", d.substance))
    if d.divided:
        extensions.append(_extension("divided", f"{d.divided[0]}-{d.divided[1]}"))
    if len(d.routes) > 1:
        extensions.append(_extension("routes", ",".join(d.routes)))
    if d.comparator and (d.comparator is Comparator.ABOUT or d.low != d.high):
        extensions.append(_extension("comparator", d.comparator.value))
    if d.duration and (d.duration.until or d.duration.comparator):
        if d.duration.until:
            extensions.append(_extension("until", d.duration.until))
        if d.duration.comparator:
            extensions.append(_extension("durationComparator", d.duration.comparator.value))
    timing = _timing(d.frequency, d.duration)
    if timing:
        result["timing"] = timing
    if d.duration and d.duration.for_life:
        extensions.append(_extension("forLife", "true"))
    if d.frequency and d.frequency.as_needed:
        result["asNeededBoolean"] = True
    if d.route:
        result["route"] = _route(d.route)
    amount = _dose_and_rate(d)
    if amount:
        result["doseAndRate"] = [amount]
    if d.maximum:
        m = d.maximum
        unit = f"{m.unit}/{m.per}" if m.per else m.unit
        if m.per_time:
            result["maxDosePerPeriod"] = {
                "numerator": _quantity(m.amount, unit),
                "denominator": _quantity(Decimal(1), m.per_time),
            }
        else:
            result["maxDosePerAdministration"] = _quantity(m.amount, unit)
    if extensions:
        result["extension"] = extensions
    return result


def sequence_to_fhir(d: Dosage) -> list[dict[str, Any]]:
    """A dosage and its steps as FHIR Dosages numbered in sequence."""
    return [to_fhir(step, sequence=n) for n, step in enumerate((d, *d.steps), start=1)]


def from_fhir(resource: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> Dosage:
    """The dosage of a FHIR R4 Dosage, or of a list of them in sequence.

    Raises DosageError where an element is malformed or says what `Dosage` cannot.
    """
    if not isinstance(resource, Mapping):
        if not isinstance(resource, Sequence) or isinstance(resource, str) or not resource:
            raise DosageError("a FHIR Dosage must be an object or a list of objects")
        ordered = sorted(resource, key=lambda r: _whole(_object(r).get("sequence", 1), "sequence"))
        first, *rest = [from_fhir(r) for r in ordered]
        return replace(first, steps=tuple(rest))
    said = _said(resource)
    low = high = comparator = per = per_time = unit = None
    rates = resource.get("doseAndRate", [])
    if not isinstance(rates, list):
        raise DosageError("doseAndRate must be a list")
    if rates:
        low, high, comparator, unit, per, per_time = _read_amount(_object(rates[0]))
    frequency, duration = _read_timing(_object(resource.get("timing", {})), resource, said)
    try:
        role = DosageRole(said.get("role", "dose"))
        phase = Phase(said["phase"]) if "phase" in said else None
        compared = Comparator(said["comparator"]) if "comparator" in said else comparator
    except ValueError as error:
        raise DosageError(f"FHIR Dosage: {error}") from error
    route = _read_route(resource)
    routes = tuple(said["routes"].split(",")) if "routes" in said else (route,) if route else ()
    divided = None
    if "divided" in said:
        first_count, _, last_count = said["divided"].partition("-")
        divided = (_whole(first_count, "divided"), _whole(last_count, "divided"))
    text = str(resource.get("text", ""))
    return Dosage(
        text=text, start=0, end=len(text), amount_start=0, amount_end=0, low=low, high=high,
        unit=unit, comparator=compared, per=per, per_time=per_time, divided=divided, route=route,
        routes=routes, frequency=frequency, duration=duration, maximum=_read_maximum(resource),
        role=role, phase=phase, substance=said.get("substance"),
    )  # fmt: skip


def _extension(name: str, value: str) -> dict[str, str]:
    return {"url": EXTENSION + name, "valueString": value}


def _said(resource: Mapping[str, Any]) -> dict[str, str]:
    extensions = resource.get("extension", [])
    if not isinstance(extensions, list):
        raise DosageError("extension must be a list")
    said = {}
    for e in extensions:
        url = str(_object(e).get("url", ""))
        if url.startswith(EXTENSION):
            said[url.removeprefix(EXTENSION)] = str(e.get("valueString", ""))
    return said


def _quantity(value: Decimal, unit: str, comparator: Comparator | None = None) -> dict[str, Any]:
    quantity: dict[str, Any] = {"value": number(value), "unit": unit, "system": _UCUM, "code": unit}
    if comparator and comparator is not Comparator.ABOUT:
        quantity["comparator"] = comparator.value
    return quantity


def _dose_and_rate(d: Dosage) -> dict[str, Any]:
    if d.low is None or d.unit is None:
        return {}
    unit = f"{d.unit}/{d.per}" if d.per else d.unit
    kind = "dose"
    if d.per_time:
        unit, kind = f"{unit}/{d.per_time}", "rate"
    high = d.high if d.high is not None else d.low
    if d.low == high:
        return {f"{kind}Quantity": _quantity(d.low, unit, d.comparator)}
    return {f"{kind}Range": {"low": _quantity(d.low, unit), "high": _quantity(high, unit)}}


def _route(name: str) -> dict[str, Any]:
    route: dict[str, Any] = {"text": name}
    if name in _ROUTE_CODES:
        code, display = _ROUTE_CODES[name]
        route["coding"] = [{"system": _SNOMED, "code": code, "display": display}]
    return route


def _timing(f: Frequency | None, duration: Duration | None) -> dict[str, Any]:
    repeat: dict[str, Any] = {}
    if f and f.once:
        repeat["count"] = 1
    if f and f.period_unit and f.period_low is not None:
        repeat["frequency"] = f.count
        if f.count_high:
            repeat["frequencyMax"] = f.count_high
        repeat["period"] = number(f.period_low)
        if f.period_high is not None and f.period_high != f.period_low:
            repeat["periodMax"] = number(f.period_high)
        repeat["periodUnit"] = f.period_unit
    if f and f.weekdays:
        repeat["dayOfWeek"] = list(f.weekdays)
    if f and f.when:
        repeat["when"] = list(f.when)
    if duration and duration.low is not None and duration.unit:
        high = duration.high if duration.high is not None else duration.low
        if duration.unit == "{dose}":
            repeat["count"] = number(duration.low)
            if high != duration.low:
                repeat["countMax"] = number(high)
        elif duration.low == high:
            repeat["boundsDuration"] = _quantity(duration.low, duration.unit)
        else:
            repeat["boundsRange"] = {
                "low": _quantity(duration.low, duration.unit),
                "high": _quantity(high, duration.unit),
            }
    return {"repeat": repeat} if repeat else {}


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise DosageError(f"FHIR Dosage: expected an object, found {type(value).__name__}")
    return value


def _decimal(value: Any, name: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise DosageError(f"FHIR Dosage: {name} must be a number")
    try:
        result = Decimal(str(value))
    except InvalidOperation as error:
        raise DosageError(f"FHIR Dosage: {name} must be a number, not {value!r}") from error
    if not result.is_finite():
        raise DosageError(f"FHIR Dosage: {name} must be finite")
    return Decimal(format_number(result).replace(",", ""))


def _whole(value: Any, name: str) -> int:
    found = _decimal(value, name)
    if found != found.to_integral_value():
        raise DosageError(f"FHIR Dosage: {name} must be a whole number")
    return int(found)


def _read_quantity(value: Any, name: str) -> tuple[Decimal, str, Comparator | None]:
    quantity = _object(value)
    if "value" not in quantity:
        raise DosageError(f"FHIR Dosage: {name} has no value")
    unit = quantity.get("code") or quantity.get("unit")
    if not isinstance(unit, str):
        raise DosageError(f"FHIR Dosage: {name} has no unit")
    compared = quantity.get("comparator")
    try:
        comparator = Comparator(compared) if compared else None
    except ValueError as error:
        raise DosageError(f"FHIR Dosage: unknown comparator {compared!r}") from error
    return _decimal(quantity["value"], name), unit, comparator


_Amount = tuple[Decimal, Decimal, Comparator | None, str, str | None, str | None]


def _read_amount(rate: Mapping[str, Any]) -> _Amount:
    for name in ("doseQuantity", "rateQuantity"):
        if name in rate:
            value, unit, comparator = _read_quantity(rate[name], name)
            return value, value, comparator, *_split(unit, name.startswith("rate"))
    for name in ("doseRange", "rateRange"):
        if name in rate:
            ends = _object(rate[name])
            low, unit, _ = _read_quantity(ends.get("low", {}), f"{name}.low")
            high, other, _ = _read_quantity(ends.get("high", {}), f"{name}.high")
            if unit != other:
                raise DosageError(f"FHIR Dosage: the ends of {name} have different units")
            return low, high, None, *_split(unit, name.startswith("rate"))
    if "rateRatio" in rate:
        ratio = _object(rate["rateRatio"])
        top, unit, comparator = _read_quantity(ratio.get("numerator", {}), "rateRatio.numerator")
        bottom, time, _ = _read_quantity(ratio.get("denominator", {}), "rateRatio.denominator")
        if time not in _UNITS_OF_TIME or not bottom:
            raise DosageError(f"FHIR Dosage: rateRatio for {bottom} {time}")
        value = top / bottom
        unit, per, _time = _split(unit, False)
        return value, value, comparator, unit, per, time
    raise DosageError("FHIR Dosage: doseAndRate states neither a dose nor a rate")


def _split(unit: str, rate: bool) -> tuple[str, str | None, str | None]:
    per = per_time = None
    parts = unit.split("/")
    if rate and len(parts) > 1 and parts[-1] in _UNITS_OF_TIME:
        per_time = parts.pop()
    if len(parts) > 1 and parts[-1] in ("kg", "m2"):
        per = parts.pop()
    return "/".join(parts), per, per_time


def _read_timing(
    timing: Mapping[str, Any], resource: Mapping[str, Any], said: Mapping[str, str]
) -> tuple[Frequency | None, Duration | None]:
    repeat = _object(timing.get("repeat", {}))
    duration = _read_duration(repeat, said)
    needed = resource.get("asNeededBoolean") is True or "asNeededCodeableConcept" in resource
    weekdays, when = repeat.get("dayOfWeek", []), repeat.get("when", [])
    if not isinstance(weekdays, list) or not isinstance(when, list):
        raise DosageError("FHIR Dosage: dayOfWeek and when must be lists")
    unit = repeat.get("periodUnit")
    if unit is not None and unit not in _UNITS_OF_TIME:
        raise DosageError(f"FHIR Dosage: unknown periodUnit {unit!r}")
    counted = duration is not None and duration.unit == "{dose}"
    once = repeat.get("count") == 1 and unit is None and not counted
    if unit is None and not (needed or weekdays or when or once):
        return None, duration
    low = _decimal(repeat.get("period", 1), "period") if unit else None
    high = _decimal(repeat["periodMax"], "periodMax") if "periodMax" in repeat and unit else low
    frequency_max = repeat.get("frequencyMax")
    return Frequency(
        count=_whole(repeat.get("frequency", 1), "frequency"),
        count_high=None if frequency_max is None else _whole(frequency_max, "frequencyMax"),
        period_low=low,
        period_high=high,
        period_unit=unit,
        as_needed=needed,
        once=once,
        weekdays=tuple(str(d) for d in weekdays),
        when=tuple(str(w) for w in when),
    ), duration


def _read_duration(repeat: Mapping[str, Any], said: Mapping[str, str]) -> Duration | None:
    low = high = unit = None
    if "boundsDuration" in repeat:
        low, unit, _ = _read_quantity(repeat["boundsDuration"], "boundsDuration")
        high = low
    elif "boundsRange" in repeat:
        bounds = _object(repeat["boundsRange"])
        low, unit, _ = _read_quantity(bounds.get("low", {}), "boundsRange.low")
        high, _, _ = _read_quantity(bounds.get("high", {}), "boundsRange.high")
    elif "count" in repeat and (repeat["count"] != 1 or "periodUnit" in repeat):
        low, unit = _decimal(repeat["count"], "count"), "{dose}"
        high = _decimal(repeat.get("countMax", repeat["count"]), "countMax")
    until, for_life = said.get("until"), said.get("forLife") == "true"
    if low is None and not until and not for_life:
        return None
    compared = said.get("durationComparator")
    try:
        comparator = Comparator(compared) if compared else None
    except ValueError as error:
        raise DosageError(f"FHIR Dosage: unknown comparator {compared!r}") from error
    return Duration(low, high, unit, until, for_life, comparator)


def _read_route(resource: Mapping[str, Any]) -> str | None:
    if "route" not in resource:
        return None
    route = _object(resource["route"])
    codings = route.get("coding", [])
    if not isinstance(codings, list):
        raise DosageError("FHIR Dosage: route.coding must be a list")
    for coding in codings:
        name = _ROUTE_BY_CODE.get(str(_object(coding).get("code")))
        if name and coding.get("system") == _SNOMED:
            return name
    text = str(route.get("text", "")).lower()
    if text in ROUTES:
        return text
    raise DosageError(f"FHIR Dosage: unknown route {text!r}")


def _read_maximum(resource: Mapping[str, Any]) -> Maximum | None:
    if "maxDosePerPeriod" in resource:
        ratio = _object(resource["maxDosePerPeriod"])
        amount, unit, _ = _read_quantity(ratio.get("numerator", {}), "maxDosePerPeriod.numerator")
        count, time, _ = _read_quantity(
            ratio.get("denominator", {}), "maxDosePerPeriod.denominator"
        )
        if not count:
            raise DosageError("FHIR Dosage: maxDosePerPeriod per 0")
        unit, per, _none = _split(unit, False)
        return Maximum(amount / count, unit, per, time)
    if "maxDosePerAdministration" in resource:
        amount, unit, _ = _read_quantity(
            resource["maxDosePerAdministration"], "maxDosePerAdministration"
        )
        unit, per, _none = _split(unit, False)
        return Maximum(amount, unit, per)
    return None
