"""What a statement gives of which drug: each dose as one amount that can be held against others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from osler.domain import Dosage, DosageRole, Phase, Statement
from osler.dosage import find_routes, to_base
from osler.patterns import lazy
from osler.plausibility.naming import drugs_dosed

# Routes that are judged together: what a drug needs by one of them it needs by the others.
ROUTE_GROUPS = {
    "oral": "oral", "sublingual": "oral", "buccal": "oral", "nasogastric": "oral",
    "intravenous": "injected", "intramuscular": "injected", "subcutaneous": "injected",
    "parenteral": "injected", "intraosseous": "injected", "intradermal": "injected",
    "inhaled": "inhaled", "nebulised": "inhaled", "intranasal": "nasal", "rectal": "rectal",
    "vaginal": "vaginal", "topical": "topical", "transdermal": "transdermal",
    "ophthalmic": "eye", "otic": "ear", "intrathecal": "intrathecal", "epidural": "intrathecal",
}  # fmt: skip
# By these a drug acts where it is put: what it needs so says nothing of the other routes.
LOCAL_ROUTES = frozenset(ROUTE_GROUPS.values()) - {"oral", "injected"}
# Labels and guidelines write "units" and "IU" for one another.
_UNITS = {"ug": "ug", "[iU]": "U", "U": "U", "meq": "meq", "umol": "umol"}
_MOST_A_DAY = 4  # doses that a day's total is given in, where the text does not say
# Of a rate, how many times its amount one infusion may give: a day of it.
_RATES = {None: 1, "d": 1, "h": 24, "min": 1440}
_MOST_OF_A_CEILING = 6  # "to a maximum of 4 g" may be for a day in which it is given 4-hourly
# An amount of a course or a lifetime, in food or in a laboratory's range, is not one dose.
_NO_DOSE = lazy(
    r"cumulative|life-?time|total\s+(?:cumulative\s+)?dose|total\s+of|overdos|lethal|toxic"
    r"|serving|\bcontent\b|normal\s+range|laboratory|human\s+(?:AUC|exposure)"
    r"|blood\s+(?:glucose|sugar|levels?)",
    re.IGNORECASE,
)
_CHILD_AGES = 12
_CHILD_KG = 50
# Neither is what an animal was given, nor what a product is made of.
_ANIMALS = lazy(r"\b(?:rats?|mice|mouse|dogs?|rabbits?|monkeys?|animals?|pups?)\b", re.IGNORECASE)
_MADE_OF = lazy(r"\bcontain(?:s|ing)?\b", re.IGNORECASE)
# Nor is what goes with so much of another drug: "0.5 mg for every 1 mg of enoxaparin".
_FOR_EVERY = r"(?:for\s+(?:every|each)|per(?:\s+(?:every|each))?)\s+"
_MEASURE = r"(?:m?g|mcg|[µμ]g|(?:milli|micro)?grams?|units?|iu|mmol|meq)"
_RATIO = lazy(
    rf"\s*(?:of\s+)?(?:[a-z-]+\s+){{0,4}}?{_FOR_EVERY}"
    rf"(?:\d[\d.,]*\s*{_MEASURE}(?:\s+of)?|{_MEASURE}\s+of)\s+(?!(?:\w+\s+)?(?:body|weight|bodyweight)\b)[a-z]",
    re.IGNORECASE,
)
_RATIO_TO = lazy(rf"\b{_FOR_EVERY}\Z", re.IGNORECASE)
_NEAR = 40  # characters
_CEILING = lazy(r"\bmax|\bup to\b|exceed|\bmore than\b|greater than", re.IGNORECASE)
_DIGIT = lazy(r"\d")
_MOST_DAILY = lazy(r"\bmax\w*\s+(?:\w+\s+)?daily\b.{0,80}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dose:
    """One administration: `low` to `high` `unit`, for a kilogram or m² where `per` says so.

    `drug` is what it is a form of ("amlodipine" for amlodipine besylate). `unit` is "ug", "U",
    "meq" or "umol". `routes` are groups of routes; none where the text does not say. Of a total
    a day, `low` is the smallest share that one administration can be and `high` the largest; of
    a rate, `low` is what one minute or hour gives and `high` what a day does.
    `text` is the amount as the statement words it.
    """

    drug: str
    routes: tuple[str, ...]
    unit: str
    per: str | None
    low: float
    high: float
    child: bool
    shared: bool  # whether `low` and `high` are shares of a total or of a ceiling
    rate: bool
    text: str
    once: bool = False  # whether it is given one single time: loading doses are large
    newborn: bool = False


def doses_of(statement: Statement) -> tuple[Dose, ...]:
    """The doses of a statement whose drug is clear; strengths and volumes left out."""
    if not statement.dosages or _ANIMALS.search(statement.text):
        return ()
    child = _for_children(statement)
    drugs = drugs_dosed(statement)
    found: dict[Dose, None] = {}
    for dosage, drug in zip(statement.dosages, drugs, strict=True):
        if drug is None:
            continue
        for part in (dosage, *dosage.steps):
            if (dose := _dose(statement, part, drug, child)) is not None:
                found[dose] = None
    return tuple(found)


def _dose(statement: Statement, dosage: Dosage, drug: str, child: bool) -> Dose | None:
    if dosage.role is DosageRole.STRENGTH or dosage.low is None or dosage.unit is None:
        return None
    if dosage.per_time not in _RATES:
        return None  # a total over weeks
    near = statement.text[max(0, dosage.amount_start - _NEAR) : dosage.amount_end + _NEAR]
    if _NO_DOSE.search(near) or _MADE_OF.search(statement.text[: dosage.amount_start]):
        return None
    if _is_of_a_ratio(statement.text, dosage):
        return None
    low, base = to_base(dosage.low, dosage.unit)
    high, _ = to_base(dosage.high if dosage.high is not None else dosage.low, dosage.unit)
    if (unit := _UNITS.get(base)) is None or low <= 0 or high < low:
        return None
    few, many = _shares(statement.text, dosage)
    routes = dosage.routes or ((dosage.route,) if dosage.route else _routes_above(statement))
    return Dose(
        drug=drug,
        routes=tuple(sorted({ROUTE_GROUPS[r] for r in routes if r in ROUTE_GROUPS})),
        unit=unit,
        per=dosage.per,
        low=float(low) / many,
        high=float(high) / few * _RATES[dosage.per_time],
        child=child,
        shared=many > 1,
        rate=_RATES[dosage.per_time] > 1,
        text=statement.text[dosage.amount_start : dosage.amount_end],
        newborn=child and _is_for_the_newborn(statement),
        once=dosage.phase is Phase.LOADING
        or (dosage.frequency is not None and dosage.frequency.once),
    )


def _is_of_a_ratio(text: str, dosage: Dosage) -> bool:
    """Whether an amount goes with an amount of another drug, or is that amount."""
    told = _RATIO.match(text, dosage.amount_end) is not None
    return told or _RATIO_TO.search(text[: dosage.amount_start]) is not None


def _routes_above(statement: Statement) -> tuple[str, ...]:
    """The routes that the nearest words above a statement name that name any."""
    if find_routes(statement.text):
        return ()  # it names one itself, and not for this dose
    above = (find_routes(context.quote) for context in reversed(statement.context))
    return tuple(found.value for found in next(filter(None, above), ()))


def _shares(text: str, dosage: Dosage) -> tuple[int, int]:
    """In how many administrations the amount is given, at least and at most."""
    if dosage.divided:
        return dosage.divided
    frequency = dosage.frequency
    daily = frequency is not None and (frequency.count, frequency.period_unit) == (1, "d")
    before = text[max(0, dosage.amount_start - _NEAR) : dosage.amount_start]
    said = _DIGIT.split(before)[-1]  # "eGFR greater than 60: 14 mg/kg" names no ceiling
    if (
        dosage.role is DosageRole.MAXIMUM
        or _MOST_DAILY.search(text[: dosage.amount_start])
        or ((daily or dosage.per_time == "d") and (dosage.comparator or _CEILING.search(said)))
    ):
        return 1, _MOST_OF_A_CEILING
    if dosage.per_time == "d":
        return 1, _MOST_A_DAY
    return (1, 2) if daily and "once" not in dosage.text.lower() else (1, 1)


_NEWBORN = lazy(r"\b(?:neonat|newborn|pre-?term|prematur)", re.IGNORECASE)


def _is_for_the_newborn(statement: Statement) -> bool:
    texts = (statement.text, *(context.quote for context in statement.context))
    return any(map(_NEWBORN.search, texts))


def _for_children(statement: Statement) -> bool:
    for criterion in statement.group.criteria:
        if criterion.value in ("neonate", "infant", "child"):
            return True
        if criterion.attribute == "age" and criterion.high is not None:
            return criterion.high <= Decimal(_CHILD_AGES)
        if criterion.attribute == "weight":  # "over 85 kg" is no child's
            return criterion.high is not None and criterion.high <= _CHILD_KG
    return False
