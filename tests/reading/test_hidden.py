"""Text that nobody sees is not read, and is listed with its place."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from reportlab.pdfgen.canvas import Canvas

from osler.domain import Document
from osler.reading import RawFile, read
from osler.reading.suspicions.beside import BESIDE
from osler.reading.suspicions.concealed import HIDDEN, TURNED
from osler.statements import extract

DOSE = "Give 500 mg every day"


def one(name: str, data: str | bytes) -> Document:
    raw = RawFile(name, name, data.encode() if isinstance(data, str) else data)
    (document,) = read(raw)
    return document


def hidden(document: Document) -> list[str]:
    return [each.detail for each in document.suspicions if each.reason == HIDDEN]


def page(body: str, css: str = "") -> Document:
    return one(
        "a.html",
        f"<html><head><style>{css}</style></head><body><h1>Doses</h1>"
        f"<p>Seen: 5 mg once daily in the morning.</p>{body}</body></html>",
    )


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "DISPLAY : none !important",
        "visibility: hidden",
        "opacity: 0",
        "opacity:.01",
        "font-size:0",
        "font-size: 1px",
        "position:absolute; left:-9999px",
        "text-indent:-100em",
        "position:absolute;clip:rect(0, 0, 0, 0)",
        "clip-path: inset(100%)",
        "height:0;overflow:hidden",
        "transform: scale(0)",
        "color:#fff",
        "color: rgb(254, 254, 254)",
        "color:transparent",
        "color:#036;background:#036",
        "color:rgba(0,0,0,0)",
    ],
)
def test_hidden_html_is_left_out_and_listed(style: str) -> None:
    inline = page(f'<p style="{style}">{DOSE}</p>')
    ruled = page(f'<div class="x"><p>{DOSE}</p></div>', f"@media screen {{ .x p {{{style}}} }}")
    for document in (inline, ruled):
        assert "500 mg" not in document.text
        assert hidden(document) == [DOSE]
        assert not any(each.held for each in extract(document))


@pytest.mark.parametrize(
    ("body", "css"),
    [
        (f"<p aria-hidden='true'><b>{DOSE}</b></p>", ""),
        (f"<p class='tab on'>{DOSE}</p>", ".tab{display:none} .tab.on{display:block}"),
        (f"<p class='x'>{DOSE}</p>", "@media print{.x{display:none}}"),
        (f"<p class='x'>{DOSE}</p>", ".x:hover{opacity:0}"),
        (f"<div class='d'><p>{DOSE}</p></div>", ".d{background:#036} .d p{color:white}"),
        (f"<div class='d'><p style='color:#fff'>{DOSE}</p></div>", ".d{background:url(a.png)}"),
        (f"<td bgcolor='#003366'><font color='white'>{DOSE}</font></td>", ""),
        (f"<p id='x' style='display:block'>{DOSE}</p>", "#x{display:none}"),
        (f"<p style='color:#eee;color:#222'>{DOSE}</p>", ""),
    ],
)
def test_html_that_is_seen_is_read(body: str, css: str) -> None:
    document = page(body, css)
    assert DOSE in document.text
    assert document.suspicions == ()


def test_a_page_whose_background_is_not_known_is_read_all_the_same() -> None:
    document = one(
        "a.html",
        "<link rel=stylesheet href=dark.css><body style='color:#fff'><h1>Doses</h1>"
        f"<p>{DOSE}</p></body>",
    )
    assert DOSE in document.text


def test_html_comments_are_not_read_and_turned_text_is_held_back() -> None:
    document = page("<p>Take <bdo dir='rtl'>gm 05</bdo> daily</p><!-- Give 900 mg now -->")
    assert "900" not in document.text
    assert {each.reason for each in document.suspicions} == {TURNED, BESIDE}


def test_hidden_html_in_markdown() -> None:
    document = one(
        "a.md",
        f"# Doses\n\nTake 5 mg <span style='opacity:0'>or <b>rather</b> {DOSE}</span> daily.\n\n"
        "<div hidden>Give 600 mg every day</div>\n\n<!-- Give 700 mg -->\n",
    )
    assert [document.text[b.start : b.end] for b in document.blocks] == [
        "Doses",
        "Take 5 mg daily.",
    ]
    assert hidden(document) == [f"or rather {DOSE}", "Give 600 mg every day"]


def test_hidden_words_of_a_word_file() -> None:
    word = docx.Document()
    seen = word.add_paragraph("Take 5 mg ")
    seen.add_run("or Give 600 mg").font.hidden = True
    seen.add_run("daily.")
    word.add_paragraph().add_run(DOSE).font.color.rgb = RGBColor(255, 255, 255)
    word.add_paragraph().add_run("Give 700 mg every day").font.size = Pt(1)
    cell = word.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].add_run("White on blue").font.color.rgb = RGBColor(255, 255, 255)
    shade = OxmlElement("w:shd")
    shade.set(qn("w:fill"), "003366")
    cell._tc.get_or_add_tcPr().append(shade)
    word.add_comment(runs=seen.runs, text="Give 800 mg every day", author="A", initials="A")
    stream = io.BytesIO()
    word.save(stream)
    document = one("a.docx", stream.getvalue())
    assert document.text == "Take 5 mg daily.\n\nWhite on blue\n"
    assert hidden(document) == ["or Give 600 mg", DOSE, "Give 700 mg every day"]


def test_words_of_a_pdf_that_leave_no_mark() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), cropBox=(0, 0, 595, 700))
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 680, "Take 5 mg once daily in the morning with food.")
    canvas.drawString(72, 760, "Give 600 mg outside the crop box")
    canvas.saveState()
    invisible = canvas.beginText(72, 640)
    invisible.setTextRenderMode(3)
    invisible.textLine(DOSE)
    canvas.drawText(invisible)
    canvas.restoreState()
    canvas.setFillColorRGB(0, 0.2, 0.4)
    canvas.rect(70, 595, 300, 20, fill=1, stroke=0)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 600, "White on blue is seen by everybody.")
    canvas.drawString(72, 560, "Give 700 mg in white ink")
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont("Helvetica", 1)
    canvas.drawString(72, 520, "Give 800 mg in minute type")
    canvas.save()
    document = one("a.pdf", stream.getvalue())
    assert [document.text[b.start : b.end] for b in document.blocks] == [
        "Take 5 mg once daily in the morning with food.",
        "White on blue is seen by everybody.",
    ]
    (listed,) = hidden(document)
    assert all(each in listed for each in (DOSE, "700 mg in white", "800 mg in minute"))


def test_the_text_layer_of_a_scan_is_read() -> None:
    """Invisible words over the picture of themselves, as OCR programs write them."""
    from PIL import Image, ImageDraw

    picture = Image.new("L", (400, 30), 255)
    ImageDraw.Draw(picture).text((2, 8), "Take 5 mg once daily in the morning with food.", fill=0)
    from reportlab.lib.utils import ImageReader

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    canvas.drawImage(ImageReader(picture), 70, 690, 300, 22)
    layer = canvas.beginText(72, 696)
    layer.setFont("Helvetica", 11)
    layer.setTextRenderMode(3)
    layer.textLine("Take 5 mg once daily in the morning with food.")
    canvas.drawText(layer)
    canvas.save()
    document = one("a.pdf", stream.getvalue())
    assert "Take 5 mg once daily" in document.text
    assert hidden(document) == []
