"""JATS articles (PubMed Central and most journals)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from osler.domain import Document, SourceKind
from osler.domain.errors import MalformedDocument
from osler.reading.blocks.builder import DocumentBuilder
from osler.reading.blocks.metadata import year_of
from osler.reading.files.raw import RawFile
from osler.reading.markup.flow import Flow, Vocabulary, write_section
from osler.reading.markup.xml import Element, children, find, first, local, parse_xml, text_of

_TYPES = {
    "systematic-review": SourceKind.SYSTEMATIC_REVIEW,
    "review-article": SourceKind.REVIEW,
}


def _note_of(element: Element) -> str | None:
    name = local(element)
    if name == "xref" and element.get("ref-type") in ("fn", "table-fn", "bibr"):
        return element.get("rid", "")
    if name == "sup" and any(True for _ in element.iterchildren("xref", "{*}xref")):
        return element[0].get("rid", "")
    return None


def _table(flow: Flow, element: Element, depth: int | None) -> None:
    caption = " ".join(
        filter(None, (text_of(each) for each in children(element, "label", "caption")))
    )
    tables = list(element.iter("{*}table", "table"))
    for position, table in enumerate(tables):
        flow.table(table, caption if position == 0 else "")
    if not tables:
        flow.builder.caption(caption)
    for foot in children(element, "table-wrap-foot"):
        _footnotes(flow, foot, depth)


def _footnotes(flow: Flow, element: Element, depth: int | None) -> None:
    notes = list(element.iter("{*}fn", "fn")) or list(children(element, "p"))
    for note in notes:
        text, _ = flow.text(note)
        flow.builder.footnote(text, note.get("id", ""))


VOCABULARY = Vocabulary(
    paragraphs=frozenset({"p"}),
    lists=frozenset({"list"}),
    ordered=lambda element: element.get("list-type") == "order",
    items=frozenset({"list-item", "def-item"}),
    tables=frozenset({"table"}),
    rows=frozenset({"tr"}),
    cells=frozenset({"td", "th"}),
    skip=frozenset({"title", "label", "graphic", "inline-graphic", "object-id", "tex-math"}),
    captions=frozenset({"caption"}),
    containers=frozenset({"boxed-text", "fig", "disp-quote", "body", "def-list"}),
    special={
        "sec": write_section,
        "table-wrap": _table,
        "fn-group": _footnotes,
    },
    note_of=_note_of,
)


def read_jats(raw: RawFile) -> Iterator[Document]:
    """The articles of a file (a set may hold many): abstract, body and notes, no bibliography.

    Raises `MalformedDocument`, with the line.
    """
    root = parse_xml(raw)
    articles = [root] if local(root) == "article" else list(root.iter("{*}article", "article"))
    found = [document for each in articles if (document := _article(raw, each)) is not None]
    if not found:
        raise MalformedDocument(f"cannot read {raw.path}: the article holds no text")
    yield from found


def _article(raw: RawFile, article: Element) -> Document | None:
    meta = find(article, "front", "article-meta")
    meta = article if meta is None else meta
    title = text_of(first(meta, "article-title"))
    builder = DocumentBuilder()
    builder.heading(title, 1)
    flow = Flow(builder, VOCABULARY)
    for abstract in children(meta, "abstract"):
        builder.heading(text_of(find(abstract, "title")) or "Abstract", 2)
        flow.level = 2
        flow.write(abstract)
    flow.level = 0
    for part in ("body", "back"):
        element = find(article, part)
        if element is not None:
            for child in list(children(element, "ref-list", "ack", "app-group")):
                element.remove(child)
            flow.write(element)
    if builder.empty:
        return None
    identifiers = {
        each.get("pub-id-type", ""): text_of(each) for each in children(meta, "article-id")
    }
    journal = find(article, "front", "journal-meta")
    fields: dict[str, Any] = {
        "organization": text_of(first(journal, "journal-title")) or None
        if journal is not None
        else None,
        "year": _year(meta),
        "doi": identifiers.get("doi"),
        "pmid": identifiers.get("pmid"),
        "licence": _licence(meta),
        "kind": _TYPES.get(article.get("article-type", "")),
    }
    pmc = identifiers.get("pmc") or identifiers.get("pmcid")
    extra = {"pmcid": pmc if pmc.upper().startswith("PMC") else f"PMC{pmc}"} if pmc else {}
    return builder.build(raw, "jats", title=title, extra=extra, **fields)


def _year(meta: Element) -> int | None:
    years = [year_of(text_of(find(each, "year"))) for each in children(meta, "pub-date")]
    return min((year for year in years if year is not None), default=None)


def _licence(meta: Element) -> str | None:
    licence = first(meta, "license")
    if licence is None:
        return None
    for name, value in licence.attrib.items():
        if str(name).endswith("href"):
            return str(value)
    reference = first(licence, "license_ref")
    return text_of(reference) or licence.get("license-type") or text_of(licence) or None
