"""The canonical wording of a dosage: what `parse_dosages` reads back to the same dosage."""

from __future__ import annotations

from decimal import Decimal

from osler.domain.dosage import Comparator, Dosage, DosageRole, Duration, Frequency

_UNITS = {
    "ug": "micrograms", "[iU]": "IU", "U": "units", "%": "%", "meq": "mEq",
    "cm": "cm ribbon", "[in_i]": "inch ribbon",
}  # fmt: skip
_TIMES = {
    "s": "second",
    "min": "minute",
    "h": "hour",
    "d": "day",
    "wk": "week",
    "mo": "month",
    "a": "year",
}
_COMPARATORS = {
    Comparator.LESS: "less than ",
    Comparator.AT_MOST: "up to ",
    Comparator.GREATER: "more than ",
    Comparator.AT_LEAST: "at least ",
    Comparator.ABOUT: "about ",
}
_WHEN = {
    "MORN": "in the morning", "EVE": "in the evening", "HS": "at night", "AC": "before meals",
    "PC": "after meals", "C": "with meals", "ACM": "before breakfast", "PCM": "after breakfast",
    "CM": "with breakfast", "ACD": "before lunch", "PCD": "after lunch", "CD": "with lunch",
    "ACV": "before dinner", "PCV": "after dinner", "CV": "with dinner",
}  # fmt: skip
_DAYS = {
    "mon": "Mondays", "tue": "Tuesdays", "wed": "Wednesdays", "thu": "Thursdays",
    "fri": "Fridays", "sat": "Saturdays", "sun": "Sundays",
}  # fmt: skip
_COUNTS = {1: "once", 2: "twice"}


def format_dosage(d: Dosage) -> str:
    """A dosage in one canonical wording, its steps after "then".

    `parse_dosages` of the result begins with an equal dosage, offsets and texts apart.
    """
    parts = [_amount(d)]
    if d.divided:
        parts.append(f"in {_range(*map(Decimal, d.divided))} divided doses")
    if d.routes or d.route:
        parts.append(" or ".join(d.routes or (str(d.route),)))
    if d.frequency:
        parts.append(format_frequency(d.frequency))
    if d.over:
        parts.append(format_duration(d.over, "over"))
    if d.duration:
        parts.append(format_duration(d.duration))
    text = " ".join(p for p in parts if p)
    if d.maximum:
        m = d.maximum
        per = f"/{m.per}" if m.per else ""
        time = f" per {_TIMES[m.per_time]}" if m.per_time else ""
        text += f" (maximum {format_number(m.amount)} {_unit(m.unit, m.amount)}{per}{time})"
    for step in d.steps:
        text += f", then {format_dosage(step)}"
    return text


def format_number(number: Decimal) -> str:
    """A number without an exponent or trailing noughts, with thousands separated."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, _, decimals = text.partition(".")
    whole = f"{int(whole):,}" if len(whole) > 3 else whole
    return f"{whole}.{decimals}" if decimals else whole


def format_amount(low: Decimal, high: Decimal, unit: str) -> str:
    """An amount or a range with its unit (UCUM): "350–490 mg", "50,000 units"."""
    return f"{_range(low, high)} {_unit(unit, high)}"


def format_frequency(f: Frequency) -> str:
    """How often, in words: "three times a day at night as needed"."""
    parts = []
    if f.once:
        parts.append("as a single dose")
    elif f.weekdays:
        parts.append("on " + " and ".join(_DAYS[d] for d in f.weekdays))
    elif f.period_unit and f.period_low is not None:
        unit = _TIMES[f.period_unit]
        high = f.period_high if f.period_high is not None else f.period_low
        if f.period_low == high == 1 and (
            f.count > 1 or f.count_high or f.period_unit in ("d", "wk", "mo", "a")
        ):
            count = _COUNTS.get(f.count) if not f.count_high else None
            times = count or f"{_range(Decimal(f.count), Decimal(f.count_high or f.count))} times"
            parts.append(f"{times} a {unit}")
        elif f.count == 1:
            parts.append(f"every {_range(f.period_low, high)} {unit}s")
        else:
            times = f"{_range(Decimal(f.count), Decimal(f.count_high or f.count))} times"
            parts.append(f"{times} every {_range(f.period_low, high)} {unit}s")
    if f.most and f.most_unit:
        parts.append(f"up to {_COUNTS.get(f.most, f'{f.most} times')} a {_TIMES[f.most_unit]}")
    if f.on:
        where = {"h": "at hour", "wk": "at week", "mo": "at month"}.get(f.on_unit or "d", "on day")
        where += "s" if len(f.on) > 1 else ""
        parts.append(f"{where} {', '.join(map(str, f.on))}")
    if f.when:
        parts.append(" and ".join(words for code, words in _WHEN.items() if code in f.when))
    if f.as_needed:
        parts.append("as needed")
    return " ".join(parts)


def format_duration(d: Duration, lead: str = "for") -> str:
    """For how long, in words: "for at least 3 months"; `lead` "over" for an administration."""
    if d.for_life:
        return "for life"
    if d.until:
        return f"until {d.until}"
    if d.low is None:
        return ""
    high = d.high if d.high is not None else d.low
    compared = _COMPARATORS[d.comparator] if d.comparator else ""
    if d.unit == "{dose}":
        return f"for {_range(d.low, high)} doses"
    return f"{lead} {compared}{_range(d.low, high)} {_TIMES[d.unit or 'd']}s"


def _amount(d: Dosage) -> str:
    if d.low is None or d.unit is None:
        return ""
    high = d.high if d.high is not None else d.low
    compared = _COMPARATORS[d.comparator] if d.comparator else ""
    role = {DosageRole.MAXIMUM: "maximum ", DosageRole.STEP: "in steps of "}.get(d.role, "")
    if d.unit in ("mL", "L") and d.per_time == "min" and not d.per:
        role += "infuse "  # else it reads as a clearance
    unit = _unit(d.unit, high)
    blank = "" if unit == "%" else " "
    numbers = "/".join([_range(d.low, high), *map(format_number, d.combined)])
    text = f"{role}{compared}{numbers}{blank}{unit}"
    if d.per:
        text += f"/{d.per}"
    if d.per_time:
        text += f" per {_TIMES[d.per_time]}"
    if d.role is DosageRole.STRENGTH:
        text += " solution" if unit == "%" else "" if "/" in unit else " tablet"
    return text


def _unit(code: str, amount: Decimal) -> str:
    top, slash, bottom = code.partition("/")
    word = _UNITS.get(top, top)
    if top.startswith("{"):
        word = top.strip("{}").replace("_", " ") + ("s" if amount != 1 else "")
        word = (
            word.replace("patchs", "patches")
            .replace("suppositorys", "suppositories")
            .replace("pessarys", "pessaries")
        )
    bottom = (
        bottom.strip("()")
        .replace(".mL", " mL")
        .replace(".g", " g")
        .replace(".mg", " mg")
        .strip("{}")
    )
    return f"{word}/{bottom}" if slash else word


def _range(low: Decimal, high: Decimal) -> str:
    if low == high:
        return format_number(low)
    return f"{format_number(low)}–{format_number(high)}"
