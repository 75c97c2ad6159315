"""Parse XML and HTML without trusting them, and turn mixed content into readable text."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Callable, Iterator

from lxml import etree

from osler.domain.errors import MalformedDocument
from osler.reading.files.raw import RawFile
from osler.reading.suspicions.normalise import LINE_BREAK as LINE_BREAK
from osler.reading.suspicions.normalise import superscript
from osler.reading.suspicions.symbol_font import in_symbol, names_symbol

_FAMILY = re.compile(r"font-family\s*:\s*([^;]+)")

Element = etree._Element
NoteOf = Callable[[Element], "str | None"]


def parse_xml(raw: RawFile) -> Element:
    """The root of an XML file.

    Entities are never expanded, nothing is fetched, no DTD is loaded. A reference to an entity
    that the document defines itself raises, for without it words would be missing.

    Raises `MalformedDocument`, with the line.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(raw.data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f", line {line}" if line else ""
        raise MalformedDocument(
            f"cannot read {raw.path}{where}: the XML is not well formed ({error})"
        ) from error
    for entity in root.iter(etree.Entity):
        if character_of(entity) is None:
            raise MalformedDocument(
                f"cannot read {raw.path}, line {entity.sourceline}: it uses the entity "
                f"{entity.text}, and Osler expands none",
                help="Save the file with its entities replaced by their text.",
            )
    return root


def parse_html(text: str) -> Element | None:
    """The root of a page or fragment of HTML, however badly formed; None where it holds nothing.

    Always UTF-8 inside: an encoding that the page declares has been followed by now.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if isinstance(root, Element) else None


def character_of(entity: Element) -> str | None:
    """The character that a named entity such as "&deg;" stands for."""
    return html.entities.html5.get((entity.text or "").lstrip("&"))


def local(element: Element) -> str:
    """The tag without its namespace; "" for an entity or comment."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The child elements, of these local names if any are given."""
    for child in element:
        name = local(child)
        if name and (not names or name in names):
            yield child


def find(element: Element, *path: str) -> Element | None:
    """The first element down a path of local names."""
    found: Element | None = element
    for name in path:
        if found is None:
            return None
        found = next(children(found, name), None)
    return found


def first(element: Element, name: str) -> Element | None:
    """The first descendant of this local name."""
    return next((each for each in element.iter(f"{{*}}{name}")), None)


def text_of(element: Element | None) -> str:
    """All text below an element on one line."""
    return "" if element is None else " ".join("".join(inline(element)[0]).split())


def squeeze(text: str | None) -> str:
    """Text with its white space folded."""
    return re.sub(r"\s+", " ", text or "").strip()


def inline(
    element: Element,
    *,
    skip: frozenset[str] = frozenset(),
    note_of: NoteOf | None = None,
    line_break: str = " ",
    skipped: Callable[[Element], bool] | None = None,
) -> tuple[str, tuple[str, ...]]:
    """The text of mixed content, and the markers of the footnotes it refers to.

    Raised digits become exponents or footnote references as `superscript` decides; elements
    named in `skip` are left out; `note_of` tells an element that is a reference to a note.
    """
    if len(element) == 0 and local(element) not in ("sup", "sub"):
        return element.text or "", ()
    out: list[str] = []
    notes: list[str] = []
    _gather(element, out, notes, skip, note_of, line_break, skipped)
    return "".join(out), tuple(notes)


def _gather(
    element: Element,
    out: list[str],
    notes: list[str],
    skip: frozenset[str],
    note_of: NoteOf | None,
    line_break: str,
    skipped: Callable[[Element], bool] | None,
) -> None:
    if element.text:
        out.append(element.text)
    for child in element:
        name = local(child)
        if not name:
            if child.tag is etree.Entity:
                out.append(character_of(child) or "")
        elif name in skip or (skipped is not None and skipped(child)):
            pass
        elif note_of is not None and (note := note_of(child)) is not None:
            notes.append(note)
        elif name in ("sup", "superscript"):
            written, found = superscript("".join(out[-3:]), text_of_plain(child))
            out.append(written)
            notes.extend(found)
        elif name in ("br", "newline", "break"):
            out.append(line_break)
        elif name in _BLOCKS:
            out.append(" ")
            _gather(child, out, notes, skip, note_of, line_break, skipped)
            out.append(" ")
        elif child.attrib and _is_in_symbol(child):
            out.append(in_symbol(text_of_plain(child)))
        else:
            _gather(child, out, notes, skip, note_of, line_break, skipped)
        if child.tail:
            out.append(child.tail)


def _is_in_symbol(element: Element) -> bool:
    """Whether an element sets its text in the Symbol font, where "m" is seen as "μ"."""
    face = element.get("face")
    if face is None and "font" in (style := element.get("style", "").lower()):
        family = _FAMILY.search(style)
        face = family[1] if family else None
    return face is not None and names_symbol(face)


def text_of_plain(element: Element) -> str:
    """The characters below an element as they stand."""
    return "".join(each for each in element.itertext() if isinstance(each, str))


_BLOCKS = frozenset(
    {
        "p",
        "para",
        "paragraph",
        "div",
        "li",
        "item",
        "list-item",
        "td",
        "th",
        "entry",
        "tr",
        "row",
        "title",
        "caption",
        "label",
        "ul",
        "ol",
        "list",
        "dt",
        "dd",
        "section",
        "blockquote",
    }
)
