"""What stands under what in plain text, by how far it is indented."""

from __future__ import annotations

import pytest

from osler.domain import BlockKind, Document
from osler.reading import RawFile, read


def document_of(text: str) -> Document:
    return next(read(RawFile("a.txt", "a.txt", text.encode())))


def above(document: Document, start: str) -> tuple[list[str], list[str]]:
    """The headings and the lead-ins over the block that starts so."""
    block = next(b for b in document.blocks if document.text.startswith(start, b.start))
    spans = [document.text[span.start : span.end] for span in block.context]
    return list(block.section), spans


LETTERED = """POISONS

TREAT AT ONCE

A. DRUGONE (first choice)
   Load         15 mg/kg IV over 30 minutes
   Keep up, by pump
                small child       1 mL/kg/hour
                large child       2 mL/kg/hour
   Watch the level.

B. DRUGTWO          aim: 1 to 1.5 g/L
   Load         7 mL/kg IV

Charcoal is useless.
"""


def test_lettered_heads_with_indented_lines_are_headings_that_end_with_them() -> None:
    document = document_of(LETTERED)
    first = ["POISONS", "TREAT AT ONCE", "A. DRUGONE (first choice)"]
    assert above(document, "Load | 15") == (first, [])
    assert above(document, "large child") == (first, ["Keep up, by pump"])
    assert above(document, "Watch") == (first, [])
    assert above(document, "Load | 7") == (["POISONS", "TREAT AT ONCE", "B. DRUGTWO"], [])
    assert above(document, "Charcoal") == (["POISONS", "TREAT AT ONCE"], [])


def test_a_line_over_deeper_lines_leads_them_in_until_the_indent_returns() -> None:
    document = document_of(
        "drugone:\n"
        "  neonate:\n"
        "    loading: 20 mg/kg\n"
        "    maintenance: 2.5 mg/kg once daily\n"
        "  child:\n"
        "    loading: 15 mg/kg\n"
        "drugtwo:\n"
        "  child:\n"
        "    loading: 10 mg/kg\n"
    )
    assert above(document, "maintenance")[1] == ["drugone:", "neonate:"]
    assert above(document, "loading: 15")[1] == ["drugone:", "child:"]
    assert above(document, "loading: 10")[1] == ["drugtwo:", "child:"]


def test_a_hanging_paragraph_is_one_paragraph() -> None:
    document = document_of(
        "DRUGONE\n\n"
        "8.6 Renal impairment (clearance of fifty and less): the use of it has not\n"
        "    been studied.\n"
    )
    assert document.text.endswith("has not been studied.\n")


def test_numbered_sections_stand_by_themselves_with_their_values_under_them() -> None:
    document = document_of(
        "DRUGONE\n\n2   DOSAGE\n"
        "2.1 Finger nails      250 mg once daily for 6 weeks\n"
        "2.2 Scalp             once daily, by weight:\n\n"
        "        under 25 kg      125 mg\n"
        "        over 25 kg       187.5 mg\n\n"
        "5   WARNINGS\n5.1 The liver may fail. Stop.\n5.2 Taste may go. Stop.\n"
    )
    dosage = ["DRUGONE", "2 DOSAGE"]
    assert above(document, "250 mg") == ([*dosage, "2.1 Finger nails"], [])
    assert above(document, "over 25") == ([*dosage, "2.2 Scalp"], ["once daily, by weight:"])
    assert above(document, "5.2 Taste") == (["DRUGONE", "5 WARNINGS"], [])


def test_lines_under_an_item_belong_to_it_and_not_to_the_next() -> None:
    document = document_of(
        "CARE\n\n- Those who wake:\n  Drugone 5 mg\n- Those who sleep:\n  Drugtwo 5 mg\n"
    )
    assert above(document, "Drugone")[1] == ["Those who wake:"]
    assert above(document, "Drugtwo")[1] == ["Those who sleep:"]


def test_capitals_are_no_headings_where_all_is_in_capitals() -> None:
    document = document_of(
        "THE CARD\n\nINDUCTION\n"
        "     DRUGONE        INFANT UNDER 1 YEAR ONLY\n"
        "                    20 MCG/KG IV\n"
        "     DRUGTWO        WELL ADULT, 2 MG/KG IV\n"
        "          OVER 60:  1 MG/KG IV\n"
        "ALL OF THEM ARE GIVEN SLOWLY AND WITH CARE.\n"
    )
    section = ["THE CARD", "INDUCTION"]
    assert above(document, "20 MCG") == (section, ["DRUGONE", "INFANT UNDER 1 YEAR ONLY"])
    assert above(document, "OVER 60") == (section, ["DRUGTWO"])


def test_whom_names_over_doses_are_for_stands_over_the_names() -> None:
    document = document_of(
        "LOW SODIUM\nAdults\nDrugone\n30 mL by vein\nDrugtwo\n10 to 20 mg\n"
        "Children\nDrugone\n0.5 mL/kg by vein\n"
    )
    assert above(document, "10 to 20")[0] == ["LOW SODIUM", "Adults", "Drugtwo"]
    assert above(document, "0.5 mL")[0] == ["LOW SODIUM", "Children", "Drugone"]


