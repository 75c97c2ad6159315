"""Citations as BibTeX."""

from __future__ import annotations

from collections.abc import Iterable

from osler_site.citing.items import Item

CONTENT_TYPE = "application/x-bibtex; charset=utf-8"
_TYPES = {"book": "book", "journal": "article", "report": "techreport"}
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%",
    "#": r"\#", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OF_ADDRESS = {"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"}


def bibtex(items: Iterable[Item]) -> str:
    """The items as BibTeX entries."""
    return "\n".join(map(_entry, items))


def escaped(text: str) -> str:
    """Text as TeX takes it; letters outside ASCII stay, as biber and XeTeX read them."""
    return "".join(_SPECIAL.get(c, c) for c in " ".join(text.split()))


def _entry(item: Item) -> str:
    publisher = {"techreport": "institution", "article": "journal"}
    kind = _TYPES.get(item.sort, "misc")
    fields: list[tuple[str, str | None]] = [
        ("title", f"{{{escaped(item.title)}}}"),  # braces within keep the capitals
        ("author", f"{{{escaped(item.author)}}}" if item.author else None),
        (publisher.get(kind, "publisher"), escaped(item.publisher) if item.publisher else None),
        ("year", str(item.year) if item.year else None),
        ("doi", _address(item.doi) if item.doi else None),
        ("url", _address(item.url) if item.url else None),
        ("urldate", item.accessed.isoformat()),
        ("note", escaped(item.note) if item.note else None),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    if item.day:
        lines.insert(-1, f"  month = {_MONTHS[item.day.month - 1]},")
    return f"@{kind}{{{item.key},\n" + "\n".join(lines) + "\n}\n"


def _address(text: str) -> str:
    """An address is taken word for word, so what would end the field is percent-encoded."""
    return "".join(_OF_ADDRESS.get(c, c) for c in "".join(text.split()))
