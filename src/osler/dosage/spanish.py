"""Dosages in Spanish: one canonical wording, and its reading back through the English grammar.

A dosage is written only where every part of it has a Spanish wording that is certain; what it
lasts until, in a source's own English words, has none. `parse_spanish` knows that wording and
nothing else: each of its phrases has one English phrase, which the one grammar then reads.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from osler.domain.dosage import Comparator, Dosage, DosageRole, Duration, Frequency, Phase
from osler.dosage.grammar import parse_dosages

# UCUM -> (one, several), and the English unit that it is read back as.
_UNITS = {
    "ug": ("microgramo", "microgramos", "micrograms"),
    "ng": ("nanogramo", "nanogramos", "nanograms"),
    "mg": ("mg", "mg", "mg"),
    "g": ("g", "g", "g"),
    "kg": ("kg", "kg", "kg"),
    "[iU]": ("UI", "UI", "IU"),
    "U": ("unidad", "unidades", "units"),
    "mmol": ("mmol", "mmol", "mmol"),
    "meq": ("mEq", "mEq", "mEq"),
    "mL": ("ml", "ml", "mL"),
    "L": ("litro", "litros", "litres"),
    "%": ("%", "%", "%"),
    "{tablet}": ("comprimido", "comprimidos", "tablets"),
    "{capsule}": ("cápsula", "cápsulas", "capsules"),
    "{puff}": ("inhalación", "inhalaciones", "puffs"),
    "{spray}": ("pulverización", "pulverizaciones", "sprays"),
    "{drop}": ("gota", "gotas", "drops"),
    "{sachet}": ("sobre", "sobres", "sachets"),
    "{pair}": ("par", "pares", "pairs"),
    "{ampoule}": ("ampolla", "ampollas", "ampoules"),
    "{vial}": ("vial", "viales", "vials"),
    "{suppository}": ("supositorio", "supositorios", "suppositories"),
    "{pessary}": ("óvulo", "óvulos", "pessaries"),
    "{patch}": ("parche", "parches", "patches"),
    "{lozenge}": ("pastilla para chupar", "pastillas para chupar", "lozenges"),
    "{teaspoon}": ("cucharadita", "cucharaditas", "teaspoons"),
    "{tablespoon}": ("cucharada", "cucharadas", "tablespoons"),
}
_ROUTES = {
    "intravenous": "por vía intravenosa",
    "intramuscular": "por vía intramuscular",
    "subcutaneous": "por vía subcutánea",
    "sublingual": "por vía sublingual",
    "buccal": "por vía bucal",
    "oral": "por vía oral",
    "nasogastric": "por sonda nasogástrica",
    "intranasal": "por vía intranasal",
    "nebulised": "por nebulización",
    "inhaled": "por vía inhalatoria",
    "rectal": "por vía rectal",
    "vaginal": "por vía vaginal",
    "topical": "por vía tópica",
    "ophthalmic": "por vía oftálmica",
    "otic": "por vía ótica",
    "intrathecal": "por vía intratecal",
    "transdermal": "por vía transdérmica",
    "intradermal": "por vía intradérmica",
    "intraosseous": "por vía intraósea",
    "intraperitoneal": "por vía intraperitoneal",
    "intra-articular": "por vía intraarticular",
    "intralesional": "por vía intralesional",
    "intrauterine": "por vía intrauterina",
    "intravitreal": "por vía intravítrea",
    "intratracheal": "por vía intratraqueal",
    "epidural": "por vía epidural",
    "parenteral": "por vía parenteral",
}
# UCUM -> one, several, English; what follows "al" or "a la" for a rate.
_TIMES = {
    "s": ("segundo", "segundos", "second"),
    "min": ("minuto", "minutos", "minute"),
    "h": ("hora", "horas", "hour"),
    "d": ("día", "días", "day"),
    "wk": ("semana", "semanas", "week"),
    "mo": ("mes", "meses", "month"),
    "a": ("año", "años", "year"),
}
_COMPARATORS = {
    Comparator.LESS: ("menos de", "less than"),
    Comparator.AT_MOST: ("hasta", "up to"),
    Comparator.GREATER: ("más de", "more than"),
    Comparator.AT_LEAST: ("al menos", "at least"),
    Comparator.ABOUT: ("aproximadamente", "about"),
}
_WHEN = {
    "HS": ("por la noche", "at night"),
    "MORN": ("por la mañana", "in the morning"),
    "EVE": ("al atardecer", "in the evening"),
    "AC": ("antes de las comidas", "before meals"),
    "PC": ("después de las comidas", "after meals"),
    "C": ("con las comidas", "with meals"),
    "ACM": ("antes del desayuno", "before breakfast"),
    "PCM": ("después del desayuno", "after breakfast"),
    "CM": ("con el desayuno", "with breakfast"),
    "ACD": ("antes del almuerzo", "before lunch"),
    "PCD": ("después del almuerzo", "after lunch"),
    "CD": ("con el almuerzo", "with lunch"),
    "ACV": ("antes de la cena", "before dinner"),
    "PCV": ("después de la cena", "after dinner"),
    "CV": ("con la cena", "with dinner"),
}
_DAYS = {
    "mon": ("los lunes", "Mondays"),
    "tue": ("los martes", "Tuesdays"),
    "wed": ("los miércoles", "Wednesdays"),
    "thu": ("los jueves", "Thursdays"),
    "fri": ("los viernes", "Fridays"),
    "sat": ("los sábados", "Saturdays"),
    "sun": ("los domingos", "Sundays"),
}
_POINTS = {
    "h": ("la hora", "las horas"), "d": ("el día", "los días"),
    "wk": ("la semana", "las semanas"), "mo": ("el mes", "los meses"),
}  # fmt: skip
_COUNTS = {1: ("una vez", "once"), 2: ("dos veces", "twice")}
_ROLES = {
    DosageRole.MAXIMUM: ("máximo", "maximum"),
    DosageRole.STEP: ("en incrementos de", "in steps of"),
}
PHASES = {
    Phase.LOADING: "dosis de carga",
    Phase.START: "dosis inicial",
    Phase.TITRATION: "ajuste de la dosis",
    Phase.CONTINUATION: "continuación",
    Phase.MAINTENANCE: "mantenimiento",
    Phase.PROPHYLAXIS: "prevención",
    Phase.MAXIMUM: "dosis máxima",
    Phase.TAPER: "reducción gradual",
}
"""What a dose is for in a course of treatment, in Spanish."""


def format_spanish(d: Dosage) -> str | None:
    """A dosage in Spanish; None where some part of it has no certain wording.

    `parse_spanish` of the result begins with an equal dosage. Decimals have a comma, thousands
    from 10 000 on a no-break space: neither is ever written with a point.
    """
    try:
        return _dosage(d)
    except KeyError:
        return None


def _dosage(d: Dosage) -> str:
    if d.low is None or d.unit is None or d.role is DosageRole.STRENGTH:
        raise KeyError(d.role)
    parts = [_amount(d)]
    if d.divided:
        parts.append(f"dividido en {_range(*map(Decimal, d.divided))} dosis")
    if d.routes or d.route:
        parts.append(" o ".join(_ROUTES[r] for r in d.routes or (str(d.route),)))
    if d.frequency:
        parts.append(_frequency(d.frequency))
    if d.over:
        parts.append(_duration(d.over, "en un plazo de"))
    if d.duration:
        parts.append(_duration(d.duration, "durante"))
    text = " ".join(p for p in parts if p)
    if d.maximum:
        m = d.maximum
        per = f"/{m.per}" if m.per else ""
        time = f" por {_TIMES[m.per_time][0]}" if m.per_time else ""
        text += f" (máximo {_number(m.amount)} {_unit(m.unit, m.amount)}{per}{time})"
    for step in d.steps:
        text += f", después {_dosage(step)}"
    return text


def _amount(d: Dosage) -> str:
    if d.low is None or d.unit is None:
        raise KeyError("amount")
    high = d.high if d.high is not None else d.low
    numbers = "/".join([_range(d.low, high), *map(_number, d.combined)])
    text = f"{numbers} {_unit(d.unit, high)}"
    if d.comparator:
        text = f"{_COMPARATORS[d.comparator][0]} {text}"
    if d.role is not DosageRole.DOSE:
        text = f"{_ROLES[d.role][0]} {text}"
    if d.per:
        text += {"kg": "/kg", "m2": "/m2"}[d.per]
    if d.per_time:
        if d.unit in ("mL", "L") and d.per_time == "min":
            raise KeyError("clearance")  # it would read as one
        text += f" por {_TIMES[d.per_time][0]}"
    return text


def _frequency(f: Frequency) -> str:
    parts = []
    if f.once:
        parts.append("en dosis única")
    elif f.weekdays:
        parts.append(" y ".join(_DAYS[day][0] for day in f.weekdays))
    elif f.period_unit and f.period_low is not None:
        one, several, _ = _TIMES[f.period_unit]
        high = f.period_high if f.period_high is not None else f.period_low
        counted = f"{_range(Decimal(f.count), Decimal(f.count_high or f.count))} veces"
        times = counted if f.count_high else _COUNTS.get(f.count, (counted,))[0]
        if f.period_low == high == 1 and (f.count > 1 or f.count_high or f.period_unit != "h"):
            parts.append(f"{times} {_each(f.period_unit)}")
        else:
            every = f"cada {_range(f.period_low, high)} {several if high != 1 else one}"
            parts.append(every if f.count == 1 and not f.count_high else f"{times} {every}")
    if f.most and f.most_unit:
        most = _COUNTS.get(f.most, (f"{f.most} veces",))[0]
        parts.append(f"hasta {most} {_each(f.most_unit)}")
    if f.on:
        one, several = _POINTS[f.on_unit or "d"]
        where = one if len(f.on) == 1 else several
        parts.append(f"en {where} {', '.join(map(str, f.on))}")
    parts.extend(_WHEN[code][0] for code in f.when)
    if f.as_needed:
        parts.append("si es necesario")
    return " ".join(parts)


def _each(unit: str) -> str:
    one = _TIMES[unit][0]
    return f"{'a la' if one.endswith('a') and unit != 'd' else 'al'} {one}"


def _duration(d: Duration, lead: str) -> str:
    if d.for_life:
        return "de por vida"
    if d.until or d.low is None:
        raise KeyError("until")
    high = d.high if d.high is not None else d.low
    if d.unit == "{dose}":
        return f"durante {_range(d.low, high)} dosis"
    one, several, _ = _TIMES[d.unit or "d"]
    compared = f"{_COMPARATORS[d.comparator][0]} " if d.comparator else ""
    return f"{lead} {compared}{_range(d.low, high)} {several if high != 1 else one}"


def _unit(code: str, amount: Decimal) -> str:
    one, several, _ = _UNITS[code]
    return one if amount == 1 else several


def _number(number: Decimal) -> str:
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, _, decimals = text.partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", "\u00a0")
    return f"{whole},{decimals}" if decimals else whole


def _range(low: Decimal, high: Decimal) -> str:
    return _number(low) if low == high else f"{_number(low)} a {_number(high)}"


def parse_spanish(text: str) -> tuple[Dosage, ...]:
    """The dosages of a line that `format_spanish` wrote; offsets are of its English reading."""
    return parse_dosages(to_english(text))


def to_english(text: str) -> str:
    """A Spanish dose line in the words of the English grammar; other words stay as they are."""
    text = _GROUPED.sub(lambda m: m.group().replace("\u00a0", ""), text)
    text = _DECIMAL.sub(r"\1.\2", text)
    text = _RANGE.sub(r"\1–\2", text)
    pattern, english = _phrases()
    return pattern.sub(lambda m: english[m.group().lower()], text)


_GROUPED = re.compile(r"\d{1,3}(?:\u00a0\d{3})+")
_DECIMAL = re.compile(r"(\d),(\d)")
_RANGE = re.compile(r"(\d) a (\d)")


@lru_cache(maxsize=1)
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    """Every phrase of the wording with its English, the longest first."""
    english = {spanish: name for name, spanish in _ROUTES.items()}
    english |= dict(_COMPARATORS.values()) | dict(_WHEN.values()) | dict(_COUNTS.values())
    english |= dict(_ROLES.values())
    for one, several, unit in _UNITS.values():
        english |= {one: unit, several: unit}
    for code, (one, several, unit) in _TIMES.items():
        english |= {several: f"{unit}s", one: unit, _each(code): f"a {unit}"}
        english[f"cada 1 {one}"] = f"every 1 {unit}"
    days = list(_DAYS.values())
    english |= {day: f"on {name}" for day, name in days} | {f"y {d}": f"and {n}" for d, n in days}
    english |= {
        "dividido en": "in",
        "en dosis única": "as a single dose",
        "cada": "every",
        "veces": "times",
        "en el día": "on day",
        "en los días": "on days",
        "en la semana": "at week",
        "en las semanas": "at weeks",
        "si es necesario": "as needed",
        "de por vida": "for life",
        "durante": "for",
        "en un plazo de": "over",
        "después": "then",
        "por": "per",
        "dosis": "doses",
        "o": "or",
    }
    english |= {f"dividido en {n} dosis": f"in {n} divided doses" for n in range(2, 13)}
    for low in range(1, 12):
        for high in range(low + 1, 13):
            english[f"dividido en {low}–{high} dosis"] = f"in {low}–{high} divided doses"
    longest = sorted(english, key=lambda phrase: (-len(phrase), phrase))
    pattern = "|".join(map(re.escape, longest))
    lower = {phrase.lower(): words for phrase, words in english.items()}
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), lower
