"""Findings by their codes and words, in conditions and procedures as expressions meet them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from osler.pathways import read_record
from osler.pathways.findings import FINDING, findings
from osler.pathways.medicines import SUBSTANCE
from osler.pathways.problems import Problems
from osler.pathways.record import Record

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
ICD10, ICD9 = "http://hl7.org/fhir/sid/icd-10-cm", "http://hl7.org/fhir/sid/icd-9-cm"
SNOMED = "http://snomed.info/sct"
Json = dict[str, Any]


def record(*resources: Json) -> Record:
    found: list[Json] = [{"resourceType": "Patient", "id": "p", "birthDate": "1960-01-01"}]
    found += [{"subject": {"reference": "Patient/p"}, **r} for r in resources]
    entries = [{"resource": r} for r in found]
    return read_record({"resourceType": "Bundle", "type": "collection", "entry": entries}, now=NOW)


def condition(text: str = "", code: str = "", system: str = ICD10, **more: Any) -> Json:
    coding = {"coding": [{"system": system, "code": code}]} if code else {}
    concept = coding | ({"text": text} if text else {})
    return {"resourceType": "Condition", "code": concept, **more}


def named(resources: list[Json]) -> set[str]:
    codings = [c for r in resources for c in r.get("code", {}).get("coding", [])]
    return {c["code"] for c in codings if c.get("system") == FINDING}


def is_found(*resources: Json) -> set[str]:
    return named(Problems(record(*resources), NOW).stated)


@pytest.mark.parametrize(
    "text",
    [
        "Renal failure", "Kidney failure", "Chronic kidney disease stage IV", "CKD stage V",
        "CKD IV", "CKD4", "CKD G5", "Chronic kidney disease, stage 4 (severe)",
        "Stage 4 chronic kidney disease",
        "CKD due to type 2 diabetes, stage 4", "Severe renal impairment", "End-stage renal disease",
        "ESRD", "Postoperative renal failure", "Renal replacement therapy", "CVVH",
        "On haemodialysis", "Pre-dialysis chronic kidney disease", "Renal impairment, eGFR <30",
        "Hypertensive renal disease with renal failure", "Haemodialysis via AV fistula",
        "On haemodialysis, declined transplant", "CKD stage 5, mother is the donor",
        "CKD (chronic kidney disease) stage 4, GFR 15-29 ml/min", "CKD: stage 4", "CKD stage four",
        "Kidney disease, chronic, stage IV (severe, EGFR 15-29 ml/min)",
        "Kidney transplant failure",
        "Anemia in stage 4 chronic kidney disease", "Renal failure, chronic",
        "CKD 4 declined dialysis", "CKD G4A3 very high risk", "CKD stage 4 - education given",
    ],
)  # fmt: skip
def test_kidney_failure_by_name(text: str) -> None:
    text = text.replace("CKD due", "Chronic kidney disease due")
    assert "kidney failure" in is_found(condition(text))


@pytest.mark.parametrize(
    ("code", "system"),
    [
        ("N19", ICD10), ("I12.0", ICD10), ("I13.2", ICD10), ("I13.11", ICD10), ("N18.4", ICD10),
        ("N18.6", ICD10), ("Z99.2", ICD10), ("585.6", ICD9), ("V45.11", ICD9),
        ("42399005", SNOMED), ("90688005", SNOMED), ("433146000", SNOMED), ("N19", ""),
    ],
)  # fmt: skip
def test_kidney_failure_by_code(code: str, system: str) -> None:
    concept = {"coding": [{"code": code, **({"system": system} if system else {})}]}
    assert "kidney failure" in is_found(condition() | {"code": concept})


@pytest.mark.parametrize(
    "text",
    ["AKI", "AKI stage 2", "Acute tubular necrosis", "Acute renal failure", "Acute on chronic CKD",
     "Acute nontraumatic kidney injury", "Renal failure, acute", "Acute injury of kidney",
     "Postoperative renal failure", "CVVH"],
)  # fmt: skip
def test_acute_kidney_injury_by_name(text: str) -> None:
    assert "acute kidney injury" in is_found(condition(text))


@pytest.mark.parametrize(
    ("resource", "finding"),
    [
        (condition(code="N17.9"), "acute kidney injury"),
        (condition(code="14669001", system=SNOMED), "acute kidney injury"),
        (condition(code="I13.0"), "kidney disease"),
        (condition("CKD stage 3-4"), "kidney disease stage 3b"),
        (condition("CKD stage IIIb"), "kidney disease stage 3b"),
        (condition("CKD G3bA2"), "kidney disease stage 3b"),
        (condition("Chronic kidney disease stage 3a"), "kidney disease stage 3"),
        (condition("Chronic renal insufficiency"), "reduced kidney function"),
        (condition("DM type 1"), "diabetes type 1"),
        (condition("LADA"), "diabetes type 1"),
        (condition("Non-insulin-dependent diabetes"), "diabetes type 2"),
        (condition("LHON"), "leber"),
    ],
)
def test_other_findings(resource: Json, finding: str) -> None:
    assert finding in is_found(resource)


@pytest.mark.parametrize(
    "resource",
    [
        condition("Chronic kidney disease stage 2"), condition("Mild renal impairment"),
        condition("Renal cell carcinoma stage 4"), condition("Acute kidney injury stage 3"),
        condition("CKD for 4 years"), condition("CKD 4 years"), condition("Renal failure, acute"),
        condition("Pressure ulcer stage 4, chronic kidney disease"),
        condition("Chronic kidney disease stage 3, heart failure stage 4"),
        condition("Heart failure"), condition(code="I13.10"), condition(code="E87.2"),
        condition(code="N19", system=ICD9), condition(code="N19", system=SNOMED),
        condition("End stage renal disease ruled out", "N18.6"),
        condition("Chronic kidney disease stage 4", verificationStatus={
            "coding": [{"code": "refuted"}]}),
        condition("End-stage renal disease", abatementDateTime="2024-03-01"),
        {"resourceType": "Procedure", "status": "completed", "code": {"text": "Haemodialysis"}},
    ],
)  # fmt: skip
def test_what_is_no_kidney_failure(resource: Json) -> None:
    assert "kidney failure" not in is_found(resource)


@pytest.mark.parametrize(
    ("code", "system"),
    [
        ("E10..", "http://read.info/readv2"), ("N17", "http://hl7.org/fhir/sid/icpc-2"),
        ("N19", "urn:local"), ("N18.6", "http://id.who.int/icd/release/11/mms"),
        ("N19", "urn:oid:2.16.840.1.113883.6.43.1"), ("42399005", "urn:local"),
    ],
)  # fmt: skip
def test_codes_of_other_systems_are_not_read_as_icd(code: str, system: str) -> None:
    assert is_found(condition(code=code, system=system)) == set()


@pytest.mark.parametrize(
    "system",
    [
        ICD10, "http://hl7.org/fhir/sid/icd-10", "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
        "urn:oid:2.16.840.1.113883.6.3", "urn:oid:2.16.840.1.113883.6.90",
        "https://icd.who.int/icd10", "http://id.who.int/icd/release/10", "ICD-10", "icd10cm", "",
    ],
)  # fmt: skip
def test_icd_10_by_each_of_its_names(system: str) -> None:
    assert "kidney failure" in is_found(condition(code="N18.6", system=system))


def test_what_passes_is_not_told_once_it_is_past_and_what_stays_is() -> None:
    assert "acute kidney injury" not in is_found(condition("History of AKI", "N17.9"))
    assert "kidney failure" in is_found(condition("History of ESRD", "N18.6"))


def test_words_that_are_partly_denied_leave_the_rest() -> None:
    (found,) = Problems(record(condition("Type 2 diabetes, no CKD stage 4", "E11.9")), NOW).stated
    assert found["code"]["text"] == "type 2 diabetes"
    assert named([found]) == {"diabetes type 2", "diabetes"}


@pytest.mark.parametrize(
    "resource",
    [
        condition("?CKD 4"), condition("Dialysis declined"),
        condition("Acute kidney injury", verificationStatus={"coding": [{"code": "provisional"}]}),
        {"resourceType": "Procedure", "status": "completed",
         "code": {"text": "Dialysis education"}},
        {"resourceType": "Procedure", "status": "completed",
         "code": {"text": "Creation of arteriovenous fistula for dialysis"}},
    ],
)  # fmt: skip
def test_what_is_in_doubt_is_told_apart(resource: Json) -> None:
    held = Problems(record(resource), NOW)
    assert {"kidney failure", "acute kidney injury"} & named(held.doubted)
    assert named(held.stated) == named(held.performed) == set()


def test_procedures_that_were_done() -> None:
    dialysis = {
        "resourceType": "Procedure",
        "status": "completed",
        "code": {"text": "Haemodialysis"},
    }
    assert "dialysis" in named(Problems(record(dialysis), NOW).performed)
    assert Problems(record(dialysis | {"status": "not-done"}), NOW).performed == []


def allergy(**code: Any) -> Json:
    return {
        "resourceType": "AllergyIntolerance",
        "patient": {"reference": "Patient/p"},
        "code": code,
    }


RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"


@pytest.mark.parametrize(
    ("resource", "substance"),
    [
        (allergy(text="Metformin"), "metformin"),
        (allergy(text="Glucophage"), "metformin"),
        (allergy(text="Neo-Cytamen"), "vitamin b12"),
        (allergy(text="Cobalin-H"), "vitamin b12"),
        (allergy(coding=[{"system": RXNORM, "code": "11248"}]), "vitamin b12"),
        (condition("Allergy to cyanocobalamin"), "vitamin b12"),
        (condition("Metformin intolerance"), "metformin"),
    ],
)
def test_an_allergy_names_its_substance_however_it_is_recorded(
    resource: Json, substance: str
) -> None:
    (found,) = Problems(record(resource), NOW).allergies
    codes = [c["code"] for c in found["code"]["coding"] if c["system"] == SUBSTANCE]
    assert substance in codes


@pytest.mark.parametrize(
    "resource",
    [
        allergy(text="Metformin") | {"clinicalStatus": {"coding": [{"code": "resolved"}]}},
        allergy(text="No known allergy to metformin"),
        condition("Metformin allergy ruled out"),
        condition("Type 2 diabetes"),
    ],
)
def test_what_is_no_allergy(resource: Json) -> None:
    assert Problems(record(resource), NOW).allergies == []


def test_every_finding_is_a_kind_of_one_that_there_is() -> None:
    names = {finding.name for finding in findings()}
    assert {kind for finding in findings() for kind in finding.kinds} <= names


@pytest.mark.parametrize(
    ("resource", "finding"),
    [
        (condition("Diabetes 1 year"), "diabetes type 1"),
        (condition("DM, 1 episode of hypoglycaemia"), "diabetes type 1"),
        (condition("IDDM type 2"), "diabetes type 1"),
        (condition("Insulin-dependent diabetes mellitus, type II"), "diabetes type 1"),
        (condition("Leber congenital amaurosis"), "leber"),
        (condition("Diabetes insipidus, nephrogenic"), "diabetes"),
        (condition("Nephrogenic diabetes insipidus"), "diabetic kidney disease"),
        (condition("Type 2 diabetes"), "diabetic kidney disease"),
    ],
)
def test_what_is_none_of_it(resource: Json, finding: str) -> None:
    assert finding not in is_found(resource)


@pytest.mark.parametrize(
    ("resource", "finding"),
    [
        (condition("DM1"), "diabetes type 1"),
        (condition("Diabetes mellitus 1"), "diabetes type 1"),
        (condition("IDDM"), "diabetes type 1"),
        (condition("IDDM type 2"), "diabetes type 2"),
        (condition("Leber's hereditary optic neuropathy"), "leber"),
        (condition(code="E1121"), "diabetic kidney disease"),
        (condition(code="E11.29"), "diabetic kidney disease"),
        (condition("Diabetic nephropathy"), "diabetic kidney disease"),
        (condition("Type 2 diabetes with microalbuminuria"), "diabetic kidney disease"),
        (condition(code="E13.9"), "diabetes"),
    ],
)
def test_diabetes_and_what_comes_of_it(resource: Json, finding: str) -> None:
    assert finding in is_found(resource)
