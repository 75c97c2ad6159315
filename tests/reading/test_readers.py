"""Each format, from small files of our own."""

from __future__ import annotations

import io
import json

import docx
import pytest

from osler.domain import BlockKind, Document, SourceKind
from osler.domain.errors import MalformedDocument
from osler.reading import RawFile, read


def one(name: str, data: str | bytes) -> Document:
    raw = RawFile(name, name, data.encode() if isinstance(data, str) else data)
    (document,) = read(raw)
    return document


def lines(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def context_of(document: Document, start: str) -> list[str]:
    block = next(b for b in document.blocks if document.text[b.start :].startswith(start))
    return [document.text[span.start : span.end] for span in block.context]


def test_markdown_front_matter_lists_and_tables() -> None:
    document = one(
        "a.md",
        "---\ntitle: On B12\nyear: 2024\nkind: guideline\njurisdiction: gb\ncolour: red\n---\n"
        "# Dosing\n\nGive **one** of:\n\n- B<sub>12</sub> 1 mg[^1]\n  - Adult\n\n"
        "| Who | Dose |\n|---|---|\n| Adult | 5 mg<sup>2</sup> |\n\n[^1]: By injection.\n",
    )
    assert document.source.title == "On B12"
    assert (document.source.year, document.source.kind) == (2024, SourceKind.GUIDELINE)
    assert document.source.jurisdiction == "GB"
    assert document.source.extra == {"colour": "red"}
    assert document.source.organization is None
    assert context_of(document, "B12 1 mg") == ["Give one of:", "By injection."]
    row = next(b for b in document.blocks if document.text[b.start :].startswith("Adult | 5 mg\n"))
    assert [document.text[h.start : h.end] for h in row.header if h] == ["Who", "Dose"]


def test_html_shows_what_a_reader_sees() -> None:
    document = one(
        "a.html",
        "<!doctype html><html><head><title>Dose &amp; use</title>"
        "<meta name='citation_publication_date' content='2021/03/04'></head><body>"
        "<nav>Menu</nav><h1>Dose</h1><p>Take 5&nbsp;µg/m<sup>2</sup>.<sup>3</sup></p>"
        "<p style='display: none'>Give 500 mg</p><p hidden>Give 600 mg</p>"
        "<span style='color:#fff'>Give 700 mg</span><p>Either:</p><ul><li>A<ul><li>B 1 mg</li>"
        "</ul></li></ul><script>x()</script></body></html>",
    )
    assert lines(document) == ["Dose", "Take 5 µg/m².", "Either:", "A", "B 1 mg"]
    assert context_of(document, "B 1 mg") == ["Either:", "A"]
    assert (document.source.title, document.source.year) == ("Dose & use", 2021)


def test_jats_article_meta_sections_and_tables() -> None:
    document = one(
        "a.nxml",
        '<?xml version="1.0"?><!DOCTYPE article PUBLIC "x" "JATS-journalpublishing1.dtd">'
        '<article article-type="review-article" xmlns:xlink="http://www.w3.org/1999/xlink"><front>'
        "<journal-meta><journal-title-group><journal-title>J</journal-title></journal-title-group>"
        '</journal-meta><article-meta><article-id pub-id-type="pmid">12</article-id>'
        '<article-id pub-id-type="doi">10.1/x</article-id><title-group><article-title>On <italic>B'
        "</italic></article-title></title-group><pub-date><year>2020</year></pub-date><permissions>"
        '<license xlink:href="http://l/by"/></permissions><abstract><p>Short &deg;C.</p></abstract>'
        "</article-meta></front><body><sec><title>Doses</title><p>Ten mg <xref ref-type='bibr' "
        "rid='r1'>1</xref>.</p><table-wrap><label>Table 1</label><caption><p>By age</p></caption>"
        "<table><thead><tr><th>Age</th></tr></thead><tbody><tr><td>Old</td></tr></tbody></table>"
        "</table-wrap></sec></body><back><ref-list><ref id='r1'>Smith</ref></ref-list></back></article>",  # noqa: E501
    )
    source = document.source
    assert (source.pmid, source.doi, source.year, source.organization) == (
        "12",
        "10.1/x",
        2020,
        "J",
    )
    assert (source.kind, source.licence) == (SourceKind.REVIEW, "http://l/by")
    assert lines(document)[:5] == ["On B", "Abstract", "Short °C.", "Doses", "Ten mg ."]
    assert "Smith" not in document.text
    assert context_of(document, "Old") == ["Table 1 By age"]


def test_spl_label_names_product_labeller_and_date() -> None:
    document = one(
        "label.xml",
        '<?xml version="1.0"?><document xmlns="urn:hl7-org:v3"><title>Drug Facts</title>'
        '<effectiveTime value="20110426"/><setId root="s-1"/><author><assignedEntity>'
        "<representedOrganization><name>Maker</name></representedOrganization></assignedEntity>"
        "</author><component><structuredBody><component><section>"
        '<code code="34066-1" displayName="BOXED WARNING SECTION"/><text><paragraph>Mind.</paragraph>'  # noqa: E501
        "</text><component><section><title>Use</title><text><list><item>One</item></list></text>"
        "</section></component></section></component></structuredBody></component></document>",
    )
    assert lines(document) == ["Drug Facts", "Boxed warning", "Mind.", "Use", "One"]
    assert document.source.kind is SourceKind.DRUG_LABEL
    assert (document.source.year, document.source.organization) == (2011, "Maker")
    assert document.source.extra["set_id"] == "s-1"


def test_cnxml_note_does_not_swallow_what_follows() -> None:
    document = one(
        "index.cnxml",
        '<document xmlns="http://cnx.rice.edu/cnxml"><title>M</title><content><section><title>S'
        "</title><note><title>Box</title><para>In it.</para></note><para>After.</para></section>"
        "</content></document>",
    )
    assert document.source.kind is SourceKind.TEXTBOOK
    after = document.blocks[-1]
    assert document.text[after.start : after.end] == "After."
    assert after.section == ("M", "S")


def test_cnxml_says_which_boxes_tell_a_case() -> None:
    document = one(
        "index.cnxml",
        '<document xmlns="http://cnx.rice.edu/cnxml"><title>M</title><content><section><title>S'
        '</title><note class="unfolding-casestudy"><title>Part A</title><para>In it.</para></note>'
        '<note class="safety-alert"><para>An alert.</para></note></section></content></document>',
    )
    sections = {document.text[b.start : b.end]: b.section for b in document.blocks}
    assert sections["In it."] == ("M", "S", "Case study", "Part A")
    assert sections["An alert."] == ("M", "S")


def test_medquad_recovers_lists_and_leaves_out_the_unanswered() -> None:
    head = '<?xml version="1.0"?><Document id="1" source="X" url="http://u"><Focus>Flu</Focus><QAPairs>'
    document = one(
        "1.xml",
        head + '<QAPair><Question qid="1-1">What is Flu ?</Question><Answer>Key points\n      - A'
        " virus.    - It spreads.\n\n\n   More text.</Answer></QAPair></QAPairs></Document>",
    )
    assert lines(document)[1:] == [
        "What is Flu?",
        "Key points",
        "A virus.",
        "It spreads.",
        "More text.",
    ]
    assert document.source.organization == "X"
    empty = head + "<QAPair><Question>Q</Question><Answer/></QAPair></QAPairs></Document>"
    assert list(read(RawFile("2.xml", "2.xml", empty.encode()))) == []


def test_json_lines_give_a_document_each() -> None:
    data = "\n".join(
        json.dumps({"_id": str(n), "title": f"T{n}", "text": "Body.", "source": "S"})
        for n in (1, 2)
    )
    first, second = read(RawFile("c.jsonl", "c.jsonl", data.encode()))
    assert (first.source.title, second.source.extra["_id"]) == ("T1", "2")
    assert first.source.organization == "S"
    assert first.source.id != second.source.id


def test_json_keys_become_headings() -> None:
    document = one("a.json", '{"title": "Gout", "drug_treatment": ["A 1 mg", "B"], "empty": []}')
    assert lines(document) == ["Gout", "Drug treatment", "A 1 mg", "B"]


def test_word_headings_lists_tables_and_raised_markers() -> None:
    word = docx.Document()
    word.add_heading("Doses", 1)
    paragraph = word.add_paragraph("Take 5 mg")
    paragraph.add_run("2").font.superscript = True
    word.add_paragraph("One of:")
    word.add_paragraph("Drug A", style="List Bullet")
    word.add_paragraph("Adult", style="List Bullet 2")
    table = word.add_table(2, 2)
    for cell, text in zip(
        (c for r in table.rows for c in r.cells), ["Who", "Dose", "Old", "1mg"], strict=True
    ):
        cell.text = text
    stream = io.BytesIO()
    word.save(stream)
    document = one("a.docx", stream.getvalue())
    assert lines(document) == [
        "Doses",
        "Take 5 mg",
        "One of:",
        "Drug A",
        "Adult",
        "Who | Dose",
        "Old | 1mg",
    ]
    assert context_of(document, "Adult") == ["One of:", "Drug A"]
    assert document.blocks[-1].kind is BlockKind.ROW


@pytest.mark.parametrize(
    ("name", "data", "format_"),
    [
        ("a.txt", "<!doctype html><p>Hi</p>", "html"),
        ("a.dat", "<html><body><p>Hi</p></body></html>", "html"),
        ("a.txt", "---\ntitle: A\n---\n# Hi\n\nThere", "markdown"),
        ("a.txt", "---\ntitle: A\n---\nHi", "text"),  # nothing in it is marked up
        ("a.txt", '{"a": "Hi"}', "json"),
        ("a.TXT", "Hi there", "text"),
    ],
)
def test_content_decides_before_the_ending(name: str, data: str, format_: str) -> None:
    assert one(name, data).source.format == format_


def test_the_lines_of_a_plain_text_stay_lines_behind_front_matter() -> None:
    document = one("a.txt", "---\ntitle: Iron\n---\nDOSE\n2 mg/kg.\n\nHABIT (as asked)\n1 mg/kg.\n")
    assert document.source.title == "Iron"
    headings = [lines for lines in document.blocks if lines.kind is BlockKind.HEADING]
    words = [document.text[b.start : b.end] for b in headings]
    assert words == ["DOSE", "HABIT (as asked)"]
    assert context_of(document, "1 mg/kg")[-1:] != ["DOSE"]


def test_declared_and_undeclared_encodings() -> None:
    assert "5 µg" in one("a.txt", "Take 5 µg daily.".encode("utf-16")).text
    assert "5 µg" in one("a.html", b"<html><meta charset=latin1><p>Take 5 \xb5g</p></html>").text
    guessed = one("a.txt", b"Take 5 \xb5g of it each day for a week.")
    assert "5 µg" in guessed.text
    assert guessed.source.extra["encoding"] == "cp1252, guessed"


def test_word_shows_the_numbers_that_it_counts() -> None:
    word = docx.Document()
    for words, style in [
        ("Stop the drug", "List Number"),
        ("Give oxygen", "List Number"),
        ("by mask", "List Bullet 2"),
        ("Call for help", "List Number"),
    ]:
        word.add_paragraph(words, style=style)
    stream = io.BytesIO()
    word.save(stream)
    assert one("a.docx", stream.getvalue()).text == (
        "1. Stop the drug\n2. Give oxygen\n  - by mask\n3. Call for help\n"
    )


def test_a_value_with_a_colon_need_not_be_quoted() -> None:
    text = (
        "---\ntitle: Heparin infusion: ward protocol\nyear: 2024\nkind: ward protocol\n"
        'url: https://example.org/a\nlicence: "ours: all"\njurisdiction: UK\n---\n\n'
        "# Heparin\n\nGive 80 units/kg.\n"
    )
    [document] = read(RawFile("a.md", "a.md", text.encode()))
    assert document.source.title == "Heparin infusion: ward protocol"
    assert (document.source.year, document.source.kind) == (2024, SourceKind.GUIDELINE)
    assert (document.source.licence, document.source.jurisdiction) == ("ours: all", "GB")


def test_what_is_no_front_matter_even_line_by_line_is_refused_with_its_line() -> None:
    text = "---\ntitle: A: b\n  - [broken\n---\n\n# A\n\nText.\n"
    with pytest.raises(MalformedDocument, match="line 2"):
        list(read(RawFile("a.md", "a.md", text.encode())))
