"""What stands around a statement bears on it only where its own words leave room."""

from decimal import Decimal
from pathlib import Path

import pytest

from osler.domain import Applies, Patient
from osler.reading import read, walk
from osler.statements import applies, extract


def test_a_row_for_the_grown_is_not_made_a_childs_by_what_stands_around(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# Adrenaline in children and adults\n\n"
        "| Age | Dose |\n|---|---|\n| 6 to 12 years | 300 micrograms |\n"
        "| over 12 years and adults | 500 micrograms[b] |\n\n"
        "[b] 300 micrograms for a child who is small.\n",
        encoding="utf-8",
    )
    [document] = [d for raw in walk(path) for d in read(raw)]
    row = next(s for s in extract(document) if "500 micrograms" in s.text)
    assert not any(c.value == "child" for c in row.group.criteria)
    child, adult = Patient(age_years=Decimal(5)), Patient(age_years=Decimal(40))
    assert applies(row.group, child).applies is Applies.NO
    assert applies(row.group, adult).applies is Applies.YES


def test_rows_are_for_the_values_that_a_header_with_name_and_unit_gives(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# Dose of ranitidine\n\n| Renal function (eGFR, mL/min/1.73 m²) | Dose |\n|---|---|\n"
        "| 50 or more | 150 mg twice daily |\n| below 50 | 150 mg once daily |\n",
        encoding="utf-8",
    )
    [document] = [d for raw in walk(path) for d in read(raw)]
    rows = [s for s in extract(document) if "150 mg" in s.text]
    poor = Patient(egfr=Decimal(25))
    assert [applies(row.group, poor).applies for row in rows] == [Applies.NO, Applies.YES]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Migraine in pregnancy and after birth", {"pregnant"}),
        ("Severe epilepsy and epilepsy in pregnancy", set()),
    ],
)
def test_a_title_on_the_pregnant_alone_is_on_all_below_it(
    tmp_path: Path, title: str, expected: set[str]
) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        f"---\ntitle: {title}\n---\n\nGive propranolol 40 mg twice daily.\n", encoding="utf-8"
    )
    [document] = [d for raw in walk(path) for d in read(raw)]
    [dose] = [s for s in extract(document) if "40 mg" in s.text]
    assert {c.value for c in dose.group.criteria if c.attribute == "pregnancy"} == expected


def test_a_heading_on_two_illnesses_is_on_either(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# Doses\n\n## Cystitis and severe pyelonephritis\n\nGive cefalexin 500 mg.\n",
        encoding="utf-8",
    )
    [document] = [d for raw in walk(path) for d in read(raw)]
    [dose] = [s for s in extract(document) if "500 mg" in s.text]
    with_one = Patient(conditions=("cystitis",))
    assert applies(dose.group, with_one).applies is Applies.YES
