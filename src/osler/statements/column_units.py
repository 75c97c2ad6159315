"""The unit of a column of bare numbers: in its header, in the first cell or over the table."""

from __future__ import annotations

import re

from osler.dosage import find_phases, find_routes
from osler.patterns import lazy
from osler.statements.analytes import analyte_units
from osler.statements.cell_times import is_part_of_the_day
from osler.statements.groups import read_group
from osler.statements.substances import find_substances

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
# "eGFR 30 to 49", "Over 65 years", "Week 1": for whom or when the doses under it are.
_BAND = lazy(
    r"(?=.*\d)(?:.*\b(?:e?gfr|cr\s?cl|clearance|creatinine|years?|months?|kg|weight|ages?|bmi)\b)|"
    r"(?:days?|weeks?|months?|steps?)\s+\d|child[-\s]pugh\b",
    re.IGNORECASE,
)
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

    They are where it speaks of dosing or says whose, when, by which route or of which drug.
    """
    header = _SURFACE.sub("", header)
    if any(p.search(header) for p in (_NOT_DOSED, _IN_HEADER, _THRESHOLD)):
        return False
    if _BAND.match(header) or _GIVEN.search(header):
        return True
    if _MEASURED.search(header):
        return False
    drugs = [found for found in find_substances(header) if found.name not in analyte_units()]
    said = (drugs, read_group(header).criteria, find_phases(header), find_routes(header))
    return any(said) or is_part_of_the_day(header)
