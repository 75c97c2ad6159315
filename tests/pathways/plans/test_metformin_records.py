"""What metformin by renal function reads from a record, and the orders that it warns of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from osler.library import Library
from osler.pathways import Application, Pathway, Step, apply, load_pathway, read_record

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
EGFR = "mL/min/{1.73_m2}"
Json = dict[str, Any]


@pytest.fixture(scope="module")
def pathway(starter: Library) -> Pathway:
    return load_pathway("metformin", starter)


def patient(born: str | None = "1960-01-01") -> Json:
    found = {"resourceType": "Patient", "id": "p", "gender": "female"}
    return found | ({"birthDate": born} if born else {})


def egfr(value: float, when: str | None, unit: str = EGFR, code: str = "62238-1") -> Json:
    return {
        "resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/p"},
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        **({"effectiveDateTime": when} if when else {}),
        "valueQuantity": {
            "value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit,
        },
    }  # fmt: skip


def condition(text: str, code: str = "", **more: Any) -> Json:
    coding = {"coding": [{"system": "http://snomed.info/sct", "code": code}]} if code else {}
    return {
        "resourceType": "Condition", "subject": {"reference": "Patient/p"},
        "code": {"text": text, **coding}, **more,
    }  # fmt: skip


def medicine(concept: Json | None = None, **more: Any) -> Json:
    found = {"resourceType": "MedicationRequest", "status": "active", "intent": "order",
             "subject": {"reference": "Patient/p"}, **more}  # fmt: skip
    return found | ({"medicationCodeableConcept": concept} if concept else {})


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


@pytest.mark.parametrize(
    ("value", "when", "band"),
    [
        (60, "2026-01-01", "60"), (59.9, "2026-11-01", "45"), (45, "2026-11-01", "45"),
        (44, "2026-11-01T08:00:00Z", "30"), (30, "2026-11-01", "30"),
        (29, "2026-11-01", "below 30"),
        (70, "2025-10-01", "unknown"), (70, "2025-11", "unknown"), (50, "2026-05-01", "unknown"),
        (40, "2026-08-01", "unknown"),
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
    other = egfr(40, "2026-11-01", code=code)  # by the same formula, and by another
    application = applied(pathway, egfr(29, "2026-11-01"), other)
    assert answered(application)["egfr"] == "unknown"
    assert "ask-egfr-contradictory" in taken(application.steps)


@pytest.mark.parametrize(
    ("born", "age"),
    [("1960-01-01", "adult"), ("2008-11-30", "adult"), ("2008-12-01", "17"), ("2010-01-01", "10"),
     ("2016-11-30", "10"), ("2016-12-01", "below 10"), ("2008", "unknown"), (None, "unknown")],
)  # fmt: skip
def test_the_age_is_read_from_the_date_of_birth(
    pathway: Pathway, born: str | None, age: str
) -> None:
    assert answered(applied(pathway, born=born))["age"] == age


@pytest.mark.parametrize(
    "rivals",
    [
        (egfr(75, "2026-10-01"), egfr(24, "2026-10-01T08:00:00Z")),
        (egfr(24, "2026-10-01T08:00:00Z"), egfr(75, "2026-10-01")),
        (egfr(75, "2026-10"), egfr(24, "2026-10-20")),
        (egfr(24, None), egfr(75, "2026-10-01")),
        (egfr(75, "2026-10-01"), egfr(24, "2026-10-01", code="98979-8")),
    ],
)
def test_where_the_latest_cannot_be_told_none_is_gone_by_and_it_is_said(
    pathway: Pathway, rivals: tuple[Json, ...]
) -> None:
    application = applied(pathway, metformin("active"), *rivals)
    assert answered(application)["egfr"] == "unknown"
    steps = taken(application.steps)
    assert {"ask-egfr", "ask-egfr-contradictory"} <= set(steps)
    assert not {"no-bar", "carry-on", "start"} & set(steps)
    assert [issue.code for issue in application.issues if issue.code == "conflict"]


def unreadable(**more: Any) -> Json:
    return {k: v for k, v in egfr(24, "2026-10-01").items() if k != "valueQuantity"} | more


@pytest.mark.parametrize(
    "observation",
    [
        unreadable(valueString="24"),
        unreadable(dataAbsentReason={"text": "haemolysed"}),
        egfr(24, "2026-10-01", unit="mL/kg"),
    ],
)
def test_an_egfr_that_cannot_be_read_is_asked_for_on_every_hook(
    pathway: Pathway, observation: Json
) -> None:
    application = applied(pathway, metformin("draft"), observation, egfr(75, "2026-09-01"))
    assert answered(application)["egfr"] == "unknown"
    steps = taken(application.steps)
    hooks = {"patient-view", "order-select", "order-sign"}
    for name in ("ask-egfr", "ask-egfr-contradictory"):
        assert {t["name"] for t in steps[name].action["trigger"]} == hooks
    assert not {"no-bar", "start"} & set(steps)


def test_an_egfr_of_a_period_counts_by_its_end(pathway: Pathway) -> None:
    period = {"effectivePeriod": {"start": "2026-10-01", "end": "2026-10-02"}}
    application = applied(pathway, egfr(75, "2026-09-01"), egfr(24, None) | period)
    assert answered(application)["egfr"] == "below 30"


@pytest.mark.parametrize(
    "named",
    [
        condition("End-stage renal disease", "46177005"),
        condition("CKD stage 4"),
        condition("Chronic kidney disease", "431857002"),
        condition("On haemodialysis"),
        {"resourceType": "Condition", "subject": {"reference": "Patient/p"},
         "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "N18.6"}]}},
        {"resourceType": "Procedure", "status": "completed", "subject": {"reference": "Patient/p"},
         "code": {"text": "Haemodialysis"}, "performedDateTime": "2026-11-20"},
    ],
)  # fmt: skip
def test_kidney_failure_by_name_beats_a_number(pathway: Pathway, named: Json) -> None:
    application = applied(pathway, named, metformin("active"), egfr(75, "2026-10-01"))
    assert answered(application)["egfr"] == "below 30"
    steps = taken(application.steps)
    assert {"stop", "failure-not-shown"} <= set(steps)
    assert "no-bar" not in steps


@pytest.mark.parametrize(
    "named",
    [
        condition("Family history of end-stage renal disease"),
        condition("Chronic kidney disease stage 2", "431856006"),
        {"resourceType": "Procedure", "status": "completed", "subject": {"reference": "Patient/p"},
         "code": {"text": "Haemodialysis"}, "performedDateTime": "2019-11-20"},
    ],
)  # fmt: skip
def test_what_is_no_kidney_failure_of_today_leaves_the_number(
    pathway: Pathway, named: Json
) -> None:
    assert answered(applied(pathway, named, egfr(75, "2026-10-01")))["egfr"] == "60"


def test_a_stage_that_the_number_does_not_show_is_asked_about(pathway: Pathway) -> None:
    stage = condition("Chronic kidney disease stage 3", "433144002")
    application = applied(pathway, stage, egfr(75, "2026-10-01"))
    assert answered(application)["egfr"] == "unknown"
    assert "ask-stage" in taken(application.steps)
    assert answered(applied(pathway, stage, egfr(50, "2026-10-01")))["egfr"] == "45"


def test_acute_kidney_injury_withholds_what_the_number_would_allow(pathway: Pathway) -> None:
    injury = condition("Acute kidney injury", "14669001")
    application = applied(pathway, injury, metformin("draft"), egfr(90, "2026-11-29"))
    steps = taken(application.steps)
    assert {"withheld", "extra-care", "draft-acute"} <= set(steps)
    assert not {"start", "no-bar", "going-up"} & set(steps)
    over = injury | {"clinicalStatus": {"coding": [{"code": "resolved"}]}}
    assert "start" in taken(applied(pathway, over, egfr(90, "2026-11-29")).steps)


def test_type_1_diabetes_gets_no_starting_dose_and_is_told_why(pathway: Pathway) -> None:
    steps = taken(applied(pathway, condition("Type 1 diabetes"), egfr(90, "2026-11-01")).steps)
    assert "start" not in steps
    assert "library is silent" in steps["type-1"].description


ATC = "http://www.whocc.no/atc"


@pytest.mark.parametrize(
    "resources",
    [
        (medicine({"coding": [{"system": ATC, "code": "A10BA02"}]}),),
        (medicine({"coding": [{"system": ATC, "code": "A10BD07"}]}),),
        (medicine({"text": "Janumet 50/1000"}),),
        (medicine({"text": "Glucophage 500 mg"}),),
        (medicine(medicationReference={"reference": "Medication/m"}),
         {"resourceType": "Medication", "id": "m", "code": {"text": "Metformin 500 mg"}}),
        ({"resourceType": "MedicationStatement", "status": "active",
          "subject": {"reference": "Patient/p"},
          "medicationCodeableConcept": {"text": "Metformin 1 g BD"}},),
    ],
)  # fmt: skip
def test_metformin_is_taken_however_the_record_says_so(
    pathway: Pathway, resources: tuple[Json, ...]
) -> None:
    application = applied(pathway, *resources, egfr(90, "2026-11-01"))
    assert answered(application)["use"] == "taking"
    assert application.variables["relevant"] == [True]
    assert "start" not in taken(application.steps)


@pytest.mark.parametrize(
    "resource",
    [
        medicine({"text": "Metformin"}, doNotPerform=True),
        medicine({"text": "Metformin"}, intent="proposal"),
        medicine({"text": "Metformin"}, status="stopped"),
        {"resourceType": "MedicationStatement", "status": "active",
         "subject": {"reference": "Patient/p"}, "effectivePeriod": {"end": "2020-01-01"},
         "medicationCodeableConcept": {"text": "Metformin"}},
    ],
)  # fmt: skip
def test_what_is_not_in_force_does_not_count_as_taking(pathway: Pathway, resource: Json) -> None:
    application = applied(pathway, resource, egfr(40, "2026-11-01"))
    assert answered(application)["use"] == "unknown"
    assert {"ask-use", "do-not-start", "lower-if-taken"} <= set(taken(application.steps))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Metformin 500 mg tablets, Merck", "unknown"), ("Glucophage XR 500 mg", "extended"),
        ("Metformin SR 1 g", "extended"), ("metformin extended-release tablet", "extended"),
        ("Metformin 850 mg", "unknown"),
    ],
)  # fmt: skip
def test_extended_release_is_read_from_words_of_their_own(
    pathway: Pathway, text: str, form: str
) -> None:
    assert answered(applied(pathway, metformin("active", text)))["form"] == form


def drafted(*instructions: Json, text: str = "Metformin") -> Json:
    return medicine({"text": text}, status="draft", dosageInstruction=list(instructions))


def grams(value: int, **timing: Any) -> Json:
    dose = {"value": value, "unit": "g", "system": "http://unitsofmeasure.org", "code": "g"}
    return {"timing": timing, "doseAndRate": [{"doseQuantity": dose}]}


MORNING = grams(1, repeat={"frequency": 1, "period": 1, "periodUnit": "d", "when": ["MORN"]})
NIGHT = grams(2, repeat={"frequency": 1, "period": 1, "periodUnit": "d", "when": ["NIGHT"]})
EIGHT_HOURLY = grams(1, repeat={"frequency": 1, "period": 8, "periodUnit": "h"})


@pytest.mark.parametrize("draft", [drafted(EIGHT_HOURLY), drafted(MORNING, NIGHT)])
def test_a_day_above_the_ceiling_is_warned_of_however_it_is_written(
    pathway: Pathway, draft: Json
) -> None:
    application = applied(pathway, draft, egfr(90, "2026-11-01"))
    assert application.variables["daily"][0]["value"] == 3000
    assert "draft-above-adult-ceiling" in taken(application.steps)
    assert application.issues == ()


@pytest.mark.parametrize(
    "draft",
    [drafted(MORNING, {"text": "as directed"}), drafted(), drafted(NIGHT, text="Janumet 50/1000")],
)
def test_a_daily_dose_that_cannot_be_read_is_said(pathway: Pathway, draft: Json) -> None:
    steps = taken(applied(pathway, draft, egfr(90, "2026-11-01")).steps)
    hooks = [t["name"] for t in steps["draft-daily-unread"].action["trigger"]]
    assert hooks == ["order-select", "order-sign"]


def test_at_17_years_the_silence_on_a_ceiling_is_said_on_an_order(pathway: Pathway) -> None:
    steps = taken(
        applied(pathway, drafted(EIGHT_HOURLY), egfr(90, "2026-11-01"), born="2009-01-01").steps
    )
    assert "library is silent" in steps["draft-17"].description
    assert "draft-above-adult-ceiling" not in steps
    assert "draft-17-above" in steps  # 3 g a day, which no adult has
    one_gram = drafted(grams(1, repeat={"frequency": 2, "period": 1, "periodUnit": "d"}))
    within = applied(pathway, one_gram, egfr(90, "2026-11-01"), born="2009-01-01")
    assert "draft-17-above" not in taken(within.steps)


@pytest.mark.parametrize(
    ("resources", "warning"),
    [
        ((egfr(25, "2026-11-01"), metformin("draft")), "draft-below-30"),
        ((egfr(40, "2026-11-01"), metformin("draft")), "draft-start-at-30"),
        ((egfr(40, "2026-11-01"), metformin("active"), metformin("draft")), "draft-lower-at-30"),
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
        (egfr(25, "2026-11-01"), metformin("active")),
    ],
)
def test_an_order_within_the_bounds_is_not_warned_of(
    pathway: Pathway, resources: tuple[Json, ...]
) -> None:
    steps = taken(applied(pathway, *resources).steps)
    assert not [name for name in steps if name.startswith("draft-")]


@pytest.mark.parametrize(
    ("value", "when", "due", "overdue"),
    [
        (40, "2026-09-05", "2026-12-05", False), (50, "2026-09-05", "2026-12-05", False),
        (50, "2026-07-01", "2026-11-30", True), (80, "2026-01-15", "2027-01-15", False),
    ],
)  # fmt: skip
def test_a_check_is_due_from_the_last_one_and_now_where_that_has_passed(
    pathway: Pathway, value: int, when: str, due: str, overdue: bool
) -> None:
    application = applied(pathway, metformin("active"), egfr(value, when))
    steps = taken(application.steps)
    (check,) = [step for name, step in steps.items() if name.startswith("check-")]
    assert check.request is not None
    assert check.request["occurrenceTiming"]["event"] == [due]
    assert ("overdue" in steps) is overdue


def test_the_pathway_concerns_who_takes_metformin_or_has_type_2_diabetes(pathway: Pathway) -> None:
    diabetes = {
        "resourceType": "Condition", "subject": {"reference": "Patient/p"},
        "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "E11.9"}]},
    }  # fmt: skip
    assert applied(pathway).variables["relevant"] == [False]
    assert applied(pathway, diabetes).variables["relevant"] == [True]
    assert applied(pathway, metformin("active")).variables["relevant"] == [True]


def steps_of(pathway: Pathway, *resources: Json, born: str = "1960-01-01") -> dict[str, Step]:
    return taken(applied(pathway, *resources, born=born).steps)


WELL = egfr(65, "2026-11-20")


@pytest.mark.parametrize(
    "named",
    [
        condition("Renal failure"), condition("CKD stage IV"), condition("", "42399005"),
        condition("Severe renal impairment"), condition("CVVH"),
        condition("Postoperative renal failure"),
    ],
)  # fmt: skip
def test_kidney_failure_of_any_name_stops_an_order(pathway: Pathway, named: Json) -> None:
    steps = steps_of(pathway, named, metformin("draft"), WELL)
    assert "draft-kidney-failure" in steps
    assert "draft-below-30" not in steps
    assert "start" not in steps


@pytest.mark.parametrize("text", ["AKI", "AKI stage 2", "Acute tubular necrosis"])
def test_acute_kidney_injury_of_any_name_withholds(pathway: Pathway, text: str) -> None:
    steps = steps_of(pathway, condition(text), metformin("draft"), WELL)
    assert "draft-acute" in steps
    assert "start" not in steps


def done(text: str) -> Json:
    return {"resourceType": "Procedure", "status": "completed", "code": {"text": text},
            "subject": {"reference": "Patient/p"}, "performedDateTime": "2026-11-20"}  # fmt: skip


PROVISIONAL = {"verificationStatus": {"coding": [{"code": "provisional"}]}}


@pytest.mark.parametrize(
    ("resource", "is_asked"),
    [
        (condition("FH: end stage renal disease"), False),
        (condition("End stage renal disease ruled out"), False),
        (condition("Denies dialysis"), False),
        (condition("Never had dialysis"), False),
        (condition("Mother on dialysis"), False),
        (condition("Acute kidney injury excluded"), False),
        (condition("Dialysis declined"), True),
        (condition("?CKD 4"), True),
        (condition("Acute kidney injury", "14669001", **PROVISIONAL), True),
        (done("Dialysis education"), True),
        (done("Creation of arteriovenous fistula for dialysis"), True),
    ],
)
def test_what_is_denied_doubted_or_a_relative_s_stops_nothing(
    pathway: Pathway, resource: Json, is_asked: bool
) -> None:
    steps = steps_of(pathway, resource, metformin("draft"), WELL)
    assert not {"draft-below-30", "draft-acute"} & set(steps)
    assert "start" in steps
    assert ("suspected-on-record" in steps) is is_asked


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Not type 1 diabetes", "unknown"), ("DM type 1", "1"), ("LADA", "1"),
     ("T2DM, not type 1 diabetes", "2")],
)  # fmt: skip
def test_the_kind_of_diabetes_is_read_from_words(pathway: Pathway, text: str, kind: str) -> None:
    assert answered(applied(pathway, condition(text)))["diabetes"] == kind


def newer(**more: Any) -> Json:
    return egfr(22, "2026-11-28") | more


CREATININE = newer(
    code={"text": "Creatinine"}, valueQuantity={"value": 600, "unit": "umol/L", "code": "umol/L"}
)


@pytest.mark.parametrize(
    ("observation", "question"),
    [
        (newer(status="preliminary"), "ask-egfr-preliminary"),
        (newer(status="unknown"), "ask-egfr-preliminary"),
        (newer(code={"text": "eGFR"}), "ask-egfr-code"),
        (newer(code={"coding": [{"system": "http://loinc.org", "code": "102097-3"}]}),
         "ask-egfr-code"),
        (CREATININE, "ask-egfr-creatinine"),
        (egfr(2500, "2026-11-28"), "ask-egfr-impossible"),
    ],
)  # fmt: skip
def test_a_newer_egfr_that_is_not_gone_by_is_asked_about_on_every_hook(
    pathway: Pathway, observation: Json, question: str
) -> None:
    application = applied(pathway, metformin("draft"), egfr(65, "2026-11-10"), observation)
    assert answered(application)["egfr"] == "unknown"
    steps = taken(application.steps)
    assert {"ask-egfr", question} <= set(steps)
    assert "ask-egfr-contradictory" not in steps
    hooks = {"patient-view", "order-select", "order-sign"}
    assert {t["name"] for t in steps[question].action["trigger"]} == hooks
    assert not {"no-bar", "start", "going-up"} & set(steps)


def test_below_30_stays_so_while_something_newer_is_not_gone_by(pathway: Pathway) -> None:
    application = applied(pathway, metformin("draft"), egfr(25, "2026-11-10"), CREATININE)
    assert answered(application)["egfr"] == "below 30"
    assert "draft-below-30" in taken(application.steps)


@pytest.mark.parametrize("text", ["Metformin", "Glucophage", "Janumet"])
def test_a_reaction_to_metformin_is_said_on_the_order_and_no_dose_is_offered(
    pathway: Pathway, text: str
) -> None:
    allergy = {"resourceType": "AllergyIntolerance", "patient": {"reference": "Patient/p"},
               "code": {"text": text}, "criticality": "high"}  # fmt: skip
    steps = steps_of(pathway, allergy, metformin("draft"), WELL)
    assert {"draft-reaction", "reaction"} <= set(steps)
    assert steps["draft-reaction"].action["priority"] == "urgent"
    assert not {"start", "going-up"} & set(steps)


@pytest.mark.parametrize(
    ("text", "form"),
    [("Metformin retard 850 mg", "extended"), ("Glucophage XR500", "extended"),
     ("Metformin immediate release 500 mg tablets", "immediate")],
)  # fmt: skip
def test_the_release_is_read_from_the_name(pathway: Pathway, text: str, form: str) -> None:
    assert answered(applied(pathway, metformin("draft", text)))["form"] == form


def test_more_than_the_ceiling_of_extended_release_by_another_name(pathway: Pathway) -> None:
    draft = metformin("draft", "Metformin retard 500 mg", a_day=5)
    assert "draft-above-extended-ceiling" in steps_of(pathway, draft, WELL)


def test_immediate_release_is_offered_no_dose_of_extended_release(pathway: Pathway) -> None:
    draft = metformin("draft", "Metformin immediate release 500 mg")
    steps = steps_of(pathway, draft, WELL)
    assert "start-immediate-twice" in steps
    assert not {"start-extended-low", "start-extended-high"} & set(steps)


def test_extended_release_in_a_child_is_warned_of_where_it_is_ordered(pathway: Pathway) -> None:
    hooks = {"order-select", "order-sign"}
    plain = steps_of(pathway, metformin("draft"), WELL, born="2012-01-01")
    assert "draft-extended-young" not in plain
    told = {t["name"] for t in plain["extended-young"].action["trigger"]}
    assert told == {"patient-view"}
    steps = steps_of(pathway, metformin("draft", "Metformin SR"), WELL, born="2012-01-01")
    assert {t["name"] for t in steps["draft-extended-young"].action["trigger"]} == hooks


def test_who_does_not_take_it_is_not_told_to_stop(pathway: Pathway) -> None:
    statement = {"resourceType": "MedicationStatement", "status": "not-taken",
                 "subject": {"reference": "Patient/p"},
                 "medicationCodeableConcept": {"text": "Metformin"}}  # fmt: skip
    steps = steps_of(pathway, condition("Type 2 diabetes"), egfr(25, "2026-11-20"), statement)
    assert "stop" not in steps
    assert "trigger" not in steps["stopped"].action


def test_a_prescription_whose_bounds_are_over_is_not_taken(pathway: Pathway) -> None:
    def bounded(end: str) -> Json:
        repeat = {"boundsPeriod": {"start": "2019-01-01", "end": end}}
        return medicine({"text": "Metformin"}, dosageInstruction=[{"timing": {"repeat": repeat}}])

    assert answered(applied(pathway, bounded("2020-01-01")))["use"] == "unknown"
    assert answered(applied(pathway, bounded("2026-12-31")))["use"] == "taking"


def test_who_is_not_known_to_take_metformin_is_not_told_to_stop_at_once(pathway: Pathway) -> None:
    steps = steps_of(pathway, condition("Type 2 diabetes"), egfr(25, "2026-11-20"))
    assert "stop" not in steps
    assert steps["stop-if-taken"].action["priority"] == "urgent"


def test_of_egfrs_of_one_time_that_all_but_agree_the_lower_one_is_gone_by(pathway: Pathway) -> None:
    both = egfr(31, "2026-11-01"), egfr(29, "2026-11-01")
    application = applied(pathway, metformin("active"), *both)
    assert answered(application)["egfr"] == "below 30"
    assert [issue.code for issue in application.issues if issue.code == "duplicate"]


def test_an_egfr_in_plain_ml_a_minute_under_its_own_code_is_gone_by(pathway: Pathway) -> None:
    application = applied(pathway, metformin("draft"), egfr(24, "2026-10-01", unit="mL/min"))
    assert answered(application)["egfr"] == "below 30"
