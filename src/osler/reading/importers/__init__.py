"""Documents from public services: PubMed, PMC, Europe PMC, openFDA, and pages of the web."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from osler.domain.errors import ImportFailed
from osler.reading.files.raw import RawFile
from osler.reading.importers.services import BASES

if TYPE_CHECKING:
    import httpx

    from osler.reading.importers.http import Session
    from osler.reading.importers.looking_up import LookedUp

MAX_BYTES = 50 * 2**20


def is_feed(identifier: str) -> bool:
    """Whether `fetch` knows what to do: a service's name before a colon, or a web address."""
    scheme = identifier.partition(":")[0].lower()
    return scheme in BASES or identifier.lower().startswith(("http://", "https://"))


def fetch(
    identifier: str,
    *,
    limit: int | None = None,
    known: Mapping[str, str] | None = None,
    **settings: Any,
) -> Iterator[RawFile]:
    """The files behind "pubmed:123", "pmc:PMC123", "europepmc:…", "openfda:metformin" or a URL.

    `limit` is the most records that a search gives. `known` is what a source's `extra` says of a
    page (ETag, Last-Modified): where it still stands, there is nothing. `settings` are those of
    `connected`. Raises `ImportFailed` and `DocumentTooLarge`.
    """
    scheme, _, what = identifier.partition(":")
    scheme = scheme.lower()
    if not is_feed(identifier) or not what.strip():
        raise ImportFailed(f"not something to import: {identifier}")
    # httpx takes half a second to import, which naming a feed must not cost.
    from osler.reading.importers import europepmc, openfda, page, pmc, pubmed

    what = what.strip()
    with connected(**settings) as (session, bases):
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


def look_up(pmids: Sequence[str], dois: Sequence[str], **settings: Any) -> Iterator[LookedUp]:
    """What PubMed and Europe PMC say has become of articles, a request at a time.

    Each of `pmids` and `dois` is asked for at both services, in the order given. `settings` are
    those of `connected`. A service that fails is told of once and asked no more.
    """
    from osler.reading.importers import looking_up

    with connected(**settings) as (session, bases):
        yield from looking_up.look_up(session, pmids, dois, bases)


@contextmanager
def connected(
    *,
    client: httpx.Client | None = None,
    cache_dir: Path | None = None,
    base_urls: Mapping[str, str] | None = None,
    allow_private: bool = False,
    max_bytes: int = MAX_BYTES,
    backoff: float = 1.0,
) -> Iterator[tuple[Session, dict[str, str]]]:
    """A session with the services, and where each of them is.

    `base_urls` replaces a service's address ("pubmed", "pmc", "europepmc", "openfda"), for a
    mirror; only those may be private hosts, unless `allow_private`.
    """
    from platformdirs import user_cache_path

    from osler.reading.importers.cache import Cache
    from osler.reading.importers.http import Session

    given = dict(base_urls or {})
    session = Session(
        client=client,
        cache=Cache(cache_dir or user_cache_path("osler") / "feeds"),
        trusted=frozenset(urlsplit(base).netloc for base in given.values()),
        allow_private=allow_private,
        max_bytes=max_bytes,
        backoff=backoff,
    )
    try:
        yield session, {name: base.rstrip("/") for name, base in {**BASES, **given}.items()}
    finally:
        session.close()


__all__ = ["connected", "fetch", "is_feed", "look_up"]
