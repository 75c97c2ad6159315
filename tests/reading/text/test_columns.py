"""Columns of plain text: labels with values, tables drawn with spaces, and what is none."""

from __future__ import annotations

import pytest

from osler.domain import BlockKind, Document
from osler.reading import RawFile, read


def document_of(text: str) -> Document:
    return next(read(RawFile("a.txt", "a.txt", text.encode())))


def rows(document: Document) -> list[list[str]]:
    """The cells of each row."""
    return [
        [document.text[span.start : span.end] for span in block.cells]
        for block in document.blocks
        if block.kind is BlockKind.ROW
    ]


def headers(document: Document, start: str) -> list[str]:
    """The header over each cell of the row that starts so."""
    block = next(
        each
        for each in document.blocks
        if each.kind is BlockKind.ROW and document.text.startswith(start, each.start)
    )
    return [document.text[span.start : span.end] if span else "" for span in block.header]


def paragraphs(document: Document) -> list[str]:
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind is BlockKind.PARAGRAPH
    ]


def test_a_label_and_its_value_are_a_row_with_the_wrapped_rest_of_the_value() -> None:
    document = document_of(
        "DRUGONE\n\n"
        "Load       15 mg/kg by vein over half an hour, in the high care unit and\n"
        "           nowhere else\n"
        "Then       10 mg/kg every 12 hours\n"
        "On dialysis  10 mg/kg every 4 hours\n"
    )
    assert rows(document) == [
        ["Load", "15 mg/kg by vein over half an hour, in the high care unit and nowhere else"],
        ["Then", "10 mg/kg every 12 hours"],
        ["On dialysis", "10 mg/kg every 4 hours"],  # a label longer than the others
    ]


def test_a_value_of_several_sentences_stands_under_its_label_alone() -> None:
    document = document_of(
        "CARD\n\nDrugone    2 mg/kg once. Not if shocked.\nDrugtwo    1 mg/kg once\n"
    )
    assert rows(document) == [["Drugtwo", "1 mg/kg once"]]
    above = {document.text[b.start : b.end]: b.context for b in document.blocks}
    lead = above["2 mg/kg once. Not if shocked."][0]
    assert document.text[lead.start : lead.end] == "Drugone"
    row = next(b for b in document.blocks if b.kind is BlockKind.ROW)
    assert row.context == ()  # the dose of the second is none of the first


def test_bands_under_headers_are_a_table() -> None:
    document = document_of(
        "DRUGONE\n\nIn renal impairment:\n\n"
        "   CrCl (mL/min)    Dose\n"
        "   80 or more       2.5 mg/kg twice daily\n"
        "   10 to 29         1.5 mg/kg every 36 hours\n\n"
        "Warn of dizziness.\n"
    )
    assert headers(document, "10 to 29") == ["CrCl (mL/min)", "Dose"]
    row = next(b for b in document.blocks if document.text.startswith("10 to 29", b.start))
    assert [document.text[c.start : c.end] for c in row.context] == ["In renal impairment:"]
    assert paragraphs(document)[-1] == "Warn of dizziness."


def test_headers_of_two_lines_stand_over_their_columns() -> None:
    document = document_of(
        "DRUGONE\n"
        "                Treatment of      Prevention\n"
        "Weight (kg)     clots             of clots\n"
        "---------------------------------------------------\n"
        "under 46        7500 units daily  2500 units daily\n"
        "57 and over     12500 units daily 5000 units daily\n"
    )
    assert headers(document, "57 and over") == [
        "Weight (kg)",
        "Treatment of clots",
        "Prevention of clots",
    ]
    assert rows(document)[-1] == ["57 and over", "12500 units daily", "5000 units daily"]


def test_headers_that_leave_the_corner_empty_may_hold_figures() -> None:
    document = document_of(
        "TABLETS\n               Day 1     Day 2     Day 3\n"
        "5 to 8 kg      1 tab     1 tab     1 tab\n9 to 17 kg     2 tabs    2 tabs    1 tab\n"
    )
    assert headers(document, "9 to 17 kg") == ["", "Day 1", "Day 2", "Day 3"]


def test_a_drawn_grid_has_rows_of_several_lines() -> None:
    document = document_of(
        "SEPSIS\n\n"
        "+------------+--------------+-----------+\n"
        "| Drug       | Dose         | Interval  |\n"
        "+============+==============+===========+\n"
        "| Drugone    | 5 mg/kg IV   | every 36  |\n"
        "|            |              | hours     |\n"
        "+------------+--------------+-----------+\n"
        "| Drugtwo    | 50 mg/kg IV  | every 12  |\n"
        "|            |              | hours     |\n"
        "+------------+--------------+-----------+\n"
    )
    assert rows(document)[1:] == [
        ["Drugone", "5 mg/kg IV", "every 36 hours"],
        ["Drugtwo", "50 mg/kg IV", "every 12 hours"],
    ]


def test_dot_leaders_part_a_label_from_its_value() -> None:
    document = document_of("CUPBOARD\n\nDrugone, adult ..... 5 mg IV\nDrugone, child.......70 mg\n")
    assert rows(document) == [["Drugone, adult", "5 mg IV"], ["Drugone, child", "70 mg"]]


def test_tabs_part_cells_and_a_number_has_the_unit_in_the_cell_beside_it() -> None:
    document = document_of(
        "Medicine\tAmount\tUnit\tRoute\tCeiling\n"
        "drugone\t250\tmg/kg\tIV\t5 g\n"
        "drugtwo\t0.5\tunits/kg/hour\tIV\t\n"
    )
    assert rows(document)[1:] == [
        ["drugone", "250 mg/kg", "IV", "5 g"],
        ["drugtwo", "0.5 units/kg/hour", "IV", ""],
    ]
    assert headers(document, "drugtwo") == ["Medicine", "Amount", "Route", "Ceiling"]


