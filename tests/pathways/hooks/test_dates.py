"""Dates of every form that FHIR has: partial ones, periods, instants, with and without zones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from hooks_requests import ORAL, Json, call, condition, egfr, order, patient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue
from osler.pathways.hooks import Hook
from osler.pathways.hooks.wording import spoken_date

Cards = Callable[[str, Json], list[Json]]
DIABETES, DEFICIENCY = condition("Type 2 diabetes mellitus"), condition("Vitamin B12 deficiency")
CKD5 = condition("Chronic kidney disease stage 5")
DRAFT = order("Metformin 500 mg tablets", 500, "mg", route=ORAL, every=(2, 1, "d"))

# https://hl7.org/fhir/R4/datatypes.html: years from 0001, seconds to 60, zones to 14 hours. Most
# of these are past, since a record that holds what is still to come is refused as a whole.
YEARS = st.integers(2024, 2026) | st.integers(1, 2026) | st.integers(1, 9999)
DAYS = (st.dates(max_value=date(2026, 11, 29)) | st.dates()).map(str)
CLOCKS = st.from_regex(
    r"([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]{1,6})?", fullmatch=True
)
ZONES = st.from_regex(r"Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00)", fullmatch=True)
INSTANTS = st.tuples(DAYS, CLOCKS, ZONES).map(lambda t: f"{t[0]}T{t[1]}{t[2]}")
DATES = (
    YEARS.map("{:04d}".format)
    | st.tuples(YEARS, st.integers(1, 11)).map(lambda t: f"{t[0]:04d}-{t[1]:02d}")
    | DAYS
)
TIMES = DATES | INSTANTS
PERIODS = st.lists(TIMES, min_size=2, max_size=2).map(
    lambda times: dict(zip(("start", "end"), sorted(times), strict=True))
) | st.fixed_dictionaries({}, optional={"start": TIMES, "end": TIMES})
EFFECTIVE = (
    st.fixed_dictionaries({"effectiveDateTime": TIMES})
    | st.fixed_dictionaries({"effectiveInstant": INSTANTS})
    | st.fixed_dictionaries({"effectivePeriod": PERIODS})
    | st.just({})
)


def measured(value: float, loinc: str = "62238-1", id: str = "egfr", **when: Any) -> Json:  # noqa: A002
    found = {k: v for k, v in egfr(value).items() if k != "effectiveDateTime"}
    code = {"coding": [{"system": "http://loinc.org", "code": loinc}]}
    return {**found, "id": id, "code": code, **when}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    effective=st.lists(EFFECTIVE, min_size=3, max_size=3),
    periods=st.lists(PERIODS, min_size=3, max_size=3),
    times=st.lists(TIMES, min_size=4, max_size=4),
    born=DATES,
)
def test_no_date_of_fhir_is_too_much_for_a_service(
    cards: Cards,
    effective: list[Json],
    periods: list[Json],
    times: list[str],
    born: str,
) -> None:
    """Every service answers, or says which date of the record is a fault."""
    taken = {**DRAFT, "id": "taken", "status": "active", "authoredOn": times[0]}
    statement = {
        "resourceType": "MedicationStatement", "id": "said", "status": "active",
        "subject": taken["subject"], "medicationCodeableConcept": {"text": "Hydroxocobalamin"},
        "effectivePeriod": periods[0],
    }  # fmt: skip
    procedure = {
        "resourceType": "Procedure", "id": "done", "status": "completed",
        "subject": taken["subject"], "code": {"text": "Haemodialysis"},
        "performedPeriod": periods[1],
    }  # fmt: skip
    drafts = []
    for n, drug in enumerate(("Metformin 500 mg tablets", "Hydroxocobalamin", "Cyanocobalamin")):
        draft = order(drug, 1, "mg", every=(1, 1, "d"), id=f"draft{n}", authoredOn=times[1])
        draft["dosageInstruction"][0]["timing"]["repeat"]["boundsPeriod"] = periods[2]
        draft["dosageInstruction"][0]["timing"]["event"] = [times[2]]
        drafts.append(draft)
    record = [
        patient(birthDate=born), DIABETES | {"onsetDateTime": times[3]}, DEFICIENCY, taken,
        statement, procedure, measured(65, **effective[0]),
        measured(45, id="other", **effective[1]), measured(120, "2132-9", "level", **effective[2]),
    ]  # fmt: skip
    for hook in Hook:
        orders = () if hook is Hook.PATIENT_VIEW else tuple(drafts)
        for pathway in ("metformin", "vitamin-b12"):
            faults: Sequence[Issue] = ()
            try:
                made = cards(f"{pathway}-{hook}", call(hook.value, *record, orders=orders))
            except InvalidResource as error:
                faults = error.issues
            else:
                assert isinstance(made, list)
            assert all(issue.path for issue in faults)


@pytest.mark.parametrize(
    ("when", "due"),
    [
        ("2026-10", "in October 2027"),
        ("2026", "in 2027"),
        ("2026-11-20T10:00:00+14:00", "on 20 November 2027"),
    ],
)
def test_a_check_is_due_as_exactly_as_the_last_one_is_dated(
    cards: Cards, when: str, due: str
) -> None:
    taken = {**DRAFT, "id": "taken", "status": "active"}
    record = (DIABETES, taken, measured(65, effectiveDateTime=when))
    made = cards("metformin-patient-view", call("patient-view", *record))
    assert f"Order renal function annually, next {due}" in [card["summary"] for card in made]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026", "2026"),
        ("2026-11", "November 2026"),
        ("2026-11-02", "2 November 2026"),
        ("2026-11-02T23:30:00.5-05:00", "2 November 2026"),
        ("yesterday", "yesterday"),
    ],
)
def test_a_date_is_said_as_far_as_it_is_known(text: str, said: str) -> None:
    assert spoken_date(text) == said


ON_A_DAY = {"effectiveDateTime": "2026-10-01"}


@pytest.mark.parametrize(
    ("earlier", "later", "dated"),
    [
        (ON_A_DAY, {"effectiveInstant": "2026-11-28T10:00:00Z"}, "28 November"),
        (ON_A_DAY, {"effectivePeriod": {"start": "2026-11-28"}}, "28 November"),
        (
            {"effectivePeriod": {"start": "2026-09-01", "end": "2026-10-01"}},
            {"effectivePeriod": {"start": "2026-10-20", "end": "2026-11-02"}},
            "2 November",
        ),
        (
            {"effectiveDateTime": "2026-11-20T00:30:00+02:00"},
            {"effectiveDateTime": "2026-11-19T23:00:00Z"},
            "19 November",
        ),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_critical_card_names_the_measurement_that_decided(
    cards: Cards, earlier: Json, later: Json, dated: str, first: bool
) -> None:
    """The latest, whichever way it is dated, and in which order the record has them."""
    values = [measured(28, id="a", **earlier), measured(22, id="b", **later)]
    record = (DIABETES, *(values if first else reversed(values)))
    made = cards("metformin-order-sign", call("order-sign", *record, orders=(DRAFT,)))
    assert made[0]["indicator"] == "critical"
    assert made[0]["summary"].endswith(f": eGFR 22 mL/min/1.73m2 ({dated} 2026)")


def test_a_diagnosis_that_decided_is_not_given_a_measurement(cards: Cards) -> None:
    body = call("order-sign", DIABETES, CKD5, egfr(65), orders=(DRAFT,))
    first, *_ = cards("metformin-order-sign", body)
    assert first["indicator"] == "critical"
    assert "eGFR 65" not in first["summary"] + first["detail"]
    both = call("order-sign", DIABETES, CKD5, egfr(12), orders=(DRAFT,))
    first, *_ = cards("metformin-order-sign", both)
    assert "eGFR 12 mL/min/1.73m2 (20 November 2026)" in first["summary"]
