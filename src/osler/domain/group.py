"""Who a statement is about, as criteria that can be evaluated for a patient."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Applies(StrEnum):
    """Whether a group holds for a patient."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Combinator(StrEnum):
    """How many of the criteria of a group must hold."""

    ALL = "all"
    ANY = "any"
    AT_LEAST = "at least"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition on a patient, as the text states it.

    Numeric attributes ("age" in years, "weight" in kg, "egfr" in mL/min/1.73 m², "crcl" in
    mL/min, "bmi" in kg/m², "gestation" in weeks, "risk" in %) have bounds; an end is open
    where it is None. The others have a `value` in lower case: "sex" (female, male),
    "pregnancy" (pregnant, planning, first/second/third trimester), "breastfeeding",
    "life stage" (neonate, infant, child, adolescent, adult, older), "condition",
    "procedure", "severity", "drug" (takes it), "allergy", "intolerance", "never had" (a drug),
    "route" (available), "setting", "not known" (a fact that the record lacks), "other" (a thing
    that is counted and was not understood). `negated` turns it round ("without neurological
    involvement").
    """

    attribute: str
    value: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    low_inclusive: bool = True
    high_inclusive: bool = True
    negated: bool = False
    text: str = ""
    alternatives: tuple[Criterion, ...] = ()  # "or": the criterion holds if one of these does
    needed: int = 1  # how many of it and its alternatives must hold


@dataclass(frozen=True, slots=True)
class Group:
    """Criteria joined by all, any or at least `count` of them. No criteria: everyone."""

    criteria: tuple[Criterion, ...] = ()
    combinator: Combinator = Combinator.ALL
    count: int = 1
    text: str = ""  # as the source words it

    @property
    def attributes(self) -> frozenset[str]:
        """What its criteria speak of, alternatives included."""
        return frozenset(m.attribute for c in self.criteria for m in (c, *c.alternatives))


EVERYONE = Group()


@dataclass(frozen=True, slots=True)
class Patient:
    """What a question or a record says of one patient. None and empty mean unknown."""

    age_years: Decimal | None = None
    sex: str | None = None  # "female", "male"
    weight_kg: Decimal | None = None
    ideal_weight_kg: Decimal | None = None  # where it was stated as such
    height_cm: Decimal | None = None
    bmi: Decimal | None = None
    egfr: Decimal | None = None  # mL/min/1.73 m²
    crcl: Decimal | None = None  # mL/min
    creatinine_umol_l: Decimal | None = None
    risk_percent: Decimal | None = None  # ten-year cardiovascular risk
    gestation_weeks: Decimal | None = None
    pregnancy: str | None = None  # "pregnant", "planning", "not pregnant"
    breastfeeding: bool | None = None
    life_stage: str | None = None  # "neonate", "infant", "child", "adolescent", "adult", "older"
    conditions: tuple[str, ...] = ()
    absent_conditions: tuple[str, ...] = ()  # "no ASCVD", "without neurological involvement"
    procedures: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    allergies: tuple[str, ...] = ()
    reactions: tuple[str, ...] = ()  # to what they are allergic to: signs, "severe", "not severe"
    intolerances: tuple[str, ...] = ()  # drugs that were tried and not tolerated
    never_had: tuple[str, ...] = ()  # drugs and classes that were never taken: "opioid"
    severity: str | None = None
    # (analyte, value): laboratory values and vital signs, in the unit of `analytes.tsv`
    measurements: tuple[tuple[str, Decimal], ...] = ()
    jurisdiction: str | None = None  # ISO 3166-1 alpha-2
    routes_unavailable: tuple[str, ...] = ()  # "oral" of who is nil by mouth, "intravenous"


UNKNOWN_PATIENT = Patient()


@dataclass(frozen=True, slots=True)
class Applicability:
    """The outcome of evaluating a group for a patient, with the reasons in plain words."""

    applies: Applies
    because: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()  # attributes that would decide it
