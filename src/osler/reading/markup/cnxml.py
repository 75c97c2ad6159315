"""CNXML, the modules of OpenStax textbooks."""

from __future__ import annotations

from collections.abc import Iterator

from osler.domain import Document, SourceKind
from osler.reading.blocks.builder import DocumentBuilder
from osler.reading.files.raw import RawFile
from osler.reading.markup.flow import Flow, Vocabulary, write_section, write_titled_list
from osler.reading.markup.xml import Element, children, find, first, local, parse_xml, text_of


def _definition(flow: Flow, element: Element, depth: int | None) -> None:
    parts = [text_of(each) for each in children(element, "term", "meaning")]
    flow.builder.paragraph(": ".join(part for part in parts if part))


def _note(flow: Flow, element: Element, depth: int | None) -> None:
    """A box: its title heads its own paragraphs. One that tells a case says so in a heading."""
    if "case" not in (element.get("class") or ""):
        write_section(flow, element, depth)
        return
    flow.level += 1
    flow.builder.heading("Case study", flow.level + 1)
    write_section(flow, element, depth)
    flow.builder.leave(flow.level + 1)
    flow.level -= 1


VOCABULARY = Vocabulary(
    paragraphs=frozenset({"para", "equation"}),
    lists=frozenset(),
    ordered=lambda element: element.get("list-type") == "enumerated",
    items=frozenset({"item"}),
    tables=frozenset({"table"}),
    rows=frozenset({"row"}),
    cells=frozenset({"entry"}),
    skip=frozenset({"title", "metadata", "image", "iframe", "label"}),
    captions=frozenset({"caption"}),
    containers=frozenset(
        {"content", "figure", "media", "example", "exercise", "problem", "solution", "glossary"}
    ),
    special={
        "section": write_section,
        "note": _note,
        "list": write_titled_list("title"),
        "definition": _definition,
    },
)


def read_cnxml(raw: RawFile) -> Iterator[Document]:
    """A module of a textbook; one without text (a picture page) gives no document.

    Raises `MalformedDocument`, with the line.
    """
    root = parse_xml(raw)
    title = text_of(find(root, "title")) or text_of(first(root, "title"))
    builder = DocumentBuilder()
    builder.heading(title, 1)
    flow = Flow(builder, VOCABULARY)
    for child in root:
        if local(child) in ("content", "glossary"):
            flow.level = 0
            if local(child) == "glossary":
                builder.heading("Glossary", 2)
            flow.write(child)
    if builder.empty:
        return
    identifier = text_of(first(root, "content-id"))
    licence = first(root, "license")
    yield builder.build(
        raw,
        "cnxml",
        title=title,
        kind=SourceKind.TEXTBOOK,
        licence=licence.get("url") if licence is not None else None,
        extra={"module": identifier} if identifier else {},
    )
