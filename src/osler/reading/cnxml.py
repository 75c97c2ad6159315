"""CNXML, the modules of OpenStax textbooks."""

from __future__ import annotations

from collections.abc import Iterator

from osler.domain import Document, SourceKind
from osler.reading.builder import DocumentBuilder
from osler.reading.flow import Flow, Vocabulary
from osler.reading.raw import RawFile
from osler.reading.xml import Element, children, find, first, local, parse_xml, text_of


def _section(flow: Flow, element: Element, depth: int | None) -> None:
    flow.level += 1
    title = find(element, "title")
    if title is not None:
        text, notes = flow.text(title)
        flow.builder.heading(text, flow.level + 1, notes=notes)
    flow.write(element)
    if title is not None:
        flow.builder.leave(flow.level + 1)
    flow.level -= 1


def _note(flow: Flow, element: Element, depth: int | None) -> None:
    """A box: its title is a heading over its own paragraphs, and no more than these."""
    _section(flow, element, depth)


def _titled_list(flow: Flow, element: Element, depth: int | None) -> None:
    title = find(element, "title")
    if title is not None:
        text, notes = flow.text(title)
        flow.builder.paragraph(f"{text.strip().rstrip(':')}:", depth=depth, notes=notes)
    flow.write_list(element, 0 if depth is None else depth + 1)


def _definition(flow: Flow, element: Element, depth: int | None) -> None:
    parts = [text_of(each) for each in children(element, "term", "meaning")]
    flow.builder.paragraph(": ".join(part for part in parts if part))


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
        "section": _section,
        "note": _note,
        "list": _titled_list,
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
