"""FHIR R4 `Dosage` (https://hl7.org/fhir/R4/dosage.html), both ways."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from osler.domain.dosage import Comparator, Dosage, DosageRole, Maximum, Phase
from osler.domain.errors import DosageError
from osler.dosage.fhir_timing import UNITS_OF_TIME, read_timing, write_timing
from osler.dosage.fhir_values import as_decimal, as_object, as_whole, quantity, read_quantity
from osler.dosage.routes import ROUTES
from osler.dosage.wording import format_dosage

_SNOMED = "http://snomed.info/sct"
_PRODUCT = re.compile(r"(?<=/)\([A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)+\)")
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


def to_fhir(d: Dosage, *, sequence: int | None = None) -> dict[str, Any]:
    """A FHIR R4 Dosage.

    An amount is `doseQuantity` or `doseRange`; a total or rate for a time ("90 mg/kg/day",
    "5 mg/hour") is `rateQuantity` or `rateRange`. What R4 has no element for (several routes,
    a comparator on a range, a dose divided, a
    combination, numbered days, a maximum a dose per kg, "until ...", role, phase)
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
    if d.combined:
        extensions.append(_extension("combined", "/".join(f"{n:f}" for n in d.combined)))
    if d.frequency and d.frequency.on:
        on = ",".join(map(str, d.frequency.on))
        extensions.append(_extension("on", f"{d.frequency.on_unit or 'd'} {on}"))
    if d.frequency and d.frequency.most:
        most = f"{d.frequency.most}/{d.frequency.most_unit or 'd'}"
        extensions.append(_extension("most", most))
    if d.over and d.over.comparator:
        extensions.append(_extension("overComparator", d.over.comparator.value))
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
    timing = write_timing(d.frequency, d.duration, d.over)
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
                "numerator": quantity(m.amount, unit),
                "denominator": quantity(Decimal(1), m.per_time),
            }
        else:
            result["maxDosePerAdministration"] = quantity(m.amount, unit)
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
        ordered = sorted(
            resource, key=lambda r: as_whole(as_object(r).get("sequence", 1), "sequence")
        )
        first, *rest = [from_fhir(r) for r in ordered]
        return replace(first, steps=tuple(rest))
    said = _said(resource)
    low = high = comparator = per = per_time = unit = None
    rates = resource.get("doseAndRate", [])
    if not isinstance(rates, list):
        raise DosageError("doseAndRate must be a list")
    if rates:
        low, high, comparator, unit, per, per_time = _read_amount(as_object(rates[0]))
    frequency, duration, over = read_timing(as_object(resource.get("timing", {})), resource, said)
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
        divided = (as_whole(first_count, "divided"), as_whole(last_count, "divided"))
    text = str(resource.get("text", ""))
    return Dosage(
        text=text, start=0, end=len(text), amount_start=0, amount_end=0, low=low, high=high,
        unit=unit, comparator=compared, per=per, per_time=per_time, divided=divided, route=route,
        routes=routes, frequency=frequency, duration=duration, maximum=_read_maximum(resource),
        role=role, phase=phase, substance=said.get("substance"), over=over,
        combined=tuple(as_decimal(n, "combined") for n in said["combined"].split("/"))
        if "combined" in said
        else (),
    )  # fmt: skip


def _extension(name: str, value: str) -> dict[str, str]:
    return {"url": EXTENSION + name, "valueString": value}


def _said(resource: Mapping[str, Any]) -> dict[str, str]:
    extensions = resource.get("extension", [])
    if not isinstance(extensions, list):
        raise DosageError("extension must be a list")
    said = {}
    for e in extensions:
        url = str(as_object(e).get("url", ""))
        if url.startswith(EXTENSION):
            said[url.removeprefix(EXTENSION)] = str(e.get("valueString", ""))
    return said


def _dose_and_rate(d: Dosage) -> dict[str, Any]:
    if d.low is None or d.unit is None:
        return {}
    unit = f"{d.unit}/{d.per}" if d.per else d.unit
    kind = "dose"
    if d.per_time:
        unit, kind = f"{unit}/{d.per_time}", "rate"
    high = d.high if d.high is not None else d.low
    if d.low == high:
        return {f"{kind}Quantity": quantity(d.low, unit, d.comparator)}
    return {f"{kind}Range": {"low": quantity(d.low, unit), "high": quantity(high, unit)}}


