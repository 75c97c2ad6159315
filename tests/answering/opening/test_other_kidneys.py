"""A dose for sound kidneys does not open beside the one for kidneys like the patient's."""

from __future__ import annotations

from pathlib import Path

from tests.answering.documents import library_of

from osler.answering import ask
from osler.domain import Answer


def _ask(folder: Path, question: str, *texts: tuple[str, str]) -> Answer:
    with library_of(folder, *({"title": title, "text": text} for title, text in texts)) as library:
        return ask(library, question)


def _opening(answer: Answer) -> str:
    return " | ".join(claim.text for claim in answer.bottom_line)


LABEL = (
    "Levofloxacin",
    """## Adults

| CrCl (mL/min) | Dose |
|---|---|
| 20–49 | 250 mg every 24 hours |
| 10–19 | 125 mg every 24 hours |
""",
)
WARD = ("Levofloxacin on the ward", "Pneumonia: levofloxacin 500 mg twice daily for 7 days.\n")


def test_another_source_that_looks_past_the_kidneys_does_not_open(tmp_path: Path) -> None:
    opening = _opening(_ask(tmp_path, "levofloxacin dose in pneumonia, CrCl 30", LABEL, WARD))
    assert "250 mg every 24 hours" in opening, opening
    assert "500 mg" not in opening, opening


def test_sound_kidneys_have_the_usual_dose(tmp_path: Path) -> None:
    opening = _opening(_ask(tmp_path, "levofloxacin dose in pneumonia, CrCl 95", LABEL, WARD))
    assert "500 mg twice daily" in opening, opening
    assert "250 mg" not in opening, opening


BARICITINIB = (
    "Baricitinib: shared care",
    """In alopecia areata we begin with baricitinib 2 mg once daily and stay at 4 mg once daily.

If the eGFR is below 60 mL/min outside a transplant, nobody should have more than 2 mg once daily.
""",
)


def test_a_limit_for_the_value_told_opens_though_something_else_is_open(tmp_path: Path) -> None:
    question = "Alopecia areata, eGFR 41: baricitinib dose?"
    opening = _opening(_ask(tmp_path, question, BARICITINIB))
    assert "nobody should have more than 2 mg" in opening, opening


FAILED = (
    "Secretions at the end of life",
    """| Glycopyrronium | Single dose (micrograms) |
|---|---|
| eGFR 30 or more | 200 |
| eGFR below 30 | 100 |
""",
)


def test_the_one_band_for_failed_kidneys_opens(tmp_path: Path) -> None:
    question = "Dying with end-stage renal failure, eGFR 9, secretions: glycopyrronium dose?"
    opening = _opening(_ask(tmp_path, question, FAILED))
    assert "100" in opening, opening
    assert "200" not in opening, opening
