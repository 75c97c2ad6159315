"""What stands around a statement bears on it only where its own words leave room."""

from decimal import Decimal
from pathlib import Path

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
