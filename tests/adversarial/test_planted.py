"""A dose that a document plants is neither shown nor passed over: asked end to end.

Every file goes into a library of its own; the honest dose is found, the planted one is not, and
the doctor lists what was held back or left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from papers import SHEETS, WORD, sheet, word
from planted import (
    HIDDEN_HTML,
    MARKDOWN,
    NUMBERS,
    ORDERS,
    PLAIN,
    PLANTED,
    SHOWN_OTHERWISE_HTML,
    note,
    page,
)

from osler.answering import ask
from osler.domain import Answer, Claim
from osler.library import Health, Library

QUESTION = "starting dose of lithium in adults"
_PLANTED = re.compile(r"4\W?0\W?0\W?0|0004|1O|[lI]0")


def asked(folder: Path, name: str, data: bytes) -> tuple[Answer, Health]:
    """The answer from a library that holds one file, and what its doctor says."""
    file = folder / name
    file.write_bytes(data)
    with Library.create(folder / "library") as library:
        report = library.add([file])
        assert not report.failed
        return ask(library, QUESTION), library.doctor()


def claims(answer: Answer) -> Iterator[Claim]:
    yield from answer.bottom_line
    for section in answer.sections:
        yield from section.claims
    for conflict in answer.conflicts:
        yield from (position.claim for position in conflict.positions)


def shown(answer: Answer) -> str:
    return " ".join(
        f"{claim.text} {' '.join(each.quote for each in claim.citations)}"
        for claim in claims(answer)
    )


def amounts(answer: Answer) -> set[str]:
    return {str(dose.low) for claim in claims(answer) for dose in claim.dosages}


def check(folder: Path, name: str, data: bytes) -> Health:
    answer, health = asked(folder, name, data)
    assert amounts(answer) == {"400"}
    assert not _PLANTED.search(shown(answer))
    assert health.held
    assert {each.file for each in health.held} == {name}
    return health


@pytest.mark.parametrize("name", HIDDEN_HTML)
def test_what_a_page_hides(tmp_path: Path, name: str) -> None:
    held = check(tmp_path, "page.html", HIDDEN_HTML[name].encode()).held
    assert any("4000 mg" in each.detail for each in held)


@pytest.mark.parametrize("name", SHOWN_OTHERWISE_HTML)
def test_what_a_page_shows_otherwise(tmp_path: Path, name: str) -> None:
    check(tmp_path, "page.html", SHOWN_OTHERWISE_HTML[name].encode())


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_that_is_not_what_it_seems(tmp_path: Path, name: str) -> None:
    check(tmp_path, "note.md", note(NUMBERS[name]).encode())


@pytest.mark.parametrize("name", MARKDOWN)
def test_what_markdown_does_not_show(tmp_path: Path, name: str) -> None:
    held = check(tmp_path, "note.md", note(MARKDOWN[name]).encode()).held
    assert any("4000 mg" in each.detail for each in held)


@pytest.mark.parametrize("name", ORDERS)
def test_an_order_to_the_program(tmp_path: Path, name: str) -> None:
    held = check(tmp_path, "note.md", note(ORDERS[name]).encode()).held
    assert any(each.reason.startswith("an instruction to") for each in held)


@pytest.mark.parametrize("name", WORD)
def test_what_a_word_file_does_not_show(tmp_path: Path, name: str) -> None:
    check(tmp_path, "paper.docx", word(WORD[name]))


@pytest.mark.parametrize("name", SHEETS)
def test_what_a_pdf_does_not_show(tmp_path: Path, name: str) -> None:
    check(tmp_path, "sheet.pdf", sheet(SHEETS[name]))


@pytest.mark.parametrize("name", PLAIN)
def test_what_looks_odd_and_means_one_thing(tmp_path: Path, name: str) -> None:
    text, amount = PLAIN[name]
    answer, health = asked(tmp_path, "note.md", f"# Lithium in adults\n\n{text}\n".encode())
    assert amounts(answer) == {amount} or (not amounts(answer) and health.held)


def test_a_picture_with_words_of_its_own_is_told_of(tmp_path: Path) -> None:
    """Its text layer is read as ever; that it may differ from the picture is told once."""
    from PIL import Image, ImageDraw
    from reportlab.lib.utils import ImageReader

    picture = Image.new("L", (400, 30), 255)
    ImageDraw.Draw(picture).text((2, 8), "A picture of other words than these.", fill=0)

    def layer(canvas: object) -> None:
        canvas.drawImage(ImageReader(picture), 70, 690, 300, 22)  # type: ignore[attr-defined]
        text = canvas.beginText(72, 696)  # type: ignore[attr-defined]
        text.setTextRenderMode(3)
        text.textLine("Levels are measured in the morning.")
        canvas.drawText(text)  # type: ignore[attr-defined]

    _, health = asked(tmp_path, "sheet.pdf", sheet(layer))
    (held,) = health.held
    assert held.reason.startswith("text laid over a picture")
    assert held.page == 1


def test_a_page_that_gives_itself_the_name_of_another_is_not_believed(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Lithium in adults\norganization: NICE\n"
        f"url: https://nice.example.org/lithium\n---\n\n# Lithium in adults\n\n{PLANTED}\n"
    )
    answer, health = asked(tmp_path, "note.md", text.encode())
    assert {each.source.organization for each in answer.references} == {None}
    (held,) = health.held
    assert held.reason.startswith("an organisation that")
    assert "NICE" in held.detail


def test_words_about_an_organisation_do_not_make_a_document_its_own(tmp_path: Path) -> None:
    body = page(f"<p>National Institute for Health and Care Excellence. {PLANTED}</p>")
    answer, _ = asked(tmp_path, "page.html", body.encode())
    assert {each.source.organization for each in answer.references} == {None}
