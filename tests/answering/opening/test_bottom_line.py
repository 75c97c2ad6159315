"""What opens an answer is on the illness asked about, and says whom it is for."""

from __future__ import annotations

from pathlib import Path

from tests.answering.documents import library_of

from osler.answering import ask

CHILDREN = """## Cause

It prefers the columnar epithelium of the urethra and the conjunctiva.

## Treatment

- Cefixime 400 mg by mouth, as a single dose
"""
TYPHUS = """## Treatment

- Doxycycline 100 mg by mouth twice daily for 7 days
- Doxycycline 100 mg intravenously every 12 hours over 1 hour

## Prevention

Treat carriers of lice with doxycycline 200 mg by mouth once.
"""
PAROTID = """## Treatment

Secondary infections: treat with antibiotics e.g. doxycycline 200 mg by mouth daily for 5 days.
"""


def _opening(folder: Path, question: str, *documents: dict[str, str]) -> list[str]:
    with library_of(folder, *documents) as library:
        return [claim.text for claim in ask(library, question).bottom_line]


def test_what_only_children_are_dosed_by_says_so_where_no_age_is_told(tmp_path: Path) -> None:
    document = {"title": "Gonorrhoea in children", "text": CHILDREN}
    opening = _opening(tmp_path, "How is gonorrhoea treated?", document)
    assert opening[0].startswith("Children: ")
    assert "400 mg" in opening[0]
    assert not any("prefers" in text for text in opening)


def test_to_whom_a_child_is_told_of_it_is_not_said_again(tmp_path: Path) -> None:
    document = {"title": "Gonorrhoea in children", "text": CHILDREN}
    opening = _opening(tmp_path, "How is gonorrhoea treated in a child of 9?", document)
    assert "400 mg" in opening[0]
    assert not opening[0].startswith("Children")


def test_how_fast_a_dose_runs_is_no_course_and_another_illness_no_second_opinion(
    tmp_path: Path,
) -> None:
    opening = _opening(
        tmp_path,
        "scrub typhus, doxycycline how long",
        {"title": "Scrub typhus", "text": TYPHUS},
        {"title": "Swelling of the parotid", "text": PAROTID},
    )
    assert "for 7 days" in opening[0]
    assert not any("Secondary infections" in text for text in opening)


def test_which_drug_of_a_class_is_answered_by_what_doses_one_of_them(tmp_path: Path) -> None:
    text = "## Treatment\n\n### Antibiotics\n\n- Amoxicillin 500 mg by mouth every 8 hours\n"
    opening = _opening(
        tmp_path, "Which antibiotic for acute bronchitis?", {"title": "Bronchitis", "text": text}
    )
    assert any("Amoxicillin 500 mg" in claim for claim in opening)
