"""A source's plain dose does not open where another source doses patients like this one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of, opening_of, told

from osler.answering import ask

PAIN = "# Neuropathic pain\n\nGabapentin: start 300 mg three times daily."
GABAPENTIN = """# Gabapentin

## Renal impairment

- CrCl 30 to 59 mL/min: 200 mg twice daily
- CrCl 15 to 29 mL/min: 200 mg once daily
"""
KIDNEY = "# Pyelonephritis\n\nCiprofloxacin 500 mg twice daily for 7 days."
CIPROFLOXACIN = """# Ciprofloxacin

| eGFR | Dose |
|---|---|
| 30–60 | 250 mg every 12 hours |
| under 30 | 250 mg every 24 hours |
"""
ACHE = "# Acute pain\n\nParacetamol 1 g four times daily."
PARACETAMOL = "# Paracetamol\n\nHepatic impairment: maximum 2 g in 24 hours."
FITS = "# Focal epilepsy\n\nLamotrigine: usual dose 100 mg twice daily."
LAMOTRIGINE = "# Lamotrigine\n\nReduce the dose by half in moderate hepatic impairment."
SLEEP = "# Insomnia\n\nZopiclone 7.5 mg at night for insomnia."
ZOPICLONE = "# Zopiclone\n\nElderly: 3.75 mg at night.\n\nAdults: 7.5 mg at night."


@pytest.mark.parametrize(
    ("plain", "adjusted", "question", "opens", "below"),
    [
        (PAIN, GABAPENTIN, "gabapentin starting dose neuropathic pain eGFR 25", "200 mg", "300 mg"),
        (PAIN, GABAPENTIN, "gabapentin dose neuropathic pain, poor kidneys", "200 mg", "300 mg"),
        (PAIN, GABAPENTIN, "gabapentin dose for neuropathic pain, CKD 4", "200 mg", "300 mg"),
        (KIDNEY, CIPROFLOXACIN, "ciprofloxacin pyelonephritis dose, eGFR 22", "250 mg", "500 mg"),
        (KIDNEY, CIPROFLOXACIN, "ciprofloxacin pyelonephritis, renal failure", "250 mg", "500 mg"),
        (ACHE, PARACETAMOL, "paracetamol dose for acute pain, cirrhosis", "2 g", "1 g"),
        (ACHE, PARACETAMOL, "paracetamol dose acute pain in hepatic impairment", "2 g", "1 g"),
        (FITS, LAMOTRIGINE, "lamotrigine dose focal epilepsy, liver disease", "half", "100 mg"),
        (SLEEP, ZOPICLONE, "zopiclone dose insomnia, 82 years old", "3.75 mg", "7.5 mg"),
    ],
)  # fmt: skip
def test_the_dose_for_such_patients_opens_and_the_plain_one_stands_below(
    tmp_path: Path, plain: str, adjusted: str, question: str, opens: str, below: str
) -> None:
    with library_of(tmp_path, {"text": plain}, {"text": adjusted}) as library:
        answer = ask(library, question)
    said = " ".join(claim.text for claim in answer.bottom_line)
    assert opens in said
    assert below not in said.replace("3.75 mg", "")
    assert below in told(answer)


@pytest.mark.parametrize(
    ("plain", "adjusted", "question", "opens"),
    [
        # The source says that the dose stays as it is.
        (
            f"{KIDNEY} No adjustment is needed in renal impairment.",
            CIPROFLOXACIN,
            "ciprofloxacin pyelonephritis dose, eGFR 22",
            "500 mg",
        ),
        # The patient has nothing of the kind.
        (KIDNEY, CIPROFLOXACIN, "ciprofloxacin pyelonephritis dose, eGFR 90", "500 mg"),
        (SLEEP, ZOPICLONE, "zopiclone dose insomnia, 40 years old", "7.5 mg"),
        # What loads does not hang on the kidneys.
        (
            "# Sepsis\n\nVancomycin: loading dose 25 mg/kg.",
            "# Vancomycin\n\nCrCl 20 to 29 mL/min: 500 mg every 24 hours.",
            "vancomycin dose sepsis 80 kg CrCl 25",
            "25 mg/kg",
        ),
        # The other source doses for another illness.
        (
            KIDNEY,
            "# Anthrax\n\nCiprofloxacin for anthrax with eGFR below 30: 400 mg once daily.",
            "ciprofloxacin dose for pyelonephritis in renal impairment",
            "500 mg",
        ),
    ],
)
def test_a_plain_dose_opens_where_nothing_says_otherwise(
    tmp_path: Path, plain: str, adjusted: str, question: str, opens: str
) -> None:
    assert opens in opening_of(tmp_path, question, {"text": plain}, {"text": adjusted})
