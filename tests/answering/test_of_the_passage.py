"""Beside a drug's dose only what is on the drug stands, and the dose opens the answer."""

from __future__ import annotations

from pathlib import Path

from tests.answering.documents import library_of

from osler.answering import ask

NEONATAL_MENINGITIS = """# Neonatal meningitis

## Investigations

- Blood culture is required. A scan of the head is mandatory in every neonate. Postpone it if the
  neonate is unstable.

## Treatment

- Listeria and coliforms are frequent causes. The recommended antibiotics include ampicillin 50
  mg/kg 8-hourly and amikacin 15 mg/kg once daily.
- The antibiotics of a neonate are reviewed when cultures are known.
"""


def test_a_dose_opens_the_answer_and_what_is_of_something_else_is_left_out(tmp_path: Path) -> None:
    document = {"title": "Neonatal meningitis", "text": NEONATAL_MENINGITIS}
    with library_of(tmp_path, document) as library:
        answer = ask(library, "Amikacin dose in neonatal meningitis, 3 kg, 6 days old")
    claims = (*answer.bottom_line, *(c for s in answer.sections for c in s.claims))
    lines = [claim.text for claim in claims]
    assert "amikacin 15 mg/kg" in lines[0], lines
    assert not any("Postpone it" in line or "scan" in line for line in lines), lines
