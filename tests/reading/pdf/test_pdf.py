"""PDFs drawn here with reportlab, read back: order, structure, and doses that must agree."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from osler.domain import BlockKind, Document
from osler.domain.errors import EncryptedDocument, MalformedDocument, NoTextLayer
from osler.reading import RawFile
from osler.reading.pdf.agreement import REASON, squash, states_dose
from osler.reading.pdf.reader import read_pdf

CDC = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "cdc_opioid_2022"

Draw = Callable[[Canvas], None]

LATIN = re.findall(
    r"\w+",
    "Lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut "
    "labore et dolore magna aliqua ut enim ad minim veniam quis nostrud exercitation ullamco",
)


def pdf(*pages: Draw, **options: object) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), **options)
    for draw in pages:
        canvas.setFont("Helvetica", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def text(
    canvas: Canvas, x: float, y: float, *lines: str, font: str = "Helvetica", size: int = 10
) -> None:
    canvas.setFont(font, size)
    for number, line in enumerate(lines):
        canvas.drawString(x, y - number * 1.2 * size, line)


def document(*pages: Draw, **options: object) -> Document:
    return read_pdf(RawFile("guides/a.pdf", "a.pdf", pdf(*pages, **options)))


def blocks(found: Document, kind: BlockKind) -> list[str]:
    return [found.text[b.start : b.end] for b in found.blocks if b.kind is kind]


def test_lines_become_paragraphs_with_hyphenation_undone() -> None:
    def draw(canvas: Canvas) -> None:
        text(
            canvas,
            72,
            700,
            "Start hydroxocobalamin one milligram intra-",
            "muscularly on alternate days, then long-",
        )
        text(canvas, 72, 676, "term every two months. The long-term plan is written down.")

    assert blocks(document(draw), BlockKind.PARAGRAPH) == [
        "Start hydroxocobalamin one milligram intramuscularly on alternate days, then long-term "
        "every two months. The long-term plan is written down."
    ]


def test_a_paragraph_goes_on_over_the_page_and_keeps_its_first_page() -> None:
    def first(canvas: Canvas) -> None:
        text(
            canvas, 72, 100, "The dose is raised slowly, by one tablet each week until the pain is"
        )

    def second(canvas: Canvas) -> None:
        text(
            canvas, 72, 700, "controlled or side effects occur.", "", "Next paragraph stands alone."
        )

    found = document(first, second)
    assert blocks(found, BlockKind.PARAGRAPH)[0].endswith(
        "until the pain is controlled or side effects occur."
    )
    assert [block.page for block in found.blocks] == [1, 2]


def test_headings_come_from_type_and_hold_what_is_below() -> None:
    def draw(canvas: Canvas) -> None:
        text(canvas, 72, 760, "Anaemia guideline 2021", font="Helvetica-Bold", size=20)
        text(canvas, 72, 720, "Treatment", font="Helvetica-Bold", size=14)
        text(canvas, 72, 690, "Give iron to all adults with a low ferritin, once a day, by mouth.")

    found = document(draw)
    assert found.source.title == "Anaemia guideline 2021"
    assert found.source.year == 2021
    assert found.blocks[-1].section == ("Anaemia guideline 2021", "Treatment")


def test_bookmarks_are_headings_whatever_their_type() -> None:
    def draw(canvas: Canvas) -> None:
        text(canvas, 72, 720, "Monitoring", "")
        text(canvas, 72, 690, "Check the potassium after one week and again after four weeks.")
        canvas.bookmarkPage("m")
        canvas.addOutlineEntry("Monitoring", "m", 0)

    assert document(draw).blocks[-1].section == ("Monitoring",)


def test_running_heads_page_numbers_and_line_numbers_are_left_out() -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            text(canvas, 72, 810, "Draft guideline, not for citation")
            text(canvas, 290, 30, f"Page {number} of 4")
            for line in range(20):
                text(canvas, 40, 740 - 24 * line, f"{number * 20 + line}")
                words = " ".join(LATIN[(line + i * number) % len(LATIN)] for i in range(12))
                text(canvas, 72, 740 - 24 * line, words)

        return draw

    found = document(*(page(n) for n in range(1, 5)))
    assert "Draft guideline" not in found.text
    assert not any(char.isdigit() for char in found.text)


def test_a_running_head_that_changes_with_the_chapter_heads_nothing_and_ends_no_list() -> None:
    def page(chapter: str, *lines: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            text(canvas, 72, 800, f"CHAPTER {chapter}", size=9)
            text(canvas, 72, 760, *lines)

        return draw

    prose = tuple(" ".join(LATIN[n:] + LATIN[:n])[:90] for n in range(12))
    found = document(
        page(
            "1: COUGH", *prose, "Give one of these drugs by mouth for five days:", "• Drug A 5 mg"
        ),
        page("1: COUGH", "• Drug B 10 mg", *prose),
        page("2: GOUT", *prose),
        page("3: LUPUS", *prose),
        page("4: FITS", *prose),
    )
    assert "CHAPTER" not in found.text
    item = next(b for b in found.blocks if found.text[b.start :].startswith("Drug B"))
    (lead_in,) = [found.text[span.start : span.end] for span in item.context]
    assert lead_in.endswith("Give one of these drugs by mouth for five days:")


def test_a_title_on_every_slide_stays() -> None:
    def slide(title: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            text(canvas, 72, 790, title, size=18)
            text(canvas, 72, 740, *(" ".join(LATIN[n:])[:80] for n in range(5)))

        return draw

    found = document(*(slide(f"Treatment of {name}") for name in ("gout", "fits", "sprue", "flu")))
    assert blocks(found, BlockKind.HEADING) == [
        "Treatment of gout",
        "Treatment of fits",
        "Treatment of sprue",
        "Treatment of flu",
    ]


def test_a_column_of_doses_is_not_taken_for_line_numbers() -> None:
    def draw(canvas: Canvas) -> None:
        for line, dose in enumerate(("10", "20", "30", "40", "50", "60")):
            text(canvas, 72, 700 - 14 * line, "Week", font="Helvetica")
            text(canvas, 200, 700 - 14 * line, dose)
            text(canvas, 300, 700 - 14 * line, "mg by mouth each day")

    for dose in ("10", "20", "30", "40", "50", "60"):
        assert dose in document(draw).text


def test_two_columns_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        text(
            canvas,
            72,
            780,
            "A title across both columns of the page",
            font="Helvetica-Bold",
            size=16,
        )
        for line in range(12):
            text(canvas, 60, 740 - 12 * line, f"left{line} " + " ".join(LATIN[:6]))
            text(canvas, 320, 740 - 12 * line, f"right{line} " + " ".join(LATIN[6:12]))

    found = document(draw).text
    assert found.index("left11") < found.index("right0")
    assert found.index("title") < found.index("left0")


def test_list_items_have_their_lead_in_and_depth() -> None:
    def draw(canvas: Canvas) -> None:
        text(canvas, 72, 700, "Do not give it to patients who:")
        text(canvas, 80, 686, "\u2022")
        text(
            canvas,
            92,
            686,
            "are allergic to any of its components or have had",
            "angioedema before",
        )
        text(canvas, 80, 662, "\u2022")
        text(canvas, 92, 662, "are pregnant")
        text(canvas, 92, 648, "1.  in the first three months")

    found = document(draw)
    items = [block for block in found.blocks if block.kind is BlockKind.ITEM]
    assert [found.text[b.start : b.end] for b in items] == [
        "are allergic to any of its components or have had angioedema before",
        "are pregnant",
        "in the first three months",
    ]
    assert [item.level for item in items] == [0, 0, 1]
    lead_in = items[0].context[0]
    assert found.text[lead_in.start : lead_in.end] == "Do not give it to patients who:"


ROWS = [
    ("Drug", "Dose", "Maximum"),
    ("Amoxicillin", "500 mg three times a day", "3 g"),
    ("Metformin", "500 mg twice a day", "2 g"),
    ("Ramipril", "2.5 mg once a day", "10 mg"),
]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_row_has_its_header(ruled: bool) -> None:
    def draw(canvas: Canvas) -> None:
        text(
            canvas,
            72,
            760,
            "The doses of the table below are those of adults, by mouth, with food.",
        )
        for line, row in enumerate(ROWS):
            for x, cell in zip((80, 200, 380), row, strict=True):
                text(canvas, x, 700 - 20 * line, cell)
        if ruled:
            canvas.grid([72, 192, 372, 470], [634 + 20 * n for n in range(5)])

    found = document(draw)
    rows = [block for block in found.blocks if block.kind is BlockKind.ROW]
    cells = [tuple(found.text[c.start : c.end] for c in row.cells) for row in rows]
    assert cells == ROWS
    for row in rows[1:]:
        header = tuple(found.text[h.start : h.end] for h in row.header if h is not None)
        assert header == ROWS[0]


def raised(canvas: Canvas, y: float, *parts: tuple[str, bool]) -> None:
    line = canvas.beginText(72, y)
    for words, up in parts:
        line.setFont("Helvetica", 7 if up else 10)
        line.setRise(4 if up else 0)
        line.textOut(words)
    canvas.drawText(line)


def test_a_raised_note_marker_does_not_change_the_dose() -> None:
    def draw(canvas: Canvas) -> None:
        raised(
            canvas,
            700,
            ("Give 50", False),
            ("1", True),
            (" mg daily, below 1.73 m", False),
            ("2", True),
        )
        text(canvas, 72, 660, "Less may be enough for those who are older or weigh little.")
        text(canvas, 72, 60, "1 Only in adults with normal kidneys.", size=7)

    found = document(draw)
    assert "Give 50 mg daily, below 1.73 m²" in found.text
    note = found.blocks[0].context[0]
    assert found.text[note.start : note.end] == "Only in adults with normal kidneys."
    assert not found.suspicions


def test_a_dose_that_extractors_read_differently_is_held_back() -> None:
    def draw(canvas: Canvas) -> None:
        line = canvas.beginText(72, 700)
        for font, words in (
            ("Helvetica", "Give 1000 "),
            ("Symbol", "m"),
            ("Helvetica", "g daily."),
        ):
            line.setFont(font, 10)
            line.textOut(words)
        canvas.drawText(line)
        text(canvas, 72, 600, "Give 5 mg of another drug at night.")

    found = document(draw)
    held = {found.text[s.start : s.end] for s in found.suspicions}
    assert held == {"1000"}
    assert {(s.reason, s.page) for s in found.suspicions} == {(REASON, 1)}


def test_what_agrees_is_not_suspected() -> None:
    def draw(canvas: Canvas) -> None:
        text(
            canvas,
            72,
            700,
            "Give 1000 \u00b5g (1 mg) every 2\u20133 months, or 2.5 mg/kg; at most 1,000 mg",
        )
        text(canvas, 72, 688, "a day in adults of 50 kg and more, and 10 % less after that.")

    found = document(draw)
    assert "1000 µg (1 mg) every 2–3 months" in found.text
    assert not found.suspicions


def test_a_scan_is_refused_and_names_its_page() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(100, 100, 200, 200, fill=1)

    with pytest.raises(NoTextLayer, match="page 1 has no text layer") as raised:
        document(draw)
    assert "ocrmypdf" in raised.value.help


def test_a_scanned_page_among_others_is_a_warning() -> None:
    def words(canvas: Canvas) -> None:
        text(canvas, 72, 700, "This page has text and is read.")

    found = document(words, lambda canvas: canvas.rect(1, 1, 9, 9), words)
    assert found.source.extra["warnings"] == ["page 2 has no text layer (a scan?) and was not read"]
    assert found.source.extra["pages"] == 3


def test_an_encrypted_file_is_refused() -> None:
    locked = pdf(lambda canvas: text(canvas, 72, 700, "Secret"), encrypt=StandardEncryption("pw"))
    with pytest.raises(EncryptedDocument):
        read_pdf(RawFile("a.pdf", "a.pdf", locked))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.floats(0, 0.99), st.binary(max_size=20))
@example(0.98828125, b"%%EOF")  # the end of the file put back: it is whole
@example(0.9, b"")
def test_a_truncated_or_garbled_file_is_refused_or_read_right(part: float, tail: bytes) -> None:
    whole = pdf(lambda canvas: text(canvas, 72, 700, "Give 5 mg daily."))
    cut = whole[: int(len(whole) * part)].replace(b"%%EOF", b"") + tail
    try:
        found = read_pdf(RawFile("a.pdf", "a.pdf", cut))
    except (MalformedDocument, NoTextLayer):
        return
    assert b"%%EOF" in cut
    assert "Give 5 mg daily." in found.text


@given(st.text())
def test_squashing_leaves_no_white_space(words: str) -> None:
    assert not any(char.isspace() for char in squash(words))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("500 mg", True),
        ("0.5 mL/kg", True),
        ("1000 μg", True),
        ("2019", False),
        ("12 patients", False),
    ],
)
def test_a_dose_is_a_number_with_a_unit(words: str, expected: bool) -> None:
    assert states_dose(words) is expected


@pytest.mark.skipif(not CDC.is_dir(), reason="the shared CDC guideline is not here")
def test_a_long_guideline_keeps_its_words_and_its_pages_quickly() -> None:
    path = CDC / "CDC-2022-0024-0002_content.pdf"
    start = time.process_time()
    found = read_pdf(RawFile(path.name, path.name, path.read_bytes()))
    assert time.process_time() - start < 20
    assert found.source.title.endswith("Prescribing Opioids–United States, 2022")
    assert {block.page for block in found.blocks} >= set(range(2, 200, 20))
    whole = "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(path))
    assert sum(map(str.isalpha, found.text)) > 0.99 * sum(map(str.isalpha, whole))
    assert len(found.suspicions) < 20


def words(count: int) -> str:
    return " ".join(LATIN[:count]) + "."


def above(found: Document, start: str) -> list[str]:
    block = next(b for b in found.blocks if found.text[b.start :].startswith(start))
    return [found.text[span.start : span.end] for span in block.context]


def test_a_table_goes_on_over_the_page_under_its_header_and_lead_in() -> None:
    def grid(canvas: Canvas, y: float, rows: list[tuple[str, ...]]) -> None:
        for number, row in enumerate(rows):
            for x, cell in zip((80, 200, 380), row, strict=True):
                text(canvas, x, y - 20 * number, cell)

    def first(canvas: Canvas) -> None:
        text(canvas, 72, 760, *[words(9)] * 10)
        text(canvas, 72, 520, "Table 1. Doses for adults")
        grid(canvas, 140, [("Drug", "Dose (mg)", "Times a day"), ("Drugone", "500", "3"),
                           ("Drugtwo", "250", "4")])  # fmt: skip

    def second(canvas: Canvas) -> None:
        grid(canvas, 770, [("Drugthree", "400", "1"), ("Drugfour", "500", "4")])
        text(canvas, 72, 600, *[words(9)] * 10)

    found = document(first, second)
    rows = [b for b in found.blocks if b.kind is BlockKind.ROW]
    assert [found.text[b.start : b.end] for b in rows[3:]] == [
        "Drugthree | 400 | 1",
        "Drugfour | 500 | 4",
    ]
    assert all(rows[1].header == row.header for row in rows[2:])
    assert above(found, "Drugfour") == above(found, "Drugone") == ["Table 1. Doses for adults"]


def test_a_row_without_a_first_cell_is_a_row_where_its_cells_are_whole() -> None:
    def draw(canvas: Canvas) -> None:
        text(canvas, 72, 760, words(9))
        rows = [("Drug", "Age", "Dose"), ("Drugone", "1-5 years", "125 mg three times daily"),
                ("", "6-12 years", "250 mg three times daily"),
                ("Drugtwo", "Adult", "500 mg three times daily,"),
                ("", "", "swallowed whole")]  # fmt: skip
        for number, row in enumerate(rows):
            for x, cell in zip((80, 200, 380), row, strict=True):
                text(canvas, x, 600 - 14 * number, cell)

    found = document(draw)
    rows = [found.text[b.start : b.end] for b in found.blocks if b.kind is BlockKind.ROW]
    assert rows[1:] == [
        "Drugone | 1-5 years | 125 mg three times daily",
        "Drugone | 6-12 years | 250 mg three times daily",
        "Drugtwo | Adult | 500 mg three times daily, swallowed whole",
    ]


def test_a_list_goes_on_in_the_next_column_and_page_at_its_depth() -> None:
    def columns(*lines: tuple[float, int, str]) -> Draw:
        taken = {(x >= 320, row) for x, row, _ in lines}

        def draw(canvas: Canvas) -> None:
            for row in range(24):
                for x, some in ((60, LATIN[:6]), (320, LATIN[6:12])):
                    if (x >= 320, row) not in taken:
                        text(canvas, x, 780 - 12 * row, " ".join(some))
            for x, row, line in lines:
                text(canvas, x, 780 - 12 * row, f"\u2022 {line}")

        return draw

    found = document(
        columns(
            (60, 22, "Drugone"),
            (80, 23, "Adult: 600 mg daily"),
            (340, 0, "Child: 300 mg daily"),
            (320, 22, "Drugtwo"),
            (340, 23, "Adult: 5 mg daily"),
        ),
        columns((80, 0, "Child: 2 mg daily")),
    )
    assert above(found, "Child: 300") == above(found, "Adult: 600") == ["Drugone"]
    assert above(found, "Child: 2 mg") == above(found, "Adult: 5 mg") == ["Drugtwo"]


def test_the_table_of_contents_heads_nothing_on_other_pages() -> None:
    def contents(canvas: Canvas) -> None:
        text(canvas, 72, 780, "CONTENTS", font="Helvetica-Bold", size=16)
        text(canvas, 72, 740, *[words(9)] * 10)

    def chapter(canvas: Canvas) -> None:
        text(canvas, 72, 780, "Rationale", font="Helvetica-Bold", size=13)
        text(canvas, 72, 740, *[words(9)] * 10)

    sections = {block.section for block in document(contents, chapter).blocks}
    assert ("CONTENTS",) in sections
    assert ("Rationale",) in sections
