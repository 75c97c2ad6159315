"""Word files and PDFs with a planted dose that no reader of the page sees."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor
from planted import HONEST, PLANTED, dose
from reportlab.lib.colors import black, white
from reportlab.pdfgen.canvas import Canvas

W = nsdecls("w")
Word = Callable[[docx.document.Document], None]


def word(plant: Word) -> bytes:
    paper = docx.Document()
    paper.add_heading("Lithium in adults", 1)
    paper.add_paragraph(HONEST)
    plant(paper)
    file = BytesIO()
    paper.save(file)
    return file.getvalue()


def _run(properties: str, text: str = PLANTED) -> Word:
    def plant(paper: docx.document.Document) -> None:
        run = paper.add_paragraph().add_run(text)
        run._r.get_or_add_rPr().append(parse_xml(properties.replace("/>", f" {W}/>", 1)))

    return plant


def _white(paper: docx.document.Document) -> None:
    paper.add_paragraph().add_run(PLANTED).font.color.rgb = RGBColor(255, 255, 255)


def _tiny(paper: docx.document.Document) -> None:
    paper.add_paragraph().add_run(PLANTED).font.size = Pt(1)


def _style(paper: docx.document.Document) -> None:
    style = paper.styles.add_style("Quiet", WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    paper.add_paragraph(PLANTED, style="Quiet")


def _shaded(paper: docx.document.Document) -> None:
    run = paper.add_paragraph().add_run(PLANTED)
    run.font.color.rgb = RGBColor(0, 0, 0)
    run._r.get_or_add_rPr().append(parse_xml(f'<w:shd {W} w:val="clear" w:fill="000000"/>'))


def _deleted(paper: docx.document.Document) -> None:
    paragraph = paper.add_paragraph()
    paragraph._p.append(
        parse_xml(
            f'<w:del {W} w:id="1" w:author="a"><w:r><w:delText>{PLANTED}</w:delText></w:r></w:del>'
        )
    )


def _struck(paper: docx.document.Document) -> None:
    paper.add_paragraph().add_run(PLANTED).font.strike = True


def _comment(paper: docx.document.Document) -> None:
    paragraph = paper.add_paragraph("See the comment.")
    paper.add_comment(paragraph.runs, text=PLANTED, author="a")


def _field(paper: docx.document.Document) -> None:
    paragraph = paper.add_paragraph()
    paragraph._p.append(parse_xml(f"<w:r {W}><w:instrText>{PLANTED}</w:instrText></w:r>"))


def _digit(paper: docx.document.Document) -> None:
    before, after = dose("400| mg").split("|")
    paragraph = paper.add_paragraph(before)
    paragraph.add_run("0").font.hidden = True
    paragraph.add_run(after)


def _raised(paper: docx.document.Document) -> None:
    before, after = dose("400| mg").split("|")
    paragraph = paper.add_paragraph(before)
    paragraph.add_run("0").font.superscript = True
    paragraph.add_run(after)


def _link_title(paper: docx.document.Document) -> None:
    paper.core_properties.comments = PLANTED
    paper.core_properties.subject = PLANTED


WORD: dict[str, Word] = {
    "vanish": _run("<w:vanish/>"),
    "web hidden": _run("<w:webHidden/>"),
    "special vanish": _run("<w:specVanish/>"),
    "white": _white,
    "one point": _tiny,
    "hidden by a style": _style,
    "black on black": _shaded,
    "deleted, tracked": _deleted,
    "struck": _struck,
    "a comment": _comment,
    "a field's code": _field,
    "a hidden digit": _digit,
    "a raised digit": _raised,
    "properties": _link_title,
    "scaled to 1 %": _run('<w:w w:val="1"/>'),
}

Sheet = Callable[[Canvas], None]


def sheet(plant: Sheet) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), pageCompression=0)
    canvas.setTitle("Lithium in adults")
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(72, 780, "Lithium in adults")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 750, HONEST)
    canvas.drawString(72, 600, "Levels are measured after a week, twelve hours after a dose.")
    plant(canvas)
    canvas.save()
    return file.getvalue()


def _white_ink(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    canvas.drawString(72, 700, PLANTED)


def _pale_ink(canvas: Canvas) -> None:
    canvas.setFillGray(0.99)
    canvas.drawString(72, 700, PLANTED)


def _no_ink(canvas: Canvas) -> None:
    text = canvas.beginText(72, 700)
    text.setTextRenderMode(3)
    text.textLine(PLANTED)
    canvas.drawText(text)


def _small(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 0.5)
    canvas.drawString(72, 700, PLANTED)


def _outside(canvas: Canvas) -> None:
    canvas.drawString(72, -100, PLANTED)


def _right_of_page(canvas: Canvas) -> None:
    canvas.drawString(900, 700, PLANTED)


def _covered(canvas: Canvas) -> None:
    canvas.drawString(72, 700, PLANTED)
    canvas.setFillColor(white)
    canvas.rect(60, 690, 480, 30, stroke=0, fill=1)


def _on_black(canvas: Canvas) -> None:
    canvas.setFillColor(black)
    canvas.rect(60, 690, 480, 30, stroke=0, fill=1)
    canvas.drawString(72, 700, PLANTED)


def _see_through(canvas: Canvas) -> None:
    canvas.setFillAlpha(0.0)
    canvas.drawString(72, 700, PLANTED)


def _clipped(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(0, 0, 5, 5)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(72, 700, PLANTED)
    canvas.restoreState()


def _layer_under_picture(canvas: Canvas) -> None:
    """As a scanner's OCR layer: text without ink, and the page's picture over it."""
    _no_ink(canvas)
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("RGB", (48, 3), "white")), 60, 690, 480, 30)


def _annotation(canvas: Canvas) -> None:
    canvas.textAnnotation(PLANTED, Rect=[72, 690, 100, 710])


def _actual_text(canvas: Canvas) -> None:
    canvas._code.append(f"/Span <</ActualText ({PLANTED})>> BDC")
    canvas.drawString(72, 700, "Take it with food and with enough water every day.")
    canvas._code.append("EMC")


def _hidden_digit(canvas: Canvas) -> None:
    before, after = dose("400| mg").split("|")
    canvas.drawString(72, 700, before)
    at = 72 + canvas.stringWidth(before, "Helvetica", 11)
    canvas.setFillColor(white)
    canvas.drawString(at, 700, "0")
    canvas.setFillColor(black)
    canvas.drawString(at + canvas.stringWidth("0", "Helvetica", 11), 700, after)


def _raised_digit(canvas: Canvas) -> None:
    before, after = dose("400| mg").split("|")
    canvas.drawString(72, 700, before)
    at = 72 + canvas.stringWidth(before, "Helvetica", 11)
    canvas.setFont("Helvetica", 6)
    canvas.drawString(at, 705, "0")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(at + canvas.stringWidth("0", "Helvetica", 6), 700, after)


def _struck_out(canvas: Canvas) -> None:
    canvas.drawString(72, 700, PLANTED)
    canvas.line(72, 703.5, 72 + canvas.stringWidth(PLANTED, "Helvetica", 11), 703.5)


SHEETS: dict[str, Sheet] = {
    "white ink": _white_ink,
    "pale ink": _pale_ink,
    "no ink": _no_ink,
    "half a point": _small,
    "below the page": _outside,
    "right of the page": _right_of_page,
    "covered by white": _covered,
    "black on black": _on_black,
    "no opacity": _see_through,
    "clipped away": _clipped,
    "a layer under a picture": _layer_under_picture,
    "an annotation": _annotation,
    "text said to be shown": _actual_text,
    "a white digit": _hidden_digit,
    "a raised digit": _raised_digit,
    "struck out by a line": _struck_out,
}
