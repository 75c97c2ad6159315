"""No packaged pathway loads once a dose, unit, route, interval, end or salt of it is changed."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest

from osler.domain.errors import UnsupportedPathway
from osler.library import Library
from osler.pathways import load_pathway, pathway_names
from osler.pathways.loading import check_plan, read_plan

Json = dict[str, Any]
PLANS = {name: read_plan(name) for name in pathway_names()}

# What an order's words and the sentence above it may be changed to; both are changed alike, so
# that they still agree with one another and with the structured dose that is read from them.
WORDS = [
    (" mg", " g"), (" mg", " micrograms"), ("micrograms", "mg"), ("1000 ", "100 "),
    ("100 micro", "1000 micro"), ("350 ", "3500 "), ("1 mg", "2 mg"), ("500 mg", "50 mg"),
    ("850 mg", "580 mg"), ("1,000 mg", "10,000 mg"), ("1000–2000", "1000–20000"),
    ("intramuscularly", "intravenously"), ("by intramuscular injection", "by mouth"),
    ("intramuscular or deep subcutaneous", "intravenous"),
    ("orally", "intramuscularly"), ("sublingually", "orally"), ("by mouth", "sublingually"),
    ("month", "week"), ("months", "weeks"), ("daily", "weekly"), ("a day", "a week"),
    ("every day", "every month"), ("each day", "each week"), ("once a week", "once a day"),
    ("three times a week", "three times a day"), ("alternate days", "every day"),
    ("2–3 months", "2–3 weeks"), ("every 2 months", "every 3 months"), ("twice a", "once a"),
    (" until there is no further improvement", ""), (" until the blood count is normal", ""),
    (" for life", ""), (" for 2 weeks", ""), (" for 1–2 weeks", ""), ("for six", "for sixteen"),
    (" is continued indefinitely", ""), ("for 6–7 days", "for 6–7 weeks"),
    (", then 100 micrograms every 3–4 days for 2–3 weeks", ""),
    ("lifelong maintenance ", ""),
    ("hydroxocobalamin", "cyanocobalamin"), ("cyanocobalamin", "hydroxocobalamin"),
    ("vitamin B12", "cyanocobalamin"), ("vitamin B12", "folic acid"), ("metformin", "gliclazide"),
    ("hydroxocobalamin", "methylcobalamin"),
]  # fmt: skip


def activities(plan: Json, kind: str) -> Iterator[Json]:
    yield from (r for r in plan["contained"] if r.get("kind") == kind)


def actions(plan: Json) -> Iterator[Json]:
    waiting = list(plan["action"])
    while waiting:
        action = waiting.pop()
        yield action
        waiting += action.get("action", [])


def refused(plan: Json, library: Library) -> UnsupportedPathway | None:
    try:
        check_plan(plan, library)
    except UnsupportedPathway as error:
        return error
    return None


def without_the_rest(plan: Json, identity: str) -> Json:
    """The plan with the one action that orders an activity, and that activity."""
    found = next(a for a in actions(plan) if a.get("id") == identity)
    held = [r for r in plan["contained"] if r.get("id") == identity]
    small = {key: value for key, value in plan.items() if key not in ("action", "contained")}
    return copy.deepcopy(small | {"action": [found], "contained": held})


def reread(activity: Json, text: str) -> None:
    """Write a dose in other words, the parts with it, as an author would."""
    from osler.pathways.authoring.activities import Unclear, expand

    try:
        made = expand({"give": "x", "dose": text}, "x", None)
    except Unclear:
        for step in activity["dosage"]:  # words that are no dose: changed in the words alone
            step["text"] = text
        return
    assert made is not None
    activity["dosage"] = made["dosage"]


def in_words() -> Iterator[tuple[str, str, str, str]]:
    for name, plan in PLANS.items():
        for activity in activities(plan, "MedicationRequest"):
            dose = ", then ".join(step["text"] for step in activity["dosage"])
            said = f"{activity['productCodeableConcept']['text']} {dose}"
            yield from ((name, activity["id"], a, b) for a, b in WORDS if a in said)


IN_WORDS = list(in_words())


@pytest.mark.parametrize("name", PLANS)
def test_the_untouched_pathway_loads(name: str, starter: Library) -> None:
    assert load_pathway(name, starter).id == name


@pytest.mark.parametrize("name", PLANS)
def test_each_action_alone_loads_untouched(name: str, starter: Library) -> None:
    plan = PLANS[name]
    for activity in activities(plan, "MedicationRequest"):
        assert refused(without_the_rest(plan, activity["id"]), starter) is None


def test_hundreds_of_changes_are_tried() -> None:
    assert len(IN_WORDS) > 200


@pytest.mark.parametrize(("name", "identity", "one", "other"), IN_WORDS)
def test_an_order_changed_in_words_and_sentence_does_not_load(
    name: str, identity: str, one: str, other: str, starter: Library
) -> None:
    plan = without_the_rest(PLANS[name], identity)
    (action,), (activity,) = plan["action"], plan["contained"]
    product = activity["productCodeableConcept"]
    dose = ", then ".join(step["text"] for step in activity["dosage"])
    product["text"] = product["text"].replace(one, other)
    product.pop("coding", None)
    if dose.replace(one, other) != dose:
        reread(activity, dose.replace(one, other))
    action["description"] = action["description"].replace(one, other)
    error = refused(plan, starter)
    assert error is not None
    assert error.issues[0].path.startswith("PlanDefinition.action[0]")


def swap(where: Callable[[Json], Json], key: str, value: Any) -> Callable[[Json], bool]:
    def change(dosage: Json) -> bool:
        try:
            inner = where(dosage)
        except (KeyError, IndexError):
            return False
        if inner.get(key) == value or key not in inner:
            return False
        inner[key] = value
        return True

    return change


def drop(*keys: str) -> Callable[[Json], bool]:
    return lambda dosage: len([1 for key in keys if dosage.pop(key, None) is not None]) > 0


def quantity(dosage: Json) -> Json:
    found: Json = dosage["doseAndRate"][0]["doseQuantity"]
    return found


def repeat(dosage: Json) -> Json:
    found: Json = dosage["timing"]["repeat"]
    return found


def thousandfold(dosage: Json) -> bool:
    for amount in dosage["doseAndRate"][0].values():
        ends = [amount] if "value" in amount else list(amount.values())
        for end in ends:
            end["value"] = Decimal(end["value"]) * 1000
    return True


STRUCTURED = {
    "a thousandfold": thousandfold,
    "mg for ug": swap(quantity, "code", "mg"),
    "g for mg": swap(quantity, "code", "g"),
    "ten": swap(quantity, "value", 10),
    "weeks": swap(repeat, "periodUnit", "wk"),
    "days": swap(repeat, "periodUnit", "d"),
    "period 1": swap(repeat, "period", 1),
    "period 6": swap(repeat, "period", 6),
    "no longest period": lambda d: repeat(d).pop("periodMax", None) is not None,
    "four times": swap(repeat, "frequency", 4),
    "no timing": drop("timing"),
    "no bounds": lambda d: bool(
        [repeat(d).pop(k, None) for k in ("boundsRange", "boundsDuration", "count") if k in
         repeat(d)]
    ),
    "no route": drop("route"),
    "into a vein": swap(lambda d: d["route"]["coding"][0], "code", "47625008"),
    "no end": drop("extension"),
    "no amount": drop("doseAndRate"),
}  # fmt: skip


@pytest.mark.parametrize("change", STRUCTURED)
@pytest.mark.parametrize("name", PLANS)
def test_a_dose_changed_in_its_parts_alone_does_not_load(
    name: str, change: str, starter: Library
) -> None:
    changed = 0
    for activity in activities(PLANS[name], "MedicationRequest"):
        for number in range(len(activity["dosage"])):
            plan = without_the_rest(PLANS[name], activity["id"])
            try:
                if not STRUCTURED[change](plan["contained"][0]["dosage"][number]):
                    continue
            except KeyError:
                continue
            changed += 1
            assert refused(plan, starter) is not None, (activity["id"], number)
    if name == "vitamin-b12":
        assert changed


def test_an_interval_of_a_check_that_is_changed_does_not_load(starter: Library) -> None:
    for plan in PLANS.values():
        for activity in activities(plan, "ServiceRequest"):
            if "timingTiming" not in activity:
                continue
            changed = without_the_rest(plan, activity["id"])
            repeat_of = changed["contained"][0]["timingTiming"]["repeat"]
            repeat_of["period"] = 2
            assert refused(changed, starter) is not None
            if "dynamicValue" not in activity:
                continue
            changed = without_the_rest(plan, activity["id"])
            expression = changed["contained"][0]["dynamicValue"][0]["expression"]
            expression["expression"] = "%today + 9 years"
            assert refused(changed, starter) is not None


def test_an_until_that_the_sentence_does_not_have_does_not_load(starter: Library) -> None:
    changed = without_the_rest(PLANS["vitamin-b12"], "levels")
    changed["contained"][0]["timingTiming"]["code"]["text"] = "every 3 months until it is tiresome"
    error = refused(changed, starter)
    assert error is not None
    assert "is not what the description says" in error.issues[0].details


@pytest.mark.parametrize("text", ["Give cyanocobalamin 1 mg daily.", "Something else."])
def test_a_note_says_its_description_and_no_dose(text: str, starter: Library) -> None:
    changed = without_the_rest(PLANS["vitamin-b12"], "ask-phase")
    assert refused(changed, starter) is None
    changed["contained"][0]["description"] = text
    assert refused(changed, starter) is not None


def test_a_note_is_no_way_to_warn_without_evidence(starter: Library) -> None:
    changed = without_the_rest(PLANS["vitamin-b12"], "ask-phase")
    changed["contained"][0]["priority"] = "urgent"
    assert refused(changed, starter) is not None


def test_an_alert_warns_of_what_the_record_says_and_states_no_dose(starter: Library) -> None:
    plan = without_the_rest(PLANS["metformin"], "draft-reaction")
    assert plan["contained"][0]["priority"] == "urgent"
    assert refused(plan, starter) is None
    for priority in ("stat", "asap"):
        changed = copy.deepcopy(plan)
        changed["contained"][0]["priority"] = priority
        assert refused(changed, starter) is not None
    said = copy.deepcopy(plan)
    said["action"][0]["description"] = "Give metformin 500 mg twice a day."
    said["contained"][0]["description"] = "Give metformin 500 mg twice a day."
    assert refused(said, starter) is not None


def test_a_code_of_another_medicine_does_not_load(starter: Library) -> None:
    plan = without_the_rest(PLANS["vitamin-b12"], "loading-bnf")
    plan["contained"][0]["productCodeableConcept"]["coding"][0]["code"] = "B03BA01"
    error = refused(plan, starter)
    assert error is not None
    assert "B03BA01" in error.issues[0].details


def test_polarity_and_group_of_a_warning_are_held_against_the_passage(starter: Library) -> None:
    plan = without_the_rest(PLANS["vitamin-b12"], "draft-cyanocobalamin")
    for said in (
        "In renal dysfunction cyanocobalamin should be given.",
        "In pregnancy cyanocobalamin should be avoided, as cyanide may build up.",
        "In renal dysfunction hydroxocobalamin should be avoided, as cyanide may build up.",
    ):
        changed = copy.deepcopy(plan)
        changed["action"][0]["description"] = said
        changed["contained"][0]["description"] = said
        assert refused(changed, starter) is not None, said


OPPOSITES = [
    (" not ", " "), ("never", "always"), ("avoid", "give"), ("Avoid", "Give"),
    ("without", "with"), ("Without", "With"), ("With neuro", "Without neuro"),
    ("intact", "impaired"), ("malabsorption", "intact absorption"), ("renal", "hepatic"),
    ("adults", "children"), ("Children", "Adults"), ("below", "above"), ("stop", "start"),
    ("lower", "raise"), ("contraindicated", "indicated"), ("pregnant", "breastfeeding"),
    ("potassium", "sodium"), ("homocysteine", "folate"), ("Folic acid", "Vitamin C"),
    ("untreated", "treated"), ("after", "before"), ("until", "from when"), ("B12", "B120"),
    ("hydroxocobalamin", "cyanocobalamin"), ("cyanocobalamin", "hydroxocobalamin"),
]  # fmt: skip


def in_sentences() -> Iterator[tuple[str, str, str]]:
    """Each sentence that an action says, with a number tenfold or a word turned round."""
    for name, plan in PLANS.items():
        for action in actions(plan):
            if not action.get("documentation") or action["id"].endswith("-first"):
                continue
            said = action["description"]
            changed = {said.replace(one, other, 1) for one, other in OPPOSITES if one in said}
            for match in re.finditer(r"(?<![\w.,])\d[\d,]*", said):
                ten = str(int(match[0].strip(",").replace(",", "")) * 10 or 7)
                changed.add(said[: match.start()] + ten + said[match.end() :])
            yield from ((name, action["id"], text) for text in sorted(changed))


IN_SENTENCES = list(in_sentences())


def test_hundreds_of_changed_sentences_are_tried() -> None:
    assert len(IN_SENTENCES) > 200


@pytest.mark.parametrize(("name", "identity", "text"), IN_SENTENCES)
def test_an_action_that_says_something_else_does_not_load(
    name: str, identity: str, text: str, starter: Library
) -> None:
    plan = without_the_rest(PLANS[name], identity)
    plan["action"][0]["description"] = text
    for activity in plan["contained"]:
        if "description" in activity:
            activity["description"] = text
    assert refused(plan, starter) is not None


def test_a_sentence_that_leaves_out_its_until_does_not_load(starter: Library) -> None:
    plan = without_the_rest(PLANS["vitamin-b12"], "levels")
    plan["action"][0]["description"] = "Measure serum vitamin B12 and homocysteine every 3 months."
    error = refused(plan, starter)
    assert error is not None
    assert "the passage has “until”" in error.issues[0].details