def test_a_drawn_tree_and_boxes_to_tick_are_lists() -> None:
    tree = document_of(
        "SHOCK\n|\n+-- adult\n|   +-- drugone 5 mg\n|\n`-- child\n    `-- drugone 1 mg\n"
    )
    assert above(tree, "drugone 1 mg")[1] == ["child"]
    ticked = document_of("SHOCK\n\n[ ] Drugone 5 mg\n[x] Fluids 10 mL/kg\n")
    assert above(ticked, "Fluids")[1] == []
    assert [b.kind for b in ticked.blocks][1:] == [BlockKind.ITEM, BlockKind.ITEM]


def test_a_question_is_the_heading_of_its_answer() -> None:
    document = document_of(
        "Q. How much drugone for a child?\nA. 10 mg/kg every 8 hours.\n\n"
        "Q. How much drugtwo?\nA. 15 mg/kg every 6 hours.\n"
    )
    assert above(document, "15 mg/kg")[0] == ["Q. How much drugtwo?"]


def test_a_rule_that_ends_a_sentence_underlines_nothing() -> None:
    document = document_of("CARE\n\nDrugone 5 mg once daily.\n----------\nThen drugtwo.\n")
    assert document.blocks[1].kind is BlockKind.PARAGRAPH


def test_words_in_a_rule_are_a_heading() -> None:
    document = document_of("GUIDE\n--- ADULTS ------\nDrugone 5 mg.\n--- CHILDREN ----\n1 mg.\n")
    assert above(document, "1 mg")[0] == ["GUIDE", "CHILDREN"]


def test_a_long_list_of_names_is_read() -> None:
    assert "Name of it" in document_of("NAMES\n\n" + "Name of it\n" * 3000).text


def test_headings_run_in_to_nearly_all_paragraphs_stand_over_them() -> None:
    text = (
        "HEIGHTS\n\nGoing up.  Drugone 250 mg twice a day. Rest.\n\n"
        "Swelling of the brain (odd, drowsy).  Come down. Drugtwo 8 mg.\n\n"
        "Sleep.  Drugone 125 mg at night. It settles.\n"
    )
    assert above(document_of(text), "Come down")[0][-1] == "Swelling of the brain (odd, drowsy)."
    few = text.replace("Going up.  ", "You go up.  ").replace("Sleep.  ", "They sleep.  ")
    assert above(document_of(few), "Swelling")[0] == ["HEIGHTS"]


def test_a_line_with_a_dose_of_its_own_leads_no_labels_in() -> None:
    document = document_of("PAIN\n\nDrugone 1 g daily\nRectal     60 mg daily\n")
    assert above(document, "Rectal")[1] == []


def test_a_label_with_more_under_it_stands_over_nothing_behind_them() -> None:
    document = document_of(
        "DRUGONE\n\nFixed rate  0.1 units/kg/hour IV\n            Watch the sugar.\n"
        "Ketones     below 0.6: stop\n"
    )
    assert above(document, "Watch")[1] == ["Fixed rate"]
    assert above(document, "Ketones")[1] == []


def test_a_label_beside_the_first_of_its_bullets_leads_them_in() -> None:
    document = document_of(
        "NIGHT\n\npain      - drugone 1 g\n          - drugtwo 5 mg\nsleep     - drugthree 7.5 mg\n"
    )
    assert above(document, "drugtwo")[1] == ["pain"]
    assert above(document, "drugthree")[1] == ["sleep"]


@pytest.mark.parametrize("ending", ["supp.", "inj.", "tabs 50 mg"])
def test_the_full_stop_of_a_short_form_ends_no_entry(ending: str) -> None:
    document = document_of(
        f"WARD LIST\n\nDRUGONE SODIUM  amp. 75 mg/3 ml; {ending}\n"
        "  Adult 75 mg bd.\n\nDRUGTWO  tabs 5 mg\n  Adult 5 mg od.\n"
    )
    assert above(document, "Adult 75")[1] == [f"DRUGONE SODIUM amp. 75 mg/3 ml; {ending}"]
    assert above(document, "Adult 5 mg")[1] == ["DRUGTWO tabs 5 mg"]


def test_a_sentence_leads_in_nothing() -> None:
    document = document_of("WARD LIST\n\nAsk before midnight for tablets.\n  Adult 75 mg bd.\n")
    assert above(document, "Adult 75")[1] == []


def test_a_head_run_in_before_a_figure_is_one_where_the_others_are() -> None:
    document = document_of(
        "NOTES\n\nDrugone.  For adults alone. Give it slowly.\n\n"
        "Drugtwo.  5 mg/kg once weekly. Check the blood.\n\n"
        "Drugthree.  The tablet does as well. Give it with food.\n\n"
        "Drugfour.  Never first. Ask before it is given.\n"
    )
    assert above(document, "5 mg/kg")[0] == ["NOTES", "Drugtwo."]
