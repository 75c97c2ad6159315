"""Measured bounds that are not doses: laboratory targets, ages, weights, clearances, pressures."""

# ruff: noqa: E501  (an alternative of a pattern reads best on one line)

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from osler.domain.dosage import Comparator, Target
from osler.dosage.amounts import comparator_before
from osler.dosage.numbers import BEGIN, DASH, NUMBER, UPPER, plain, read_number
from osler.dosage.roles import amounts_and_roles
from osler.dosage.spans import scan
from osler.patterns import lazy

# Canonical name -> the words that mean it.
_ANALYTES = {
    "eGFR": r"e-?GFR|estimated\s+glomerular\s+filtration\s+rate|\bGFR|glomerular\s+filtration(?:\s+rate)?",
    "CrCl": r"CrCl|creatinine\s+clearance|\bCCr\b|\bClCr\b",
    "INR": r"\bINR\b|international\s+normali[sz]ed\s+ratio",
    "HbA1c": r"HbA1c|\bA1c\b|glycated\s+ha?emoglobin",
    "BMI": r"\bBMI\b|body\s+mass\s+index",
    "systolic blood pressure": r"systolic(?:\s+(?:blood\s+pressure|BP\b))?|\bSBP\b",
    "diastolic blood pressure": r"diastolic(?:\s+(?:blood\s+pressure|BP\b))?|\bDBP\b",
    "blood pressure": r"blood\s+pressure|\bBP\b",
    "homocysteine": r"homocysteine",
    "trough": r"trough(?:\s+(?:level|concentration))?",
    "peak": r"peak(?:\s+(?:level|concentration))?",
    "potassium": r"potassium|\bK\+",
    "sodium": r"sodium|\bNa\+",
    "calcium": r"calcium",
    "creatinine": r"creatinine",
    "glucose": r"glucose|blood\s+sugar|\bFPG\b",
    "haemoglobin": r"ha?emoglobin\b|\bHb\b",
    "ferritin": r"ferritin",
    "vitamin B12": r"(?:serum\s+)?(?:vitamin\s+)?B12",
    "bilirubin": r"bilirubin|\bTSB\b",
    "albumin": r"albumin",
    "TSH": r"\bTSH\b",
    "lithium level": r"lithium(?:\s+level)?",
    "LDL": r"LDL(?:[-\s]?C|\s+cholesterol)?",
    "cholesterol": r"cholesterol",
    "oxygen saturation": r"SpO2|SaO2|oxygen\s+saturation",
    "heart rate": r"heart\s+rate|pulse(?:\s+rate)?",
    "respiratory rate": r"respiratory\s+rate",
    "temperature": r"temperature",
    "platelets": r"platelets?(?:\s+count)?",
    "CD4": r"\bCD4(?:\s+(?:cell\s+)?count)?",
    "QRISK": r"QRISK\d?",
    "risk": r"\brisk\b",
    "MELD": r"\bMELD\b",
    "urine output": r"urine\s+(?:output|volume)",
    "weight": r"body\s?-?weight|weigh(?:t|s|ing)",
    "age": r"\baged?\b",
    "gestation": r"gestation(?:al\s+age)?",
}
_ANALYTE = lazy("|".join(f"(?P<a{i}>{w})" for i, w in enumerate(_ANALYTES.values())), re.I)
# Letters of which some stand in every name: a search for these is far faster.
_MAY_NAME = lazy(
    "gfr|glomerular|crcl|creatinine|ccr|clcr|inr|international|a1c|globin|bmi|body|pressure|bp|"
    "stolic|homocysteine|trough|peak|potassium|k\\+|sodium|na\\+|calcium|glucose|sugar|fpg|hb|"
    "ferritin|b12|bilirubin|tsb|albumin|tsh|lithium|ldl|cholesterol|spo2|sao2|saturation|heart|"
    "pulse|respiratory|temperature|platelet|cd4|risk|meld|urine|weigh|age|gestation"
)
_CLAUSE_END = lazy(r"[.;|\n](?:\s|$)|\bmL\b")
_NAMES = tuple(_ANALYTES)
_UNITS = {
    "a": r"years?(?:[\s-]+(?:old|of\s+age))?|yrs?(?:\s+old)?|y/o|yo\b",
    "mo": r"months?(?:[\s-]+(?:old|of\s+age))?",
    "wk": r"weeks?(?:['’]?\s*(?:gestation|old|pregnant|of\s+(?:gestation|age|pregnancy)))?",
    "d": r"days?(?:[\s-]+(?:old|of\s+age))?",
    "h": r"hours?|hrs?",
    "min": r"minutes?|mins?",
    "mm[Hg]": r"mm\s?Hg",
    "mL/min/{1.73_m2}": r"m[lL]\s*/\s*min(?:ute)?\s*(?:/|per)\s*1[.·]73\s*m\s?(?:2|²|\^2)?",
    "mL/min": r"m[lL]\s*(?:/|per)\s*min(?:ute)?\b",
    "mmol/mol": r"mmol\s*/\s*mol",
    "kg/m2": r"kg\s*/\s*m\s?(?:2|²)",
    "kg": r"kgs?\b|kilograms?\b",
    "Cel": r"°\s?C\b|o\s?C\b|degrees\s+(?:C\b|celsius)",
    "/min": r"(?:beats|breaths)\s*(?:/|per)\s*min(?:ute)?\b|bpm\b",
    "cm": r"cm\b",
    "%": r"%|per\s?cent\b",
    "10*9/L": r"[x×]\s?10\s?\^?9\s?/\s?[lL]",
    "/uL": r"(?:cells\s*)?/\s*(?:[μµu]l|mm3|mm³)",
}
_UNIT = "|".join(f"(?P<u{i}>{u})" for i, u in enumerate(_UNITS.values()))
_CODES = tuple(_UNITS)
_MEASURED = lazy(
    rf"(?P<n1>{NUMBER})(?:\s*(?P<lu>years?|months?|weeks?|days?|kg|%|hours?|m[lL]/min))?(?:{DASH}(?P<n2>{UPPER})|\s*/\s*(?P<bp>\d{{2,3}})(?=\s*mm))?[\s-]*(?:{_UNIT})",
    re.I,
)
_BARE = lazy(
    rf"(?P<analyte>{'|'.join(_ANALYTES[a] for a in ('eGFR', 'CrCl', 'INR', 'BMI', 'HbA1c', 'age', 'CD4', 'MELD', 'QRISK', 'systolic blood pressure', 'diastolic blood pressure', 'blood pressure'))})"
    rf"(?P<gap>[^.;|\d\n]{{0,30}}?)(?P<n1>{NUMBER})(?:{DASH}(?P<n2>{UPPER})|\s*/\s*(?P<bp>\d{{2,3}}))?(?![\d.]*\s*(?:mg|mcg|microgram|g\b|ml|tablet|times))",
    re.I,
)
_COMPARED_AFTER = lazy(
    r"\s*(?:or|and)\s+(?P<more>over|older|above|more|greater|higher)\b|\s*(?:or|and)\s+(?P<less>less|under|below|younger|lower|fewer)\b|(?P<plus>\+)",
    re.I,
)
_TIMING_BEFORE = lazy(
    r"(?:\bfor\s+(?:(?:at\s+least|up\s+to|about|a|the|first|next|another|further|total|of|minimum|maximum)\s+)*|\bevery\s+|\bover\s+(?=.*(?:min|hour))|\bx\s*|\bwithin\s+(?:the\s+)?(?:first\s+)?|\beach\s+|\bin\s+)$",
    re.I,
)
_AGE_AFTER = lazy(
    r"\s*(?:old|of\s+age|and\s+(?:over|older|above)|or\s+(?:over|older|above|younger))", re.I
)
_RELATIVE = lazy(r"\s*(?:after|before|later|post|prior)", re.I)
_AGE_BEFORE = lazy(
    r"(?:\baged?(?:\s+(?:of|between|over|under|is))?|\b(?:child(?:ren)?|adults?|infants?|people|patients|men|women|those|adolescents?|neonates?)[\s:,(]*(?:aged\s+)?(?:over|under|above|below|less\s+than|more\s+than|older\s+than|younger\s+than|[<>≤≥]|from)?|\b(?:older|younger)\s+than|\b(?:over|under)|[<>≤≥]|^\W*)\s*$",
    re.I,
)


