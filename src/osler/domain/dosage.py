"""Dosage (FHIR's word) and the other measured things that a clinical text states."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Comparator(StrEnum):
    """How a stated number bounds a value; ABOUT for "about" and "around"."""

    LESS = "<"
    AT_MOST = "<="
    GREATER = ">"
    AT_LEAST = ">="
    ABOUT = "~"


class DosageRole(StrEnum):
    """What an amount is for: a dose, a ceiling, a step of titration, a product's strength."""

    DOSE = "dose"
    MAXIMUM = "maximum"
    STEP = "step"  # "increase by 500 mg each week"
    STRENGTH = "strength"  # "a 200 mg tablet", "1 mg/ml solution"


class Phase(StrEnum):
    """Where in a course of treatment a dose belongs."""

    LOADING = "loading"  # loading, initial intensive course, starting dose of a short course
    START = "start"  # the dose that a long treatment begins with
    TITRATION = "titration"
    CONTINUATION = "continuation"
    MAINTENANCE = "maintenance"
    PROPHYLAXIS = "prophylaxis"
    MAXIMUM = "maximum"
    TAPER = "taper"


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often: `count`(–`count_high`) times in each `period_low`–`period_high` `period_unit`.

    "three times a day" is 3 per 1 d; "every 4–6 hours" is 1 per 4–6 h; "every 2 months" is 1
    per 2 mo; "on alternate days" is 1 per 2 d. `weekdays` are FHIR codes ("mon"), `when` are
    FHIR event-timing codes ("HS" at night, "MORN", "AC" before meals, "PC", "C" with meals).
    `once` marks a single dose ("stat", "once only"), whose period fields are then None.
    `on` are the days or weeks of a course, by number ("on days 1, 8 and 15", "at weeks 0, 2 and
    6"), or its hours or months, `on_unit` "d", "wk", "h" or "mo". `most` bounds an interval by a
    count in one `most_unit` ("every 4–6 hours, up to 4 times a day").
    """

    count: int = 1
    count_high: int | None = None
    period_low: Decimal | None = None
    period_high: Decimal | None = None
    period_unit: str | None = None  # UCUM: s, min, h, d, wk, mo, a
    as_needed: bool = False
    once: bool = False
    weekdays: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    on: tuple[int, ...] = ()
    on_unit: str | None = None
    most: int | None = None
    most_unit: str | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    """For how long: `low`–`high` `unit`, or `until` a condition, or `for_life`."""

    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None  # UCUM: min, h, d, wk, mo, a; "{dose}" for "six injections"
    until: str | None = None
    for_life: bool = False
    comparator: Comparator | None = None  # "at least 3 months"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Maximum:
    """A ceiling: at most `amount` `unit`, per dose or per `per_time`."""

    amount: Decimal
    unit: str  # UCUM
    per: str | None = None  # "kg", "m2"
    per_time: str | None = None  # "d": a day; None: a dose
    text: str = ""


@dataclass(frozen=True, slots=True)
class Dosage:
    """An amount of something, how it is given and when.

    `start:end` are characters of the parsed text and `text == parsed[start:end]`; the span
    covers the amount and everything that qualifies it (route, timing, duration, maximum).
    `amount_start:amount_end` covers the amount and unit alone (what a page shows in bold).
    `unit` is UCUM ("ug", "mg", "g", "[iU]", "U", "mmol", "mL", "%"), or an annotation for
    countable forms ("{tablet}", "{capsule}", "{puff}", "{drop}", "{pair}", "{sachet}").
    `per` is "kg" or "m2". `per_time` says that the amount is a total for that time ("90
    mg/kg/day", "2 g daily in divided doses": "d") or a rate ("5 mg/hour": "h"); None means
    the amount is one dose. `divided` is the number of doses a total is given in.
    `route` is one of `osler.dosage.ROUTES` ("oral", "intramuscular", ...). Several routes
    ("intramuscular or deep subcutaneous") are in `routes`, `route` being the first.
    `duration` is that of the course, `over` that of one administration ("over 30 minutes").
    `combined` are the further parts of a combination in the same unit ("125/31 mg": low 125,
    combined 31). A step that states no amount of its own ("then weekly") carries the one before.
    `phase` and `substance` are set only where the parsed text itself states them.
    """

    text: str
    start: int
    end: int
    amount_start: int
    amount_end: int
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    comparator: Comparator | None = None
    per: str | None = None
    per_time: str | None = None
    divided: tuple[int, int] | None = None
    route: str | None = None
    routes: tuple[str, ...] = ()
    frequency: Frequency | None = None
    duration: Duration | None = None
    maximum: Maximum | None = None
    role: DosageRole = DosageRole.DOSE
    phase: Phase | None = None
    substance: str | None = None
    steps: tuple[Dosage, ...] = ()  # what follows in a sequence: "then 250 mg weekly"
    over: Duration | None = None
    combined: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A measured bound that is not a dose: "homocysteine < 10 μmol/L", "INR 2–3", "over 75 years".

    `analyte` is a canonical name where one is recognised ("eGFR", "CrCl", "INR", "HbA1c",
    "age", "weight", "BMI", "blood pressure", "potassium", ...), else the words before the
    number. Bounds are inclusive unless the comparator is "<" or ">".
    """

    text: str
    start: int
    end: int
    analyte: str | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None  # UCUM, as stated
    comparator: Comparator | None = None
