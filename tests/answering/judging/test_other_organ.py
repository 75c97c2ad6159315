"""A dose after the transplant of one organ answers for no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask

TEXT = """# Ciclosporin after transplantation

| Organ, patient | mg/kg/day |
|---|---|
| Kidney, adult | 9 mg/kg/day orally |
| Heart, adult | 4 mg/kg/day orally |

Infusion: kidney or liver 3 mg/kg/day; heart 1 mg/kg/day.

In impaired kidney function give 2 mg/kg/day orally.
"""


@pytest.mark.parametrize(
    ("organ", "shown", "not_shown"),
    [
        ("kidney", {"9 mg/kg", "3 mg/kg"}, {"4 mg/kg"}),
        ("heart", {"4 mg/kg", "1 mg/kg"}, {"9 mg/kg"}),
        ("lung", set(), {"9 mg/kg", "4 mg/kg", "3 mg/kg"}),
    ],
)
def test_a_row_is_for_its_organ(
    tmp_path: Path, organ: str, shown: set[str], not_shown: set[str]
) -> None:
    question = f"Ciclosporin dose after a {organ} transplant, 58 kg adult?"
    with library_of(tmp_path, {"title": "Ciclosporin", "text": TEXT}) as library:
        answer = ask(library, question)
    below = [claim.text for section in answer.sections for claim in section.claims]
    said = " ".join([*(claim.text for claim in answer.bottom_line), *below])
    assert {dose for dose in shown | not_shown if dose in said} == shown


def test_what_is_said_of_the_kidneys_is_for_every_organ(tmp_path: Path) -> None:
    with library_of(tmp_path, {"title": "Ciclosporin", "text": TEXT}) as library:
        answer = ask(library, "Ciclosporin dose after a lung transplant, eGFR 20?")
    below = [claim.text for section in answer.sections for claim in section.claims]
    assert "2 mg/kg" in " ".join([*(claim.text for claim in answer.bottom_line), *below])
