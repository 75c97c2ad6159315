"""What bars a drug for this patient opens, whatever illness the document that says so is on."""

from __future__ import annotations

from pathlib import Path

from tests.answering.documents import opening_of

TRACHOMA = """# Trachoma

## Treatment

- Azithromycin 1 g orally as a single dose

## Contraindications

- Systemic tetracycline is contraindicated in children under 12 years
"""
CHOLERA = """# Cholera

## Treatment

- Tetracycline:
  - Adult: 500 mg orally every 6 hours for 5 days
- Co-trimoxazole
"""
DOCUMENTS = ({"title": "Trachoma", "text": TRACHOMA}, {"title": "Cholera", "text": CHOLERA})


def test_a_bar_for_the_age_of_the_patient_opens(tmp_path: Path) -> None:
    question = "Can I give tetracycline to a 6 year old with cholera?"
    opening = opening_of(tmp_path, question, *DOCUMENTS)
    assert "contraindicated in children under 12" in opening
    assert "500 mg" not in opening


def test_it_bars_no_adult(tmp_path: Path) -> None:
    question = "Tetracycline dose for cholera, 30 year old"
    opening = opening_of(tmp_path, question, *DOCUMENTS)
    assert "500 mg" in opening
    assert "contraindicated" not in opening
