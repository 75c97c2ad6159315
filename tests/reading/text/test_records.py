"""Records of keys and values in plain text."""

from __future__ import annotations

import pytest

from osler.domain import BlockKind, Document
from osler.reading import RawFile, read
from osler.statements import extract


def document_of(text: str) -> Document:
    return next(read(RawFile("a.txt", "a.txt", text.encode())))


def row_texts(document: Document) -> list[str]:
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind is BlockKind.ROW
    ]


@pytest.mark.parametrize("parted", [": ", "      "])
def test_a_record_is_one_statement(parted: str) -> None:
    lines = (("Medicine ", "heparin"), ("Amount   ", "500 units"), ("Route    ", "intravenous"))
    text = "".join(
        f"{key.strip() if ':' in parted else key}{parted}{value}\n" for key, value in lines
    )
    other = text.replace("heparin", "warfarin").replace("500 units", "5 mg")
    document = document_of(f"RECORDS\n\n{text}\n{other}")
    assert row_texts(document) == [
        "Medicine: heparin | Amount: 500 units | Route: intravenous",
        "Medicine: warfarin | Amount: 5 mg | Route: intravenous",
    ]
    first, second = extract(document)
    assert first.text == "Medicine: heparin; Amount: 500 units; Route: intravenous"
    assert second.substances == ("warfarin",)


def test_each_of_several_amounts_has_a_row_with_what_they_share() -> None:
    document = document_of(
        "RECORDS\n\nMedicine: drugone\nAmount, under 40 kg: 250 mg\n"
        "Amount, 40 kg and over: 500 mg\nRoute: oral\n"
    )
    assert row_texts(document) == [
        "Medicine: drugone | Amount, under 40 kg: 250 mg | Route: oral",
        "Medicine: drugone | Amount, 40 kg and over: 500 mg | Route: oral",
    ]


def test_keys_without_an_amount_are_lines() -> None:
    assert (
        row_texts(document_of("LETTER\n\nFrom: the ward\nTo: all doctors\nRoute: by hand\n")) == []
    )