@pytest.mark.parametrize("sign", [",", ";", " | "])
def test_signs_part_cells_under_a_row_of_headers(sign: str) -> None:
    lines = [["drug", "who", "dose", "route"], ["a", "adult", "5 mg", "oral"]]
    lines.append(["b", "child", "2 mg", "oral"])
    document = document_of("STOCK\n" + "\n".join(sign.join(line) for line in lines) + "\n")
    assert rows(document) == lines


def test_commas_of_prose_part_no_cells() -> None:
    text = "Give a, b, c, or d.\nGive e, f, g, or h.\nGive i, j, k, or l.\n"
    assert rows(document_of("CARE\n\n" + text)) == []


JUSTIFIED = """NOTES ON THE WARD

The  child  with a  fever is  given drugone  15 mg/kg by  mouth  every six
hours  and is  watched on  the ward.  Should the  fever go  on for another
three days,  blood  is taken  for  culture and  a  lumbar puncture is made.
"""
TWO_SPACES = """A NOTE

Give drugone.  It is safe.  The dose is 1 g every 6 hours, and no more.
Do not exceed.  Watch the liver.  Ask the pharmacist before a weekend.
"""


@pytest.mark.parametrize("text", [JUSTIFIED, TWO_SPACES])
def test_spaces_of_prose_are_no_columns(text: str) -> None:
    document = document_of(text)
    assert rows(document) == []
    assert paragraphs(document) == [" ".join(text.split("\n\n")[1].split())]


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    left = (
        "Mild disease has drugone\nand is seen again in two\ndays, or before if it is\n"
        "worse in any way or does\nnot eat"
    )
    right = (
        "Severe disease has first\ndrugtwo 2 mg/kg by vein,\nthen once a day until it\n"
        "is over, and drugone for\na week"
    )
    lines = zip(left.split("\n"), right.split("\n"), strict=True)
    document = document_of("FEVER\n\n" + "\n".join(f"{a:<32}{b}" for a, b in lines) + "\n")
    assert paragraphs(document) == [" ".join(left.split()), " ".join(right.split())]


def test_a_note_under_a_table_is_of_the_rows_that_bear_its_sign() -> None:
    document = document_of(
        "DRUGONE\n\nWeight       Dose\nunder 5 kg   10 mg*\nover 5 kg    20 mg\n\n"
        "* Only in hospital.\n"
    )
    small, large = (b for b in document.blocks if b.kind is BlockKind.ROW and b.header[0])
    assert [document.text[c.start : c.end] for c in small.context] == ["Only in hospital."]
    assert large.context == ()
    assert rows(document)[1] == ["under 5 kg", "10 mg"]


def test_a_blank_first_cell_is_that_above_and_a_head_in_capitals_ends_the_table() -> None:
    document = document_of(
        "GUIDE\n\nCHEST\n"
        "  Mild        Drugone 500 mg tds       5 days\n"
        "  Severe      Drugtwo 1.2 g tds IV     7 days\n"
        "              + drugthree 500 mg bd    7 days\n\n"
        "URINE\n"
        "  Lower       Drugfour 100 mg bd       3 days\n"
        "  Upper       Drugfive 5 mg/kg IV od   7 days\n"
    )
    assert rows(document)[2] == ["Severe", "+ drugthree 500 mg bd", "7 days"]
    assert document.blocks[-1].section == ("GUIDE", "URINE")


def test_a_table_of_small_letters_is_not_parted_into_two_columns_of_prose() -> None:
    document = document_of(
        "Pumps for grown patients\n\n"
        "  Agent          First rate   Usual range   Unit          Remarks\n"
        "  ------------   ----------   -----------   -----------   ----------------------\n"
        "  drugone        0.1          0.1 - 0.5     mcg/kg/min    first choice, warm\n"
        "  drugtwo        0.2          0.2 - 0.6     mcg/kg/min    watch lactate\n"
        "  drugthree      0.01         0.01 - 0.03   units/min     add on, never alone\n"
        "  drugfour       2            2 - 10        mcg/kg/min    low output, warm lines\n"
        "  drugfive       1            1 - 10        mg/h          short term only\n"
    )
    assert rows(document)[1] == [
        "drugone",
        "0.1",
        "0.1 - 0.5 mcg/kg/min",
        "first choice, warm",
    ]
    assert rows(document)[-1] == ["drugfive", "1", "1 - 10 mg/h", "short term only"]


def test_a_bound_that_a_cell_leads_up_to_goes_on_with_it() -> None:
    document = document_of(
        "Beside the pumps\n\n"
        "  Drugone       50 mg every 6 hours      adult, once drugtwo has been above\n"
        "                                         5 mcg/kg/min for a day\n"
        "  Drugthree     6 mg every 5 minutes     while the pump is being set up\n"
    )
    assert rows(document)[0][-1].endswith("has been above 5 mcg/kg/min for a day")


def test_a_label_indented_under_another_goes_on_about_it() -> None:
    document = document_of(
        "BY MOUTH\n\n"
        "  Drug                         Dose    Units   Times/day\n"
        "  Drugone                      1000    mg      2\n"
        "     after an operation        500     mg      3\n"
        "  Drugtwo                      0.5     mcg     1\n"
        "     age over 75               0.25    mcg     1\n"
        "  drugthree                    8       mg      1\n"
    )
    above = {
        document.text[b.start : b.end].split(" | ")[0]: [
            document.text[c.start : c.end] for c in b.context
        ]
        for b in document.blocks
        if b.kind is BlockKind.ROW
    }
    assert above["after an operation"] == ["Drugone"]
    assert above["age over 75"] == ["Drugtwo"]
    assert above["Drugtwo"] == above["drugthree"] == []
