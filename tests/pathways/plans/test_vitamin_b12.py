"""Every combination of the inputs of vitamin B12 replacement, and what must hold in each.

`Deciding` evaluates each condition once for every combination of the inputs that it reads; arrays
combine to all 179,159,040 combinations. That it tells what `apply` does is itself tested, on
combinations drawn at random.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from osler.domain import Dosage
from osler.dosage import from_fhir, parse_dosages, to_base
from osler.library import Library
from osler.pathways import Pathway, Step, apply, load_pathway, read_record
from osler.pathways.deciding import Deciding, Decision, Truth
from osler.pathways.loading import read_plan
from osler.render import view

PLAN = read_plan("vitamin-b12")
DECIDING = Deciding(PLAN)
DECISIONS = DECIDING.decisions()
BY_ID = {decision.step.id: decision for decision in DECISIONS}
HELD = {f"#{r['id']}": r for r in PLAN["contained"]}
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
_ABOVE = (parent / "shared" / "facts" for parent in Path(__file__).resolve().parents)
FACTS = next((folder for folder in _ABOVE if folder.is_dir()), Path("facts")) / "vitamin-b12.yaml"


@pytest.fixture(scope="module")
def pathway(starter: Library) -> Pathway:
    return load_pathway("vitamin-b12", starter)


def where(link: str, *codes: str) -> Truth:
    """The combinations in which an input has one of these values."""
    found = np.zeros([1], dtype=np.bool_)
    for number, axis in enumerate(DECIDING.axes):
        if axis.link_id == link and axis.mark is None:
            shape = [1] * len(DECIDING.axes)
            shape[number] = len(axis.values)
            found = np.array([value in codes for value in axis.values]).reshape(shape)
    assert found.any(), (link, codes)
    return found


IMPAIRED = where("renal", "impaired") | where("nephropathy", "yes")
HEALTHY = where("renal", "normal") & where("nephropathy", "no")
ADULT = where("age", "adult", "unknown")


def activity(decision: Decision) -> dict[str, Any]:
    return HELD.get(str(decision.step.action.get("definitionCanonical")), {})


def orders(substance: str | None = None) -> Iterator[Decision]:
    for decision in DECISIONS:
        product = activity(decision).get("productCodeableConcept", {}).get("text")
        if product and substance in (None, product):
            yield decision


def lists() -> Iterator[list[Decision]]:
    """The orders of each list of alternatives, in the order in which they are listed."""
    for decision in DECISIONS:
        children = decision.step.action.get("action", [])
        if decision.step.action.get("selectionBehavior") == "exactly-one":
            yield [BY_ID[child["id"]] for child in children]


def nowhere(truth: Truth) -> bool:
    return not truth.any()


def test_millions_of_combinations_are_looked_at() -> None:
    assert DECIDING.combinations == 179_159_040


def test_every_action_applies_in_some_combination() -> None:
    assert [d.step.id for d in DECISIONS if nowhere(d.applies)] == []


def test_in_renal_dysfunction_cyanocobalamin_is_never_listed_first() -> None:
    for listed in lists():
        others = np.zeros([1] * len(DECIDING.axes), dtype=np.bool_)
        for decision in listed:
            product = activity(decision)["productCodeableConcept"]["text"]
            if product == "cyanocobalamin":
                assert nowhere(decision.applies & IMPAIRED & ~others), decision.step.id
            if product == "hydroxocobalamin":
                others = others | decision.applies


def test_no_country_puts_cyanocobalamin_first_unless_the_kidneys_are_known_to_be_well() -> None:
    for decision in orders("cyanocobalamin"):
        if decision.step.id.endswith("-first"):
            assert nowhere(decision.applies & ~HEALTHY)


def test_cyanocobalamin_is_marked_where_the_kidneys_are_not_known_to_be_well() -> None:
    for decision in orders("cyanocobalamin"):
        if decision.step.id.endswith("-kidneys"):
            assert decision.step.action["title"].startswith("In renal dysfunction to be avoided")
            assert "should be avoided, as cyanide" in decision.step.action["description"]
        else:
            assert nowhere(decision.applies & ~HEALTHY), decision.step.id


def test_where_the_kidneys_are_not_known_they_are_asked_for() -> None:
    asked = BY_ID["ask-kidneys"].applies | BY_ID["ask-nephropathy"].applies
    assert nowhere(~HEALTHY & ~IMPAIRED & ~asked)
    assert nowhere(BY_ID["ask-kidneys"].applies & BY_ID["ask-nephropathy"].applies)


def test_what_is_not_known_is_asked() -> None:
    unknown = where("deficiency", "unknown", "suspected")
    assert nowhere(unknown & ~BY_ID["ask-deficiency"].applies)
    deficient = where("deficiency", "confirmed", "suspected", "unknown")
    assert nowhere(where("phase", "unknown") & deficient & ~BY_ID["ask-phase"].applies)
    for link in ("cause", "neurology", "age"):
        assert nowhere(where(link, "unknown") & ~BY_ID[f"ask-{link}"].applies), link
    folate = where("folate", "unknown") & ~where("pregnancy", "yes")
    assert nowhere(folate & ~BY_ID["ask-folate"].applies)


def test_where_the_phase_is_not_known_both_are_listed() -> None:
    """And nothing that was prescribed is taken for a loading course that is finished."""
    unknown = where("phase", "unknown") & where("deficiency", "confirmed") & ADULT
    for name in ("loading-neurology", "maintenance-neurology"):
        given = unknown & where("neurology", "yes") & ~HEALTHY
        assert nowhere(given & ~BY_ID[name].applies)
    without = unknown & where("neurology", "no") & where("cause", "pernicious", "unknown")
    for name in ("loading", "maintenance"):
        assert nowhere(without & ~HEALTHY & ~BY_ID[name].applies)
    assert "finished" not in DECIDING.plan["contained"][0]["item"][1]["extension"][0][
        "valueExpression"]["expression"]  # fmt: skip


def test_there_is_one_list_to_choose_from_for_each_question() -> None:
    """Where all is known there is one list at most; where not, one a case."""
    known = np.ones([1] * len(DECIDING.axes), dtype=np.bool_)
    for link in ("deficiency", "phase", "neurology", "pregnancy"):
        known = known & ~where(link, "unknown")
    listed = [d for d in DECISIONS if d.step.action.get("selectionBehavior") == "exactly-one"]
    assert len(listed) == 7
    for number, one in enumerate(listed):
        for other in listed[number + 1 :]:
            assert nowhere(one.applies & other.applies & known), (one.step.id, other.step.id)


def test_after_an_operation_or_in_pregnancy_the_general_lists_are_said_to_exist() -> None:
    bariatric = where("cause", "bypass", "sleeve")
    for name in ("maintenance", "prevention"):
        assert nowhere(BY_ID[name].applies & bariatric)
    for name in ("operation", "pregnancy"):
        assert nowhere(BY_ID[name].applies & ~BY_ID["operation-alone"].applies)
    pregnant = BY_ID["pregnancy"].applies & where("pregnancy", "yes")
    assert nowhere(pregnant & ~BY_ID["pregnancy-alone"].applies)
    assert nowhere(pregnant & BY_ID["operation"].applies)


def test_no_list_is_empty() -> None:
    for decision in DECISIONS:
        children = decision.step.action.get("action", [])
        if decision.step.action.get("selectionBehavior") == "exactly-one":
            shown = np.zeros([1] * len(DECIDING.axes), dtype=np.bool_)
            for child in children:
                shown = shown | BY_ID[child["id"]].applies
            assert nowhere(decision.applies & ~shown), decision.step.id


def test_every_action_orders_or_tells_something_or_holds_others() -> None:
    """As R4 has it of an action of a RequestGroup (rqg-1: resource or actions, not both)."""
    for decision in DECISIONS:
        within = decision.step.action.get("action", [])
        assert bool(within) != bool(activity(decision)), decision.step.id


def test_what_must_not_be_given_in_a_known_caution_is_not_listed() -> None:
    for axis in DECIDING.axes:
        if axis.link_id == "cautions":
            number = DECIDING.axes.index(axis)
            shape = [1] * len(DECIDING.axes)
            shape[number] = 2
            marked = np.array([False, True]).reshape(shape)
            for decision in orders("cyanocobalamin"):
                assert nowhere(decision.applies & marked)
            assert nowhere(marked & ~BY_ID[f"{axis.mark}-known"].applies)


def test_in_renal_dysfunction_the_warning_is_always_there_with_its_weight(
    pathway: Pathway,
) -> None:
    assert nowhere(IMPAIRED & ~BY_ID["kidneys-salt"].applies)
    titles = {r.number: r.source.title for r in pathway.references}
    cited = {titles[c.reference] for c in pathway.citations["kidneys-salt"]}
    assert cited == {"Vitamin B12 Injection Guidelines", "Vitamin B12 Supplementation Guidelines"}
    title = BY_ID["kidneys-salt"].step.action["title"]
    assert "two guideline summaries by one company; no guideline" in title


def test_in_diabetic_nephropathy_the_trial_is_told_with_what_it_cannot_show() -> None:
    told = BY_ID["trial-in-diabetic-nephropathy"]
    assert nowhere(where("nephropathy", "yes") & ~told.applies)
    assert "more vascular events" in told.step.action["description"]
    assert "three vitamins at once" in told.step.action["description"]


def test_untreated_or_suspected_deficiency_always_has_the_warning_on_folic_acid() -> None:
    untreated = where("deficiency", "suspected") | (
        where("deficiency", "confirmed") & where("phase", "nothing", "running", "unknown")
    )
    assert nowhere(untreated & ~BY_ID["folic-acid-alone"].applies)
    assert BY_ID["folic-acid-alone"].step.action["priority"] == "urgent"


def test_another_reason_for_folate_is_never_suppressed() -> None:
    assert nowhere(where("folate", "yes") & ~BY_ID["folic-acid-for-another-reason"].applies)
    said = BY_ID["folic-acid-for-another-reason"].step.action["title"]
    assert "not held back" in said
    alert, together = BY_ID["draft-folic-acid"], BY_ID["draft-folic-acid-together"]
    reason = where("folate", "yes") | where("pregnancy", "yes")
    assert nowhere(alert.applies & reason)
    assert nowhere(together.applies & ~reason)
    assert nowhere(alert.applies & where("deficiency", "unknown", "none"))


def with_neurology(decision: Decision) -> bool:
    said = decision.step.action["description"]
    return "neurological involvement" in said and "ithout" not in said and "no neuro" not in said


def test_neurological_involvement_never_gets_another_schedule() -> None:
    for decision in orders():
        if not with_neurology(decision):
            assert nowhere(decision.applies & where("neurology", "yes")), decision.step.id


def test_without_neurological_involvement_its_schedules_are_not_given() -> None:
    for decision in orders():
        if with_neurology(decision):
            assert nowhere(decision.applies & where("neurology", "no")), decision.step.id


def test_where_neurology_is_not_known_it_is_asked_for_and_both_cases_are_told_apart() -> None:
    unknown = where("neurology", "unknown")
    assert nowhere(unknown & ~BY_ID["ask-neurology"].applies)
    names = [decision.step.id for decision in DECISIONS]
    for name in ("loading", "maintenance"):
        both = BY_ID[f"{name}-neurology"], BY_ID[name]
        general = unknown & ~where("cause", "bypass", "sleeve") & ~HEALTHY
        assert nowhere(general & (both[0].applies ^ both[1].applies))
        assert names.index(f"{name}-neurology") < names.index(name)
        titles = [decision.step.action["title"] for decision in both]
        assert "with neurological involvement" in titles[0]
        assert "without neurological involvement" in titles[1]


def test_no_group_is_shown_without_anything_in_it() -> None:
    for decision in DECISIONS:
        within = [BY_ID[child["id"]].applies for child in decision.step.action.get("action", [])]
        if within and not decision.step.action.get("selectionBehavior"):
            shown = np.zeros([1] * len(DECIDING.axes), dtype=np.bool_)
            for applies in within:
                shown = shown | applies
            assert nowhere(decision.applies & ~shown), decision.step.id


def test_every_combination_gives_an_order_or_a_said_silence() -> None:
    something = np.zeros([1] * len(DECIDING.axes), dtype=np.bool_)
    for decision in DECISIONS:
        notes = [c["coding"][0]["code"] for c in decision.step.action.get("code", [])]
        if activity(decision).get("kind") == "MedicationRequest" or "silence" in notes:
            something = something | decision.applies
    assert something.all()


def test_positions_that_differ_stand_side_by_side() -> None:
    """b01, b31, b36, b39 and b48; b02 and b07; b06, b20 and b45; b23 and b24."""
    salts = np.ones([1] * len(DECIDING.axes), dtype=np.bool_)
    for number, axis in enumerate(DECIDING.axes):
        if axis.mark:
            shape = [1] * len(DECIDING.axes)
            shape[number] = 2
            wanted = [False, True] if axis.link_id == "salts" else [True, False]
            salts = salts & np.array(wanted).reshape(shape)
    maintained = (
        where("deficiency", "confirmed") & where("phase", "finished") & ADULT
        & where("neurology", "no")
    )  # fmt: skip

    def all_shown(given: Truth, *names: str) -> None:
        for name in names:
            shown = BY_ID[name].applies
            for also in (f"{name}-first", f"{name}-kidneys"):
                if also in BY_ID:
                    shown = shown | BY_ID[also].applies
            assert nowhere(given & ~shown), name

    all_shown(
        maintained & salts & where("cause", "pernicious"),
        "maintenance-bnf", "maintenance-smpc", "maintenance-nstg", "maintenance-overview",
        "maintenance-supplement", "maintenance-hk", "maintenance-us",
    )  # fmt: skip
    intact = where("absorption", "intact") & where("cause", "diet", "other", "unknown")
    all_shown(maintained & intact, "maintenance-tablets-overview", "maintenance-tablets-supplement")
    poorly = maintained & where("absorption", "malabsorption")
    tablets = poorly & where("tablets", "yes", "unknown") & ~where("cause", "bypass", "sleeve")
    all_shown(
        tablets, "maintenance-overview", "maintenance-supplement",
        "maintenance-tablets-malabsorption", "maintenance-tablets-aafp",
        "tablets-in-malabsorption",
    )  # fmt: skip
    bypass = maintained & where("cause", "bypass") & where("pregnancy", "no")
    all_shown(bypass, "bypass-sublingual", "bypass-injection", "operation-aafp")


def test_the_country_changes_the_order_and_never_what_is_shown() -> None:
    country = [a.link_id for a in DECIDING.axes].index("country")
    for decision in DECISIONS:
        name = decision.step.id.removesuffix("-first")
        shown = BY_ID[name].applies
        if f"{name}-first" in BY_ID:
            shown = shown | BY_ID[f"{name}-first"].applies
            both = BY_ID[name].applies & BY_ID[f"{name}-first"].applies
            assert nowhere(both), name  # once, not twice
        if shown.shape[country] > 1:
            one = np.take(shown, [0], axis=country)
            assert (shown == one).all(), name


def test_every_dose_is_between_100_micrograms_and_2_milligrams() -> None:
    for decision in orders():
        dose = from_fhir(activity(decision)["dosage"])
        for step in (dose, *dose.steps):
            assert step.low is not None
            assert step.high is not None
            assert step.unit is not None
            low, unit = to_base(step.low, step.unit)
            high, _ = to_base(step.high, step.unit)
            assert unit == "ug"
            assert Decimal(100) <= low <= high <= Decimal(2000), decision.step.id


def test_every_order_and_warning_cites_what_its_source_says(
    pathway: Pathway, starter: Library
) -> None:
    for decision in DECISIONS:
        if not activity(decision) or decision.step.action.get("code"):
            continue  # a group, or a note that says what no source does
        cited = pathway.citations[decision.step.id]
        assert cited, decision.step.id
        for citation in cited:
            assert starter.text(citation.source_id)[citation.start : citation.end] == citation.quote
            assert citation.statement_id == starter.statement(citation.statement_id).id


def test_who_says_so_is_told_as_the_library_tells_it(pathway: Pathway, starter: Library) -> None:
    for artifact in PLAN["relatedArtifact"]:
        source = starter.source(artifact["url"].rpartition(":")[2])
        assert artifact["display"] == source.title
        assert artifact["citation"] == f"{view.position(source)} · {view.held(source)}"
    for listed in lists():
        for decision in listed:
            reference = pathway.citations[decision.step.id][0].reference
            source = pathway.references[reference - 1].source
            assert view.publisher(source) in decision.step.action["title"]


def test_each_passage_is_shown_with_the_weight_of_its_source() -> None:
    weights = {a["url"]: f"{a['display']} · {a['citation']}" for a in PLAN["relatedArtifact"]}
    for decision in DECISIONS:
        for document in decision.step.action.get("documentation", []):
            assert document["display"] == weights[document["url"]]


@pytest.mark.skipif(not FACTS.is_file(), reason="the facts of the starter library are not here")
def test_the_doses_are_those_of_the_facts() -> None:
    """Every amount ordered is one that the facts give, in micrograms."""
    facts = yaml.safe_load(FACTS.read_text("utf-8"))["facts"]
    texts = [str(fact.get(key, "")) for fact in facts for key in ("dose", "says")]
    given = {amount for text in texts for dose in parse_dosages(text) for amount in ends(dose)}
    assert len(given) > 4
    for decision in orders():
        dose = from_fhir(activity(decision)["dosage"])
        for step in (dose, *dose.steps):
            assert ends(step) <= given, decision.step.id


def ends(dose: Dosage) -> set[tuple[Decimal, str]]:
    assert dose.low is not None
    assert dose.high is not None
    assert dose.unit is not None
    return {to_base(dose.low, dose.unit), to_base(dose.high, dose.unit)}


def holds(truth: Truth, at: tuple[int, ...]) -> bool:
    return bool(np.broadcast_to(truth, [len(a.values) for a in DECIDING.axes])[at])


def taken(steps: tuple[Step, ...]) -> list[str]:
    return [s for step in steps if step.taken for s in (step.id, *taken(step.steps))]


@pytest.mark.parametrize("chunk", range(6))
def test_the_arrays_tell_what_applying_does(pathway: Pathway, chunk: int) -> None:
    """In the very order, and twice the same."""
    record = read_record({"resourceType": "Patient", "id": "p"}, now=NOW)
    draw = random.Random(chunk)
    for _ in range(20):
        at = tuple(draw.randrange(len(axis.values)) for axis in DECIDING.axes)
        answers = DECIDING.response(at)
        if not any(item["linkId"] == "salts" for item in answers["item"]):
            continue  # without a mark the question is open, and the record answers it
        applied = apply(pathway.definitions, record, now=NOW, answers=answers)
        expected = [
            d.step.id
            for d in DECISIONS
            if not d.besides
            and np.broadcast_to(d.applies, [len(a.values) for a in DECIDING.axes])[at]
        ]
        assert taken(applied.steps) == expected
        assert applied.issues == record.issues  # no condition is empty, fails or is no boolean
        again = apply(pathway.definitions, record, now=NOW, answers=answers)
        assert again.careplan == applied.careplan