_ANALYTE_BEGIN = frozenset(
    [
        "egf",
        "est",
        "gfr",
        "glo",
        "crc",
        "cre",
        "ccr",
        "clc",
        "inr",
        "int",
        "bmi",
        "bod",
        "hba",
        "a",
        "gly",
        "age",
        "cd",
        "mel",
        "qri",
        "blo",
        "bp",
        "sys",
        "dia",
        "e",
    ]
)


def _may_begin_analyte(word: str) -> bool:
    return word[:3] in _ANALYTE_BEGIN


def parse_targets(text: str) -> tuple[Target, ...]:
    """Every measured bound that is not a dose, in reading order. Never raises."""
    if not re.search(r"\d|\b(?:six|twelve|one|two|three)\b", text):
        return ()
    found: list[Target] = []
    for a, role in amounts_and_roles(text):
        if role is None and a.unit != "%":
            per = f"/{a.per}" if a.per else ""
            time = f"/{a.per_time}" if a.per_time else ""
            unit = f"{a.code}{per}{time}"
            found.append(_target(text, a.start, a.end, a.low, a.high, unit))
    for m in scan(_MEASURED, BEGIN.__contains__, text):
        target = _measured(text, m)
        if target and not _overlaps(target, found):
            found += _pressures(m, target)
    for m in scan(_BARE, _may_begin_analyte, text):
        low = plain(read_number(m["n1"]))
        high = plain(read_number(m["n2"])) if m["n2"] else None
        target = _target(text, m.start("n1"), m.end(), low, high or low, None)
        if not _overlaps(target, found):
            found += _pressures(m, target)
    return tuple(sorted(found, key=lambda t: t.start))


