"""Units as written, in UCUM, and their conversion to one base unit a dimension."""

from __future__ import annotations

import re
from decimal import Decimal

from osler.dosage.numbers import plain
from osler.patterns import lazy

# UCUM code -> the spellings (regular expressions) that mean it.
_SPELLINGS = {
    "ug": r"[mM]cgs?|microgs?|[μµu]gs?|micro\s?-?grams?|microgrammes?|[μµ]cg",
    "ng": r"ng|nanograms?|nanogrammes?",
    "mg": r"mgs?|mgm|milligrams?|milligrammes?|MG",
    "kg": r"[kK]gs?|KG|kilograms?|kilos?",
    "g": r"gm?s?|grams?|grammes?|G|Gm",
    "[iU]": r"i\.?u\.?|I\.?U\.?|(?i:international\s+units?)",
    "M[iU]": r"MIU",
    "MU": r"MU|(?i:mega\s?-?units?)",
    "m[iU]": r"mIU|(?i:milli-?\s?international\s+units?)",
    "mU": r"mU|(?i:milli-?\s?units?)",
    "U": r"(?i:(?:usp\s+)?units?)|U(?!\.S\.)",
    "mmol": r"mmols?|millimoles?",
    "umol": r"[μµu]mol|micromol(?:es?)?",
    "nmol": r"nmol|nanomol(?:es?)?",
    "pmol": r"pmol|picomol(?:es?)?",
    "meq": r"m[Ee]q|milliequivalents?",
    "dL": r"d[lL]",
    "mL": r"m[lL]s?|ML|mL|millilit(?:re|er)s?|ccs?",
    "L": r"L|l|lit(?:re|er)s?|Lit(?:re|er)s?",
    "{tablet}": r"(?i:tablets?|tabs?)",
    "{capsule}": r"(?i:capsules?|caps?)",
    "{puff}": r"(?i:puffs?|inhalations?|actuations?)",
    "{spray}": r"(?i:sprays?)",
    "{drop}": r"(?i:drops?|gtts?)",
    "{sachet}": r"(?i:sachets?)",
    "{pair}": r"(?i:pairs?)(?:\s+of\s+(?:ampoules?|ampules?|amps?))?",
    "{ampoule}": r"(?i:ampoules?|ampules?)|amps?",
    "{vial}": r"(?i:vials?)",
    "{suppository}": r"(?i:suppositor(?:y|ies))",
    "{pessary}": r"(?i:pessar(?:y|ies))",
    "{patch}": r"(?i:patch(?:es)?)",
    "{lozenge}": r"(?i:lozenges?)",
    "{teaspoon}": r"(?i:teaspoon(?:ful)?s?|tsp)",
    "{tablespoon}": r"(?i:tablespoon(?:ful)?s?|tbsp)",
    "{MME}": r"MMEs?|(?i:morphine\s+milligram\s+equivalents?)",
    "{application}": r"(?i:applications?)",
    "{applicatorful}": r"(?i:applicator(?:s|s?\s?ful(?:s)?))",
    "{fingertip_unit}": r"(?i:finger\s?-?tip\s+units?)",
    "{nebule}": r"(?i:nebules?)",
    "{pastille}": r"(?i:pastilles?)",
    "{scoop}": r"(?i:scoops?)",
    "{implant}": r"(?i:implants?)",
    "cm": r"cm|centimet(?:re|er)s?",
    "[in_i]": r"(?i:inch(?:es)?)",
    "{spoonful}": r"(?i:(?:5\s?ml\s+)?spoonfuls?)",
    "%": r"%|per\s?cent",
}
# A length is a dose where it is one of what is squeezed out: "1 cm of ointment".
_SQUEEZED = (
    r"(?=[\s-]+(?:(?:of\s+)?(?:the\s+)?(?:(?:ribbon|strip|length|layer|line|thread)s?\b"
    r"|(?:\w+\s+){0,3}(?:ointment|cream|gel|paste)\b)"
    r"|(?:once|twice|(?:three|four|five|six|\d)\s+times)\s+(?:daily|a\s+day|each\s+day)\b))"
)
_ONLY_BEFORE = {"cm": _SQUEEZED, "[in_i]": _SQUEEZED}
UNIT = (
    "(?:"
    + "|".join(f"(?:{p}){_ONLY_BEFORE.get(code, '')}" for code, p in _SPELLINGS.items())
    + ")(?![A-Za-zμµ>]|-[A-Z]{2})"
)
_READ = [(code, lazy(f"(?:{p})\\Z")) for code, p in _SPELLINGS.items()]
_KNOWN: dict[str, str] = {}

