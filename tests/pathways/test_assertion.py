"""What a short text says of the patient, after ConText's rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.pathways.assertion import asserted


@pytest.mark.parametrize(
    "text",
    [
        "FH: end stage renal disease", "Family history of diabetes, CKD 4", "Mother on dialysis",
        "End stage renal disease (father)", "End stage renal disease ruled out", "AKI (ruled out)",
        "AKI, ruled out", "AKI - no", "Denies dialysis", "Never had dialysis",
        "Acute kidney injury excluded", "Not type 1 diabetes", "No AKI, CKD or ESRD",
        "Kidney failure: no", "Husband has ESRD", "No family history of ESRD",
        "Pregnancy test negative", "At risk of kidney failure", "AKI unlikely",
    ],
)  # fmt: skip
def test_what_is_denied_or_somebody_else_s_is_not_said_of_the_patient(text: str) -> None:
    assert asserted(text).is_denied


@pytest.mark.parametrize(
    "text",
    [
        "?CKD 4", "CKD 4?", "Suspected vitamin B12 deficiency", "AKI suspected",
        "cannot exclude AKI", "AKI not excluded", "rule out AKI", "AKI ?",
        "Planned gastric bypass",
    ],
)  # fmt: skip
def test_what_is_suspected_planned_or_spoken_of_is_in_doubt(text: str) -> None:
    said = asserted(text)
    assert said.stated == ""
    assert said.doubted == text.lower()


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Type 2 diabetes without nephropathy", "type 2 diabetes"),
        ("Type 2 diabetes mellitus, AKI ruled out", "type 2 diabetes mellitus"),
        ("No AKI, type 2 diabetes", "type 2 diabetes"),
        ("CKD stage 5 not on dialysis", "ckd stage 5"),
        ("Non-dialysis-dependent CKD stage 5", "ckd stage 5"),
        ("Not diabetic. CKD stage 4.", "ckd stage 4"),
        ("Acute renal failure ruled out, CKD stage 4", "ckd stage 4"),
        ("End-stage renal disease", "end-stage renal disease"),
        ("Crohn’s disease", "crohn's disease"),
        ("Kidney failure, not otherwise specified", "kidney failure, not otherwise specified"),
        ("Type 2 diabetes not well controlled", "type 2 diabetes not well controlled"),
        ("70 year old with AKI", "70 year old with aki"),
        ("AKI ?cause", "aki"),
        ("AKI ? cause", "aki"),
        ("AKI likely due to sepsis", "aki likely due to sepsis"),
        ("CKD stage 5, mother is the donor", "ckd stage 5, mother is the donor"),
        ("ESRD, transplant from brother", "esrd, transplant from brother"),
        ("On haemodialysis, declined transplant", "on haemodialysis, declined transplant"),
        ("CKD G4A3 very high risk", "ckd g4a3 very high risk"),
        ("CKD stage 4 referral to nephrology", "ckd stage 4 referral to nephrology"),
        ("No known allergies, CKD stage 4 or 5", "ckd stage 4 or 5"),
        ("CKD stage 4 unlikely to recover", "ckd stage 4 unlikely to recover"),
        ("Dialysis-dependent, refused transplant", "dialysis-dependent, refused transplant"),
    ],
)  # fmt: skip
def test_a_cue_reaches_as_far_as_its_clause(text: str, stated: str) -> None:
    assert asserted(text).stated == stated


@pytest.mark.parametrize(
    "text", ["History of AKI", "AKI, resolved", "Previous dialysis", "No longer on dialysis"]
)
def test_what_is_past_is_stated_and_not_present(text: str) -> None:
    said = asserted(text)
    assert (said.stated, said.present, said.doubted) == (text.lower(), "", "")


@given(st.text(max_size=80), st.sampled_from(["no ", "?", "fh: ", "aki, ", " ruled out", " or "]))
def test_any_text_is_read_and_nothing_is_added(text: str, cue: str) -> None:
    said = asserted(text + cue + text)
    whole = (text + cue + text).lower().replace("’", "'")
    for part in (said.stated, said.present, said.doubted):
        assert all(piece in whole for piece in part.split(" | "))
