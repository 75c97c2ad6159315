"""Ages in a text, as bounds in years."""

from __future__ import annotations

import re
from decimal import Decimal

from osler.domain import Criterion
from osler.patterns import lazy
from osler.statements.words.bounds import COMPARATOR, DASH, NUMBER, SUFFIX, number
from osler.statements.words.cutting import word_mark, words_in

_UNIT = r"(?:years?|yrs?|months?|mths?|mos?|weeks?|wks?|days?|y|yo|hours?)"
_PER_YEAR = {
    "y": Decimal(1),
    "mo": Decimal(12),
    "w": Decimal("52.1775"),
    "d": Decimal("365.25"),
    "h": Decimal(8766),
}

_AGE = lazy(
    rf"(?P<aged>\b(?:aged?|ages)\s*(?:is|"
    rf"of)?:?\s*)?(?:{COMPARATOR}\s*)?(?:the\s+age\s+of\s+|age\s+|aged\s+|between\s+)?"
    rf"(?<![\w.])(?P<a>{NUMBER})(?:\s*-?\s*(?P<ua>{_UNIT})\b)?\.?"
    rf"(?:\s*(?:old|of\s+age)\b)?(?:\s*{DASH}{DASH}?\s*(?P<lt><|less\s+than|under|below)?\s*(?P<b>{NUMBER})(?:\s*-?\s*(?P<ub>{_UNIT})\b|\b))?\.?"
    rf"(?P<old>\s*-?\s*(?:old|of\s+age)\b)?(?:\s*{SUFFIX})?",
)  # of text in lower case: to look away from case would take it four times as long
_PEOPLE = (
    r"child(?:ren)?|infants?|bab(?:y|ies)|neonates?|adults?|adolescents?|people|patients?|"
    r"women|men|"
    r"persons?|those|boys?|girls?|toddlers?|anyone|individuals|newborns?|paediatric|pediatric"
)
_PEOPLE_BEFORE = lazy(
    rf"\b(?:{_PEOPLE})\b[\s,:(–-]*(?:who\s+are\s+|of\s+|are\s+)?(?:age\s*)?$", re.IGNORECASE
)
_PEOPLE_AFTER = lazy(rf"\s*(?:olds?\b|{_PEOPLE})", re.IGNORECASE)
# What makes a number of years, months or days a time and not an age.
_TIME_BEFORE = lazy(
    r"\b(?:every|each|for|within|then|lasting|during|next|first|last|past|previous|after|"
    r"another|further|following|additional|of|in|at|per|took|takes|by|once|until|duration|about|"
    r"approximately|some|around|period|minimum|maximum|(?:treatment|therapy|use|course|illness|"
    r"history|symptoms|follow-?up|interval)\s*[(,]?)\s*(?:the\s+|a\s+)?$",
    re.IGNORECASE,
)
# "500 mg four times daily, 5 to 7 days": how long.
_HOW_OFTEN_BEFORE = lazy(
    r"\b(?:daily|(?:a|per|each) day|od|bd|bid|[tq]ds|tid|qid|hourly|(?:\d|twelve|eight|six) hours|"
    r"nightly|at night|weekly|(?:a|per) week)\s?,\s*$",
    re.IGNORECASE,
)
# "After 1 year of treatment"
_OF_A_COURSE = lazy(
    r"\s*(?:of|on|into)\s+(?:(?:the|this|such|continuous)\s+)?(?:treatment|therapy|use|taking)\b",
    re.I,
)
_LABEL_AFTER = lazy(r"\s*(?:[:=]|[-–—]\s|$|[),;]|old\b|\.\s|(?:or|and)\s+[a-z])")
_YEARS_OVER = ("less", "more", "least", "most")


def _years(amount: Decimal, unit: str) -> Decimal:
    if _unit_key(unit) == "y":
        return amount
    return (amount / _PER_YEAR[_unit_key(unit)]).quantize(Decimal("0.0001"))


def _unit_key(unit: str) -> str:
    unit = unit.lower()
    return "mo" if unit.startswith("m") else unit[0]


# One of these words stands in every text that states an age.
_GATE = word_mark(
    "year years yr yrs y yo month months mth mths mo mos week weeks wk wks day days hour hours "
    "age aged ages child children infants adults adolescents people patients women men persons "
    "those boys girls anyone individuals"
)
_GLUED = lazy(r"\d(?:y|yrs?|mo|months?|years?|wks?|weeks?|days?|d)\b", re.IGNORECASE)


def find_ages(text: str) -> list[tuple[int, int, Criterion]]:
    """Find age bounds: "1–4 years", "under 2 years", "aged 65 or over", "over 75"."""
    words = words_in(text)
    if not (words.marks & _GATE or _GLUED.search(text)):
        return []
    found = []
    for match in _AGE.finditer(words.low):
        if of_gestation(text, match.start(), match.end()):
            continue
        criterion = _criterion(text, match)
        if criterion is not None:
            found.append((match.start(), match.end(), criterion))
    return found


# Weeks beside an age in days are those at birth: "32 weeks or more, aged under 7 days".
_WEEKS = lazy(r"\bweeks?\b(?!\s+(?:old|of age))", re.IGNORECASE)
_AGED_DAYS = lazy(
    r"\s*(?:,|and|;)\s*(?:age[ds]?|postnatal age)\b[^.;]{1,25}\bdays?\b", re.IGNORECASE
)


