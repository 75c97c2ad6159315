"""Documents from public services: PubMed, PMC, Europe PMC, openFDA, and pages of the web."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from osler.domain.errors import ImportFailed
from osler.reading.importers.services import BASES
from osler.reading.raw import RawFile

if TYPE_CHECKING:
    import httpx


def is_feed(identifier: str) -> bool:
    """Whether `fetch` knows what to do: a service's name before a colon, or a web address."""
    scheme = identifier.partition(":")[0].lower()
    return scheme in BASES or identifier.lower().startswith(("http://", "https://"))


def fetch(
    identifier: str,
    *,
    client: httpx.Client | None = None,
    cache_dir: Path | None = None,
    base_urls: Mapping[str, str] | None = None,
    allow_private: bool = False,
    limit: int | None = None,
    max_bytes: int = 50 * 2**20,
    backoff: float = 1.0,
    known: Mapping[str, str] | None = None,
) -> Iterator[RawFile]:
    """The files behind "pubmed:123", "pmc:PMC123", "europepmc:…", "openfda:metformin" or a URL.

    `base_urls` replaces a service's address ("pubmed", "pmc", "europepmc", "openfda"), for a
    mirror; only those may be private hosts, unless `allow_private`. `limit` is the most records
    that a search gives. `known` is what a source's `extra` says of a page (ETag, Last-Modified):
    where it still stands, there is nothing. Raises `ImportFailed` and `DocumentTooLarge`.
    """
    # httpx takes half a second to import, which naming a feed must not cost.
    from platformdirs import user_cache_path

    from osler.reading.importers import europepmc, openfda, page, pmc, pubmed
    from osler.reading.importers.cache import Cache
    from osler.reading.importers.http import Session

    scheme, _, what = identifier.partition(":")
    scheme = scheme.lower()
    if not is_feed(identifier) or not what.strip():
        raise ImportFailed(f"not something to import: {identifier}")
    given = dict(base_urls or {})
    bases = {name: base.rstrip("/") for name, base in {**BASES, **given}.items()}
    session = Session(
        client=client,
        cache=Cache(cache_dir or user_cache_path("osler") / "feeds"),
        trusted=frozenset(urlsplit(base).netloc for base in given.values()),
        allow_private=allow_private,
        max_bytes=max_bytes,
        backoff=backoff,
    )
    what = what.strip()
    try:
        if scheme == "pubmed":
            yield from pubmed.fetch(session, what, bases[scheme], limit or pubmed.PAGE)
        elif scheme == "pmc":
            yield from pmc.fetch(session, what, bases[scheme])
        elif scheme == "europepmc":
            yield from europepmc.fetch(session, what, bases[scheme], limit or europepmc.PAGE)
        elif scheme == "openfda":
            yield from openfda.fetch(session, what, bases[scheme], limit or openfda.LIMIT)
        else:
            yield from page.fetch(session, identifier, known)
    finally:
        session.close()


__all__ = ["fetch", "is_feed"]
