"""Weight, renal function, BMI, gestation and risk in a text, as bounds."""

from __future__ import annotations

import re
from decimal import Decimal

from osler.domain import Criterion
from osler.patterns import lazy
from osler.statements.groups.ages import of_gestation
from osler.statements.groups.elided_bounds import find_elided
from osler.statements.groups.trimesters import TRIMESTERS
from osler.statements.words.bounds import COMPARATOR, DASH, NUMBER, SUFFIX, Bound, bound, number

_REST = (
    rf"(?:(?P<between>between|of|is|was|:|=|in the range(?: of)?)\s*)*(?:{COMPARATOR}\s*)?"
    rf"(?<![\w.])(?P<a>{NUMBER})\s*(?P<ua>%s)?"
    rf"(?:\s*{DASH}{DASH}?\s*(?P<lt><|less than|under|below)?\s*(?P<b>{NUMBER})\s*)?"
    rf"(?P<u>\s*%s)?(?:\s*{SUFFIX})?"
)


def _compiled(prefix: str, unit: str) -> re.Pattern[str]:
    return lazy(prefix + _REST % (unit, unit), re.IGNORECASE)


_RATE = r"ml\s*/\s*min(?:ute)?(?:\s*(?:/|per)\s*1[.,·]73\s*m(?:²|2|\^2))?"
# The rest of a column's header: "Renal function (eGFR, mL/min): 30", "Body weight, kg: 20".
_HEADER = (
    rf"(?:\s*[,;]?\s*(?:in\s+)?(?:{_RATE}|(?:[µμ]|micro|u|m)mol\s*/\s*l|mg\s*/\s*dl|"
    r"kg\s*/\s*m(?:²|2|\^2)|kg)(?=\s*[):]))?(?:\s*\)(?=\s*:))?"
)
_BRACKET = (
    rf"\s*(?:\([^()]{{0,40}}\)|\[[^\[\]]{{0,40}}\])?{_HEADER}\s*[,:]?\s*"
    r"(?:is|was|of|falls|drops|value|"
    r"level|now|remains|if|to|that is|rate)*\s*"
)
_EGFR = _compiled(rf"\be?gfr{_BRACKET}", _RATE)
_CRCL = _compiled(
    r"\b(?:cr\s?cl|clcr|creatinine\s+clearance|ccr|"
    rf"(?:renal|kidney)\s+function(?=\s*\(ml\s*/\s*min\))){_BRACKET}",
    _RATE,
)
_CREATININE = _compiled(
    rf"\b(?:serum\s+)?creatinine(?!\s+clearance){_BRACKET}",
    r"(?:[µμ]mol|micromol|umol|mg|mmol)\s*/\s*d?l(?:itre)?",
)
_BMI = _compiled(rf"\b(?:bmi|body\s+mass\s+index){_BRACKET}", r"kg\s*/\s*m(?:²|2|\^2)")
_RISK = _compiled(
    r"\b(?:q?risk\d?|ascvd\s+risk|cvd\s+risk|10[-\s]?year\s+risk|"
    r"ten[-\s]year\s+risk)(?:\s+(?:score|of\s+(?:cvd|ascvd|cardiovascular disease)))?" + _BRACKET,
    r"%|per\s+cent|percent",
)
_WEIGHT = lazy(
    rf"(?:\b(?:body\s*)?(?:weight|weighing|weighs?)\s*"
    rf"(?:\(kg\)|,\s*kg(?=:)|in kg(?=:))?\s*[:=]?\s*(?:of|is)?\s*)?{_REST % ('kg', 'kg')}",
    re.IGNORECASE,
)
_KILOGRAMS = lazy(r"\d\s*-?\s*kgs?\b|weigh")
_BARE_RATE = lazy(_REST % (_RATE, _RATE), re.IGNORECASE)
_GESTATION = lazy(
    rf"(?:\bgestation(?:al age)?\s*(?:of)?\s*)?{_REST % ('weeks?', 'weeks?')}(?P<of>"
    rf"['’]?\s*(?:of\s+)?(?:gestation(?:al age)?|"
    rf"pregnan(?:cy|t)))?",
    re.IGNORECASE,
)
_OF_PREGNANCY = lazy(
    r"gestation|pregnan|ante-?(?:partum|natal)|\bmiscarriage|\bectopic|sensiti[sz]ing event|"
    r"\bweeks to birth",
)
_FROM_WEEK = lazy(
    r"\b(\d{1,2})\s+weeks?\s+(?:(?:to|until|till)\s+(?:birth|delivery|term)\b|(?:or|and)\s+later\b|"
    r"onwards?\b)",
    re.IGNORECASE,
)
_AGED = lazy(r"\s*(?:old|of age|after|before|later|apart|ago|a\b)", re.IGNORECASE)
# Of weeks after these words it is told how long, or how often.
_LASTING = lazy(
    r"\b(?:for|every|within|after|over|of|last|next|in|lasts?|than|more than)(?:\s+$|\s+(?=\d))",
    re.IGNORECASE,
)
_BORN = lazy(r"\b(?:infant|neonat|newborn|child|aged?\b|babies)", re.IGNORECASE)
_AT_TERM = lazy(r"(?<!born )(?<!infants )(?<!babies )\b(?:at|near) term\b", re.IGNORECASE)
_TERM = Decimal(37)
_MG_DL = Decimal("88.42")  # µmol/L in 1 mg/dL of creatinine (molar mass 113.1 g/mol)


