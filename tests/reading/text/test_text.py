"""Plain text as people type it."""

from __future__ import annotations

import time

import pytest

from osler.domain import BlockKind, Document
from osler.reading import RawFile, read

SAMPLE = """FITS
Introduction
Fits come from abnormal discharge of cells in the brain and may follow many other
illnesses.

TREATMENT OF FITS
Drug Treatment
• Drugone by intravenous injection, 10 mg at a rate of 1 ml each minute, repeated if
needed after 10 minutes
• Drugtwo
- Adult: initially 15 mg/kg slowly; then usual dose 25
- 30 mg a day
- Child:
- 1 month - 12 years: 5 mg/kg
- 12 - 18 years: 100 mg
Partial fits
•
Drugthree
  o Adult: 1 g
Notable Adverse Reactions
• Rash
"""


def document_of(text: str, name: str = "a.txt") -> Document:
    return next(read(RawFile(name, name, text.encode())))


def words(document: Document) -> list[tuple[str, int, str, list[str]]]:
    return [
        (
            block.kind.value,
            block.level,
            document.text[block.start : block.end],
            [document.text[span.start : span.end] for span in block.context],
        )
        for block in document.blocks
    ]


def context_of(document: Document, start: str) -> list[str]:
    return next(above for _, _, text, above in words(document) if text.startswith(start))


def test_bullets_nest_by_sort_and_by_words() -> None:
    found = {
        text.split(" ")[0]: (level, above) for _, level, text, above in words(document_of(SAMPLE))
    }
    assert found["Adult:"] == (1, ["Partial fits", "Drugthree"])
    items = words(document_of(SAMPLE))
    twelve = next(each for each in items if each[2].startswith("12 - 18"))
    assert twelve[1:] == (2, "12 - 18 years: 100 mg", ["Drugtwo", "Child:"])


def test_headings_and_wrapped_lines() -> None:
    document = document_of(SAMPLE)
    headings = [text for kind, _, text, _ in words(document) if kind == "heading"]
    assert headings == [
        "FITS",
        "Introduction",
        "TREATMENT OF FITS",
        "Drug Treatment",
        "Notable Adverse Reactions",
    ]
    texts = [text for _, _, text, _ in words(document)]
    assert (
        "Fits come from abnormal discharge of cells in the brain and may follow many other "
        "illnesses." in texts
    )
    assert document.source.title == "FITS"


def test_a_range_wrapped_at_its_dash_stays_one_item() -> None:
    text = "GOUT\n\n- Adult: begin with a hundred and then the usual dose of 25\n- 30 mg a day\n"
    assert words(document_of(text))[1][2].endswith("dose of 25 - 30 mg a day")


def test_a_short_name_leads_its_list_in() -> None:
    document = document_of("FITS\n\nDiazepam\n- Adult: 10 mg\n- Child: 2 mg\n")
    assert words(document)[2][3] == ["Diazepam"]
    assert document.blocks[1].kind is BlockKind.PARAGRAPH


def test_a_table_of_pipes_has_rows_under_headers() -> None:
    text = (
        "FITS\n\n# Table 1: Doses\n\n| Weight | Dose |\n|---|---|\n| 5 kg | 1 tab |\n\nAfter it.\n"
    )
    document = document_of(text)
    row = next(b for b in document.blocks if document.text[b.start :].startswith("5 kg | 1 tab"))
    assert [document.text[h.start : h.end] for h in row.header if h] == ["Weight", "Dose"]
    assert [document.text[c.start : c.end] for c in row.context] == ["Table 1: Doses"]
    assert document.text.endswith("After it.\n")


TWO_DRUGS = """SORE THROAT
Drug Treatment
• Antibiotics
- Amoxicillin
- Adult: 500 mg orally every 8 hours
- Child:
- Neonate: 15 mg/kg every 12 hours
- 1 - 5 years: 125 mg
- doses doubled in severe infection
Or:
- Cefuroxime
- Adult: 250 mg orally every 12 hours
- Child (every 12 hours):
- few months to 2 years: 10 mg/kg
- Analgesics
- Paracetamol:
- Adult: 1 g orally every 6 hours
"""


def test_a_second_drug_under_the_same_bullet_is_no_child_of_the_first() -> None:
    document = document_of(TWO_DRUGS)
    assert context_of(document, "Adult: 250 mg") == ["Antibiotics", "Cefuroxime"]
    assert context_of(document, "few months") == [
        "Antibiotics",
        "Cefuroxime",
        "Child (every 12 hours):",
    ]
    assert context_of(document, "1 - 5 years") == ["Antibiotics", "Amoxicillin", "Child:"]
    assert context_of(document, "doses doubled") == ["Antibiotics", "Amoxicillin", "Child:"]
    assert "Cefuroxime" not in context_of(document, "Adult: 1 g")


