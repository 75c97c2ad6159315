"""The unit of a column of bare numbers: in its header, in the first cell or over the table."""

from __future__ import annotations

import re

from osler.dosage import find_routes
from osler.patterns import lazy
from osler.statements.groups.reading import read_group
from osler.statements.tables.cell_times import is_part_of_the_day
from osler.statements.vocabulary.analytes import analyte_units
from osler.statements.vocabulary.substances import find_substances

_BODY = r"(?:kg|m2|m²)(?![A-Za-z])"
_TIME = r"(?:day|d|dose|hours?|hr|h|min(?:ute)?s?|week|24\s?(?:hours?|hrs?|h))\b"
_MASS = (
    r"(?:mg|mcg|[µμu]g|microg(?:rams?)?|milligrams?|nanograms?|ng|grams?|g|mmol|mEq|"
    r"(?:international\s+|mega)?units?|IU|MU|mL|millilit(?:re|er)s?)"
)
_UNIT = rf"{_MASS}(?:\s?(?:/|\bper\s)\s?(?:{_BODY}|{_TIME}))*+"
# What is measured in a volume of something else ("mg/L") is a level and no dose.
_ENDS = rf"(?![\w²%-]|\s?(?:/|\bper\s)\s?(?!{_BODY}|{_TIME})\w)"
_FORM = (
    r"(?:tablets?|capsules?|puffs?|inhalations?|actuations?|sprays?|drops?|sachets?|ampoules?|"
    r"vials?|suppositor(?:y|ies)|pessar(?:y|ies)|patch(?:es)?|lozenges?|teaspoons?|spoonfuls?)"
)
# After a number it tells how strong a product is: "20/120 mg", "250 mg tablets".
_IN_HEADER = lazy(rf"(?<![\w/.])(?<!\d\s)(?P<unit>{_UNIT}){_ENDS}", re.IGNORECASE)
_AT_EDGE = lazy(r"^\s*$|[(\[,:/]\s*$|\b(?:in|of)\s+$", re.IGNORECASE)
_COUNTED = lazy(rf"\b(?P<unit>{_FORM})\b(?!\s+(?:strength|size|per\s+pack))", re.IGNORECASE)
_GIVEN = lazy(
    r"\b(?:dos(?:e|es|age|ing)|bolus|infusion|loading|maintenance|maximum|max|start\w*|initial|"
    r"usual|then|next|thereafter|give|take|driver|syringe|treatment|prevention|prophylaxis|rate)\b",
    re.IGNORECASE,
)
_MEASURED = lazy(
    r"\b(?:strengths?|contents?|contains?|levels?|concentrations?|trough|peak|clearance|e?gfr|"
    r"cr\s?cl|creatinine|weights?|ages?|targets?|results?|cost|price|packs?|output|loss(?:es)?|"
    r"deficit|ha?emoglobin|albumin|ferritin|glucose|intake|supplied|range|count|dilut\w*|"
    r"serum|plasma|blood|urine|bmi|height|score|volume|alcohol|protein|box|bottle|pack)\b",
    re.IGNORECASE,
)
# Numbers of these are days, steps or instructions, whatever is said of the doses beside them.
_NOT_DOSED = lazy(
    r"^(?:days?|weeks?|months?|years?|hours?|cycles?|steps?|stages?|grades?|lines?|no\.?|class|"
    r"type|every|repeat\w*|route|interval|frequency|how often|notes?|comments?)\b(?!\s+\d)|%|"
    r"\b(?:times|doses)\s+(?:a|per)\s+day\b|\bnumber\s+of\b|\bduration\b|"
    r"[(\[,]\s*(?:hours?|days?|weeks?|months?|years?|minutes?|kg)\s*[)\]]?$",
    re.IGNORECASE,
)
# "Week 1", "Child-Pugh B": when or for whom the doses under it are.
_BAND_ALONE = lazy(
    r"(?:days?|weeks?|months?|steps?)\s+\d+(?:\s*(?:-|–|to|and)\s*\d+)?(?:\s+(?:onwards?|on))?|"
    r"child[-\s]pugh(?:\s+(?:class|grade|score))?\s+[A-C]",
    re.IGNORECASE,
)
# "Doses" may be counted, a "rate" be of response or recovery.
_DOSE_WORD = lazy(
    r"dose|dosage|dosing|bolus|infusion|loading|maintenance|maximum|max|minimum|start(?:ing)?|"
    r"initial(?:ly)?|usual|then|next|thereafter|give|take|driver|syringe|treatment|prevention|"
    r"prophylaxis|single|daily|total|first|second|third|low(?:est)?|high(?:est)?|standard",
    re.IGNORECASE,
)
_LINK = lazy(
    r"in|for|of|by|with|to|and|or|the|a|an|each|per|patients?|people|severe|mild|moderate",
    re.IGNORECASE,
)
_WORDS = lazy(r"[^\W_]+(?:[-'’][^\W_]+)*")
# "Do not start below (eGFR, mL/min)": the number under it is what is measured.
_THRESHOLD = lazy(
    r"\b(?:not|stop|avoid|withhold|hold|start|give|if|when|until|only)\b[^()\d]*"
    r"\b(?:below|above|under|over|(?:less|more|greater|lower|higher)\s+than|at\s+least)\b"
    r"[^()\d]*(?:\(|$)",
    re.IGNORECASE,
)
_SURFACE = lazy(r"/\s?1[.,]73\s?m(?:2|²)", re.IGNORECASE)
_IN_LABEL = lazy(rf"[(\[,]\s*(?:[^()\[\],]*,\s*)?(?P<unit>{_UNIT})\s*[)\]]?$", re.IGNORECASE)
_ON_DOSES = lazy(r"\b(?:doses?|amounts?|figures|numbers)\b", re.IGNORECASE)
_SENTENCE_END = lazy(r"[.;]\s")
_STATED = lazy(
    rf"(?:\bin|[(\[,]|\bor|\band)\s*(?:all\s+)?(?P<unit>{_UNIT})(?![\w/])"
    r"(?:(?:\s+of\s+\w+)?\s*\((?P<of>[^()]*)\))?",
    re.IGNORECASE,
)
_NAMES_IT = lazy(r"^(?:dose\s+)?units?(?:\s+of\s+(?:dose|measure))?$", re.IGNORECASE)
_ALONE = lazy(_UNIT, re.IGNORECASE)


