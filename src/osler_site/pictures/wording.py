"""Amounts, intervals and names as a picture writes them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext, gettext_noop

from osler.domain import Comparator, Dosage, Frequency
from osler_site.pictures.spoken import in_spanish, spoken_dose

THIN = "\u202f"  # a narrow space that is not broken
_UNITS = {"ug": "µg", "ng": "ng", "[iU]": "IU", "M[iU]": "million IU", "m[iU]": "mIU", "U": "units",
          "MU": "million units", "mU": "milliunits", "umol": "µmol", "meq": "mEq"}  # fmt: skip
_TIMES = {"min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
_EVERY = {"h": "hourly", "d": "daily", "wk": "weekly", "mo": "monthly", "a": "yearly"}
_ROUTES = {
    "intramuscular": ("Intramuscular", "IM"), "intravenous": ("Intravenous", "IV"),
    "subcutaneous": ("Subcutaneous", "SC"), "oral": ("By mouth", "by mouth"),
    "sublingual": ("Under the tongue", "under the tongue"),
    "intranasal": ("Into the nose", "into the nose"),
}  # fmt: skip
_SPOKEN_ROUTES = (
    gettext_noop("Intramuscular"), gettext_noop("Intravenous"), gettext_noop("Subcutaneous"),
    gettext_noop("By mouth"), gettext_noop("Under the tongue"), gettext_noop("Into the nose"),
)  # fmt: skip
_COMPARATORS = {Comparator.AT_LEAST: "at least ", Comparator.ABOUT: "about "}
_WEEKDAYS = {"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday",
             "fri": "Friday", "sat": "Saturday", "sun": "Sunday"}  # fmt: skip


def number(value: Decimal | Fraction | int) -> str:
    """A number in full, with narrow spaces from 10 000 on; a fraction must be a finite decimal.

    Decimals have the sign of the page's language, as its doses have.
    """
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    text = format(Decimal(value).normalize(), "f")
    whole, dot, part = text.partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", THIN)
    return whole + (dot.replace(".", ",") if in_spanish() else dot) + part


def rounded(value: Fraction) -> tuple[str, bool]:
    """A worked-out number to four figures (a whole one from 100 on), and whether it is exact."""
    if value == 0:
        return "0", True
    places = 0
    while abs(value) * Fraction(10) ** places < 1000 and (places < 0 or abs(value) < 100):
        places += 1
    while abs(value) * Fraction(10) ** places >= 10000:
        places -= 1
    scaled = value * Fraction(10) ** places
    nearest = Fraction(round(scaled)) / Fraction(10) ** places
    return number(nearest), nearest == value


def unit_name(unit: str, count: Decimal = Decimal(1)) -> str:
    """A UCUM unit as it is read: "µg", "IU", "tablets"."""
    if unit.startswith("{"):
        name = unit.strip("{}")
        return name if count == 1 or name.isupper() else f"{name}s"
    return _UNITS.get(unit, unit)


def span(low: str, high: str) -> str:
    """A range, or one number where both ends are the same."""
    return low if low == high else f"{low}–{high}"


def amount(d: Dosage) -> str:
    """The amount as stated: "1000–2000 µg", "90 mg/kg", "at least 5 mg"."""
    if d.low is None or d.unit is None:
        return ""
    high = d.high if d.high is not None else d.low
    per = f"/{d.per}" if d.per else ""
    lead = _COMPARATORS.get(d.comparator, "") if d.comparator else ""
    return f"{lead}{span(number(d.low), number(high))} {unit_name(d.unit, high)}{per}"


def dose(d: Dosage) -> str:
    """The dose as stated: "1000–2000 µg every 1–3 months"."""
    if said := spoken_dose(d, routes=len(d.routes) > 1):
        return said
    how_often = f"a {_TIMES[d.per_time]}" if d.per_time in _TIMES else ""
    if not how_often and d.frequency is not None:
        how_often = frequency(d.frequency)
    parts = [amount(d), how_often]
    if d.divided and d.divided[0]:
        parts.append(f"in {span(str(d.divided[0]), str(d.divided[1]))} divided doses")
    elif d.divided:
        parts.append("in divided doses")
    if len(d.routes) > 1:
        parts.append(" or ".join(short_route(r) for r in d.routes))
    return " ".join(part for part in parts if part)


def frequency(f: Frequency) -> str:
    """How often, in words: "every 1–3 months", "3 times a week", "daily"."""
    if f.once:
        return "once"
    if not f.period_unit or not f.period_low:
        return ""
    low, high = f.period_low, f.period_high or f.period_low
    unit = _TIMES.get(f.period_unit, f.period_unit)
    if low == high == 1:
        words = _a_time(f, unit)
    else:
        every = f"every {span(number(low), number(high))} {unit}s"
        if low == high == 2 and f.period_unit == "d":
            every = "on alternate days"
        words = every if f.count == 1 and not f.count_high else f"{_times(f)} {every}"
    if f.weekdays:
        words += " on " + " and ".join(_WEEKDAYS.get(d, d) for d in f.weekdays)
    if f.most and f.most_unit in _TIMES:
        words += f", up to {f.most} times a {_TIMES[f.most_unit]}"
    return words


def _a_time(f: Frequency, unit: str) -> str:
    if f.count == 1 and not f.count_high:
        return _EVERY.get(f.period_unit or "", f"every {unit}")
    return f"{_times(f)} a {unit}"


def _times(f: Frequency) -> str:
    if f.count_high and f.count_high != f.count:
        return f"{f.count}–{f.count_high} times"
    return {1: "once", 2: "twice"}.get(f.count, f"{f.count} times")


def route_name(route: str | None) -> str:
    """A route as a heading."""
    if route is None:
        return gettext("Route not stated")
    return gettext(_ROUTES.get(route, (capital(route), route))[0])


def short_route(route: str) -> str:
    """A route within a sentence."""
    known = _ROUTES.get(route)
    if known is None or not in_spanish():
        return known[1] if known else route
    return gettext(known[0]).lower()


def capital(text: str) -> str:
    """The text with a capital first letter; "eGFR" and "pH" stay as they are written."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]