@pytest.mark.parametrize(
    "name", ["Cefuroxime (axetil tablets, 1 of 250 mg)", "Cefuroxime (suspension)"]
)
def test_a_name_with_its_form_in_brackets_is_a_name(name: str) -> None:
    document = document_of(TWO_DRUGS.replace("- Cefuroxime\n", f"- {name}\n"))
    assert context_of(document, "Adult: 250 mg") == ["Antibiotics", name]
    assert context_of(document, "doses doubled") == ["Antibiotics", "Amoxicillin", "Child:"]


def test_a_line_that_opens_a_list_does_not_run_on_from_a_full_one() -> None:
    document = document_of(
        "PSORIASIS\n"
        "Treatment that follows may be given for as long as the lesions are still seen:\n"
        "• Antibiotics in full doses that eliminate streptococcal throat infections soon\n"
        "Methotrexate\n"
        "• Adult: 10 mg orally once weekly, which may be increased by 2.5 mg every week\n"
        "Or:\n"
        "• Adult: 7.5 mg once weekly by deep intramuscular injection, in a single dose a\n"
        "week\n"
        "Notable Adverse Reactions, Contraindications and Caution in Pregnancy and Labour\n"
        "Methotrexate\n"
        "• Contraindicated\n"
    )
    assert context_of(document, "Adult: 10 mg") == ["Methotrexate"]
    assert context_of(document, "Adult: 7.5 mg")[0] == "Methotrexate"
    headings = [b for b in document.blocks if b.kind is BlockKind.HEADING]
    assert document.text[headings[-1].start : headings[-1].end].endswith("and Labour")


def test_one_glyph_read_as_two_characters_is_one_sort_of_bullet() -> None:
    document = document_of("Goals\n• Counselling\n・ Emollients\n● Rest\n◼ Sleep\n■ Diet\n")
    levels = [b.level for b in document.blocks if b.kind is BlockKind.ITEM]
    assert levels[:3] == [0, 0, 0]
    assert levels[3] == levels[4]


def test_a_flat_list_of_json_keeps_its_drugs() -> None:
    document = document_of(
        '{"name": "Mood", "drug": ["Valproate", "Adult: 1 g daily", "Child: 20 mg/kg daily", '
        '"Antipsychotics", "Haloperidol 1.5 to 3 mg orally twice daily", "Child: 25 μg/kg daily", '
        '"Lithium: Adult: 400 mg daily", "Child: not recommended"]}',
        "a.json",
    )
    assert context_of(document, "Child: 20 mg/kg") == ["Valproate"]
    assert context_of(document, "Child: 25") == ["Haloperidol 1.5 to 3 mg orally twice daily"]
    assert context_of(document, "Child: not") == ["Lithium: Adult: 400 mg daily"]
    assert context_of(document, "Antipsychotics") == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("patients take vitamin Bfor life\n12\nor longer", "patients take vitamin B12 for life"),
        ("give Vitamin B 1000 μg; then\n12\nmonthly 100 μg", "Vitamin B12 1000 μg; then monthly"),
        ("H receptor blockers (tablets)\n2\nare combined", "H2 receptor blockers"),
        ("iron, vitamin B, folic acid\n12\n• Rest", "vitamin B12, folic acid"),
    ],
)
def test_a_subscript_on_a_line_of_its_own_goes_back(lines: str, expected: str) -> None:
    assert expected in document_of(f"ANAEMIA\n\nTreatment with these drugs:\n• {lines}\n").text


@pytest.mark.parametrize(
    "lines",
    ["vitamin K is given\n\n34\n\nmore", "days 1 and 8; 14 and\n22\nthen", "A child of\n5\nyears"],
)
def test_other_numbers_stay_where_they_are(lines: str) -> None:
    said = document_of(f"ANAEMIA\n\nTreatment with these drugs:\n• {lines}\n").text
    assert not any(f"{letter}{number}" in said for letter in "KA" for number in (34, 22, 5))


def test_a_word_broken_at_the_end_of_a_line_is_whole_again() -> None:
    document = document_of(
        "RASH\n\nThe medication is given as an ointment, never by mouth, and the medica-\n"
        "tion is stopped soon; in folate-\ndeficient patients 25 -\n30 mg of it are given.\n"
    )
    assert "the medication is stopped" in document.text
    assert "folate-deficient" in document.text
    assert "25 - 30 mg" in document.text


