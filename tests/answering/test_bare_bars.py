"""A bar without a verb keeps a dose from those whom it names, and from nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask

TEXT = """# Q fever

## Treatment

Doxycycline 100 mg orally twice daily for 14 days. Not in pregnancy.

Moxifloxacin 400 mg orally once daily for 14 days. Not with a prolonged QT interval.

Co-trimoxazole 960 mg orally twice daily for 14 days. Not with an eGFR below 30.
"""


@pytest.mark.parametrize(
    ("question", "shown", "not_shown"),
    [
        ("Q fever, 41M. Doxycycline dose?", "100 mg", "pregnancy"),
        ("Q fever, 28F, 20 weeks pregnant. Doxycycline dose?", "Not in pregnancy", "100 mg"),
        ("Q fever, 50M, prolonged QT. Moxifloxacin dose?", "prolonged QT", "400 mg"),
        ("Q fever, 50M. Moxifloxacin dose?", "Moxifloxacin 400 mg", "100 mg"),
        ("Q fever, 50M, eGFR 20. Co-trimoxazole dose?", "eGFR below 30", "960 mg"),
        ("Q fever, 50M, eGFR 80. Co-trimoxazole dose?", "960 mg", "eGFR below 30"),
    ],
)
def test_a_bare_bar(tmp_path: Path, question: str, shown: str, not_shown: str) -> None:
    with library_of(tmp_path, {"title": "Q fever", "text": TEXT}) as library:
        answer = ask(library, question)
    below = [claim.text for section in answer.sections for claim in section.claims]
    said = " ".join([*(claim.text for claim in answer.bottom_line), *below])
    assert shown in said
    assert not_shown not in said