def _route(name: str) -> dict[str, Any]:
    route: dict[str, Any] = {"text": name}
    if name in _ROUTE_CODES:
        code, display = _ROUTE_CODES[name]
        route["coding"] = [{"system": _SNOMED, "code": code, "display": display}]
    return route


_Amount = tuple[Decimal, Decimal, Comparator | None, str, str | None, str | None]


def _read_amount(rate: Mapping[str, Any]) -> _Amount:
    for name in ("doseQuantity", "rateQuantity"):
        if name in rate:
            value, unit, comparator = read_quantity(rate[name], name)
            return value, value, comparator, *_split(unit, name.startswith("rate"))
    for name in ("doseRange", "rateRange"):
        if name in rate:
            ends = as_object(rate[name])
            low, unit, _ = read_quantity(ends.get("low", {}), f"{name}.low")
            high, other, _ = read_quantity(ends.get("high", {}), f"{name}.high")
            if unit != other:
                raise DosageError(f"FHIR Dosage: the ends of {name} have different units")
            return low, high, None, *_split(unit, name.startswith("rate"))
    if "rateRatio" in rate:
        ratio = as_object(rate["rateRatio"])
        top, unit, comparator = read_quantity(ratio.get("numerator", {}), "rateRatio.numerator")
        bottom, time, _ = read_quantity(ratio.get("denominator", {}), "rateRatio.denominator")
        if time not in UNITS_OF_TIME or not bottom:
            raise DosageError(f"FHIR Dosage: rateRatio for {bottom} {time}")
        value = top / bottom
        unit, per, _time = _split(unit, False)
        return value, value, comparator, unit, per, time
    raise DosageError("FHIR Dosage: doseAndRate states neither a dose nor a rate")


def _split(unit: str, rate: bool) -> tuple[str, str | None, str | None]:
    per = per_time = None
    # "mg/(kg.d)" is "mg/kg/d".
    parts = _PRODUCT.sub(lambda m: m[0][1:-1].replace(".", "/"), unit).split("/")
    if rate and len(parts) > 1 and parts[-1] in UNITS_OF_TIME:
        per_time = parts.pop()
    if len(parts) > 1 and parts[-1] in ("kg", "m2"):
        per = parts.pop()
    return "/".join(parts), per, per_time


def route_of_code(code: str) -> str | None:
    """The canonical name of a route by its SNOMED CT code; None where it is not known."""
    return _ROUTE_BY_CODE.get(code)


def _read_route(resource: Mapping[str, Any]) -> str | None:
    if "route" not in resource:
        return None
    route = as_object(resource["route"])
    codings = route.get("coding", [])
    if not isinstance(codings, list):
        raise DosageError("FHIR Dosage: route.coding must be a list")
    for coding in codings:
        name = _ROUTE_BY_CODE.get(str(as_object(coding).get("code")))
        if name and coding.get("system") == _SNOMED:
            return name
    text = str(route.get("text", "")).lower()
    if text in ROUTES:
        return text
    raise DosageError(f"FHIR Dosage: unknown route {text!r}")


def _read_maximum(resource: Mapping[str, Any]) -> Maximum | None:
    if "maxDosePerPeriod" in resource:
        ratio = as_object(resource["maxDosePerPeriod"])
        amount, unit, _ = read_quantity(ratio.get("numerator", {}), "maxDosePerPeriod.numerator")
        count, time, _ = read_quantity(ratio.get("denominator", {}), "maxDosePerPeriod.denominator")
        if time not in UNITS_OF_TIME or not count:
            raise DosageError(f"FHIR Dosage: maxDosePerPeriod per {count} {time}")
        unit, per, _none = _split(unit, False)
        return Maximum(amount / count, unit, per, time)
    if "maxDosePerAdministration" in resource:
        amount, unit, _ = read_quantity(
            resource["maxDosePerAdministration"], "maxDosePerAdministration"
        )
        unit, per, _none = _split(unit, False)
        return Maximum(amount, unit, per)
    return None