def of_gestation(text: str, start: int, end: int) -> bool:
    """Say whether weeks at `start:end` are a newborn's gestation, by the age that follows."""
    weeks = _WEEKS.search(text, start, end) is not None and "age" not in text[start:end].lower()
    return weeks and _AGED_DAYS.match(text, end) is not None


def _criterion(text: str, match: re.Match[str]) -> Criterion | None:
    unit_low, unit_high = match["ua"] or match["ub"], match["ub"] or match["ua"]
    aged = bool(match["aged"] or match["old"]) or "age" in match.group().lower()
    if unit_low is None or unit_high is None:
        bounded = any(match[name] for name in (*_YEARS_OVER, "up", "b"))
        people = (
            _PEOPLE_BEFORE.search(text, max(0, match.start() - 30), match.start())
            and not match["b"]
        )
        if not (bounded and (match["aged"] or aged or people)) or _measure_follows(
            text, match.end()
        ):
            return None
        unit_low = unit_high = "years"
    elif not aged and not _reads_as_age(text, match, _unit_key(unit_high)):
        return None
    low = _years(number(match["a"]), unit_low)
    words = text[match.start() : match.end()].strip()
    if match["b"] and " and " in words and "between" not in words.lower():
        return None  # "at 8 and 12 weeks"
    if match["b"]:
        high = _years(number(match["b"]), unit_high)
        if high <= low:
            return None
        return Criterion("age", low=low, high=high, high_inclusive=not match["lt"], text=words)
    if match["less"]:
        return Criterion("age", high=low, high_inclusive=False, text=words)
    if match["most"] or match["down"]:
        return Criterion("age", high=low, text=words)
    if match["up"] or match["least"]:
        return Criterion("age", low=low, text=words)
    if match["more"]:
        return Criterion("age", low=low, low_inclusive=False, text=words)
    if aged and _UNTIL.search(text, 0, match.start()):
        return Criterion("age", high=low, high_inclusive=False, text=words)
    return Criterion("age", low=low, high=low, text=words) if aged else None


# "Keep going until 12 months of age" is said of those who are younger.
_UNTIL = lazy(r"\b(?:un)?till?\s+(?:the\s+)?$", re.IGNORECASE)


def _measure_follows(text: str, at: int) -> bool:
    return (
        re.match(
            r"\s*(?:%|[µμ]?g\b|mg|kg|ml|mmol|[µμ]mol|units?|mcg|iu\b|mm|beats|/|°|doses?|tablets?|"
            r"times)",
            text[at : at + 12],
            re.IGNORECASE,
        )
        is not None
    )


# "Time after the transplant: 0 to 3 months", "Missed in a row: 1 to 2 days": no one's age.
_TIME_LABEL = lazy(
    r"(?:^|[;|.]\s)[^;:|]*\b(?:time|duration|missed|interval|since|period)\b[^;:|]*:\s*$",
    re.IGNORECASE,
)


def is_time_label(label: str) -> bool:
    """Say whether a label is of time since something, not of age: "Time on treatment"."""
    return _TIME_LABEL.search(f"{label}: ") is not None


def _reads_as_age(text: str, match: re.Match[str], unit: str) -> bool:
    """Whether "N unit" without "aged" or "old" is an age rather than a time."""
    bounded = match["b"] or any(match[name] for name in (*_YEARS_OVER, "up", "down"))
    if not bounded:
        return False
    if _TIME_LABEL.search(text[: match.start()]) or _OF_A_COURSE.match(text, match.end()):
        return False
    if unit != "y" and _HOW_OFTEN_BEFORE.search(text[: match.start()]):
        return False
    window = max(0, match.start() - 30)
    before = text[window : match.start()]
    if _PEOPLE_BEFORE.search(before) or _PEOPLE_AFTER.match(text, match.end()):
        return True
    if _TIME_BEFORE.search(before) or (unit != "y" and match[0].lower().startswith("after")):
        return False
    labelled = _LABEL_AFTER.match(text, match.end()) is not None
    if unit == "h":  # "(AUC, 0–24 hours)"
        return not before.strip() and labelled
    opens = not before.strip() or before.rstrip().endswith(
        (":", ";", "|", ",", ".", "•", "-", "–", "kg (")
    )
    if unit == "y":
        return bool(
            labelled
            or opens
            or match["less"]
            or (match["more"] and match["more"].lower() != "after")
        )
    if match["less"] and match["less"].lower() == "under":
        return True
    return labelled and opens


_IN_MONTHS = 3  # years, up to which an age is given in months
_UNITS_SHOWN = (("month", Decimal(12)), ("week", Decimal("52.1775")), ("day", Decimal("365.25")))


def age_and_unit(years: Decimal) -> tuple[str, str]:
    """ "4", "month" of the age that was read from "4 months"; else years."""
    if years == years.to_integral_value():
        return f"{years.to_integral_value():f}", "year"
    if years > _IN_MONTHS:
        return f"{years.normalize():f}", "year"
    rounded = years.quantize(Decimal("0.0001"))
    for unit, per_year in _UNITS_SHOWN:
        number = (years * per_year).to_integral_value()
        if number and (number / per_year).quantize(Decimal("0.0001")) == rounded:
            return f"{number:f}", unit
    return f"{years.normalize():f}", "year"


def age_in_words(years: Decimal) -> str:
    """An age as people give it: "5 days", "6 weeks", "18 months", "4 years"."""
    number, unit = age_and_unit(years)
    return f"{number} {unit}{'s' * (number != '1')}"