def find_measures(text: str) -> list[tuple[int, int, Criterion]]:
    """Find bounds on weight, eGFR, creatinine clearance, creatinine, BMI, risk and gestation."""
    low = text.lower()
    found: list[tuple[int, int, Criterion]] = []
    if "gfr" in low:
        named = _named("egfr", _EGFR, text)
        found += named + find_elided(text, named)
    if "cl" in low or "function (ml" in low:
        named = _named("crcl", _CRCL, text)
        found += named + find_elided(text, named)
    if "creatinine" in low:
        found += _creatinine(text)
    if "ml/min" in low.replace(" ", ""):
        taken = [(start, end) for start, end, _ in found]
        attribute = "egfr" if "1.73" in low else "crcl"
        found += [
            (start, end, criterion)
            for start, end, criterion in _named(attribute, _BARE_RATE, text, unit=True)
            if all(end <= s or start >= e for s, e in taken)
        ]
    if "bmi" in low or "mass index" in low:
        found += _named("bmi", _BMI, text)
    if "risk" in low and ("%" in low or "per" in low):
        found += _named("risk", _RISK, text)
    if "kg" in low and _KILOGRAMS.search(low):
        found += _weights(text)
    if "week" in low and ("age" in low or _OF_PREGNANCY.search(low)):
        found += _gestations(text)
    return found


_AFTER_TRIMESTER = lazy(
    r"\b(?:after|beyond|past|outside)\s+(?:the\s+)?(?P<last>first|second)\s+trimester",
    re.IGNORECASE,
)


def find_term(text: str) -> list[tuple[int, int, Criterion]]:
    """Find "at term", from 37 weeks of gestation (WHO; ACOG Committee Opinion 579), and "after the
    first trimester"."""
    found = [
        (m.start(), m.end(), Criterion("gestation", low=_TERM, text=m[0]))
        for m in _AT_TERM.finditer(text)
    ]
    for m in _AFTER_TRIMESTER.finditer(text):
        weeks = TRIMESTERS[m["last"].lower()][1]
        found.append((m.start(), m.end(), Criterion("gestation", low=weeks, text=m[0])))
    return found


def _named(
    attribute: str, pattern: re.Pattern[str], text: str, *, unit: bool = False
) -> list[tuple[int, int, Criterion]]:
    found = []
    for match in pattern.finditer(text):
        if unit and not ((match["u"] or match["ua"]) and _is_clearance(text, match)):
            continue
        limits = bound(match)
        if limits is None and not match["b"] and _DOWN_TO.search(text, 0, match.start()):
            limits = Bound(number(match["a"]), None)
        if limits is not None:
            found.append((match.start(), match.end(), _criterion(attribute, limits, match.group())))
    return found


