"""Does a statement's group take in this patient? Yes, no or unknown, with the reasons."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from osler.domain import Applicability, Applies, Combinator, Criterion, Group, Patient
from osler.statements.groups.ages import age_in_words
from osler.statements.groups.growth import (
    GROWN,
    STAGES,
    WITHIN,
    is_a_child,
    is_grown,
    is_out_of_reach,
    is_too_old_or_young,
)
from osler.statements.groups.kidneys import (
    by_estimate,
    failed_by,
    is_of_sound_kidneys,
    without_estimate,
)
from osler.statements.groups.severity import is_so_severe
from osler.statements.groups.trimesters import by_trimester, by_weeks
from osler.statements.groups.unknowns import NOT_KNOWN, is_not_known
from osler.statements.groups.untreated import never_had
from osler.statements.groups.within import Outcome, show, to_whole, within_bounds
from osler.statements.patients.allergies import ANY_ALLERGY, as_they_reacted
from osler.statements.patients.births import BIRTH
from osler.statements.vocabulary.analytes import analyte_units
from osler.statements.vocabulary.conditions import broader_names, canonical_condition, is_a
from osler.statements.vocabulary.substances import belongs_to

_NUMERIC = {
    "age": ("age_years", "age", "years"),
    "weight": ("weight_kg", "weight", "kg"),
    "egfr": ("egfr", "eGFR", "mL/min/1.73 m²"),
    "crcl": ("crcl", "creatinine clearance", "mL/min"),
    "creatinine": ("creatinine_umol_l", "creatinine", "µmol/L"),
    "bmi": ("bmi", "BMI", "kg/m²"),
    "risk": ("risk_percent", "ten-year risk", "%"),
    "gestation": ("gestation_weeks", "gestation", "weeks"),
}


@lru_cache(maxsize=8192)
def applies(group: Group, patient: Patient) -> Applicability:
    """Evaluate a group's criteria for a patient.

    A group without criteria takes in everyone. What the patient's record does not say is
    named in `missing`, and the outcome is "unknown" where that could change it.
    """
    if not group.criteria:
        return Applicability(Applies.YES)
    if any(c.attribute == "allergy" and not c.negated for c in group.criteria):
        patient = as_they_reacted(patient)  # "severe" is said of the allergy there
    criteria = _in_turn(group.criteria)
    outcomes = [_evaluate(criterion, patient) for criterion in criteria]
    needed = {
        Combinator.ALL: len(outcomes),
        Combinator.ANY: 1,
        Combinator.AT_LEAST: group.count,
    }[group.combinator]
    holds = _reached(outcomes, needed)
    if group.combinator is Combinator.AT_LEAST:
        because: tuple[str, ...] = (_counted(criteria, outcomes, needed),)
    else:
        # What does not hold decides where all must, what holds where one is enough.
        told = [o for o in outcomes if holds is None or o[0] is holds]
        if holds is None and group.combinator is Combinator.ALL:
            told = _without_broader(criteria, outcomes)
        if holds is None and group.combinator is Combinator.ANY:
            told = [(None, _still_open(criteria, outcomes, patient))]
        because = tuple(dict.fromkeys(reason for _, reason in told if reason))
    if holds is not None:
        return Applicability(Applies.YES if holds else Applies.NO, because)
    left = (c for c, (held, _) in zip(criteria, outcomes, strict=True) if held is None)
    asked = [name for criterion in left for name in _open(criterion, patient)]
    return Applicability(Applies.UNKNOWN, because, tuple(dict.fromkeys(asked)))


def _without_broader(criteria: tuple[Criterion, ...], outcomes: list[Outcome]) -> list[Outcome]:
    """The outcomes but those of an illness of which another criterion, still open, names a kind:
    thrombosis in a leg is no reason why "pulmonary embolism" under "thromboembolism" may hold."""
    each = list(zip(criteria, outcomes, strict=True))
    kinds = [m.value or "" for c, (held, _) in each if held is None for m in _members(c)]
    broader = {name for kind in kinds for name in broader_names(kind)}
    return [o for c, o in each if c.attribute != "condition" or c.value not in broader]


def _still_open(criteria: tuple[Criterion, ...], outcomes: list[Outcome], patient: Patient) -> str:
    """Why one of several may hold. An alternative that fails is no reason: the open ones are."""
    told = dict.fromkeys(reason for holds, reason in outcomes if reason and holds is not False)
    if told or not any(reason for _, reason in outcomes):
        return "; ".join(told)
    left = (c for c, (holds, _) in zip(criteria, outcomes, strict=True) if holds is None)
    asked = dict.fromkeys(name for criterion in left for name in _open(criterion, patient))
    return f"not known: {', '.join(asked)}"


def _reached(outcomes: list[Outcome], needed: int) -> bool | None:
    """Whether so many hold; None where what is not known decides."""
    held = sum(holds is True for holds, _ in outcomes)
    if held >= needed:
        return True
    return False if held + sum(holds is None for holds, _ in outcomes) < needed else None


def _counted(criteria: tuple[Criterion, ...], outcomes: list[Outcome], needed: int) -> str:
    """The count in words: "78 > 75 and eGFR 24 < 30: two of the three criteria met".

    Short of it, what is not known is no criterion that is not met: it is named.
    """
    total = len(outcomes)
    met = [reason for holds, reason in outcomes if holds and reason]
    held = sum(holds is True for holds, _ in outcomes)
    unknown = [
        _asks(criterion)
        for criterion, (holds, _) in zip(criteria, outcomes, strict=True)
        if holds is None and held < needed
    ]
    known = "known to be " if unknown else ""
    turned = all(c.negated for c in criteria)  # "unless two of": so many must fail
    words = f"{_word(held)} of the {_word(total)} criteria {known}{'not ' * turned}met"
    if turned or held < needed:
        words += f", {_word(needed)} needed"
    if unknown:
        words += f"; not known: {', '.join(dict.fromkeys(unknown))}"
    return f"{' and '.join(met)}: {words}" if met else words


def _word(number: int) -> str:
    words = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else str(number)


def open_criteria(group: Group, patient: Patient) -> tuple[Criterion, ...]:
    """The criteria that decide whether a group takes in this patient, and are not known.

    None where it is decided without them.
    """
    if applies(group, patient).applies is not Applies.UNKNOWN:
        return ()
    return tuple(
        member
        for criterion in _in_turn(group.criteria)
        if _evaluate(criterion, patient)[0] is None
        for member in _members(criterion)
        if _evaluate(member, patient)[0] is None
    )


def _open(criterion: Criterion, patient: Patient) -> list[str]:
    return [_asks(m) for m in _members(criterion) if _evaluate(m, patient)[0] is None]


def _members(criterion: Criterion) -> tuple[Criterion, ...]:
    if not criterion.alternatives:
        return (criterion,)
    return (replace(criterion, alternatives=(), needed=1), *criterion.alternatives)


def _in_turn(criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """Planning a pregnancy and being pregnant as one criterion: they follow on one another.

    "Begin before conception, continue through the first trimester" is for women in either.
    """
    stages = [c for c in criteria if c.attribute == "pregnancy" and not c.negated]
    if len(stages) < 2 or all(c.value != "planning" for c in stages):
        return criteria
    either = replace(stages[0], alternatives=(*stages[0].alternatives, *stages[1:]))
    return tuple(either if c is stages[0] else c for c in criteria if c not in stages[1:])


def _asks(criterion: Criterion) -> str:
    if criterion.attribute in _NUMERIC:
        return _NUMERIC[criterion.attribute][1]
    if criterion.attribute in {NOT_KNOWN, "condition", "procedure", "drug", "allergy", "other"}:
        return criterion.value or criterion.attribute
    if criterion.attribute == "never had":
        return f"earlier {criterion.value}"
    if criterion.attribute == "intolerance":
        return f"tolerance of {criterion.value}"
    return "age" if criterion.attribute == "life stage" else criterion.attribute


def _evaluate(criterion: Criterion, patient: Patient) -> Outcome:
    members = _members(criterion)
    if len(members) > 1:
        outcomes = [_evaluate(member, patient) for member in members]
        holds = _reached(outcomes, criterion.needed)
        if criterion.needed > 1:
            return holds, _counted(members, outcomes, criterion.needed)
        if holds:
            return True, next(reason for held, reason in outcomes if held)
        if holds is None:
            return None, _still_open(members, outcomes, patient)
        return holds, "; ".join(dict.fromkeys(reason for _, reason in outcomes if reason))
    holds, reason = _plain(criterion, patient)
    if criterion.negated and holds is not None:
        return not holds, reason
    return holds, reason


def _plain(criterion: Criterion, patient: Patient) -> Outcome:
    attribute, value = criterion.attribute, criterion.value or ""
    if attribute in _NUMERIC:
        return _number(criterion, patient)
    if attribute in analyte_units():
        return _measured(criterion, patient)
    if attribute == NOT_KNOWN:
        lacks = is_not_known(value, patient)
        return lacks, "" if lacks is None else f"{value} is known"
    if attribute == "life stage":
        return _life_stage(value, patient)
    if attribute == "sex":
        return _same(patient.sex, value)
    if attribute == "pregnancy":
        return _pregnancy(value, patient)
    if attribute == "breastfeeding":
        if patient.breastfeeding is None and patient.sex == "male":
            return False, "male"
        return patient.breastfeeding, "breastfeeding" if patient.breastfeeding else ""
    if attribute == "allergy" or value == ANY_ALLERGY:
        return _allergy(value, patient)
    if attribute in {"condition", "procedure"}:
        if is_of_sound_kidneys(criterion) and (failed := failed_by(patient)):
            return True, failed
        return _condition(value, patient)
    if attribute == "drug":
        return _substance(value, patient.drugs, "takes")
    if attribute == "intolerance":
        known = (*patient.intolerances, *patient.allergies)
        return _substance(value, known, "does not tolerate")
    if attribute == "never had":
        return never_had(value, patient)
    if attribute == "severity":
        return is_so_severe(value, patient)
    return None, ""


def _allergy(value: str, patient: Patient) -> Outcome:
    """Judge an allergy to a drug, or to any; who has none is allergic to no drug."""
    if not patient.allergies and ANY_ALLERGY in patient.absent_conditions:
        return False, "no drug allergy"
    if value == ANY_ALLERGY:
        named = ", ".join(patient.allergies)
        return (True, f"allergic to {named}") if named else (None, "")
    return _substance(value, patient.allergies, "allergic to")


def _measured(criterion: Criterion, patient: Patient) -> Outcome:
    """Judge a laboratory value or vital sign; one that the question does not give is open."""
    value = dict(patient.measurements).get(criterion.attribute)
    return (None, "") if value is None else within_bounds(criterion, value, criterion.attribute)


def _number(criterion: Criterion, patient: Patient) -> Outcome:
    field, name, _ = _NUMERIC[criterion.attribute]
    value: Decimal | None = getattr(patient, field)
    if criterion.attribute in {"egfr", "crcl"} and value is None:
        return _renal_stand_in(criterion, patient)
    if value is None:
        if criterion.attribute == "weight":
            return _weight_from_age(criterion, patient)
        if criterion.attribute == "gestation" and BIRTH in patient.procedures:
            return False, "gave birth"
        if criterion.attribute == "gestation":
            return by_trimester(criterion, patient)
        return _age_unknown(criterion, patient) if criterion.attribute == "age" else (None, "")
    if criterion.attribute == "creatinine":
        # 1.5 mg/dL and 133 µmol/L are one limit: whole µmol/L are what laboratories report.
        value, criterion = (
            to_whole(value),
            replace(
                criterion,
                low=None if criterion.low is None else to_whole(criterion.low),
                high=None if criterion.high is None else to_whole(criterion.high),
            ),
        )
    label = "" if criterion.attribute == "age" else name
    holds, reason = within_bounds(criterion, value, label)
    if criterion.attribute == "age" and value != value.to_integral_value():
        reason = f"{age_in_words(value)}: {'' if holds else 'not '}{criterion.text}"
    return holds, reason


def _renal_stand_in(criterion: Criterion, patient: Patient) -> Outcome:
    """Judge one estimate of renal function by the other, and "normal kidneys" by no number."""
    other = patient.crcl if criterion.attribute == "egfr" else patient.egfr
    if other is not None:
        swapped = Patient(egfr=other, crcl=other)
        holds, reason = _number(criterion, swapped)
        stated = "creatinine clearance" if criterion.attribute == "egfr" else "eGFR"
        return holds, f"{reason} (judged by {stated})"
    return without_estimate(criterion, patient)


def _weight_from_age(criterion: Criterion, patient: Patient) -> Outcome:
    if is_out_of_reach(criterion, patient):  # nobody of this age has such a weight
        return False, f"no weight at this age: {criterion.text}"
    return None, ""


def _age_unknown(criterion: Criterion, patient: Patient) -> Outcome:
    """Judge an age by the weight that nobody of it has, else by the stage of life."""
    if is_too_old_or_young(criterion, patient):
        return False, f"no age at {show(patient.weight_kg or Decimal(0))} kg: {criterion.text}"
    if patient.life_stage is None:
        return None, ""
    low, high = STAGES[patient.life_stage]
    if (criterion.low is not None and criterion.low >= high) or (
        criterion.high is not None and criterion.high <= low
    ):
        return False, f"{patient.life_stage}, not {criterion.text}"
    inside = (criterion.low is None or criterion.low <= low) and (
        criterion.high is None or criterion.high >= high
    )
    return (True, patient.life_stage) if inside else (None, "")


def _life_stage(value: str, patient: Patient) -> Outcome:
    if patient.age_years is not None:
        low, high = STAGES[value]
        age = patient.age_years
        shown = age_in_words(age)
        return low <= age < high, f"{shown}: {'' if low <= age < high else 'not '}{value}"
    if patient.life_stage is not None:
        if value in WITHIN[patient.life_stage]:
            return True, patient.life_stage
        if patient.life_stage in WITHIN[value]:
            return None, ""  # an adult may or may not be an older adult
        return False, f"{patient.life_stage}, not {value}"
    if value in ("child", "adult", "older") and is_a_child(patient):
        return value == "child", f"weight {show(patient.weight_kg or Decimal(0))} kg"
    if patient.pregnancy in {"pregnant", "planning"} and value in {"neonate", "infant", "older"}:
        return False, f"{patient.pregnancy}, not {value}"
    return None, ""


def _same(known: str | None, value: str) -> Outcome:
    return (None, "") if known is None else (known == value, known)


def _pregnancy(value: str, patient: Patient) -> Outcome:
    state = patient.pregnancy
    if patient.sex == "male":
        return False, "male"
    if state is None:
        return (
            (False, "age")
            if patient.age_years is not None and (patient.age_years > 60 or patient.age_years < 10)
            else (None, "")
        )
    if value == "childbearing potential":
        return (True, state) if state in {"pregnant", "planning"} else (None, "")
    if state == value:
        return True, state
    if value.endswith("trimester") and state == "pregnant":
        return by_weeks(value, patient)
    if state.endswith("trimester") and value == "pregnant":
        return True, state
    return False, state


def _condition(value: str, patient: Patient) -> Outcome:
    wanted = canonical_condition(value)
    for known in (*patient.conditions, *patient.procedures):
        if is_a(canonical_condition(known), wanted):
            return True, known
    for absent in patient.absent_conditions:
        if is_a(wanted, canonical_condition(absent)):
            return False, f"no {absent}"
    if wanted.startswith("neonatal "):
        newborn, reason = _life_stage("neonate", patient)
        if newborn is False:
            return False, reason
    if wanted == GROWN:
        grown = is_grown(patient)
        return grown, "" if grown is None else "age"
    estimate = patient.egfr if patient.egfr is not None else patient.crcl
    if estimate is not None and (impaired := by_estimate(wanted, estimate)) is not None:
        return impaired, f"renal function {show(estimate)} mL/min"
    if wanted == "obesity" and patient.bmi is not None:
        return patient.bmi >= 30, f"BMI {show(patient.bmi)}"
    return None, ""


def _substance(value: str, known: tuple[str, ...], word: str) -> Outcome:
    for drug in known:
        if belongs_to(drug, value):
            return True, f"{word} {drug}"
    return None, ""
