"""What may answer at all: nothing on another matter beside what is on it."""

from __future__ import annotations

from pathlib import Path

from osler.answering import ask
from osler.library import Library

GOUT = "---\ntitle: Acute gout\n---\n\n# Treatment\n\nGive naproxen 500 mg twice daily.\n"
OTHER = (
    "---\ntitle: Vancomycin infusions\n---\n\n# Treatment\n\nAcute reactions: treatment is to "
    "infuse no faster than 500 mg per hour.\n"
)


def test_a_dose_for_something_else_does_not_stand_beside_the_one_asked_about(
    tmp_path: Path,
) -> None:
    (tmp_path / "gout.md").write_text(GOUT, encoding="utf-8")
    (tmp_path / "other.md").write_text(OTHER, encoding="utf-8")
    with Library.create(tmp_path / "library") as library:
        library.add([tmp_path / "gout.md", tmp_path / "other.md"])
        answer = ask(library, "acute gout treatment")
    claims = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    assert any("naproxen 500 mg" in claim.text for claim in claims)
    assert not any("500 mg per hour" in claim.text for claim in claims)


def test_a_finding_with_its_value_is_no_purpose_that_the_text_must_name(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: Fibrates\n---\n\n# Dose\n\n| eGFR, mL/min | Fenofibrate |\n|---|---|\n"
        "| 60 or more | 200 mg once daily |\n| 30–59 | 67 mg once daily |\n",
        encoding="utf-8",
    )
    with Library.create(tmp_path / "library") as library:
        library.add([tmp_path / "a.md"])
        answer = ask(library, "fenofibrate dose for lipaemia 14, eGFR 45")
        other = ask(library, "fenofibrate dose for scabies, eGFR 45")
    assert "67 mg" in answer.bottom_line[0].text
    assert not other.bottom_line
