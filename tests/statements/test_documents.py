"""From a document as it is typed, printed or scanned to statements with drug, group and dose."""

from __future__ import annotations

import pytest

from osler.domain import Document, Statement
from osler.reading import RawFile, read
from osler.statements import extract


def doses(text: str, name: str = "a.txt") -> list[Statement]:
    (document,) = read(RawFile(name, name, text.encode()))
    return stating(document)


def stating(document: Document) -> list[Statement]:
    found = [s for s in extract(document) if s.dosages]
    for each in found:
        assert each.quote == document.text[each.start : each.end]
        assert all(c.quote == document.text[c.start : c.end] for c in each.context)
    return found


def ages(statement: Statement) -> list[tuple[int | None, int | None]]:
    return [
        (c.low and int(c.low), c.high and int(c.high))
        for c in statement.group.criteria
        if c.attribute == "age"
    ]


def said(statement: Statement) -> tuple[str, str, str]:
    """The first substance, amount with unit, and how often in a day."""
    dose = statement.dosages[0]
    often = f"{dose.frequency.count}/{dose.frequency.period_unit}" if dose.frequency else ""
    return statement.substances[0], f"{dose.low} {dose.unit}", often


CHILD = """MALARIA
TREATMENT OF MALARIA
Drug Treatment
• Amodiaquine
{}
• Artesunate
- Adult: 200 mg daily
"""


@pytest.mark.parametrize(
    "lines",
    [
        "- Adult: 600 mg daily\n- Child:\n- 5 - 10 years: 300 mg\n- 1 - 5 years: 150 mg",
        "Adult: 600 mg daily\nChild:\n5 - 10 years: 300 mg\n1 - 5 years: 150 mg",
        "◦ Adult\n▪ 600 mg daily\n◦ Child\n▪ 5 - 10 years: 300 mg\n▪ 1 - 5 years: 150 mg",
        "- Adult: 600 mg daily\n57\n- Child:\n- 5 - 10 years: 300 mg\n- 1 - 5 years: 150 mg",
        "- Adult: 600 mg daily\nNATIONAL GUIDELINES\n57\n- Child:\n- 5 - 10 years: 300 mg\n"
        "- 1 - 5 years: 150 mg",
        "- Adult: 600 mg daily\nScanned with CamScanner\n- Child:\n- 5 - 10 years: 300 mg\n"
        "- 1 - 5 years: 150 mg",
    ],
)
def test_age_bands_keep_the_drug_that_stands_above(lines: str) -> None:
    adult, older, younger, other = doses(CHILD.format(lines))
    assert {each.substances[0] for each in (adult, older, younger)} == {"amodiaquine"}
    assert other.substances == ("artesunate",)
    assert (ages(older), ages(younger)) == ([(5, 10)], [(1, 5)])
    assert all(
        any(c.value == "malaria" for c in each.group.criteria) for each in (adult, older, younger)
    )
    assert "Child:" in {c.quote for c in older.context} or "Child" in {
        c.quote for c in older.context
    }


@pytest.mark.parametrize("shared", ["All of these three times daily", "(all three times daily)"])
def test_what_is_said_once_of_a_list_is_context_of_each(shared: str) -> None:
    found = doses(f"VOMITING\nDrug Treatment\n• Cyclizine 50 mg\n• Domperidone 10 mg\n{shared}\n")
    assert [each.substances for each in found] == [("cyclizine",), ("domperidone",)]
    assert all(shared in {c.quote for c in each.context} for each in found)


@pytest.mark.parametrize("mark", ["•", "►", "⇒", "»", "✗", "\uf0b7", "\uf0d8", "1.", "-", "*"])
def test_bullets_of_every_kind_make_items(mark: str) -> None:
    lines = [f"{mark} Cyclizine 50 mg orally", f"{mark} Domperidone 10 mg orally"]
    if mark == "1.":
        lines[1] = lines[1].replace("1.", "2.")
    found = doses("VOMITING\nDrug Treatment\n" + "\n".join(lines) + "\n")
    assert [each.text for each in found] == ["Cyclizine 50 mg orally", "Domperidone 10 mg orally"]


@pytest.mark.parametrize(
    "lines",
    [
        "Drug Treatment • Cyclizine 50 mg orally • Domperidone 10 mg orally",
        "Drug Treatment\nCyclizine 50 mg orally •\nDomperidone 10 mg orally •",
        "Drug Treatment\n•\nCyclizine 50 mg orally\n•\nDomperidone 10 mg orally",
    ],
)
def test_bullets_after_alone_and_in_the_middle_make_items(lines: str) -> None:
    found = doses(f"VOMITING\n{lines}\n")
    assert [each.text for each in found] == ["Cyclizine 50 mg orally", "Domperidone 10 mg orally"]
    assert all(each.section == ("VOMITING", "Drug Treatment") for each in found)


def test_a_genus_is_no_number_of_a_list() -> None:
    (found,) = doses("FOOD POISONING\nL. monocytogenes food poisoning\n• Ampicillin 500 mg daily\n")
    assert "L. monocytogenes food poisoning" in {c.quote for c in found.context}


def test_letters_number_items_below_numbers() -> None:
    found = doses("VOMITING\nDrug Treatment\n1. Cyclizine 50 mg\n2. Domperidone\na) Adult: 10 mg\n")
    assert [each.substances for each in found] == [("cyclizine",), ("domperidone",)]


