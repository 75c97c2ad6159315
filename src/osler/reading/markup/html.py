"""Web pages: their main content, without what a reader of the page does not see."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from osler.domain import Document
from osler.domain.errors import MalformedDocument
from osler.reading.blocks.builder import DocumentBuilder
from osler.reading.blocks.metadata import year_of
from osler.reading.files.encoding import decode
from osler.reading.files.raw import RawFile
from osler.reading.markup.flow import Flow, Vocabulary, write_under
from osler.reading.markup.html_layout import TITLED, ends_its_headings, is_bold_title, lay_out
from osler.reading.markup.styles import mark_hidden
from osler.reading.markup.xml import Element, local, parse_html, text_of, text_of_plain
from osler.reading.suspicions.beside import STRUCK
from osler.reading.suspicions.claimed import host_of
from osler.reading.suspicions.concealed import HIDDEN

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_DATES = (
    "citation_publication_date",
    "article:published_time",
    "dc.date",
    "dcterms.issued",
    "date",
)
_COMMENT = re.compile(r"<!--(.*?)-->", re.S)
_DIGITS = re.compile(r"[\d.,]+")
_UNIT = re.compile(r"\d|\s?(?:mg|mcg|[µμ]g|g|m[lL]|IU|units?)\b")
_ATTRIBUTES = frozenset({"alt", "title", "value", "placeholder", "content", "summary", "label"})
_UNSHOWN = frozenset({"script", "template", "noscript", "dialog"})
_SHORTEST = 6  # characters of an attribute that may hold a dose
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})


def _is_hidden(element: Element) -> bool:
    """Whether a reader of the page does not see the element, or it is the page's furniture."""
    return bool(element.attrib) and ("hidden" in element.attrib or _is_furniture(element))


def _is_furniture(element: Element) -> bool:
    return element.get("role") in _ROLES


def _note_of(element: Element) -> str | None:
    """A link to a note on the same page: its marker."""
    if local(element) not in ("a", "sup"):
        return None
    link = element if local(element) == "a" else element.find("a")
    if link is None or not link.get("href", "").startswith("#"):
        return None
    shown = text_of(element).strip("[]() ")
    is_raised = local(element) == "sup" or "footnote" in link.get("href", "").lower()
    return shown if is_raised and re.fullmatch(r"\d{1,3}|[a-z]|[*†‡§¶#]+", shown) else None


def _definition(flow: Flow, element: Element, depth: int | None) -> None:
    """A term leads its definitions in; inside another's definition it is an item of that."""
    text, notes = flow.text(element)
    text = text.strip()
    if depth is not None:
        flow.builder.item(text, depth + 1, notes=notes)
        return
    flow.builder.paragraph(text if text.endswith(":") else f"{text}:", notes=notes)


def _described(flow: Flow, element: Element, depth: int | None) -> None:
    flow.item(element, 0 if depth is None else depth + 2, "-")


def _box(flow: Flow, element: Element, depth: int | None) -> None:
    """A box: its title heads what it holds, and headings in it may end with it."""
    title = element.get(TITLED)
    if title is not None and depth is None:
        write_under(flow, title, element)
        return
    if title is not None:
        flow.builder.paragraph(title, depth=depth)
    outside = flow.builder.level
    flow.write(element, depth)
    if depth is None and ends_its_headings(element):
        flow.builder.leave(max(outside + 1, 2))


def _paragraph(flow: Flow, element: Element, depth: int | None) -> None:
    """A paragraph; one of a few bold words leads those that follow in."""
    if depth is None and is_bold_title(element):
        text, notes = flow.text(element)
        flow.builder.title(text, notes=notes)
    else:
        flow.write_paragraph(element, depth)


VOCABULARY = Vocabulary(
    paragraphs=frozenset({"p", "pre", "address", "summary", "legend"}),
    lists=frozenset({"ul", "ol", "menu"}),
    ordered=lambda element: local(element) == "ol",
    items=frozenset({"li"}),
    tables=frozenset({"table"}),
    rows=frozenset({"tr"}),
    cells=frozenset({"td", "th"}),
    skip=frozenset(
        {
            "script",
            "style",
            "noscript",
            "template",
            "nav",
            "aside",
            "form",
            "button",
            "select",
            "svg",
            "iframe",
            "object",
            "video",
            "audio",
            "canvas",
            "head",
            "dialog",
            "input",
            "math",
        }
    ),
    captions=frozenset({"figcaption"}),
    containers=frozenset(
        {
            "div",
            "section",
            "article",
            "main",
            "header",
            "footer",
            "figure",
            "blockquote",
            "body",
            "details",
            "fieldset",
            "dl",
            "center",
        }
    ),
    headings={f"h{level}": level for level in range(1, 7)},
    special={
        "dt": _definition,
        "dd": _described,
        "p": _paragraph,
        **dict.fromkeys(("div", "section", "article", "details", "fieldset"), _box),
    },
    note_of=_note_of,
)


