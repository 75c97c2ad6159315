"""What stands once for many, after a list or in parallel lines; what stands for nothing."""

from __future__ import annotations

import pytest

from osler.domain import BlockKind, Document
from osler.reading import RawFile, read
from osler.reading.blocks.chatter import is_chatter


def one(name: str, data: str) -> Document:
    (document,) = read(RawFile(name, name, data.encode()))
    return document


def context_of(document: Document, start: str) -> list[str]:
    block = next(b for b in document.blocks if document.text[b.start :].startswith(start))
    return [document.text[span.start : span.end] for span in block.context]


def rows(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.ROW]


LIST = """# Nausea

- Vitamins

Cyclizine:

- Adult: 50 mg
- Child: 25 mg

"""


@pytest.mark.parametrize(
    "shared",
    [
        "All of these are taken three times daily.",
        "(All doses above by mouth)",
        "Each of these twice daily",
    ],
)
def test_what_is_said_after_a_list_belongs_to_its_items(shared: str) -> None:
    document = one("a.md", LIST + shared)
    assert context_of(document, "Adult: 50") == ["Cyclizine:", shared]
    assert context_of(document, "Child: 25") == ["Cyclizine:", shared]
    assert context_of(document, "Vitamins") == []


@pytest.mark.parametrize("after", ["Metoclopramide three times daily.", "All of these are costly."])
def test_what_is_not_said_of_all_belongs_to_itself(after: str) -> None:
    assert context_of(one("a.md", LIST + after), "Adult: 50") == ["Cyclizine:"]


@pytest.mark.parametrize(
    ("drug", "dose"),
    [
        ("Amoxicillin<br>Cefalexin", "500 mg<br/>250 mg"),
        ("<p>Amoxicillin</p><p>Cefalexin</p>", "<p>500 mg</p><p>250 mg</p>"),
        ("<ul><li>Amoxicillin</li><li>Cefalexin</li></ul>", "500 mg<br>250 mg"),
    ],
)
def test_parallel_lists_in_a_row_are_rows(drug: str, dose: str) -> None:
    document = one(
        "a.html",
        f"<table><tr><th>Drug</th><th>Dose</th><th>For</th></tr>"
        f"<tr><td>{drug}</td><td>{dose}</td><td>5 days</td></tr></table>",
    )
    assert rows(document) == [
        "Drug | Dose | For",
        "Amoxicillin | 500 mg | 5 days",
        "Cefalexin | 250 mg | 5 days",
    ]


@pytest.mark.parametrize(
    ("who", "dose"),
    [
        ("Adults<br>(over 18 years)", "500 mg<br>daily"),
        ("Adults<br>with fever", "500 mg<br>250 mg"),
        ("Adults<br>Children<br>Infants", "500 mg<br>250 mg"),
    ],
)
def test_lines_broken_for_looks_stay_together(who: str, dose: str) -> None:
    document = one("a.html", f"<table><tr><th>Who</th><th>Dose</th></tr><tr><td>{who}</td>"
                             f"<td>{dose}</td></tr></table>")  # fmt: skip
    assert len(rows(document)) == 2


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Scanned with CamScanner", True),
        ("Page 3 of 10", True),
        ("- 12 -", True),
        ("Downloaded from www.example.org on 3 May 2020", True),
        ("- 30 mg a day", False),
        ("Printed doses are given by mouth", False),
        ("12 of 30 patients", False),
        ("Scanned by CT", False),
    ],
)
def test_chatter_is_told_from_text(line: str, expected: bool) -> None:
    assert is_chatter(line) is expected
    said = one("a.txt", f"ASTHMA\n\nSalbutamol is given.\n\n{line}\n\nSo is oxygen.\n").text
    assert (line.strip("- ") in said) is not expected


def test_bullets_after_the_text_make_items() -> None:
    document = one("a.txt", "Goals\nTo do:\nRest •\nDrink water •\n")
    items = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.ITEM]
    assert items == ["Rest", "Drink water"]
