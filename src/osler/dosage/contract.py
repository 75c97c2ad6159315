"""A dosage as the JSON of the command line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from osler.domain.dosage import Dosage, Duration, Phase


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