def read_html(raw: RawFile) -> Document:
    """A web page: the content of <main> or <article>, else of <body> without its furniture.

    Hidden text (by attribute, inline style or the page's own style sheets) is left out, for
    what nobody sees must not be cited, and listed among the suspicions.

    Raises `MalformedDocument` for a page without text.
    """
    found = _CHARSET.search(raw.data[:2048])
    text, guessed = decode(raw, found[1].decode("ascii") if found else None)
    root = parse_html(text)
    builder = DocumentBuilder()
    if root is not None:
        mark_hidden(root)
        lay_out(root)
        _write(builder, _main(root))
        _tell_what_is_beside(builder, text, root)
    if root is None or builder.empty:
        raise MalformedDocument(
            f"cannot read {raw.path}: the page holds no text",
            help="The page may be made by scripts: save it from a browser, or as PDF.",
        )
    return builder.build(raw, "html", **_metadata(root, guessed, raw.url))


def write_fragment(builder: DocumentBuilder, html: str) -> None:
    """Write a piece of HTML, as Markdown may hold it."""
    root = parse_html(html)
    if root is not None:
        mark_hidden(root)
        lay_out(root)
        _write(builder, root)
    _tell_what_is_beside(builder, html, root)


def _write(builder: DocumentBuilder, element: Element) -> None:
    """Write what is seen of an element; what is not is noted where it stands."""

    def skipped(each: Element) -> bool:
        if not _is_hidden(each):
            return False
        if not _is_furniture(each):
            reason = STRUCK if each.get("hidden") == STRUCK else HIDDEN
            builder.left_out(text_of_plain(each), reason)
            _tell_a_digit(builder, each)
        return True

    Flow(builder, replace(VOCABULARY, skipped=skipped)).write(element)


def _tell_a_digit(builder: DocumentBuilder, element: Element) -> None:
    """A digit that is hidden at a number is listed with it, however short it is."""
    text = text_of_plain(element).strip()
    before, parent = element.getprevious(), element.getparent()
    around = before.tail if before is not None else parent.text if parent is not None else ""
    if _DIGITS.fullmatch(text) and (
        (around or "")[-1:].isdigit() or _UNIT.match(element.tail or "")
    ):
        number = "".join((around or "").split()[-1:])
        builder.left_out(f"{text}, hidden in the number {number} {(element.tail or '')[:8]}")


def _tell_what_is_beside(builder: DocumentBuilder, source: str, root: Element | None) -> None:
    """Comments, attributes and elements whose words the page does not show."""
    for comment in _COMMENT.findall(source):
        builder.beside(re.sub(r"<[^>]*>", " ", comment), "an HTML comment")
    if root is None:
        return
    for element in root.iter():
        name = local(element)
        for attribute, value in element.attrib.items():
            if len(value) > _SHORTEST and (_is_told(str(attribute)) or name == "meta"):
                builder.beside(str(value), f"the attribute “{attribute!s}”")
        if name in _UNSHOWN:
            builder.beside(text_of_plain(element), f"<{name}>")


def _is_told(attribute: str) -> bool:
    return attribute in _ATTRIBUTES or attribute.startswith(("data-", "aria-"))


def _main(root: Element) -> Element:
    """The element that holds the content: the longest <main> or <article>, else the body."""
    body = root.find("body")
    body = root if body is None else body
    total = len(text_of_plain(body).strip()) or 1
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = [each for each in body.iterfind(path) if not _is_hidden(each)]
        if len(found) == 1 and len(text_of_plain(found[0]).strip()) * 10 > total:
            return found[0]
    for furniture in [*body.iterchildren("header"), *body.iterchildren("footer")]:
        if body.find(".//h1") is None or furniture.find(".//h1") is None:
            furniture.set("role", "banner")
    return body


def _metadata(root: Element, guessed: str | None, url: str | None) -> dict[str, Any]:
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property")
        content = " ".join(element.get("content", "").split())
        if name and content:
            meta.setdefault(name.lower(), content)
    heading = root.find(".//h1")
    title = meta.get("citation_title") or meta.get("og:title") or text_of(root.find(".//title"))
    fields: dict[str, Any] = {
        "title": title or text_of(heading),
        "doi": meta.get("citation_doi"),
        "pmid": meta.get("citation_pmid"),
        "organization": meta.get("og:site_name") or meta.get("citation_publisher"),
        "year": next((year_of(meta[name]) for name in _DATES if name in meta), None),
        "extra": {"encoding": guessed} if guessed else {},
    }
    canonical = root.find(".//link[@rel='canonical']")
    address = "" if canonical is None else canonical.get("href", "")
    # A page that was fetched may not give itself the address of another host.
    if address.startswith("http") and (url is None or host_of(url) == host_of(address)):
        fields["url"] = address
    return fields
