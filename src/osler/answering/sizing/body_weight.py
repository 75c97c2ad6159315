"""The size that a dose per kg or m² is multiplied by for a patient, as the source wants it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from osler.answering.sizing.weight_rules import BodyWeight, WeightRule
from osler.domain import Context, Patient
from osler.dosage.body_size import adjusted_body_weight, body_surface_area, ideal_body_weight
from osler.dosage.wording import format_number
from osler.statements.groups.growth import is_a_child

OBESE = Decimal(30)  # kg/m², BMI (World Health Organization)


@dataclass(frozen=True, slots=True)
class Size:
    """What a dose is multiplied by: kg or m², the inputs that gave it, and a reserve if any."""

    value: Decimal
    inputs: dict[str, str]
    cited: tuple[Context, ...] = ()
    reserve: str = ""


@dataclass(frozen=True, slots=True)
class NoSize:
    """Why there is nothing to multiply a dose by, and the facts of the patient that are missing."""

    reason: str
    missing: tuple[str, ...] = ()


def size_for(per: str, rules: tuple[WeightRule, ...], patient: Patient) -> Size | NoSize:
    """The weight in kg (`per` "kg") or the surface in m² ("m2") that the rules ask for."""
    weight, height = patient.weight_kg, patient.height_cm
    if per == "m2":
        unknown = tuple(n for n, v in (("weight", weight), ("height", height)) if v is None)
        if unknown or weight is None or height is None:
            return NoSize("body surface area needs height and weight", unknown)
        surface = body_surface_area(height, weight)
        given = {"body surface area": f"{format_number(surface)} m² (Mosteller 1987)"}
        return Size(surface, given | {"height": _cm(height), "weight": _kg(weight)})
    binding = _binding(rules, patient)
    if isinstance(binding, NoSize):
        return binding
    if binding is not None:
        return _by_rule(binding, patient)
    if weight is None:
        return NoSize("", ("weight",))
    size = Size(weight, {"weight": _kg(weight)})
    if rules and is_a_child(patient):
        kind = rules[0].kind
        return Size(weight, size.inputs, (rules[0].where,), f"in obesity by {kind} body weight")
    return size


def _binding(rules: tuple[WeightRule, ...], patient: Patient) -> WeightRule | NoSize | None:
    """The rule that holds for this patient, one for heavy patients before one for everyone."""
    heavy = [(rule, _is_heavy(rule, patient)) for rule in rules if rule.conditional]
    held = [rule for rule, holds in heavy if holds]
    if not held and not is_a_child(patient):
        unsure = next((rule for rule, holds in heavy if holds is None), None)
        if unsure is not None:
            return NoSize(
                f"the source doses by {unsure.kind} body weight in obesity", _of_stature(patient)
            )
    held = held or [rule for rule in rules if not rule.conditional]
    if len({rule.kind for rule in held}) > 1:
        with_share = [rule for rule in held if rule.share is not None]
        if not with_share:
            return NoSize("the source names more than one body weight to dose by")
        held = with_share
    return next((rule for rule in held if rule.share is not None), held[0]) if held else None


def _is_heavy(rule: WeightRule, patient: Patient) -> bool | None:
    """Whether a rule for heavy patients is for this one; None where that cannot be told."""
    if rule.over_ideal is not None:
        ideal = _ideal(patient)
        if isinstance(ideal, NoSize) or patient.weight_kg is None:
            return None
        return patient.weight_kg > ideal.value * (100 + rule.over_ideal) / 100
    bmi = patient.bmi
    if bmi is None and patient.weight_kg is not None and patient.height_cm:
        bmi = patient.weight_kg / (patient.height_cm / 100) ** 2
    if bmi is not None and not is_a_child(patient):
        return bmi >= (rule.bmi or OBESE)
    if "obesity" in patient.conditions:
        return True
    return False if "obesity" in patient.absent_conditions else None


def _by_rule(rule: WeightRule, patient: Patient) -> Size | NoSize:
    wanted = f"the source doses by {rule.kind} body weight"
    if rule.kind is BodyWeight.LEAN:
        return NoSize(wanted)
    ideal = _ideal(patient)
    if isinstance(ideal, NoSize):
        return NoSize(f"{wanted}{ideal.reason and f'; {ideal.reason}'}", ideal.missing)
    weight = patient.weight_kg
    if weight is not None and weight < ideal.value:
        if rule.actual_if_less:
            inputs = {"weight": _kg(weight), **ideal.inputs, "dosed by": "actual body weight"}
            return Size(weight, inputs, (rule.where,))
        return NoSize(
            f"{wanted}, which is {_kg(ideal.value)} for this patient and more than the actual "
            "weight; it does not say which of them to use then"
        )
    known = {} if weight is None else {"weight": _kg(weight)}
    if rule.kind is BodyWeight.IDEAL:
        return Size(ideal.value, {**known, **ideal.inputs}, (rule.where,))
    if rule.share is None:
        return NoSize(f"{wanted} and does not say how it is worked out")
    if weight is None:
        return NoSize(wanted, ("weight",))
    adjusted = adjusted_body_weight(ideal.value, weight, rule.share)
    return Size(
        adjusted,
        {**known, **ideal.inputs, "share of the rest": format_number(rule.share),
         "adjusted body weight": _kg(adjusted)},
        (rule.where,),
    )  # fmt: skip


def _ideal(patient: Patient) -> Size | NoSize:
    """Ideal body weight as the question gives it, else by Devine's formula."""
    if patient.ideal_weight_kg is not None:
        return Size(patient.ideal_weight_kg, {"ideal body weight": _kg(patient.ideal_weight_kg)})
    if is_a_child(patient):
        return NoSize("the formula for it is one for adults")
    if patient.height_cm is None or patient.sex is None:
        return NoSize("", _of_stature(patient))
    ideal = ideal_body_weight(patient.height_cm, patient.sex)
    if ideal is None:
        return NoSize("the formula for it does not hold below a height of 152.4 cm")
    return Size(
        ideal,
        {"height": _cm(patient.height_cm), "sex": patient.sex,
         "ideal body weight": f"{_kg(ideal)} (Devine 1974)"},
    )  # fmt: skip


def _of_stature(patient: Patient) -> tuple[str, ...]:
    known = (("height", patient.height_cm), ("sex", patient.sex))
    return tuple(name for name, value in known if value is None)


def _kg(weight: Decimal) -> str:
    return f"{format_number(weight)} kg"


def _cm(height: Decimal) -> str:
    return f"{format_number(height)} cm"
