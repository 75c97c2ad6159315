"""What vitamin B12 replacement reads from a record, and the orders that it warns of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from osler.library import Library
from osler.pathways import Application, Pathway, Step, apply, load_pathway, read_record

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
Json = dict[str, Any]


@pytest.fixture(scope="module")
def pathway(starter: Library) -> Pathway:
    return load_pathway("vitamin-b12", starter)


def condition(text: str, code: str = "", **more: Any) -> Json:
    coding = {"coding": [{"system": "http://snomed.info/sct", "code": code}]} if code else {}
    return {
        "resourceType": "Condition", "subject": {"reference": "Patient/p"},
        "code": {"text": text, **coding}, **more,
    }  # fmt: skip


def procedure(text: str) -> Json:
    return {
        "resourceType": "Procedure", "status": "completed", "code": {"text": text},
        "subject": {"reference": "Patient/p"},
    }  # fmt: skip


def medicine(text: str, status: str = "active") -> Json:
    return {
        "resourceType": "MedicationRequest", "status": status, "intent": "order",
        "subject": {"reference": "Patient/p"}, "medicationCodeableConcept": {"text": text},
    }  # fmt: skip


def egfr(value: int, when: str = "2026-10-01", code: str = "33914-3") -> Json:
    unit = "mL/min/{1.73_m2}"
    return {
        "resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/p"},
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "effectiveDateTime": when,
        "valueQuantity": {
            "value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit,
        },
    }  # fmt: skip


def coded(kind: str, code: str, value: str, when: str) -> Json:
    return {
        "resourceType": kind, "status": "final", "subject": {"reference": "Patient/p"},
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "effectiveDateTime": when,
        "valueCodeableConcept": {"coding": [{"system": "http://snomed.info/sct", "code": value}]},
    }  # fmt: skip


def administered(text: str, when: str) -> Json:
    return {
        "resourceType": "MedicationAdministration", "status": "completed",
        "subject": {"reference": "Patient/p"}, "medicationCodeableConcept": {"text": text},
        "effectiveDateTime": when,
    }  # fmt: skip


def stated(code: str) -> Json:
    atc = {"system": "http://www.whocc.no/atc", "code": code}
    return {
        "resourceType": "MedicationStatement", "status": "active",
        "subject": {"reference": "Patient/p"}, "medicationCodeableConcept": {"coding": [atc]},
    }  # fmt: skip


def allergy(text: str) -> Json:
    return {
        "resourceType": "AllergyIntolerance", "patient": {"reference": "Patient/p"},
        "code": {"text": text},
    }  # fmt: skip


def icd(code: str) -> Json:
    coding = {"system": "http://hl7.org/fhir/sid/icd-10", "code": code}
    return condition("") | {"code": {"coding": [coding]}}


def applied(pathway: Pathway, *resources: Json, **patient: Any) -> Application:
    person = {"resourceType": "Patient", "id": "p", "birthDate": "1980-01-01", **patient}
    entries = [{"resource": resource} for resource in (person, *resources)]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return apply(pathway.definitions, read_record(bundle, now=NOW), now=NOW)


def answered(application: Application) -> dict[str, list[str]]:
    return {
        item["linkId"]: [answer["valueCoding"]["code"] for answer in item.get("answer", [])]
        for item in application.answers["item"]
    }


def taken(steps: tuple[Step, ...]) -> set[str]:
    return {s for step in steps if step.taken for s in (step.id, *taken(step.steps))}


@pytest.mark.parametrize(
    ("resource", "link", "code"),
    [
        (condition("Pernicious anaemia", "84027009"), "cause", "pernicious"),
        (condition("Pernicious anaemia", "84027009"), "deficiency", "confirmed"),
        (condition("Vitamin B12 deficiency"), "deficiency", "confirmed"),
        (condition("Anaemia"), "deficiency", "unknown"),
        (condition("Megaloblastic anaemia"), "deficiency", "suspected"),
        (condition("Suspected vitamin B12 deficiency"), "deficiency", "suspected"),
        (condition("No vitamin B12 deficiency"), "deficiency", "unknown"),
        (condition("Family history of pernicious anaemia"), "deficiency", "unknown"),
        (condition("Family history of pernicious anaemia"), "cause", "unknown"),
        (procedure("Total gastrectomy with Roux-en-Y reconstruction"), "cause", "gastrectomy"),
        (procedure("Roux-en-Y hepaticojejunostomy"), "cause", "unknown"),
        (procedure("Sleeve lobectomy of lung"), "cause", "unknown"),
        (condition("Lactose malabsorption"), "absorption", "unknown"),
        (procedure("Roux-en-Y gastric bypass"), "cause", "bypass"),
        (procedure("Laparoscopic sleeve gastrectomy"), "cause", "sleeve"),
        (procedure("Total gastrectomy"), "cause", "gastrectomy"),
        (condition("Crohn's disease of ileum", "34000006"), "cause", "ileum"),
        (condition("Vegan diet"), "cause", "diet"),
        (condition("Malabsorption syndrome"), "absorption", "malabsorption"),
        (condition("Subacute combined degeneration of spinal cord"), "neurology", "yes"),
        (condition("Headache"), "neurology", "unknown"),
        (condition("Chronic kidney disease", "709044004"), "renal", "impaired"),
        (egfr(24), "renal", "impaired"),
        (egfr(75), "renal", "normal"),
        (egfr(90, "2009-01-01"), "renal", "unknown"),
        (egfr(24, "2009-01-01"), "renal", "impaired"),
        (condition("Chronic kidney disease stage 4"), "renal", "impaired"),
        (condition("CKD G4", "431857002"), "renal", "impaired"),
        (condition("End-stage renal disease", "46177005"), "renal", "impaired"),
        (procedure("Haemodialysis"), "renal", "impaired"),
        (icd("N18.4"), "renal", "impaired"),
        (condition("Nephropathy", "421893009"), "nephropathy", "yes"),
        (condition("Type 2 diabetes", "44054006"), "nephropathy", "unknown"),
        (condition("Asthma"), "nephropathy", "no"),
        (condition("Diabetic kidney disease", "127013003"), "nephropathy", "yes"),
        (condition("Pregnancy", "77386006"), "pregnancy", "yes"),
        (icd("O09.9"), "pregnancy", "yes"),
        (condition("Pregnancy test negative"), "pregnancy", "unknown"),
        (coded("Observation", "82810-3", "77386006", "2026-11-01"), "pregnancy", "yes"),
        (coded("Observation", "82810-3", "60001007", "2026-11-10"), "pregnancy", "no"),
        (coded("Observation", "82810-3", "60001007", "2025-11-10"), "pregnancy", "unknown"),
        (medicine("Hydroxocobalamin 1 mg/ml injection"), "phase", "unknown"),
        (medicine("Multivitamin with B12", "completed"), "phase", "unknown"),
        (administered("Hydroxocobalamin 1 mg", "2026-11-29"), "phase", "unknown"),
        (stated("B03BA03"), "phase", "unknown"),
        (medicine("Paracetamol 500 mg"), "phase", "nothing"),
        (medicine("Methotrexate 2.5 mg tablets"), "folate", "yes"),
        (medicine("Methotrexate 2.5 mg tablets", "completed"), "folate", "unknown"),
        (stated("L04AX03"), "folate", "yes"),
        (condition("Preconception care"), "folate", "yes"),
        (allergy("Hydroxocobalamin"), "cautions", "hypersensitivity"),
        (condition("Leber's hereditary optic neuropathy"), "cautions", "leber"),
    ],
)
def test_an_input_is_read_from_the_record(
    pathway: Pathway, resource: Json, link: str, code: str
) -> None:
    application = applied(pathway, resource)
    assert answered(application)[link] == [code]
    assert application.issues == ()


def test_what_is_over_or_refuted_is_not_read(pathway: Pathway) -> None:
    refuted = {"coding": [{"code": "refuted"}]}
    found = answered(
        applied(pathway, condition("Pernicious anaemia", "84027009", verificationStatus=refuted))
    )
    assert found["cause"] == ["unknown"]


@pytest.mark.parametrize(
    ("country", "code"),
    [("GB", "GB"), ("United Kingdom", "GB"), ("usa", "US"), ("Nigeria", "NG"), ("HKG", "HK"),
     ("FR", "other")],
)  # fmt: skip
def test_the_country_is_read_from_the_address(pathway: Pathway, country: str, code: str) -> None:
    found = answered(applied(pathway, address=[{"country": country}]))
    assert found["country"] == [code]


@pytest.mark.parametrize(
    ("born", "age"), [("2010-11-30", "adult"), ("2010-12-01", "child"), (None, "unknown")]
)
def test_16_years_divide_adults_from_children(pathway: Pathway, born: str | None, age: str) -> None:
    person = {"birthDate": born} if born else {"birthDate": None}
    person = {key: value for key, value in person.items() if value}
    record = read_record({"resourceType": "Patient", "id": "p", **person}, now=NOW)
    application = apply(pathway.definitions, record, now=NOW)
    assert answered(application)["age"] == [age]


def test_without_a_record_all_salts_are_taken_to_be_available(pathway: Pathway) -> None:
    found = answered(applied(pathway))
    assert found["salts"] == ["hydroxocobalamin", "cyanocobalamin", "methylcobalamin"]


def test_cyanocobalamin_being_ordered_in_renal_dysfunction_is_warned_of(pathway: Pathway) -> None:
    draft = medicine("Cyanocobalamin 1000 micrograms injection", "draft")
    assert "draft-cyanocobalamin" in taken(applied(pathway, draft, egfr(24)).steps)
    well = taken(applied(pathway, draft, egfr(90), condition("Asthma")).steps)
    assert not {"draft-cyanocobalamin", "draft-kidneys"} & well
    assert "draft-kidneys" in taken(applied(pathway, draft).steps)
    allergic = taken(applied(pathway, draft, allergy("Cyanocobalamin")).steps)
    assert {"draft-hypersensitivity", "hypersensitivity-known"} <= allergic
    assert not {one for one in allergic if one.endswith(("-hk-kidneys", "-us-kidneys"))}
    other = medicine("Hydroxocobalamin 1 mg injection", "draft")
    assert "draft-cyanocobalamin" not in taken(applied(pathway, other, egfr(24)).steps)


def test_folic_acid_being_ordered_in_untreated_deficiency_is_warned_of(pathway: Pathway) -> None:
    draft = medicine("Folic acid 5 mg tablets", "draft")
    deficient = condition("Vitamin B12 deficiency")
    assert "draft-folic-acid" in taken(applied(pathway, draft, deficient).steps)
    given = medicine("Hydroxocobalamin 1 mg injection three times a week for 2 weeks")
    found = taken(applied(pathway, draft, deficient, given).steps)
    assert {"folic-acid-alone", "loading", "maintenance", "ask-phase"} <= found
    assert {"draft-folic-acid", "draft-folic-acid-beside"} & found == {"draft-folic-acid-beside"}


@pytest.mark.parametrize(
    "other",
    [
        medicine("Hydroxocobalamin 1 mg injection", "completed"),
        medicine("Multivitamin with B12"),
        stated("B03AE01"),
    ],
)
def test_folic_acid_is_alone_where_vitamin_b12_is_over_or_one_of_many(
    pathway: Pathway, other: Json
) -> None:
    draft = medicine("Folic acid 5 mg tablets", "draft")
    found = taken(applied(pathway, draft, condition("Vitamin B12 deficiency"), other).steps)
    assert "draft-folic-acid" in found
    assert "draft-folic-acid-beside" not in found


def test_folic_acid_together_with_vitamin_b12_is_not_warned_of(pathway: Pathway) -> None:
    draft = medicine("Folic acid 5 mg tablets", "draft")
    together = medicine("Hydroxocobalamin 1 mg injection", "draft")
    deficient = condition("Vitamin B12 deficiency")
    assert "draft-folic-acid" not in taken(applied(pathway, draft, together, deficient).steps)


def test_folic_acid_for_another_reason_is_never_held_back(pathway: Pathway) -> None:
    draft = medicine("Folic acid 5 mg tablets", "draft")
    methotrexate = medicine("Methotrexate 10 mg weekly")
    found = taken(applied(pathway, draft, methotrexate).steps)
    assert not {"draft-folic-acid", "draft-folic-acid-together"} & found
    deficient = taken(applied(pathway, draft, methotrexate, condition("B12 deficiency")).steps)
    assert "draft-folic-acid" not in deficient
    assert "draft-folic-acid-together" in deficient


def test_what_is_not_to_be_given_does_not_count(pathway: Pathway) -> None:
    forbidden = medicine("Methotrexate 10 mg") | {"doNotPerform": True}
    assert answered(applied(pathway, forbidden))["folate"] == ["unknown"]


def test_a_medicine_is_known_by_what_it_refers_to(pathway: Pathway) -> None:
    drug = {"resourceType": "Medication", "id": "m", "code": {"text": "Folic acid 5 mg tablets"}}
    draft = medicine("", "draft")
    del draft["medicationCodeableConcept"]
    draft["medicationReference"] = {"reference": "Medication/m"}
    deficient = condition("Vitamin B12 deficiency")
    assert "draft-folic-acid" in taken(applied(pathway, drug, draft, deficient).steps)


@pytest.mark.parametrize(
    "measured",
    [
        (egfr(75, code="62238-1"), egfr(24, code="98979-8")),
        (egfr(24, code="62238-1"), egfr(75, code="98979-8")),
        (egfr(75, "2026-10"), egfr(24, "2026-10-20")),
        (egfr(75), egfr(24, "2026-10-01T08:00:00Z")),
    ],
)
def test_egfrs_that_contradict_each_other_are_asked_about(
    pathway: Pathway, measured: tuple[Json, ...]
) -> None:
    application = applied(pathway, *measured, address=[{"country": "US"}])
    assert answered(application)["renal"] == ["unknown"]
    found = taken(application.steps)
    assert {"ask-kidneys", "ask-egfr", "loading-us-kidneys"} <= found
    assert not {one for one in found if one.endswith("us-first")}


def test_kidney_disease_outweighs_an_egfr(pathway: Pathway) -> None:
    disease = condition("Chronic kidney disease stage 4", "431857002")
    assert answered(applied(pathway, disease, egfr(75)))["renal"] == ["impaired"]


def test_an_egfr_that_cannot_be_read_is_not_known(pathway: Pathway) -> None:
    unread = egfr(24)
    del unread["valueQuantity"]
    unread["valueString"] = "24"
    application = applied(pathway, unread)
    assert answered(application)["renal"] == ["unknown"]
    assert "ask-egfr" in taken(application.steps)


def test_in_pregnancy_after_bypass_there_is_one_list(pathway: Pathway) -> None:
    application = applied(
        pathway, condition("Pregnancy", "77386006"), procedure("Gastric bypass"), egfr(24)
    )
    found = taken(application.steps)
    assert {"maintenance-neurology", "pregnancy", "operation-alone", "pregnancy-alone"} <= found
    assert not {"maintenance", "operation", "prevention"} & found


def test_two_causes_are_asked_about_and_absorption_is_impaired(pathway: Pathway) -> None:
    both = condition("Pernicious anaemia"), procedure("Gastric bypass")
    found = answered(applied(pathway, *both))
    assert (found["cause"], found["absorption"]) == (["unknown"], ["malabsorption"])


def test_checks_have_dates(pathway: Pathway) -> None:
    application = applied(pathway, condition("Pernicious anaemia", "84027009"))
    requests = [e["resource"] for e in application.bundle["entry"]]
    checks = [r for r in requests if r["resourceType"] == "ServiceRequest"]
    dated = [r["occurrenceTiming"] for r in checks if "occurrenceTiming" in r]
    assert [(d.get("event"), d["code"]["text"]) for d in dated] == [
        (["2027-02-28"], "every 3 months until they are stable"), (None, "yearly"),
    ]  # fmt: skip
    (first,) = [r["occurrencePeriod"] for r in checks if "occurrencePeriod" in r]
    assert (first["start"][:10], first["end"][:10]) == ("2026-11-30", "2026-12-02")


@pytest.mark.parametrize(
    ("measured", "due"), [("2026-10-15", "2027-01-15"), ("2026-01-15", "2026-11-30")]
)
def test_a_check_is_due_from_the_last_one(pathway: Pathway, measured: str, due: str) -> None:
    level = egfr(200, measured, "2132-9")
    unit = {"value": 200, "unit": "pg/mL", "system": "http://unitsofmeasure.org", "code": "pg/mL"}
    application = applied(pathway, condition("B12 deficiency"), level | {"valueQuantity": unit})
    requests = [e["resource"] for e in application.bundle["entry"]]
    (event,) = [
        r["occurrenceTiming"]["event"]
        for r in requests
        if "event" in r.get("occurrenceTiming", {})
    ]  # fmt: skip
    assert event == [due]


def test_the_actions_of_the_result_are_as_r4_has_them(pathway: Pathway) -> None:
    waiting = list(applied(pathway).bundle["entry"][0]["resource"]["action"])
    while waiting:
        action = waiting.pop()
        assert ("resource" in action) != ("action" in action), action["id"]
        waiting += action.get("action", [])


def test_a_long_history_is_read_in_no_time(pathway: Pathway) -> None:
    """Patterns do not go back over what they have read."""
    long = condition("b12 deficien " * 400), condition("diabet renal " * 400)
    assert answered(applied(pathway, *long))["deficiency"] == ["confirmed"]


def test_the_pathway_concerns_who_has_or_may_have_the_deficiency(pathway: Pathway) -> None:
    assert applied(pathway, condition("Asthma")).variables["relevant"] == [False]
    for resource in (
        condition("Pernicious anaemia"), procedure("Gastric bypass"), medicine("Cyanocobalamin"),
    ):  # fmt: skip
        assert applied(pathway, resource).variables["relevant"] == [True]


def with_route(draft: Json, code: str) -> Json:
    route = {"coding": [{"system": "http://snomed.info/sct", "code": code}]}
    return draft | {"dosageInstruction": [{"route": route}]}


CYANOCOBALAMIN = medicine("Cyanocobalamin 1000 micrograms/ml injection", "draft")


@pytest.mark.parametrize(
    ("draft", "warned"),
    [
        (with_route(CYANOCOBALAMIN, "47625008"), {"draft-into-a-vein"}),
        (CYANOCOBALAMIN | {"dosageInstruction": [{"text": "1 mg IV daily"}]},
         {"draft-into-a-vein"}),
        (CYANOCOBALAMIN, {"draft-not-into-a-vein"}),
        (with_route(CYANOCOBALAMIN, "78421000"), set()),
        (medicine("Cyanocobalamin 50 microgram tablets", "draft"), set()),
        (with_route(medicine("Hydroxocobalamin 1 mg injection", "draft"), "47625008"), set()),
    ],
)  # fmt: skip
def test_cyanocobalamin_into_a_vein_is_warned_of(
    pathway: Pathway, draft: Json, warned: set[str]
) -> None:
    found = taken(applied(pathway, draft).steps)
    assert {"draft-into-a-vein", "draft-not-into-a-vein"} & found == warned


def by_reference(text: str) -> Json:
    draft = medicine("", "draft")
    del draft["medicationCodeableConcept"]
    held = [{"resourceType": "Medication", "id": "m", "code": {"text": text}}]
    return draft | {"medicationReference": {"reference": "#m"}, "contained": held}


@pytest.mark.parametrize(
    ("draft", "warning"),
    [
        (by_reference("Cytamen 1000"), "draft-cyanocobalamin"),
        (by_reference("Cytacon"), "draft-cyanocobalamin"),
        (medicine("Vitamin B12 1000 mcg/ml injection", "draft"), "draft-no-salt"),
        (by_reference("Vitamin B12 injection"), "draft-no-salt"),
    ],
)
def test_a_salt_that_is_not_for_impaired_kidneys_is_known_by_its_brand(
    pathway: Pathway, draft: Json, warning: str
) -> None:
    found = taken(applied(pathway, draft, egfr(24)).steps)
    assert {"draft-cyanocobalamin", "draft-no-salt"} & found == {warning}
    other = taken(applied(pathway, by_reference("Neo-Cytamen"), egfr(24)).steps)
    assert not {"draft-cyanocobalamin", "draft-no-salt"} & other


RXNORM = {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "11248"}


@pytest.mark.parametrize(
    "reaction",
    [
        allergy("Neo-Cytamen"), allergy("Cobalin-H"), condition("Allergy to cyanocobalamin"),
        allergy("") | {"code": {"coding": [RXNORM]}},
    ],
)  # fmt: skip
def test_hypersensitivity_is_known_by_brand_code_and_condition(
    pathway: Pathway, reaction: Json
) -> None:
    application = applied(pathway, CYANOCOBALAMIN, reaction)
    assert answered(application)["cautions"] == ["hypersensitivity"]
    assert "draft-hypersensitivity" in taken(application.steps)


def test_no_known_allergy_is_none(pathway: Pathway) -> None:
    found = answered(applied(pathway, allergy("No known allergy to hydroxocobalamin")))
    assert "cautions" not in found or found["cautions"] == []


def test_leber_s_disease_by_its_short_name(pathway: Pathway) -> None:
    assert answered(applied(pathway, condition("LHON")))["cautions"] == ["leber"]


@pytest.mark.parametrize("named", [condition("AKI"), icd("I13.0"), icd("N19"), icd("I12.0")])
def test_kidney_disease_of_any_name_is_impaired(pathway: Pathway, named: Json) -> None:
    application = applied(pathway, named, CYANOCOBALAMIN, egfr(75))
    assert answered(application)["renal"] == ["impaired"]
    assert "draft-cyanocobalamin" in taken(application.steps)


@pytest.mark.parametrize(
    "newer",
    [
        egfr(22, "2026-11-20") | {"status": "preliminary"},
        egfr(22, "2026-11-20") | {"code": {"text": "eGFR"}},
        egfr(600, "2026-11-20") | {"code": {"text": "Creatinine"}},
        egfr(2500, "2026-11-20"),
    ],
)
def test_a_newer_egfr_that_is_not_gone_by_makes_it_not_known(pathway: Pathway, newer: Json) -> None:
    application = applied(pathway, egfr(75), newer, condition("Asthma"))
    assert answered(application)["renal"] == ["unknown"]
    assert {"ask-egfr", "ask-kidneys"} <= taken(application.steps)
    if newer["valueQuantity"]["value"] != 2500:
        assert answered(applied(pathway, egfr(45), newer))["renal"] == ["impaired"]


def test_a_child_s_order_is_told_what_there_is_for_children(pathway: Pathway) -> None:
    draft = medicine("Hydroxocobalamin 1 mg injection", "draft")
    steps = {s.id: s for s in every(applied(pathway, draft, birthDate="2018-01-01").steps)}
    for name in ("children", "child-silence"):
        assert steps[name].taken
        hooks = {t["name"] for t in steps[name].action["trigger"]}
        assert {"order-select", "order-sign"} <= hooks
    assert not steps["adults"].taken


def micrograms(value: int, **repeat: Any) -> Json:
    dose = {"value": value, "unit": "ug", "system": "http://unitsofmeasure.org", "code": "ug"}
    instruction = {"doseAndRate": [{"doseQuantity": dose}], "timing": {"repeat": repeat}}
    draft = medicine("Hydroxocobalamin injection", "draft")
    return draft | {"dosageInstruction": [instruction]}


@pytest.mark.parametrize(
    ("draft", "born", "is_warned"),
    [
        (micrograms(1000, frequency=3, period=1, periodUnit="wk"), "2018-01-01", True),
        (micrograms(1000, frequency=1, period=1, periodUnit="d"), "2018-01-01", True),
        (medicine("Methylcobalamin 1 mg tablets", "draft"), "2018-01-01", True),
        (micrograms(100, frequency=1, period=1, periodUnit="mo"), "2018-01-01", False),
        (micrograms(1000, frequency=3, period=1, periodUnit="wk"), "1980-01-01", False),
        (medicine("Folic acid 5 mg tablets", "draft"), "2018-01-01", False),
    ],
)
def test_a_dose_for_adults_in_a_child_is_warned_of(
    pathway: Pathway, draft: Json, born: str, is_warned: bool
) -> None:
    found = taken(applied(pathway, draft, birthDate=born).steps)
    assert ("draft-child" in found) is is_warned


def every(steps: tuple[Step, ...]) -> list[Step]:
    return [s for step in steps for s in (step, *every(step.steps))]


def test_a_card_does_not_call_a_known_egfr_unknown(pathway: Pathway) -> None:
    draft = medicine("Cyanocobalamin", "draft")
    diabetes = condition("Type 2 diabetes", "44054006")
    steps = taken(applied(pathway, draft, diabetes, egfr(90)).steps)
    assert not {"draft-kidneys", "ask-kidneys", "draft-cyanocobalamin"} & steps
    assert "ask-nephropathy" in steps
    without = taken(applied(pathway, draft, diabetes).steps)
    assert {"draft-kidneys", "ask-kidneys"} <= without
    assert "ask-nephropathy" not in without


@pytest.mark.parametrize(
    ("problem", "found"),
    [
        (condition("Diabetes insipidus, nephrogenic"), "no"),
        (condition("Type 2 diabetes"), "unknown"),
        (icd("E1121"), "yes"),
        (icd("E11.9"), "unknown"),
        (condition("Hypertension"), "no"),
    ],
)
def test_diabetic_nephropathy_is_read_as_written(
    pathway: Pathway, problem: Json, found: str
) -> None:
    assert answered(applied(pathway, problem, egfr(90)))["nephropathy"] == [found]