TIME_UNITS = {"s": "seconds?|secs?", "min": "minutes?|mins?", "h": "hours?|hrs?|hourly|h",
              "d": "days?|daily|24\\s*(?:hours?|hrs?|h)|d", "wk": "weeks?|wks?|weekly|w",
              "mo": "months?|mths?|monthly|mo", "a": "years?|yrs?|yearly|annum"}  # fmt: skip
TIME = "(?:" + "|".join(f"(?:{p})" for p in TIME_UNITS.values()) + r")\b"
_READ_TIME = [(code, lazy(f"(?:{p})\\Z", re.I)) for code, p in TIME_UNITS.items()]
_KNOWN_TIME: dict[str, str] = {}

# To one base a dimension: mass ug, volume mL, amount umol, time s; factors are exact.
_BASE: dict[str, tuple[Decimal, str]] = {
    "ng": (Decimal("0.001"), "ug"),
    "ug": (Decimal(1), "ug"),
    "mg": (Decimal(1000), "ug"),
    "g": (Decimal(10**6), "ug"),
    "kg": (Decimal(10**9), "ug"),
    "mL": (Decimal(1), "mL"),
    "dL": (Decimal(100), "mL"),
    "L": (Decimal(1000), "mL"),
    "pmol": (Decimal("0.000001"), "umol"),
    "nmol": (Decimal("0.001"), "umol"),
    "umol": (Decimal(1), "umol"),
    "mmol": (Decimal(1000), "umol"),
    "mol": (Decimal(10**6), "umol"),
    "m[iU]": (Decimal("0.001"), "[iU]"),
    "mU": (Decimal("0.001"), "U"),
    "M[iU]": (Decimal(10**6), "[iU]"),
    "MU": (Decimal(10**6), "U"),
    "s": (Decimal(1), "s"),
    "min": (Decimal(60), "s"),
    "h": (Decimal(3600), "s"),
    "d": (Decimal(86400), "s"),
    "wk": (Decimal(604800), "s"),
}  # a month or a year has no fixed length: "mo" and "a" stay as they are
_BASE["a"] = (Decimal(12), "mo")
_COUNTED = re.compile(
    r"\((?P<n>(?=[0-9.]*[1-9])[0-9]{1,9}(?:\.[0-9]{1,9})?)\.(?P<unit>[^.()/0-9]+)\)"
)


def read_unit(text: str) -> str:
    """The UCUM code of a unit matched by `UNIT`."""
    found = _KNOWN.get(text)
    if found is None:
        found = next(code for code, pattern in _READ if pattern.match(text))
        if len(_KNOWN) < 5000:
            _KNOWN[text] = found
    return found


def read_time_unit(text: str) -> str:
    """The UCUM code of a unit of time matched by `TIME`."""
    found = _KNOWN_TIME.get(text)
    if found is None:
        found = next(code for code, pattern in _READ_TIME if pattern.match(text))
        if len(_KNOWN_TIME) < 5000:
            _KNOWN_TIME[text] = found
    return found


def to_base(amount: Decimal, unit: str) -> tuple[Decimal, str]:
    """An amount in the base unit of its dimension.

    Mass becomes "ug", volume "mL", amount of substance "umol", time "s" ("mo" for months and
    years, which have no fixed length), international units "[iU]", countable forms stay as
    they are. Of a quotient ("mg/mL", "mg/(5.mL)") both sides are converted; of any other product
    ("mg/(kg.d)") what stands in brackets stays as it is.
    """
    if "/" in unit and not unit.startswith("mL/min"):
        top, bottom = unit.split("/", 1)
        over, count = bottom, Decimal(1)
        if counted := _COUNTED.fullmatch(bottom):
            count, over = Decimal(counted["n"]), counted["unit"]
        high, high_unit = to_base(amount, top)
        low, low_unit = to_base(count, over)
        return plain(high / low), f"{high_unit}/{low_unit}"
    factor, base = _BASE.get(unit, (Decimal(1), unit))
    return plain(amount * factor), base
