"""Kidney failure in the words of problem lists: what is there, and what is not, both ways."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from osler.pathways import read_record
from osler.pathways.findings import FINDING
from osler.pathways.problems import Problems

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
SERIOUS = {"kidney failure", "acute kidney injury"}

PRESENT = [
    "Lives with wife, ESRD on haemodialysis",
    "FH, CKD stage 4",
    "Hyperkalaemia without ECG changes in ESRD",
    "Anaemia without iron deficiency due to CKD stage 5",
    "Diabetic foot without osteomyelitis in dialysis patient",
    "Never seen by nephrology CKD stage 5",
    "Screening for transplant in ESRD",
    "Denied transplant: ESRD on HD",
    "Negative for hepatitis B ESRD",
    "CKD 4, no. 123",
    "At risk of hyperkalaemia due to CKD stage 4",
    "High risk of lactic acidosis with end stage renal disease",
    "Increased risk of bleeding due to kidney failure",
    "No improvement CKD stage 5",
    "Previous MI with AKI",
    "History of hypertension with AKI",
    "Awaiting kidney transplant for ESRD",
    "Referral for CKD stage 4",
    "ESRD secondary to IgA nephropathy",
    "Chronic kidney disease, stage 4 (severe) (HCC)",
    "End stage renal disease on dialysis due to type 2 diabetes mellitus (HCC)",
    "CKD 4, baseline creatinine 250",
    "Type 2 diabetes mellitus with ESRD (end-stage renal disease) (HCC)",
    "No chest pain, ESRD on HD TTS",
    "Not a transplant candidate - ESRD",
    "Never smoker; CKD stage 5",
    "Denies chest pain ESRD",
    "Hypertension without retinopathy, with stage 5 chronic kidney disease",
    "Secondary hyperparathyroidism without hypercalcaemia in CKD 5",
    "No known drug allergies. Kidney failure",
    "Anaemia, no iron deficiency, CKD stage 4",
    "Lives with husband, on haemodialysis",
    "Son is carer, dialysis three times a week",
    "Married to a nurse. Renal failure",
    "Received kidney from brother, now CKD stage 4",
    "Wife's kidney transplanted 2010, ESRD since 2020",
    "Suspected pneumonia in dialysis patient",
    "Possible peritonitis on peritoneal dialysis",
    "?Sepsis, ESRD",
    "?PE, known CKD stage 5",
    "Query cellulitis with end stage kidney disease",
    "Awaiting fistula for CKD stage 5",
    "Listed for transplant, ESRD",
    "Planned fistula formation in CKD stage 4",
    "Previous stroke, CKD stage 4",
    "History of gout with CKD stage 5",
    "Former smoker, end-stage renal failure",
    "AKI on CKD",
    "AKI secondary to NSAIDs",
    "Sepsis with acute kidney injury",
    "Acute kidney injury (HCC)",
    "Screening colonoscopy in patient with ESRD",
    "Risk of falls due to dialysis",
    "Hyperkalaemia risk: CKD 5",
    "Without anaemia, CKD G5",
    "Advanced CKD",
    "Severe chronic kidney disease",
    "Hepatitis B screen negative, ESRD",
    "ESRD hepatitis B screen negative",
    "Pregnancy test negative. CKD stage 4",
    "CKD stage 4 with AKI ruled out",
    "ESRD, PE ruled out",
    "CKD V on PD",
    "CKD stage V",
    "Chronic kidney disease IV",
    "CKD IV",
    "Haemodialysis patient",
    "CKD stage 4 in a kidney donor",
    "AKI now on CKD 4",
    "No longer on PD, now haemodialysis",
    "Dialysis-dependent kidney failure",
    "No change in CKD stage 4",
    "Fluid overload, no dialysis access, ESRD",
    "Never had a transplant, ESRD",
    "On HD",
    "Chronic renal failure syndrome",
    "History of chronic renal failure",
    "Renal failure with hyperkalaemia",
    "Wife donated kidney for ESRD",
    "Not in heart failure, in renal failure",
    "CKD stage 4 monthly bloods",
    "No AKI on CKD stage 4",
    "AKI superimposed on stage 4 chronic kidney disease",
    "Uncontrolled hypertension and ESRD",
    "Denies angina and has ESRD",
    "CKD 4 12/2019",
    "Planned caesarean in CKD stage 5",
    "Father died of MI, CKD stage 5",
    "Past medical history: ESRD",
    "PMH: CKD stage 4",
    "Not candidate for transplant due to age, ESRD",
    "No dialysis yet, CKD 5",
]
"""Of which a card is due: the patient has it."""

NOT_THERE = [
    "Severe renal colic",
    "Advanced renal cell carcinoma",
    "Severe renal artery stenosis",
    "Severe kidney infection",
    "Terminal kidney cancer",
    "Kidney failure risk equation 2%",
    "Kidney failure prevention",
    "Cancer-related fatigue (CRF)",
    "Mild CKD, 4 monthly bloods",
    "CKD: 5 yearly review",
    "CKD v normal variant",
    "Renal failure 2015, recovered",
    "History of postoperative renal failure",
    "Dialysis not needed",
    "Dialysis not required",
    "Works in dialysis unit",
    "ESRD in donor",
    "Donor with CKD stage 5",
    "No evidence of CKD stage 4",
    "Mother: ESRD",
    "Mother - ESRD",
    "Mother ESRD",
    "Mother (ESRD)",
    "Father had diabetes and ESRD",
    "Father has diabetes, ESRD",
    "FH of ESRD",
    "FH: CKD 4",
    "Family history - kidney failure",
    "Family history of type 2 diabetes with ESRD",
    "ESRD - father",
    "Sister on dialysis",
    "Brother's dialysis",
    "Husband receives haemodialysis",
    "Paternal grandfather with kidney failure",
    "Kidney failure runs in the family",
    "ESRD in his mother",
    "Polycystic kidneys, ESRD in father",
    "Not on dialysis",
    "Not in renal failure",
    "Never on dialysis",
    "Never needed dialysis",
    "Does not have CKD stage 5",
    "Renal failure excluded",
    "No AKI or ESRD",
    "No renal failure",
    "Without kidney failure",
    "Type 2 diabetes without CKD or ESRD",
    "No history of acute renal failure",
    "AKI ruled out",
    "AKI, resolved",
    "AKI (resolved 2019)",
    "Dialysis stopped 2020, recovered",
    "Previous AKI",
    "At risk of AKI",
    "At risk of chronic kidney disease",
    "High risk of progression to ESRD",
    "Screening for CKD",
    "Screening for chronic kidney disease stage 4",
    "To prevent AKI",
    "Renal colic, severe",
    "Severe renal calculi",
    "Advanced renal tumour",
    "Severe renal injury",
    "Terminal renal cancer",
    "Renal cell carcinoma G4",
    "CKD IV iron infusion",
    "CKD, 4 weekly EPO",
    "CKD reviewed 4 times",
    "CKD, 5 visits",
    "CKD stage 2",
    "CKD stage 1",
    "CKD 3a",
    "CKD G3aA1",
    "Chronic kidney disease stage 3",
    "Kidney stones",
    "Nurse in dialysis unit",
    "Cares for mother on dialysis",
    "Wife's dialysis causes stress",
    "Dialysis nurse",
    "Donor has ESRD",
    "Potential living kidney donor",
    "Dialysis not indicated",
    "Severe depression, CKD stage 2",
    "Renal failure risk score",
    "Heart failure, kidney transplant",
    "Kidney transplant for ESRD",
    "Diabetes, no CKD stage 4 or 5",
    "Acute kidney stone",
    "Kidney infection",
    "Entered in error: ESRD",
    "ESRD recorded in error",
    "Kidney failure resolved",
    "Childhood renal failure, recovered",
    "ESRD refuted",
    "Nephrotic syndrome",
    "Hypertensive heart disease",
    "Carer stress, wife on dialysis",
    "Without mention of ESRD",
    "Diabetes without mention of kidney failure",
    "Mother and sister have ESRD",
    "Father died of ESRD",
    "No longer needs dialysis",
]
"""Of which no card is true: denied, a relative's, over, at risk of, or something else."""

