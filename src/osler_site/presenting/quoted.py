"""Which texts of a drawing are words of its answer, in English on a page in another language.

WCAG 2.2, 3.1.2 (language of parts): what is not in a page's language is marked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape
from typing import Any

_TEXT = re.compile(r"<(?P<tag>text|tspan|title|desc)(?P<attributes>[^>]*)>(?P<text>[^<]+)(?=<)")
_MARK = re.compile(r"\s*(?:…|\[\d|,? \d{4}\b).*$", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{3}")


def quoted_in(texts: Collection[str], body: Any) -> frozenset[str]:
    """Those of the texts that the answer's body holds, but for years and marks behind them."""
    held = "\n".join(_strings(body)).casefold()
    return frozenset(
        t for t in texts if _WORD.search(t) and _MARK.sub("", t).strip().casefold() in held
    )


def with_english_marked(svg: str, body: Any) -> str:
    """The drawing, with `lang="en"` where its text is the answer's own."""
    texts = {unescape(found["text"]) for found in _TEXT.finditer(svg)}
    english = quoted_in(texts, body)

    def marked(found: re.Match[str]) -> str:
        if unescape(found["text"]) not in english:
            return found[0]
        return f'<{found["tag"]}{found["attributes"]} lang="en">{found["text"]}'

    return _TEXT.sub(marked, svg)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)
