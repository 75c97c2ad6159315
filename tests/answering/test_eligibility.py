"""What may answer at all: nothing on another matter beside what is on it."""

from __future__ import annotations

from pathlib import Path

from tests.answering.documents import library_of

from osler.answering import ask

GOUT = {"title": "Acute gout", "text": "# Treatment\n\nGive naproxen 500 mg twice daily."}
OTHER = {
    "title": "Vancomycin infusions",
    "text": "# Treatment\n\nAcute reactions: treatment is to infuse no faster than "
    "500 mg per hour.",
}
FIBRATES = {
    "title": "Fibrates",
    "text": "# Dose\n\n| eGFR, mL/min | Fenofibrate |\n|---|---|\n"
    "| 60 or more | 200 mg once daily |\n| 30–59 | 67 mg once daily |",
}


def test_a_dose_for_something_else_does_not_stand_beside_the_one_asked_about(
    tmp_path: Path,
) -> None:
    with library_of(tmp_path, GOUT, OTHER) as library:
        answer = ask(library, "acute gout treatment")
    claims = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    assert any("naproxen 500 mg" in claim.text for claim in claims)
    assert not any("500 mg per hour" in claim.text for claim in claims)


def test_a_finding_with_its_value_is_no_purpose_that_the_text_must_name(tmp_path: Path) -> None:
    with library_of(tmp_path, FIBRATES) as library:
        answer = ask(library, "fenofibrate dose for lipaemia 14, eGFR 45")
        other = ask(library, "fenofibrate dose for scabies, eGFR 45")
    assert "67 mg" in answer.bottom_line[0].text
    assert not other.bottom_line


HYDRALAZINE = {
    "title": "Severe pre-eclampsia on the ward",
    "text": "# Dose\n\n- Hydralazine 5 mg IV, repeated once after 20 minutes.",
}


def test_what_only_the_pregnant_have_covers_the_pregnant(tmp_path: Path) -> None:
    with library_of(tmp_path, HYDRALAZINE) as library:
        answer = ask(library, "hydralazine dose, 34 weeks pregnant, pre-eclampsia")
    assert "5 mg" in answer.bottom_line[0].text
