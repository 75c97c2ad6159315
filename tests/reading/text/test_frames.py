"""Boxes drawn into plain text: their words, where they end, and those that stand side by side."""

from __future__ import annotations

import pytest

from osler.domain import BlockKind, Document
from osler.reading import RawFile, read


def document_of(text: str) -> Document:
    return next(read(RawFile("a.txt", "a.txt", text.encode())))


def sections(document: Document) -> dict[str, tuple[str, ...]]:
    """The headings over each paragraph."""
    return {
        document.text[b.start : b.end]: b.section
        for b in document.blocks
        if b.kind is BlockKind.PARAGRAPH
    }


PIPES = """
+---------------------------+
|  FOR THE CHILD            |
|                           |
|  Drugone 5 mg/kg by mouth |
|  every 6 hours.           |
+---------------------------+
"""
HASHES = """
*===========================*
# FOR THE CHILD             #
# Drugone 5 mg/kg by mouth  #
# every 6 hours.            #
*===========================*
"""
DOTS = """
.---------------------------.
: FOR THE CHILD             :
: Drugone 5 mg/kg by mouth  :
: every 6 hours.            :
'---------------------------'
"""
ROUND = """
   ___________________________
  /  FOR THE CHILD            \\
  |  Drugone 5 mg/kg by mouth |
  |  every 6 hours.           |
  \\___________________________/
"""
FRONT = "---\ntitle: A card\n---\n\n"


@pytest.mark.parametrize("front", ["", FRONT])
@pytest.mark.parametrize("box", [PIPES, HASHES, DOTS, ROUND])
def test_a_heading_in_a_box_ends_with_it(box: str, front: str) -> None:
    found = sections(
        document_of(f"{front}WARD CARD\n\nAsk first.\n{box}\nDrugtwo 10 mg by mouth.\n")
    )
    assert found["Drugone 5 mg/kg by mouth every 6 hours."] == ("WARD CARD", "FOR THE CHILD")
    assert found["Drugtwo 10 mg by mouth."] == ("WARD CARD",)


BOXED = """
CLOTS

DRUGONE

First 5 mg by mouth.

+---------------------------+
|  DRUGTWO                  |
|                           |
|  10 mg slowly by vein.    |
+---------------------------+
"""


def test_what_stood_over_a_box_stands_over_what_is_behind_it() -> None:
    found = sections(document_of(f"WARD CARD\n{BOXED}\nAs much every night, 4 mg at least.\n"))
    assert found["10 mg slowly by vein."][-1] == "DRUGTWO"
    before = found["First 5 mg by mouth."]
    assert before[-1] == "DRUGONE"
    assert found["As much every night, 4 mg at least."] == before


@pytest.mark.parametrize(
    "more",
    [
        "Repeat 5 mg the next day if it still bleeds.",
        "Then 1 mg every hour.",
        "At most 20 mg in a day.",
        "If needed, a second dose of 5 mg.",
        "May be repeated after 6 hours.",
    ],
)
def test_what_goes_on_about_the_dose_in_a_box_stays_with_it(more: str) -> None:
    found = sections(document_of(f"WARD CARD\n{BOXED}\n{more}\n\nAs much every night, 4 mg.\n"))
    assert found[more] == found["10 mg slowly by vein."]
    assert found["As much every night, 4 mg."] == found["First 5 mg by mouth."]


def test_letters_go_on_behind_a_box() -> None:
    text = (
        "WARD CARD\n\nA. DRUGONE\n   Load         15 mg\n\n"
        "+-----------------+\n|  BABIES         |\n|  A. DRUGTHREE   |\n|  1 mg/kg        |\n"
        "+-----------------+\n\nB. DRUGTWO\n   Load         7 mL\n"
    )
    document = document_of(text)
    row = next(b for b in document.blocks if document.text.startswith("Load | 7", b.start))
    assert row.section == ("WARD CARD", "B. DRUGTWO")


def test_a_box_of_a_title_alone_heads_what_follows() -> None:
    box = "+-----------------+\n|  FOR THE CHILD  |\n|  under 12 years |\n+-----------------+\n"
    found = sections(document_of(f"WARD CARD\n\nAsk first.\n\n{box}\nDrugone 5 mg/kg by mouth.\n"))
    assert found["Drugone 5 mg/kg by mouth."] == ("WARD CARD", "FOR THE CHILD")


def test_boxes_side_by_side_are_read_one_by_one() -> None:
    found = sections(
        document_of(
            "WARD CARD\n\nAsk first.\n\n"
            "+----------------------+----------------------+\n"
            "| FITS                 | FEVER                |\n"
            "|                      |                      |\n"
            "| Drugone 5 mg by vein | Drugtwo 1 g by mouth |\n"
            "| every 10 minutes.    | every 6 hours until  |\n"
            "| Ask after two.       | the fever has gone.  |\n"
            "+----------------------+----------------------+\n"
        )
    )
    assert found["Drugone 5 mg by vein every 10 minutes."] == ("WARD CARD", "FITS")
    assert found["Drugtwo 1 g by mouth every 6 hours until the fever has gone."] == (
        "WARD CARD",
        "FEVER",
    )


def test_a_table_in_a_frame_stays_one() -> None:
    document = document_of(
        "WARD CARD\n\nAsk first.\n\n"
        "+------------+----------+\n"
        "| Drug       | Dose     |\n"
        "|            |          |\n"
        "| Drugone    | 500 mg   |\n"
        "| Drugtwo    | 100 mg   |\n"
        "+------------+----------+\n"
    )
    rows = [
        [document.text[c.start : c.end] for c in b.cells]
        for b in document.blocks
        if b.kind is BlockKind.ROW
    ]
    assert rows[-2:] == [["Drugone", "500 mg"], ["Drugtwo", "100 mg"]]
