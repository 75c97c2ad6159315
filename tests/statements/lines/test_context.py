"""What stands around a statement bears on it only where its own words leave room."""

from decimal import Decimal
from pathlib import Path

import pytest

from osler.domain import Applies, Patient
from osler.reading import RawFile, read, walk
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


def criteria_of(tmp_path: Path, text: str, dose: str) -> set[tuple[str, str | None]]:
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    [document] = [d for raw in walk(path) for d in read(raw)]
    found = next(s for s in extract(document) if dose in s.text)
    return {(c.attribute, c.value) for c in found.group.criteria}


@pytest.mark.parametrize(
    "label", ["Side effects", "Managing adverse effects", "Overdose", "Infusion reactions"]
)
def test_what_a_drug_does_to_people_is_told_of_whatever_their_illness(
    tmp_path: Path, label: str
) -> None:
    text = (
        "# Methotrexate in adults with psoriasis\n\n15 mg weekly.\n\n"
        f"## {label}\n\nNausea: ondansetron 4 mg twice daily.\n"
    )
    assert ("condition", "psoriasis") in criteria_of(tmp_path, text, "15 mg")
    told = criteria_of(tmp_path, text, "ondansetron")
    assert ("condition", "psoriasis") not in told
    assert ("life stage", "adult") in told


def test_an_illness_inside_a_part_on_side_effects_is_told(tmp_path: Path) -> None:
    text = (
        "# Prednisolone in asthma\n\n## Side effects\n\n### Osteoporosis\n\n"
        "Alendronate 70 mg weekly.\n"
    )
    told = criteria_of(tmp_path, text, "Alendronate")
    assert ("condition", "osteoporosis") in told
    assert ("condition", "asthma") not in told


def test_a_dose_that_is_cut_for_harm_is_of_the_illness_still(tmp_path: Path) -> None:
    text = (
        "# Methotrexate in psoriasis\n\n## Dose reduction for toxicity\n\n"
        "Methotrexate 7.5 mg weekly.\n"
    )
    assert ("condition", "psoriasis") in criteria_of(tmp_path, text, "7.5 mg")


TABLE = """# Lungs

## Inhaled, 6 years and over

| Medicine | Dose | How often |
|---|---|---|
| Salbutamol | 180 mcg | before sessions[^1] |
| Tobramycin | 300 mg[^2] | twice daily |
| Colistimethate | 1 million units[^2] | twice daily |

## By mouth

| Medicine | Dose |
|---|---|
| Azithromycin | 250 mg |

[^1]: May take 90 mcg as needed between sessions.
[^2]: For 28 days.
"""


def test_a_note_is_on_the_drug_and_people_of_the_one_row_that_refers_to_it() -> None:
    (document,) = read(RawFile("a.md", "a.md", TABLE.encode()))
    found = {s.text: s for s in extract(document)}
    note = found["May take 90 mcg as needed between sessions."]
    assert note.substances == ("salbutamol",)
    assert [c.quote for c in note.context if c.role == "heading"][-1:] == [
        "Inhaled, 6 years and over"
    ]
    assert found["For 28 days."].substances == ()
