"""Follow-ups in the words in which they were typed, as proper questions."""

import pytest
from conversation import after

FIRST = "What is the maintenance dose of vitamin B12 for pernicious anaemia?"
GENTAMICIN = "Dose of gentamicin for endocarditis in a 61 kg woman with eGFR 24?"

WORDINGS = [
    (GENTAMICIN, "is that once daily?", "Is gentamicin given once daily for endocarditis"),
    (GENTAMICIN, "every 8 hours ok?", "Is gentamicin given every 8 hours for endocarditis"),
    (GENTAMICIN, "is that per dose or per day?",
     "Is the dose of gentamicin given per dose or per day for endocarditis"),
    (GENTAMICIN, "levels?", "What is the target level of gentamicin for endocarditis"),
    (FIRST, "why not monthly?", "Why is the maintenance dose of vitamin B12 not given monthly"),
    (FIRST, "why every 3 months", "Why is the maintenance dose of vitamin B12 given every 3"),
    (FIRST, "how about weekly", "Can the maintenance dose of vitamin B12 be given weekly"),
    ("Warfarin dose in AF", "what's the target INR",
     "What's the target INR with warfarin for atrial fibrillation"),
    ("Amiodarone dose", "in pulseless VT, what dose?",
     "What is the dose of amiodarone for pulseless ventricular tachycardia"),
    ("Starting dose of furosemide in heart failure", "for resistant hypertension",
     "What is the starting dose of furosemide for resistant hypertension"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "typed", "full"), WORDINGS, ids=[w[1] for w in WORDINGS])
def test_a_follow_up_in_its_own_words_is_a_proper_question(
    before: str, typed: str, full: str
) -> None:
    assert after(before, typed).full.startswith(full)
