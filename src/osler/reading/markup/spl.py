"""SPL: the labels of drugs marketed in the United States, as the FDA publishes them."""

from __future__ import annotations

from osler.domain import Document, SourceKind
from osler.domain.errors import MalformedDocument
from osler.reading.blocks.builder import DocumentBuilder
from osler.reading.blocks.metadata import year_of
from osler.reading.files.raw import RawFile
from osler.reading.markup.flow import Flow, Vocabulary, write_titled_list
from osler.reading.markup.xml import (
    Element,
    children,
    find,
    first,
    local,
    parse_xml,
    text_of,
    text_of_plain,
)

_LISTING = "48780-1"  # the product data, for machines
_UNCLASSIFIED = "42229-5"  # a part of a section, without a name of its own
_PANEL = "51945-4"  # pictures of the package


def _note_of(element: Element) -> str | None:
    return element.get("IDREF") if local(element) == "footnoteRef" else None


def _footnote(flow: Flow, element: Element, depth: int | None) -> None:
    text, _ = flow.text(element)
    flow.builder.footnote(text, element.get("ID", ""))


VOCABULARY = Vocabulary(
    paragraphs=frozenset({"paragraph"}),
    lists=frozenset(),
    ordered=lambda element: element.get("listType") == "ordered",
    items=frozenset({"item"}),
    tables=frozenset({"table"}),
    rows=frozenset({"tr"}),
    cells=frozenset({"td", "th"}),
    skip=frozenset({"renderMultiMedia", "caption"}),
    special={"list": write_titled_list("caption"), "footnote": _footnote},
    note_of=_note_of,
)


def read_spl(raw: RawFile) -> Document:
    """A drug label: sections with their titles, boxed warnings, tables and notes.

    The organization is the labeller, the year that of the label's effective date; the set id
    (by which DailyMed knows the label through its versions) and the substances are in `extra`.

    Raises `MalformedDocument`, with the line.
    """
    root = parse_xml(raw)
    builder = DocumentBuilder()
    products = _products(root)
    title = text_of(find(root, "title"))
    if title.startswith("These highlights") and products:
        title = f"{', '.join(products)} (prescribing information)"
    elif products and not any(name.lower() in title.lower() for name in products):
        title = f"{', '.join(products)}: {title}" if title else ", ".join(products)
    builder.heading(title, 1)
    body = find(root, "component", "structuredBody")
    if body is not None:
        _sections(Flow(builder, VOCABULARY), body, 2)
    if builder.empty:
        raise MalformedDocument(f"cannot read {raw.path}: the label holds no text")
    effective = find(root, "effectiveTime")
    identifier = find(root, "setId")
    set_id = identifier.get("root", "") if identifier is not None else ""
    substances = [text_of(each) for each in _named(root, "ingredientSubstance", "ACT")]
    extra = {
        "set_id": set_id,
        "effective": effective.get("value", "") if effective is not None else "",
        "substances": list(dict.fromkeys(substances)),
        "products": products,
    }
    name = find(root, "author", "assignedEntity", "representedOrganization", "name")
    return builder.build(
        raw,
        "spl",
        title=title,
        organization=text_of(name) or None,
        year=year_of(extra["effective"]) if extra["effective"] else None,
        kind=SourceKind.DRUG_LABEL,
        jurisdiction="US",
        extra={key: value for key, value in extra.items() if value},
    )


def _sections(flow: Flow, parent: Element, level: int) -> None:
    for component in children(parent, "component"):
        section = find(component, "section")
        if section is None:
            continue
        code = find(section, "code")
        if code is not None and code.get("code") in (_LISTING, _PANEL):
            continue
        title = find(section, "title")
        text, notes = flow.text(title) if title is not None else ("", ())
        named = code is not None and code.get("code") != _UNCLASSIFIED
        if not text.strip() and code is not None and named and find(section, "text") is not None:
            text = _readable(code.get("displayName", ""))
        flow.builder.heading(text, level, notes=notes)
        body = find(section, "text")
        if body is not None:
            flow.write(body)
        _sections(flow, section, level + 1 if text.strip() else level)


def _readable(name: str) -> str:
    """A section's coded name: "BOXED WARNING SECTION" is "Boxed warning"."""
    return name.lower().removesuffix(" section").capitalize()


def _products(root: Element) -> list[str]:
    names = []
    for product in root.iter("{*}manufacturedProduct", "{*}manufacturedMedicine"):
        name = find(product, "name")
        if name is not None:
            names.append(" ".join(text_of_plain(name).split()))
    return list(dict.fromkeys(names))


def _named(root: Element, tag: str, class_prefix: str) -> list[Element]:
    found = []
    for substance in root.iter(f"{{*}}{tag}"):
        parent = substance.getparent()
        if parent is not None and parent.get("classCode", "").startswith(class_prefix):
            name = first(substance, "name")
            if name is not None:
                found.append(name)
    return found