@pytest.mark.parametrize(
    ("used", "note"),
    [
        ("5 mg*", "* In adults only."),
        ("5 mg†", "† In adults only."),
        ("5 mg2", "2 In adults only."),
    ],
)
def test_a_note_glued_to_a_dose_goes_to_its_line(used: str, note: str) -> None:
    (found,) = doses(f"GOUT\nTreatment\n• Colchicine {used} twice daily\n• Rest\n{note}\n")
    assert found.text == "Colchicine 5 mg twice daily"
    assert ("footnote", "In adults only.") in {(c.role, c.quote) for c in found.context}


def test_stars_that_open_several_lines_are_bullets() -> None:
    found = doses("GOUT\nTreatment\n* Colchicine 5 mg* daily\n* Naproxen 500 mg daily\n")
    assert [each.substances[0] for each in found] == ["colchicine", "naproxen"]


@pytest.mark.parametrize(
    "micro",
    [
        "&micro;g", "&mu;g", "mcg", "\uf06dg", '<font face="Symbol">m</font>g',
        '<span style="font-family: Symbol, serif">m</span>g',
    ],
)  # fmt: skip
def test_micrograms_in_every_dress(micro: str) -> None:
    (found,) = doses(f"<h1>T</h1><p>Give levothyroxine 50 {micro} daily.</p>", "a.html")
    assert said(found) == ("levothyroxine", "50 ug", "1/d")


@pytest.mark.parametrize(
    "text", ["1O mg", "l0 mg", "5OO mg", "I00 mg", "S00 mg", "2oo mg", "0. 5 mg", "10 rng"]
)
def test_letters_for_digits_are_held_back(text: str) -> None:
    data = f"GOUT\nTreatment\n• Colchicine {text} daily\n".encode()
    (document,) = read(RawFile("a.txt", "a.txt", data))
    assert all(s.held for s in extract(document))


def test_each_garbled_dose_is_held_back_whatever_stands_after_it() -> None:
    data = b"GOUT\nTreatment\n- Ibuprofen S00 mg\n- Naproxen lO mg\n- Aspirin 2oo mg\n"
    (document,) = read(RawFile("a.txt", "a.txt", data))
    assert all(s.held for s in extract(document))


def test_decimal_commas_are_decimals() -> None:
    found = doses("HEART\nTreatment\n• Digoxin 0,25 mg daily\n• Bisoprolol 1,25 to 2,5 mg daily\n")
    assert [str(d.high) for each in found for d in each.dosages] == ["0.25", "2.5"]


@pytest.mark.parametrize(
    ("drug", "age", "dose"),
    [
        ("Amoxicillin", "1–5 years<br>6–12 years", "125 mg<br>250 mg"),
        ("Amoxicillin<br>Cefalexin", "Adult", "125 mg<br>250 mg"),
        ("Amoxicillin; Cefalexin", "Adult", "125 mg; 250 mg"),
    ],
)
def test_lists_side_by_side_in_one_row_are_rows(drug: str, age: str, dose: str) -> None:
    head = "<tr><th>Drug</th><th>Age</th><th>Dose</th></tr>"
    row = f"<tr><td>{drug}</td><td>{age}</td><td>{dose}</td></tr>"
    found = doses(f"<h1>Otitis</h1><table>{head}{row}</table>", "a.html")
    assert [[str(d.low) for d in each.dosages] for each in found] == [["125"], ["250"]]
    assert found[0].substances == ("amoxicillin",)


def test_pieces_that_are_no_lists_stay_in_their_row() -> None:
    head = "<tr><th>Drug</th><th>Dose</th></tr>"
    row = "<tr><td>Amoxicillin; oral</td><td>500 mg; then 250 mg</td></tr>"
    assert len(doses(f"<h1>Otitis</h1><table>{head}{row}</table>", "a.html")) == 1


def test_units_and_counts_that_only_the_header_or_caption_names() -> None:
    (found,) = doses(
        "# Otitis\n\n| Weight (kg) | Amoxicillin (mg) | Times a day |\n|---|---|---|\n"
        "| 5-10 | 125 | 3 |\n",
        "a.md",
    )
    assert said(found) == ("amoxicillin", "125 mg", "3/d")
    (found,) = doses(
        "# Otitis\n\nTable 1: Doses in mg\n\n| Weight (kg) | Amoxicillin dose |\n|---|---|\n"
        "| 5-10 | 125 |\n",
        "a.md",
    )
    assert said(found) == ("amoxicillin", "125 mg", "")


def test_a_running_head_with_page_numbers_is_no_heading() -> None:
    pages = [
        f"NATIONAL GUIDELINES {n}\n- Band {n}: {n}00 mg daily\nMore of page {n} here.\n"
        for n in (7, 8, 9)
    ]
    found = doses("FITS\nTREATMENT OF FITS\nPhenytoin:\n" + "".join(pages))
    assert all("NATIONAL GUIDELINES" not in " ".join(each.section) for each in found)


def test_a_number_that_a_sentence_runs_through_is_no_page() -> None:
    (found,) = doses("FITS\nTREATMENT\n• Vincristine 2 mg on days 1, 8, 15 and\n22\n• Rest\n")
    assert found.dosages[0].frequency is not None
    assert found.dosages[0].frequency.on == (1, 8, 15, 22)


def test_a_label_of_symptoms_keeps_its_product_and_band() -> None:
    table = (
        "<table><tr><td>Children (4 to 17 years)</td><td>Dose</td></tr>"
        "<tr><td>15 to 30 kg</td><td>20 mg every other week</td></tr></table>"
    )
    (found,) = doses(f"<h1>Adalimumab</h1>{table}", "a.html")
    assert found.substances == ("adalimumab",)
    assert ages(found) == [(4, 17)]
