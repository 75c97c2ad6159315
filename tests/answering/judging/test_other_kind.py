"""What is for the opposite of what a question names stands below with its mark, and never opens."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of, opening_of, told

from osler.answering import ask
from osler.domain import Applies

VTE = """# Anticoagulation after venous thromboembolism

## Provoked VTE

Apixaban 5 mg twice daily for 3 months.

## Unprovoked VTE

Apixaban 5 mg twice daily for 6 months, then 2.5 mg twice daily.
"""
ANGINA = """# Angina

Stable angina: aspirin 75 mg once daily.

Unstable angina: aspirin 300 mg at once.
"""
ZOSTER = """# Aciclovir in herpes zoster

| Patient | Dose |
|---|---|
| Immunocompetent | 800 mg five times daily |
| Immunocompromised | 10 mg/kg intravenously every 8 hours |
"""
CONTROL = """# Amlodipine

If hypertension is uncontrolled, amlodipine 10 mg once daily. If hypertension is controlled, \
stay at amlodipine 5 mg once daily.
"""
SYMPTOMS = """# Carbimazole

**Symptomatic patients.** 40 mg once daily.

**Asymptomatic patients.** 15 mg once daily.
"""
STAPH = """# Staphylococcal endocarditis

- Methicillin-sensitive: flucloxacillin 2 g every 4 hours
- Methicillin-resistant: vancomycin 1 g every 12 hours
"""
INFUSIONS = """# Vancomycin

## Continuous infusion

Vancomycin 40 mg/kg over 24 hours.

## Intermittent infusion