_DOWN_TO = lazy(r"\bdown\s+to\s+(?:an?\s+)?$", re.IGNORECASE)
_AT_A_RANGE = lazy(r"\b(?:at|between|in|with)\s+$", re.IGNORECASE)
# "Injected at 3–5 mL/min", "pumped at 200–300 mL/min": how fast something goes.
_GIVEN_AT = lazy(
    r"\b(?:inject|run|gave|giv|pump|perfus|deliver|contrast)\w*\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_FLOW = lazy(
    r"infus|\brate\b|flow|urine|oxygen|drip|saline|hour|bolus|\b(?:clear|remov)(?:s|ed|es)?\b",
    re.IGNORECASE,
)


def _is_clearance(text: str, match: re.Match[str]) -> bool:
    """A rate without its name bounds renal function as a label, with a comparator or as a range.

    "40–60 mL/min: …", "avoid below 35 mL/min", "with caution at 30–44 mL/min"; not in a text on
    an infusion, on urine or on how fast dialysis clears a drug.
    """
    bounded = match["less"] or match["most"] or match["more"] or match["least"]
    before = text[: match.start()]
    ranged = match["b"] and _AT_A_RANGE.search(before) and not _GIVEN_AT.search(before)
    bounded = bounded or ranged
    if (bounded or match["up"] or match["down"]) and not _FLOW.search(text):
        return True
    return not text[: match.start()].strip(" •-–*") or text[match.end() :].lstrip().startswith(":")


def _criterion(attribute: str, limits: Bound, words: str) -> Criterion:
    return Criterion(
        attribute,
        low=limits.low,
        high=limits.high,
        low_inclusive=limits.low_inclusive,
        high_inclusive=limits.high_inclusive,
        text=words.strip(),
    )


def _creatinine(text: str) -> list[tuple[int, int, Criterion]]:
    found = []
    for match in _CREATININE.finditer(text):
        limits = bound(match)
        unit = (match["u"] or match["ua"] or "").lower().replace(" ", "")
        if limits is None or not unit or unit.startswith("mmol"):
            continue
        factor = _MG_DL if unit.startswith("mg") else Decimal(1)
        found.append(
            (
                match.start(),
                match.end(),
                Criterion(
                    "creatinine",
                    low=None if limits.low is None else limits.low * factor,
                    high=None if limits.high is None else limits.high * factor,
                    low_inclusive=limits.low_inclusive,
                    high_inclusive=limits.high_inclusive,
                    text=match.group().strip(),
                ),
            )
        )
    return found


def _weights(text: str) -> list[tuple[int, int, Criterion]]:
    found = []
    for match in _WEIGHT.finditer(text):
        after = text[match.end() : match.end() + 8].lstrip().lower()
        stated = (
            match["u"]
            or match["ua"]
            or match.group().lower().startswith(("weight", "body", "weigh"))
        )
        if (
            not stated
            or after.startswith(("/m", "/"))
            or text[: match.start()].rstrip().endswith(("per", "/"))
        ):
            continue
        if not (match["u"] or match["ua"]) and after.startswith(("mg", "g", "m", "µg", "%")):
            continue
        limits = bound(match)
        if limits is not None:
            found.append((match.start(), match.end(), _criterion("weight", limits, match.group())))
    return found


def _gestations(text: str) -> list[tuple[int, int, Criterion]]:
    of_pregnancy = _OF_PREGNANCY.search(text.lower()) is not None
    found = [
        (m.start(), m.end(), Criterion("gestation", low=Decimal(m[1]), text=m[0]))
        for m in (_FROM_WEEK.finditer(text) if of_pregnancy else ())
    ]
    for match in _GESTATION.finditer(text):
        named = match["of"] or match.group().lower().startswith("gestation")
        if not (named or of_gestation(text, match.start(), match.end())) and (
            not of_pregnancy
            or _LASTING.search(text, 0, match.start())
            or _LASTING.match(match.group())
            or _AGED.match(text, match.end())
            or _BORN.search(text)
        ):
            continue
        limits = bound(match)
        if limits is not None:
            found.append(
                (match.start(), match.end(), _criterion("gestation", limits, match.group()))
            )
    return found