IN_DOUBT = [
    "?ESRD",
    "Suspected CKD stage 5",
    "Possible acute kidney injury",
    "FH ESRD",
    "Awaiting dialysis",
    "Dialysis planned",
    "Referral for dialysis",
    "Query kidney failure",
    "AKI not ruled out",
    "Evaluation for kidney failure",
    "CKD stage 4?",
    "r/o AKI",
    "Peritoneal dialysis catheter removed",
]
"""Of which one can say no more than that the record speaks of it."""


def told_of(text: str) -> tuple[set[str], set[str]]:
    patient = {"resourceType": "Patient", "id": "p", "birthDate": "1960-01-01"}
    problem = {
        "resourceType": "Condition",
        "code": {"text": text},
        "subject": {"reference": "Patient/p"},
    }
    entries = [{"resource": patient}, {"resource": problem}]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    held = Problems(read_record(bundle, now=NOW), NOW)
    stated, doubted = (
        {
            coding["code"]
            for resource in resources
            for coding in resource.get("code", {}).get("coding", ())
            if coding["system"] == FINDING
        }
        for resources in (held.stated, held.doubted)
    )
    return stated & SERIOUS, doubted & SERIOUS


@pytest.mark.parametrize("text", PRESENT)
def test_what_the_patient_has_is_told(text: str) -> None:
    assert told_of(text)[0]


@pytest.mark.parametrize("text", NOT_THERE)
def test_what_the_patient_does_not_have_is_not_told(text: str) -> None:
    assert told_of(text) == (set(), set())


@pytest.mark.parametrize("text", IN_DOUBT)
def test_what_is_in_doubt_is_spoken_of_and_not_told(text: str) -> None:
    stated, doubted = told_of(text)
    assert not stated
    assert doubted
