"""What a web page says by its layout: titles of boxes and tabs, pairs of label and value.

Many pages mark no heading as one: a card opens with a short line, a paragraph is nothing but
bold words, a tab's name stands in a list of links. Such words are headings of what stands under
them, as far as their box goes. Two words that a style sheet sets apart ("Adult", "5 mg") have
nothing between them in the file, and must not run together.
"""

from __future__ import annotations

import re
from itertools import pairwise

from osler.reading.blocks.titles import is_title
from osler.reading.markup.xml import Element, children, local, text_of, text_of_plain

TITLED = "titled"  # the attribute that holds the title of a box
_BOLD = frozenset({"b", "strong", "u"})
_SET_APART = re.compile(r"\b(?:bold|underlined?)\b", re.IGNORECASE)  # in the class of a span
_INLINE = frozenset({"span", "b", "strong", "em", "i", "time", "label", "small", "mark"})
_BOXES = frozenset({"div", "section", "article"})
_LEAVES = frozenset({"div", "p", "span", "strong", "b", "dt", "figcaption"})
_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "dl", "table", "section", "article", "details", "header", "footer",
     "h1", "h2", "h3", "h4", "h5", "h6", "li", "dd", "dt", "blockquote", "pre", "form", "figure"}
)  # fmt: skip
_NAMED_A_TITLE = re.compile(r"(?:^|[-_\s])(?:h-like|title|heading)(?:$|[-_\s\d])", re.IGNORECASE)
_LABEL = 40  # characters: what is longer is no label
_DIGIT = re.compile(r"\d")


def lay_out(root: Element) -> None:
    """Write into the tree what the layout of a page says, for the writer of its blocks."""
    for element in list(root.iter("div", "li", "p", "td", "dd", "header", "span")):
        _part_what_touches(element)
    _name_tabs(root)
    for element in list(root.iter("div", "section", "article")):
        if (title := _title_of(element)) is not None:
            _entitle(element, title)
    for element in list(root.iter("div", "p", "span")):
        if _NAMED_A_TITLE.search(element.get("class", "")) and _stands_alone(element):
            element.tag = f"h{_level(element)}"
    for element in list(root.iter("details", "fieldset")):
        title = next(children(element, "summary", "legend"), None)
        if title is not None:
            _entitle(element, title)


def is_bold_title(element: Element) -> bool:
    """Whether a paragraph is nothing but a few words, bold or underlined, and more than a list
    follows it."""
    following = element.getnext()
    return (
        following is not None
        and local(following) in ("p", "div", "blockquote", "details")
        and len(element) == 1
        and _is_set_apart(element[0])
        and not (element.text or "").strip()
        and not (element[0].tail or "").strip()
        and is_title(text_of(element))
    )


def _is_set_apart(element: Element) -> bool:
    if local(element) in _BOLD:
        return True
    return local(element) == "span" and bool(_SET_APART.search(element.get("class", "")))


def ends_its_headings(element: Element) -> bool:
    """Whether the headings in a box say nothing of what follows it.

    Those of sections do not, nor those of one box among several alike; a box that holds a
    heading alone only frames it.
    """
    name = local(element)
    if name not in _BOXES or not _says_more_than_headings(element):
        return False
    return name != "div" or any(
        local(other) == "div" and other.get("class") == element.get("class")
        for other in (element.getnext(), element.getprevious())
        if other is not None and element.get("class")
    )


def _says_more_than_headings(element: Element) -> bool:
    headings = sum(len(text_of_plain(h)) for h in element.iter("h2", "h3", "h4", "h5", "h6"))
    return headings < len(text_of_plain(element).strip())


def _part_what_touches(element: Element) -> None:
    """Put a colon or a space between inline elements that have nothing between them."""
    parts = list(element)
    if len(parts) < 2 or (element.text or "").strip() or any(p.tail for p in parts[:-1]):
        return
    if any(local(part) not in _INLINE for part in parts):
        return
    for first, second in pairwise(parts):
        before, after = text_of_plain(first).strip(), text_of_plain(second).strip()
        alike = first.get("class") == second.get("class") and local(first) == local(second)
        if not before or not after or (alike and before[-1].isalpha() and after[0].islower()):
            continue  # one word in two styles
        is_label = len(parts) == 2 and not alike and _is_label(before) and after[:1].isalnum()
        first.tail = ": " if is_label else " "


def _is_label(text: str) -> bool:
    return len(text) <= _LABEL and text[-1].isalnum() and any(map(str.isalpha, text))


def _name_tabs(root: Element) -> None:
    """Give each panel of a row of tabs the words of the tab that opens it as its title."""
    names = {
        target: text_of(tab)
        for tab in root.iter("a", "button")
        if (target := tab.get("aria-controls") or tab.get("href", "").partition("#")[2])
        and (
            tab.get("role") == "tab"
            or "tab" in tab.get("data-toggle", tab.get("data-bs-toggle", ""))
        )
    }
    for panel in root.iter("div", "section") if names else ():
        name = names.get(panel.get("id", ""))
        if name and is_title(name):
            panel.set(TITLED, name)


def _title_of(box: Element) -> Element | None:
    """The short line that opens a box and heads the rest of it."""
    if box.get(TITLED) or (box.text or "").strip():
        return None
    parts = [part for part in box if local(part)]
    if len(parts) < 2:
        return None
    first, *rest = parts
    if local(first) not in _LEAVES or (first.tail or "").strip() or not _is_leaf(first):
        return None
    title = text_of(first)
    if not is_title(title) or any(re.fullmatch(r"h[1-6]", local(part)) for part in rest):
        return None
    if _NAMED_A_TITLE.search(first.get("class", "")):
        return first
    lines = local(first) in ("div", "p") and all(
        local(part) in ("div", "p", "ul", "ol") and not (part.tail or "").strip() for part in rest
    )
    told = [text_of(part) for part in rest if _is_leaf(part) or local(part) in ("ul", "ol")]
    if (
        lines
        and len(told) == len(rest)
        and not _DIGIT.search(title)
        and any(map(_DIGIT.search, told))
    ):
        return first
    return None


def _stands_alone(element: Element) -> bool:
    """Whether a short line is all that its box holds, so that it heads what comes after that."""
    parent = element.getparent()
    text = text_of(element)
    return parent is not None and is_title(text) and _is_leaf(element) and text_of(parent) == text


def _level(element: Element) -> int:
    found = re.search(r"[1-6](?=$|\s)", element.get("class", ""))
    return int(found.group()) if found else 6


def _is_leaf(element: Element) -> bool:
    return not any(local(each) in _BLOCKS for each in element.iterdescendants())


def _entitle(box: Element, title: Element) -> None:
    """Move the words of a title into an attribute of its box."""
    words = text_of(title)
    if words:
        box.set(TITLED, words)
        previous, tail = title.getprevious(), title.tail
        box.remove(title)
        if tail and tail.strip():
            if previous is None:
                box.text = (box.text or "") + tail
            else:
                previous.tail = (previous.tail or "") + tail
