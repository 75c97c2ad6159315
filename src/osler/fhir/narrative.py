"""Narrative: the XHTML that a person reads where a system knows no more (FHIR R4, §2.7)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from osler.fhir.parts import Json

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def narrative(*parts: str) -> Json:
    """A Narrative of paragraphs and lists that `paragraph`, `quoted` and `bullets` made."""
    body = "".join(parts)
    return {
        "status": "generated",
        "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{body}</div>',
    }


def plain(text: str) -> str:
    """Text as XML may hold it: characters that it forbids are left out."""
    return _NOT_XML.sub("", text)


def paragraph(text: str, *, strong: bool = False) -> str:
    """One paragraph."""
    inside = escape(plain(text), quote=True)
    return f"<p><b>{inside}</b></p>" if strong else f"<p>{inside}</p>"


def quoted(text: str, source: str) -> str:
    """The words of a source, and which source that is."""
    said = escape(plain(text), quote=True).replace("\n", "<br/>")
    return f"<blockquote><p>{said}</p></blockquote><p>{escape(plain(source), quote=True)}</p>"


def bullets(lines: Iterable[str], *, numbered: bool = False) -> str:
    """A list; nothing where there is no line."""
    items = "".join(f"<li>{escape(plain(line), quote=True)}</li>" for line in lines)
    tag = "ol" if numbered else "ul"
    return f"<{tag}>{items}</{tag}>" if items else ""