Vancomycin 20 mg/kg every 12 hours.
"""


@pytest.mark.parametrize(
    ("text", "question", "opens", "never"),
    [
        (VTE, "apixaban dose for unprovoked DVT", "for 6 months", "for 3 months"),
        (VTE, "apixaban dose, provoked VTE", "for 3 months", "for 6 months"),
        (ANGINA, "aspirin dose unstable angina", "300 mg", "75 mg"),
        (ANGINA, "aspirin dose in stable angina", "75 mg", "300 mg"),
        (ZOSTER, "aciclovir dose shingles, immunosuppressed", "10 mg/kg", "800 mg"),
        (ZOSTER, "aciclovir shingles dose, immunocompetent adult", "800 mg", "10 mg/kg"),
        (CONTROL, "amlodipine dose for uncontrolled hypertension", "10 mg", "stay at"),
        (CONTROL, "amlodipine dose in controlled hypertension", "5 mg", "10 mg"),
        (SYMPTOMS, "carbimazole dose in an asymptomatic patient", "15 mg", "40 mg"),
        (STAPH, "flucloxacillin dose, MSSA endocarditis", "2 g", "1 g"),
        (STAPH, "vancomycin dose, MRSA endocarditis", "1 g", "2 g"),
        (INFUSIONS, "vancomycin dose by continuous infusion, 70 kg", "40 mg/kg", "20 mg/kg"),
        (INFUSIONS, "vancomycin intermittent infusion dose, 70 kg", "20 mg/kg", "40 mg/kg"),
    ],
)
def test_the_kind_that_is_asked_about_opens(
    tmp_path: Path, text: str, question: str, opens: str, never: str
) -> None:
    said = opening_of(tmp_path, question, {"text": text})
    assert opens in said
    assert never not in said


@pytest.mark.parametrize(
    ("text", "question", "told_apart"),
    [
        (
            "In non-valvular atrial fibrillation give apixaban 5 mg twice daily.",
            "apixaban dose in valvular AF",
            "valvular, not non-valvular",
        ),
        (
            "Provoked VTE: apixaban 5 mg twice daily for 3 months.",
            "apixaban dose for unprovoked VTE",
            "unprovoked, not provoked",
        ),
        (
            "For opioid-tolerant adults only: apixaban 5 mg twice daily.",
            "apixaban dose, opioid naive adult",
            "opioid naive, not opioid-tolerant",
        ),
        (
            "MSSA endocarditis: apixaban 5 mg twice daily.",
            "apixaban dose in MRSA endocarditis",
            "mrsa, not mssa",
        ),
        (
            "- Hospitalised patients: apixaban 5 mg twice daily",
            "apixaban dose for an outpatient",
            "outpatient, not hospitalised",
        ),
    ],
)
def test_what_is_for_the_opposite_alone_does_not_open_and_says_why(
    tmp_path: Path, text: str, question: str, told_apart: str
) -> None:
    with library_of(tmp_path, {"text": f"# Apixaban\n\n{text}"}) as library:
        answer = ask(library, question)
    assert not answer.bottom_line
    assert answer.unanswered
    (claim,) = (claim for section in answer.sections for claim in section.claims)
    assert claim.applies is Applies.NO
    assert claim.because == (told_apart,)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        # A part alone is for the opposite.
        (
            "Aspirin 75 mg once daily. 300 mg at once in unstable angina.",
            "aspirin dose stable angina",
        ),
        # Both are named.
        ("Stable or unstable angina: aspirin 75 mg once daily.", "aspirin dose stable angina"),
        # "Once stable" tells when, and not for whom.
        ("Angina: once stable, aspirin 75 mg once daily.", "aspirin dose unstable angina"),
        # The word is said of something else.
        ("Angina: aspirin 75 mg once daily, at a stable dose.", "aspirin dose unstable angina"),
        ("Stable angina: aspirin 75 mg once daily.", "aspirin dose angina, once on a stable dose"),
        ("Stable angina: aspirin 75 mg once daily.", "aspirin dose angina"),
        ("Angina, acute: aspirin 75 mg.", "aspirin dose angina ?chronic"),
    ],
)
def test_a_word_that_tells_no_kind_apart_bars_nothing(
    tmp_path: Path, text: str, question: str
) -> None:
    assert "75 mg" in opening_of(tmp_path, question, {"text": f"# Aspirin\n\n{text}"})


def test_another_drug_does_not_open_in_place_of_the_one_for_the_opposite(tmp_path: Path) -> None:
    said = opening_of(
        tmp_path,
        "fentanyl lozenge dose in an opioid-naive adult",
        {"text": "# Fentanyl lozenges\n\nFor opioid-tolerant adults: 200 micrograms buccally."},
        {"text": "# Morphine\n\nOpioid-naive: morphine 5 mg every 4 hours."},
    )
    assert "200 micrograms" not in said
    assert "morphine 5 mg" not in said


def test_doses_for_opposites_are_no_disagreement(tmp_path: Path) -> None:
    documents = [
        {"text": f"# VTE\n\n{kind} VTE: apixaban {dose} mg twice daily.", "publisher": kind}
        for kind, dose in (("Provoked", 5), ("Unprovoked", 10))
    ]
    with library_of(tmp_path, *documents) as library:
        answer = ask(library, "apixaban dose for unprovoked VTE")
    assert "10 mg" in told(answer)
    assert not answer.conflicts


def test_a_severe_illness_may_be_the_complicated_one(tmp_path: Path) -> None:
    text = "# Gentamicin\n\nComplicated UTI: gentamicin 5 mg/kg once daily."
    assert "5 mg/kg" in opening_of(tmp_path, "gentamicin dose in severe UTI, 70 kg", {"text": text})


def test_what_is_said_of_those_who_already_are_of_a_kind_opens_for_them(tmp_path: Path) -> None:
    text = (
        "# Morphine\n\n## Opioid-naive adults\n\nMorphine 5 mg every 4 hours.\n\n"
        "Give morphine 20 mg every 4 hours to patients who are already opioid-tolerant."
    )
    opening = opening_of(tmp_path, "morphine dose in an opioid-tolerant adult", {"text": text})
    assert "20 mg" in opening
