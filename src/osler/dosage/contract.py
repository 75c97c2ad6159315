"""A dosage as the JSON of the command line, and back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from osler.domain.dosage import (
    Comparator,
    Dosage,
    DosageRole,
    Duration,
    Frequency,
    Maximum,
    Phase,
)


def to_json(d: Dosage, substance: str | None = None, phase: Phase | None = None) -> dict[str, Any]:
    """The dosage as the command line prints it; `substance` and `phase` fill what d leaves open."""
    said = d.phase or phase
    f, duration, maximum = d.frequency, d.duration, d.maximum
    return {
        "substance": d.substance or substance,
        "low": number(d.low),
        "high": number(d.high),
        "max": None
        if maximum is None
        else {"amount": number(maximum.amount), "unit": maximum.unit, "per": maximum.per,
              "per_time": maximum.per_time},
        "unit": d.unit,
        "per": d.per,
        "per_time": d.per_time,
        "comparator": d.comparator.value if d.comparator else None,
        "divided": list(d.divided) if d.divided else None,
        "route": d.route,
        "routes": list(d.routes),
        "frequency": None
        if f is None
        else {
            "count": f.count,
            "count_high": f.count_high,
            "period_low": number(f.period_low),
            "period_high": number(f.period_high),
            "period_unit": f.period_unit,
            "as_needed": f.as_needed,
            "once": f.once,
            "weekdays": list(f.weekdays),
            "when": list(f.when),
            "on": list(f.on),
            "on_unit": f.on_unit,
            "most": f.most,
            "most_unit": f.most_unit,
        },
        "duration": _duration(duration),
        "over": _duration(d.over),
        "combined": [number(part) for part in d.combined],
        "role": d.role.value,
        "phase": said.value if said else None,
        "steps": [to_json(s, substance, phase) for s in d.steps],
        "text": d.text,
        "start": d.start,
        "end": d.end,
        "amount_start": d.amount_start,
        "amount_end": d.amount_end,
    }  # fmt: skip


def _duration(d: Duration | None) -> dict[str, Any] | None:
    if d is None:
        return None
    return {
        "low": number(d.low),
        "high": number(d.high),
        "unit": d.unit,
        "until": d.until,
        "for_life": d.for_life,
        "comparator": d.comparator.value if d.comparator else None,
        "text": d.text,
    }


def number(value: Decimal | None) -> int | float | None:
    """A JSON number: an int where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def from_json(held: Mapping[str, Any]) -> Dosage:
    """The dosage that `to_json` wrote; what an older contract did not hold is left open."""
    f, maximum = held.get("frequency"), held.get("max")
    return Dosage(
        text=held.get("text") or "",
        start=held.get("start") or 0,
        end=held.get("end") or 0,
        amount_start=held.get("amount_start") or 0,
        amount_end=held.get("amount_end") or 0,
        low=_decimal(held.get("low")),
        high=_decimal(held.get("high")),
        unit=held.get("unit"),
        comparator=_comparator(held.get("comparator")),
        per=held.get("per"),
        per_time=held.get("per_time"),
        divided=(d[0], d[1]) if (d := held.get("divided")) else None,
        route=held.get("route"),
        routes=tuple(held.get("routes") or ()),
        frequency=None if f is None else _frequency(f),
        duration=_read_duration(held.get("duration")),
        maximum=None
        if maximum is None
        else Maximum(
            amount=Decimal(str(maximum["amount"])),
            unit=maximum["unit"],
            per=maximum.get("per"),
            per_time=maximum.get("per_time"),
        ),
        role=DosageRole(held.get("role") or DosageRole.DOSE),
        phase=Phase(phase) if (phase := held.get("phase")) else None,
        substance=held.get("substance"),
        steps=tuple(from_json(step) for step in held.get("steps") or ()),
        over=_read_duration(held.get("over")),
        combined=tuple(Decimal(str(part)) for part in held.get("combined") or ()),
    )


def _frequency(held: Mapping[str, Any]) -> Frequency:
    return Frequency(
        count=held.get("count") or 1,
        count_high=held.get("count_high"),
        period_low=_decimal(held.get("period_low")),
        period_high=_decimal(held.get("period_high")),
        period_unit=held.get("period_unit"),
        as_needed=bool(held.get("as_needed")),
        once=bool(held.get("once")),
        weekdays=tuple(held.get("weekdays") or ()),
        when=tuple(held.get("when") or ()),
        on=tuple(held.get("on") or ()),
        on_unit=held.get("on_unit"),
        most=held.get("most"),
        most_unit=held.get("most_unit"),
    )


def _read_duration(held: Mapping[str, Any] | None) -> Duration | None:
    if held is None:
        return None
    return Duration(
        low=_decimal(held.get("low")),
        high=_decimal(held.get("high")),
        unit=held.get("unit"),
        until=held.get("until"),
        for_life=bool(held.get("for_life")),
        comparator=_comparator(held.get("comparator")),
        text=held.get("text") or "",
    )


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _comparator(value: str | None) -> Comparator | None:
    return Comparator(value) if value else None
