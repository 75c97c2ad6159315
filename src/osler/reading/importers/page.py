"""A page of the web: whatever its content type says it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from osler.reading.files.raw import RawFile

if TYPE_CHECKING:
    from osler.reading.importers.http import Session

_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


def fetch(session: Session, url: str, known: Mapping[str, str] | None = None) -> Iterator[RawFile]:
    """The page at `url`, named by its path, with the ending that its content type asks for.

    Nothing, where the page is still what is `known` of it.
    """
    from osler.reading.importers.http import NotModified

    accept = "text/html,application/pdf,*/*;q=0.8"
    try:
        response = session.get(url, accept=accept, per_second=4.0, known=known)
    except NotModified:
        return
    parts = urlsplit(response.url)
    last = PurePosixPath(unquote(parts.path)).name or parts.hostname or "page"
    ending = _ENDINGS.get(response.media_type, "")
    name = last if not ending or last.lower().endswith(ending) else f"{last}{ending}"
    yield RawFile(
        path=url,
        name=name,
        data=response.body,
        url=response.url,
        encoding=response.charset,
        seen="import",
        known=response.provenance(),
    )
