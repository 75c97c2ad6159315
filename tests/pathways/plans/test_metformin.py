"""Every combination of the inputs of metformin by renal function, and what a record says."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from typing import Any

import numpy as np
import pytest

from osler.library import Library
from osler.pathways import Application, Pathway, Step, apply, load_pathway, read_record
from osler.pathways.deciding import Deciding
from osler.pathways.loading import read_plan
from osler.render import view

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
PLAN = read_plan("metformin")
DECIDING = Deciding(PLAN)
EGFR = "mL/min/{1.73_m2}"
Json = dict[str, Any]


@pytest.fixture(scope="module")
def pathway(starter: Library) -> Pathway:
    return load_pathway("metformin", starter)


def patient(born: str | None = "1960-01-01") -> Json:
    found = {"resourceType": "Patient", "id": "p", "gender": "female"}
    return found | ({"birthDate": born} if born else {})


def egfr(value: float, when: str, unit: str = EGFR, code: str = "62238-1") -> Json:
    return {
        "resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/p"},
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "effectiveDateTime": when,
        "valueQuantity": {
            "value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit,
        },
    }  # fmt: skip


def metformin(status: str, text: str = "Metformin 500 mg tablets", a_day: int = 2) -> Json:
    return {
        "resourceType": "MedicationRequest", "status": status, "intent": "order",
        "subject": {"reference": "Patient/p"}, "medicationCodeableConcept": {"text": text},
        "dosageInstruction": [{
            "timing": {"repeat": {"frequency": a_day, "period": 1, "periodUnit": "d"}},
            "doseAndRate": [{"doseQuantity": {
                "value": 0.5, "unit": "g", "system": "http://unitsofmeasure.org", "code": "g",
            }}],
        }],
    }  # fmt: skip


def applied(pathway: Pathway, *resources: Json, born: str | None = "1960-01-01") -> Application:
    entries = [{"resource": resource} for resource in (patient(born), *resources)]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return apply(pathway.definitions, read_record(bundle, now=NOW), now=NOW)


def taken(steps: tuple[Step, ...]) -> dict[str, Step]:
    found = {}
    for step in steps:
        if step.taken:
            found |= {step.id: step} | taken(step.steps)
    return found


def answered(application: Application) -> dict[str, str]:
    return {
        item["linkId"]: item["answer"][0]["valueCoding"]["code"]
        for item in application.answers["item"]
    }


@pytest.fixture(scope="module")
def outcomes(pathway: Pathway) -> list[tuple[dict[str, str], dict[str, Step]]]:
    """Every combination, really applied."""
    record = read_record(patient(), now=NOW)
    found = []
    for at in product(*(range(len(axis.values)) for axis in DECIDING.axes)):
        application = apply(pathway.definitions, record, now=NOW, answers=DECIDING.response(at))
        assert application.issues == ()
        chosen = {a.link_id: a.values[i] for a, i in zip(DECIDING.axes, at, strict=True)}
        found.append((chosen, taken(application.steps)))
    assert len(found) == DECIDING.combinations == 450
    return found


Outcomes = list[tuple[dict[str, str], dict[str, Step]]]


def orders(steps: dict[str, Step]) -> list[Json]:
    return [
        step.request
        for step in steps.values()
        if step.request and step.request["resourceType"] == "MedicationRequest"
    ]


def test_below_30_metformin_is_stopped_and_never_ordered(outcomes: Outcomes) -> None:
    for chosen, steps in outcomes:
        if chosen["egfr"] == "below 30":
            assert "stop" in steps
            assert orders(steps) == []


def test_at_30_to_44_it_is_not_started_and_lowered_if_taken(outcomes: Outcomes) -> None:
    for chosen, steps in outcomes:
        if chosen["egfr"] == "30":
            assert orders(steps) == []
            assert ("do-not-start" in steps) is (chosen["use"] == "new")
            assert ("lower" in steps) is (chosen["use"] == "taking")
    lower = next(steps["lower"] for _, steps in outcomes if "lower" in steps)
    assert "for example by 50%" in lower.description


def test_nothing_is_ordered_without_an_egfr_or_an_age(outcomes: Outcomes) -> None:
    for chosen, steps in outcomes:
        if "unknown" in (chosen["egfr"], chosen["age"]):
            assert orders(steps) == []
            assert "ask-egfr" in steps or "ask-age" in steps


def test_extended_release_is_for_adults_and_no_dose_is_for_under_10(outcomes: Outcomes) -> None:
    for chosen, steps in outcomes:
        if chosen["age"] != "adult":
            assert not {"start-extended-low", "start-extended-high"} & set(steps)
        if chosen["age"] in ("below 10", "17"):
            assert orders(steps) == []
            assert "below-10" in steps or "silence-17" in steps


def test_every_combination_says_something(outcomes: Outcomes) -> None:
    said = {"ask-egfr", "stop", "do-not-start", "lower", "carry-on", "start-at-45", "no-bar"}
    assert all(said & set(steps) for _, steps in outcomes)


def test_kidneys_are_checked_again_when_their_band_says(outcomes: Outcomes) -> None:
    dates = {"60": "2027-11-30", "45": "2027-02-28", "30": "2027-02-28"}
    for chosen, steps in outcomes:
        name = f"check-{chosen['egfr']}"
        if name in steps:
            request = steps[name].request
            assert request is not None
            assert request["occurrenceTiming"]["event"] == [dates[chosen["egfr"]]]


def test_acute_kidney_injury_calls_for_care_unless_it_is_ruled_out(outcomes: Outcomes) -> None:
    for chosen, steps in outcomes:
        assert ("extra-care" in steps) is (chosen["acute"] != "no")


def test_the_arrays_tell_what_applying_does(outcomes: Outcomes) -> None:
    decisions = DECIDING.decisions()
    lengths = [len(axis.values) for axis in DECIDING.axes]
    places = list(product(*(range(len(axis.values)) for axis in DECIDING.axes)))
    for at, (_, steps) in zip(places, outcomes, strict=True):
        expected = [
            d.step.id
            for d in decisions
            if not d.besides and np.broadcast_to(d.applies, lengths)[at]
        ]
        assert list(steps) == expected


def test_who_says_so_is_told_as_the_library_tells_it(pathway: Pathway) -> None:
    sources = {r.source.file: r.source for r in pathway.references}
    for artifact in PLAN["relatedArtifact"]:
        source = sources[artifact["url"].rpartition(":")[2]]
        assert artifact["citation"] == f"{view.publisher(source)} · {view.held(source)}"


@pytest.mark.parametrize(
    ("value", "when", "band"),
    [
        (60, "2026-01-01", "60"), (59.9, "2026-11-01", "45"), (45, "2026-11-01", "45"),
        (44, "2026-11-01T08:00:00Z", "30"), (30, "2026-11-01", "30"),
        (29, "2026-11-01", "below 30"),
        (70, "2025-10-01", "unknown"), (50, "2026-05-01", "unknown"), (40, "2026-08-01", "unknown"),
        (20, "2020-01-01", "below 30"),
    ],
)  # fmt: skip
def test_the_band_is_read_from_the_latest_egfr_that_is_not_too_old(
    pathway: Pathway, value: float, when: str, band: str
) -> None:
    earlier = egfr(90 if value < 60 else 20, "2019-01-01", code="98979-8")
    application = applied(pathway, earlier, egfr(value, when))
    assert answered(application)["egfr"] == band
    assert ("ask-egfr-old" in taken(application.steps)) is (band == "unknown")


@pytest.mark.parametrize("code", ["62238-1", "98979-8"])
def test_two_egfrs_of_one_time_in_different_bands_are_told_and_neither_is_used(
    pathway: Pathway, code: str
) -> None:
    other = egfr(31, "2026-11-01", code=code)  # by the same formula, and by another
    application = applied(pathway, egfr(29, "2026-11-01"), other)
    assert answered(application)["egfr"] == "unknown"
    assert "ask-egfr-contradictory" in taken(application.steps)


def test_a_unit_that_is_none_of_a_filtration_rate_for_an_area_is_not_taken(
    pathway: Pathway,
) -> None:
    assert answered(applied(pathway, egfr(20, "2026-11-01", unit="mL/min")))["egfr"] == "unknown"


@pytest.mark.parametrize(
    ("born", "age"),
    [("1960-01-01", "adult"), ("2008-11-30", "adult"), ("2008-12-01", "17"), ("2010-01-01", "10"),
     ("2016-11-30", "10"), ("2016-12-01", "below 10"), (None, "unknown")],
)  # fmt: skip
def test_the_age_is_read_from_the_date_of_birth(
    pathway: Pathway, born: str | None, age: str
) -> None:
    assert answered(applied(pathway, born=born))["age"] == age


@pytest.mark.parametrize(
    ("resources", "warning"),
    [
        ((egfr(25, "2026-11-01"), metformin("draft")), "draft-below-30"),
        ((egfr(40, "2026-11-01"), metformin("draft")), "draft-start-at-30"),
        ((egfr(90, "2026-11-01"), metformin("draft", a_day=6)), "draft-above-adult-ceiling"),
        (
            (egfr(90, "2026-11-01"), metformin("draft", "Metformin XR 500 mg", a_day=5)),
            "draft-above-extended-ceiling",
        ),
    ],
)
def test_an_order_being_written_is_warned_of(
    pathway: Pathway, resources: tuple[Json, ...], warning: str
) -> None:
    steps = taken(applied(pathway, *resources).steps)
    assert warning in steps
    assert {t["name"] for t in steps[warning].action["trigger"]} == {"order-select", "order-sign"}


@pytest.mark.parametrize(
    "resources",
    [
        (egfr(90, "2026-11-01"), metformin("draft", a_day=5)),
        (egfr(90, "2026-11-01"), metformin("draft", "Metformin XR 500 mg", a_day=4)),
        (egfr(40, "2026-11-01"), metformin("active"), metformin("draft")),
        (egfr(25, "2026-11-01"), metformin("active")),
    ],
)
def test_an_order_within_the_bounds_is_not_warned_of(
    pathway: Pathway, resources: tuple[Json, ...]
) -> None:
    steps = taken(applied(pathway, *resources).steps)
    assert not [name for name in steps if name.startswith("draft-")]


def test_the_pathway_concerns_who_takes_metformin_or_has_type_2_diabetes(pathway: Pathway) -> None:
    diabetes = {
        "resourceType": "Condition", "subject": {"reference": "Patient/p"},
        "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "E11.9"}]},
    }  # fmt: skip
    assert applied(pathway).variables["relevant"] == [False]
    assert applied(pathway, diabetes).variables["relevant"] == [True]
    assert applied(pathway, metformin("active")).variables["relevant"] == [True]
