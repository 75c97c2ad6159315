"""`--patient`: what a person types or a file says of one patient."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from osler.domain import Patient
from osler.domain.errors import UsageError

_HELP = (
    "For example: age=78,sex=female,weight=61,egfr=24,condition=asthma,drug=warfarin\n"
    "or a JSON or YAML file with the same keys. A key may be given several times."
)
_HELP_ELSEWHERE = "Correct it, or leave it out."  # for whoever filled in a form
_NUMBER = re.compile(r"\s*(?P<number>[-−]?\d+(?:\.\d+)?)\s*(?P<unit>\S.*?)?\s*")

_WEIGHTS = {"kg": Decimal(1), "g": Decimal("0.001"), "lb": Decimal("0.45359237")}
# key → (field, factor by unit; the first is the unit that is meant when none is given)
_MEASURES: dict[str, tuple[str, dict[str, Decimal]]] = {
    "age": (
        "age_years",
        {
            "years": Decimal(1),
            "year": Decimal(1),
            "y": Decimal(1),
            "yr": Decimal(1),
            "months": Decimal(1) / 12,
            "month": Decimal(1) / 12,
            "mo": Decimal(1) / 12,
            "weeks": Decimal(7) / Decimal("365.25"),
            "wk": Decimal(7) / Decimal("365.25"),
            "days": Decimal(1) / Decimal("365.25"),
            "d": Decimal(1) / Decimal("365.25"),
        },
    ),
    "weight": ("weight_kg", _WEIGHTS),
    "ideal_weight": ("ideal_weight_kg", _WEIGHTS),
    "height": ("height_cm", {"cm": Decimal(1), "m": Decimal(100), "in": Decimal("2.54")}),
    "bmi": ("bmi", {"kg/m2": Decimal(1), "kg/m²": Decimal(1)}),
    "egfr": ("egfr", {"ml/min/1.73m2": Decimal(1), "ml/min/1.73m²": Decimal(1)}),
    "crcl": ("crcl", {"ml/min": Decimal(1)}),
    "creatinine": (
        "creatinine_umol_l",
        {
            "umol/l": Decimal(1),
            "µmol/l": Decimal(1),
            "μmol/l": Decimal(1),
            "mg/dl": Decimal("88.42"),
        },
    ),
    "risk": ("risk_percent", {"%": Decimal(1)}),
    "gestation": ("gestation_weeks", {"weeks": Decimal(1), "wk": Decimal(1)}),
}
# No patient is beyond these, in the unit that is meant when none is given.
_MOST = {
    "age": 120,
    "weight": 500,
    "ideal_weight": 200,
    "height": 260,
    "bmi": 150,
    "egfr": 250,
    "crcl": 400,
    "creatinine": 4000,
    "risk": 100,
    "gestation": 45,
}
_MAY_BE_NOUGHT = {"age", "egfr", "crcl", "risk"}
_WORDS: dict[str, tuple[str, dict[str, str]]] = {
    "sex": (
        "sex",
        {"female": "female", "f": "female", "woman": "female", "male": "male", "m": "male"}
        | {"man": "male"},
    ),
    "pregnancy": (
        "pregnancy",
        {
            "pregnant": "pregnant",
            "yes": "pregnant",
            "true": "pregnant",
            "planning": "planning",
            "not pregnant": "not pregnant",
            "no": "not pregnant",
            "false": "not pregnant",
        },
    ),
    "life_stage": (
        "life_stage",
        {s: s for s in ("neonate", "infant", "child", "adolescent", "adult", "older")},
    ),
}
_LISTS = {
    "condition": "conditions",
    "no": "absent_conditions",
    "procedure": "procedures",
    "drug": "drugs",
    "allergy": "allergies",
    "no_route": "routes_unavailable",
    "intolerance": "intolerances",
    "never_had": "never_had",
}
_OTHER_NAMES = {
    "kg": "weight",
    "gfr": "egfr",
    "pregnant": "pregnancy",
    "conditions": "condition",
    "absent_conditions": "no",
    "procedures": "procedure",
    "drugs": "drug",
    "allergies": "allergy",
    "intolerances": "intolerance",
    "country": "jurisdiction",
    "age_years": "age",
    "weight_kg": "weight",
    "height_cm": "height",
    "creatinine_umol_l": "creatinine",
    "risk_percent": "risk",
    "gestation_weeks": "gestation",
}


def read_patient(given: str) -> Patient:
    """Read `k=v,…`, or the JSON or YAML file of that name.

    Raises UsageError for a key or a value that is not understood: a fact about a patient is
    never dropped in silence.
    """
    facts: dict[str, Any] = {}
    for key, value in _pairs(given):
        name = _OTHER_NAMES.get(key, key)
        if name in _LISTS:
            facts[_LISTS[name]] = (*facts.get(_LISTS[name], ()), value.lower())
            continue
        field, read = _reader(name)
        if field in facts:
            raise UsageError(f"patient: {name} is given twice", help=_HELP)
        facts[field] = read(value)
    return Patient(**facts)


def read_facts(given: str) -> Patient | None:
    """ "age=78,egfr=24" as a patient; None where nothing is given. Raises UsageError.

    For what comes from elsewhere than the command line: only pairs are read, never a file.
    """
    if not given.strip():
        return None
    if "=" not in given:
        raise UsageError(
            f"“{given.strip()}” is not key=value",
            help="For example: age=78, sex=female, weight=61, egfr=24, condition=asthma",
        )
    try:
        return read_patient(given)
    except UsageError as error:
        help_ = (error.help or "").replace(_HELP, "").strip() or _HELP_ELSEWHERE
        raise UsageError(str(error).removeprefix("patient: "), help=help_) from error


def _reader(name: str) -> tuple[str, Callable[[str], Any]]:
    if name in _MEASURES:
        field, units = _MEASURES[name]
        return field, lambda value: _measure(name, value, units)
    if name in _WORDS:
        field, words = _WORDS[name]
        return field, lambda value: _word(name, value, words)
    if name == "breastfeeding":
        yes_no = {"yes": "yes", "true": "yes", "no": "", "false": ""}
        return "breastfeeding", lambda value: bool(_word(name, value, yes_no))
    if name == "severity":
        return "severity", str.lower
    if name == "jurisdiction":
        return "jurisdiction", str.upper
    known = sorted({*_MEASURES, *_WORDS, *_LISTS, "breastfeeding", "severity", "jurisdiction"})
    raise UsageError(f"patient: unknown key “{name}”", help=f"Known: {', '.join(known)}\n{_HELP}")


def _measure(name: str, value: str, units: dict[str, Decimal]) -> Decimal:
    match = _NUMBER.fullmatch(value)
    if match is None:
        raise UsageError(f"patient: {name} is not a number: “{value}”", help=_HELP)
    unit = re.sub(r"\s", "", match["unit"] or "").lower()
    if unit and unit not in units:
        raise UsageError(
            f"patient: {name} cannot be in “{match['unit']}”",
            help=f"Give it in {next(iter(units))}.",
        )
    try:
        number = Decimal(match["number"].replace("−", "-"))
    except InvalidOperation as error:
        raise UsageError(f"patient: {name} is not a number: “{value}”", help=_HELP) from error
    measure = number * (units[unit] if unit else Decimal(1))
    meant = f"{_MOST[name]} {next(iter(units))}"
    if measure > _MOST[name]:
        raise UsageError(
            f"patient: {name} is not possible: “{value}” is more than {meant}", help=_HELP
        )
    if measure < 0 or (measure == 0 and name not in _MAY_BE_NOUGHT):
        least = "must not be below 0" if name in _MAY_BE_NOUGHT else "must be above 0"
        raise UsageError(f"patient: {name} {least}: “{value}”", help=_HELP)
    return measure


def _word(name: str, value: str, words: dict[str, str]) -> str:
    try:
        return words[value.lower()]
    except KeyError:
        raise UsageError(
            f"patient: {name} cannot be “{value}”", help=f"One of: {', '.join(words)}"
        ) from None


def _pairs(given: str) -> Iterable[tuple[str, str]]:
    if "=" not in given:
        yield from _file(Path(given))
        return
    for part in given.split(","):
        if not part.strip():
            continue
        key, equals, value = part.partition("=")
        if not equals or not value.strip():
            raise UsageError(f"patient: “{part.strip()}” is not key=value", help=_HELP)
        yield _key(key), value.strip()


def _file(path: Path) -> Iterable[tuple[str, str]]:
    if not path.is_file():
        raise UsageError(f"patient: there is no file {path}", help=_HELP)
    import yaml

    try:
        facts = yaml.safe_load(path.read_text("utf-8"))  # JSON is YAML
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"patient: cannot read {path}: not JSON or YAML", help=_HELP) from error
    if not isinstance(facts, dict):
        raise UsageError(f"patient: {path} holds no keys and values", help=_HELP)
    for key, value in facts.items():
        for item in value if isinstance(value, list) else [value]:
            if item is not None:
                yield _key(str(key)), str(item).strip()


def _key(text: str) -> str:
    return text.strip().lower().replace(" ", "_").replace("-", "_")