def _pressures(m: re.Match[str], target: Target) -> list[Target]:
    """Of "140/90 mmHg" a systolic and a diastolic target over the same words."""
    if not m["bp"]:
        return [target]
    diastolic = Decimal(m["bp"])
    return [
        replace(target, analyte="systolic blood pressure"),
        replace(
            target,
            analyte="diastolic blood pressure",
            low=None if target.low is None else diastolic,
            high=None if target.high is None else diastolic,
        ),
    ]


def _measured(text: str, m: re.Match[str]) -> Target | None:
    place = next(i for i in range(len(_CODES)) if m[f"u{i}"] is not None)
    code = _CODES[place]
    low = plain(read_number(m["n1"]))
    high = plain(read_number(m["n2"])) if m["n2"] else low
    before = text[max(0, m.start() - 45) : m.start()]
    _, compared_from = comparator_before(text, m.start())
    if code in ("a", "mo", "wk", "d", "h", "min"):
        word = m[f"u{place}"].lower()
        if code == "a" and text[m.end("n1") : m.end("n1") + 1] == "-" and word in ("year", "yr"):
            return None  # "10-year risk"
        aged = "old" in word or "age" in word or "gest" in word or "pregn" in word
        if code in ("h", "min", "d") and not aged:
            if not _RELATIVE.match(text, m.end()):
                return None
        elif not aged:
            lead = text[max(0, compared_from - 45) : compared_from]
            if _TIMING_BEFORE.search(before) and not _AGE_AFTER.match(text, m.end()):
                return None
            is_age = (
                _AGE_AFTER.match(text, m.end())
                or _AGE_BEFORE.search(before)
                or _AGE_BEFORE.search(lead)
            )
            if not is_age and not _RELATIVE.match(text, m.end()) and code != "a":
                return None
        analyte: str | None = "gestation" if "gest" in word or "pregn" in word else "age"
        if _RELATIVE.match(text, m.end()):
            analyte = None
        if m["lu"] and m["n2"]:
            low = _in_unit(low, m["lu"].lower(), code)
        target = _target(text, m.start(), m.end(), low, high, code)
        return Target(
            target.text,
            target.start,
            target.end,
            analyte,
            target.low,
            target.high,
            code,
            target.comparator,
        )
    if code == "%" and not _nearby(text, compared_from):
        return None
    if re.match(r"\s*/\s*(?:kg|day)", text[m.end() :]) or (code == "kg" and "/" in before[-1:]):
        return None
    return _target(text, m.start(), m.end(), low, high, code)


_MONTHS = {"y": Decimal(12), "m": Decimal(1), "w": Decimal(12) / 52, "d": Decimal(12) / 365}


def _in_unit(low: Decimal, said: str, code: str) -> Decimal:
    """The lower end of a range of ages in the unit of the upper: "6 months – 18 years"."""
    here = {"a": "y", "mo": "m", "wk": "w", "d": "d"}.get(code)
    if here is None or said[0] == here or said[0] not in _MONTHS:
        return low
    return plain(round(low * _MONTHS[said[0]] / _MONTHS[here], 4))


def _target(
    text: str, start: int, end: int, low: Decimal, high: Decimal, unit: str | None
) -> Target:
    compared, begin = comparator_before(text, start)
    after = _COMPARED_AFTER.match(text, end)
    if after and compared is None:
        compared = Comparator.AT_MOST if after["less"] else Comparator.AT_LEAST
        end = after.end()
    near = _nearby(text, begin)
    analyte: str | None = None
    if near:
        analyte, begin = near
    elif unit in ("mL/min/{1.73_m2}", "mL/min"):
        analyte = "eGFR" if "1.73" in unit else None
    elif unit == "kg":
        analyte = "weight"
    elif unit == "mm[Hg]":
        analyte = "blood pressure"
    else:
        words = re.search(
            r"([A-Za-z][\w-]*(?:\s[A-Za-z][\w-]*)?)\s*(?:is|was|of|:|=)?\s*$",
            text[max(0, begin - 40) : begin],
        )
        analyte = words[1] if words else None
    bounds: tuple[Decimal | None, Decimal | None] = (low, high)
    if low == high:
        if compared in (Comparator.LESS, Comparator.AT_MOST):
            bounds = (None, high)
        elif compared in (Comparator.GREATER, Comparator.AT_LEAST):
            bounds = (low, None)
    return Target(text[begin:end], begin, end, analyte, bounds[0], bounds[1], unit, compared)


def _nearby(text: str, end: int) -> tuple[str, int] | None:
    """The analyte named last in the clause before a number, and where it begins."""
    begin = max(0, end - 60)
    clause = _CLAUSE_END.split(text[begin:end])[-1]
    if _MAY_NAME.search(clause.lower()) is None:
        return None
    last = None
    for m in _ANALYTE.finditer(clause):
        last = m
    if last is None:
        return None
    if re.search(r"\d", clause[last.end() :]) and "(" not in clause[last.end() :]:
        return None
    return _NAMES[int(str(last.lastgroup)[1:])], end - len(clause) + last.start()


def _overlaps(target: Target, found: list[Target]) -> bool:
    return any(target.start < f.end and f.start < target.end for f in found)