def section_of(document: Document, start: str) -> tuple[str, ...]:
    return next(b.section for b in document.blocks if document.text[b.start :].startswith(start))


REGIMENS = """LYMPHOMAS
TREATMENT OF LYMPHOMAS
Drug Treatment
• Drugone 300 mg orally daily
Hodgkin's lymphoma
MOPP
• Drugtwo 6 mg/m2 on day 1
ABVD
• Drugthree 25 mg/m2 on day 1
Supportive Measures
• Fluids
"""


def test_names_over_names_of_lists_are_headings_and_a_word_in_capitals_ends_no_section() -> None:
    document = document_of(REGIMENS)
    above = ("LYMPHOMAS", "TREATMENT OF LYMPHOMAS", "Drug Treatment", "Hodgkin's lymphoma")
    assert section_of(document, "Drugtwo") == section_of(document, "Drugthree") == above
    assert context_of(document, "Drugtwo") == ["MOPP"]
    assert section_of(document, "Fluids")[2:] == ("Supportive Measures",)


def test_lines_of_names_without_a_list_stay_lines() -> None:
    document = document_of("RISKS\nCauses\nSmoking\nLow income\nHigh parity\nHIV\n\nMORE\nA b.\n")
    assert section_of(document, "High parity") == ("RISKS", "Causes")


def test_a_name_heads_the_unmarked_doses_under_it() -> None:
    document = document_of(
        "FITS\nTREATMENT OF FITS\nIntravenous drugone\n\n5 mg slowly over 15 minutes\n\n"
        "Or:\nDrugtwo\n20 mg intravenously as a bolus\n"
    )
    assert section_of(document, "20 mg")[-1] == "Drugtwo"


def test_a_title_may_hold_all_the_names_of_a_disease() -> None:
    title = "DISEASE " + "; ".join(f"ANOTHER NAME OF IT {n}" for n in "ABCDEFG")
    document = document_of(f"{title}\nIntroduction\nIt is rare.\n")
    assert document.source.title == title
    assert section_of(document, "It is rare") == (title, "Introduction")


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_blank_first_cell_is_that_of_the_row_above(name: str) -> None:
    document = document_of(
        "# Sugar\n\n| State | Test | mmol/L |\n|---|---|---|\n| Diabetes | fasting | 7.0 |\n"
        "| | after 75 g | 11.1 |\n| | | |\n| Less | fasting | 6.0 |\n",
        name,
    )
    rows = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.ROW]
    assert rows[1:] == [
        "Diabetes | fasting | 7.0",
        "Diabetes | after 75 g | 11.1",
        "Less | fasting | 6.0",
    ]


def test_a_first_row_that_names_doses_is_the_header() -> None:
    head = "<tr><td>Children (4 to 17 years)</td><td>Dose</td></tr>"
    table = f"<table>{head}<tr><td>{{}}</td><td>{{}}</td></tr></table>"
    with_doses = document_of(table.format("15 to 30 kg", "20 mg weekly"), "a.html")
    (row,) = [b for b in with_doses.blocks if b.cells and b.header[0] is not None]
    over = [with_doses.text[h.start : h.end] for h in row.header if h is not None]
    assert over == ["Children (4 to 17 years)", "Dose"]
    without = document_of(table.format("Pen", "see label"), "a.html")
    assert all(b.header == (None, None) for b in without.blocks if b.cells)


def test_dashes_and_dots_of_every_length_are_one_sort_of_bullet() -> None:
    document = document_of(
        "MOOD\nDrug Treatment\n· Drugone\n- Adult: 600 mg daily\n– Child: not recommended\n"
        "• Drugtwo\n– Adult: 750 mg daily\n– Child:\n- Neonate: 20 mg/kg daily\n"
        "- 12 - 18 years: 300 mg daily\n"
    )
    assert context_of(document, "Child: not") == ["Drugone"]
    assert context_of(document, "Neonate") == ["Drugtwo", "Child:"]
    assert context_of(document, "12 - 18") == ["Drugtwo", "Child:"]


def test_a_long_text_of_broken_words_is_read_in_time_that_grows_with_it() -> None:
    lines = [
        f"the course of treat{'a' * (at % 7)}ment was long and then it was shor-"
        for at in range(6000)
    ]
    begun = time.perf_counter()
    document_of("COURSE\n\n" + "\n".join(lines) + "\n")
    assert time.perf_counter() - begun < 10  # a search of the text for each takes a minute
