"""Cells under a header for allergies say who is allergic to what."""

from __future__ import annotations

import pytest

from osler.statements.tables.allergy_cells import as_an_allergy


@pytest.mark.parametrize(
    ("header", "text", "read"),
    [
        ("Allergy history", "Cephalosporin, severe", "Cephalosporin allergy, severe"),
        ("Allergy", "Trimethoprim (rash)", "Trimethoprim allergy (rash)"),
        ("Allergic to", "Penicillin", "Penicillin allergy"),
        ("Drug allergies", "None", "No drug allergy"),
        ("Allergy", "Penicillin allergy", ""),
        ("Allergy", "Clindamycin 600 mg", ""),
        ("If allergic to penicillin", "Clindamycin", ""),
        ("Drug", "Penicillin", ""),
        ("Drug", "None", ""),
    ],
)
def test_an_allergy_is_read(header: str, text: str, read: str) -> None:
    assert as_an_allergy(header, text) == read