def unit_in_header(header: str) -> str:
    """The unit of the doses under a header: "mg/kg" of "sugammadex (mg/kg IV bolus)", "tablets".

    Empty where it names none, or one in which something is measured and not given.
    """
    if _THRESHOLD.search(header):
        return ""
    if _MEASURED.search(header) and not _GIVEN.search(header):
        return _per_body(header)
    for found in _IN_HEADER.finditer(header):
        if _AT_EDGE.search(header, 0, found.start()) or not header[found.end() :].strip():
            return found["unit"]
        if found.start() == 0:
            return found["unit"]
    if _NOT_DOSED.search(header) and not re.match(r"number\s+of\b", header, re.IGNORECASE):
        return ""
    counted = _COUNTED.search(header)
    return counted["unit"].lower() if counted is not None else ""


def _per_body(header: str) -> str:
    """What is given by weight is no weight: "sugammadex (mg/kg, actual weight)"."""
    found = _IN_HEADER.search(header)
    by_size = found is not None and re.search(r"(?:/|per\s)\s?(?:kg|m2|m²)", found["unit"])
    return found["unit"] if found is not None and by_size else ""


def unit_in_label(label: str) -> str:
    """The unit that the first cell of a row states of the cells beside it: "Pethidine (mg)"."""
    found = _IN_LABEL.search(label)
    return found["unit"] if found is not None and not _MEASURED.search(label) else ""


def unit_over_table(above: str, label: str) -> str:
    """The unit that a caption or lead-in states of all doses, or of the drug of a row.

    "Doses in mg (ropinirole) or micrograms (pramipexole)" gives each its own. Empty where
    several units are named and none of them for this row.
    """
    on_doses = filter(_ON_DOSES.search, _SENTENCE_END.split(above))
    stated = [unit for sentence in on_doses for unit in _STATED.finditer(sentence)]
    own = {m["unit"].lower() for m in stated if m["of"] and _names(m["of"], label)}
    units = own or {m["unit"].lower() for m in stated}
    return next(m["unit"] for m in stated if m["unit"].lower() in units) if len(units) == 1 else ""


def _names(drugs: str, label: str) -> bool:
    """Whether a row's label is of one of the drugs in a bracket."""
    named = {found.name for found in find_substances(drugs)}
    return any(found.name in named for found in find_substances(label))


def is_unit_column(header: str, text: str) -> bool:
    """Whether a column says the unit of the dose beside it: "Unit: mg/kg"."""
    return _NAMES_IT.match(header) is not None and _ALONE.fullmatch(text) is not None


def may_hold_doses(header: str) -> bool:
    """Whether the numbers under a header are doses in a unit said elsewhere.

    They are where each of its words tells of a dose, or whose, when, by which route or of which
    drug it is. A word of anything else may make them times, counts or results.
    """
    header = _SURFACE.sub("", header)
    if any(p.search(header) for p in (_NOT_DOSED, _IN_HEADER, _THRESHOLD)):
        return False
    if _BAND_ALONE.fullmatch(header) or is_part_of_the_day(header):
        return True
    drugs = [found for found in find_substances(header) if found.name not in analyte_units()]
    places = [(drug.start, drug.end) for drug in drugs]
    places += [(route.start, route.end) for route in find_routes(header)]
    for criterion in read_group(header).criteria:
        at = header.find(criterion.text)
        if criterion.text and at >= 0:
            places.append((at, at + len(criterion.text)))
    rest = list(header)
    for start, end in places:
        rest[start:end] = " " * (end - start)
    words = _WORDS.findall("".join(rest))
    told = bool(places) or any(map(_DOSE_WORD.fullmatch, words))
    return told and all(_DOSE_WORD.fullmatch(word) or _LINK.fullmatch(word) for word in words)
