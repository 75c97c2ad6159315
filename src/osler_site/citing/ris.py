"""Citations in the RIS format: a tag and a value a line, records that end with ER."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from osler_site.citing.items import Item

CONTENT_TYPE = "application/x-research-info-systems; charset=utf-8"
_TYPES = {"page": "ELEC", "journal": "JOUR", "report": "RPRT", "book": "BOOK", "other": "GEN"}


def ris(items: Iterable[Item]) -> str:
    """The items as RIS records."""
    return "".join(f"{line}\r\n" for item in items for line in _lines(item))


def _lines(item: Item) -> Iterator[str]:
    values = (
        ("TY", _TYPES[item.sort]),
        ("ID", item.key),
        ("TI", item.title),
        ("AU", f"{item.author}," if item.author else None),  # a comma ends a corporate name
        ("PB", item.publisher),
        ("PY", str(item.year) if item.year else None),
        ("DA", f"{item.day:%Y/%m/%d}/" if item.day else None),
        ("DO", item.doi),
        ("AN", f"PMID {item.pmid}" if item.pmid else None),
        ("UR", item.url),
        ("Y2", f"{item.accessed:%Y/%m/%d}/"),
        ("N1", item.note),
    )
    for tag, value in values:
        if value:
            yield f"{tag}  - {' '.join(value.split())}"
    yield "ER  - "
