"""What has become of articles since they appeared: retracted, doubted, corrected, updated.

PubMed says it in a record's `CommentsCorrectionsList` and publication types, Europe PMC in its
`commentCorrectionList`. Both are asked, for one may know what the other does not yet. Many
articles go into one request, and no more requests go out than a service allows; responses are
kept for a day, so that a run that was stopped goes on from where it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from osler.domain import Notice
from osler.domain.errors import OslerError
from osler.reading.importers import europepmc, pubmed

if TYPE_CHECKING:
    from osler.reading.importers.http import Session

PMIDS = 100  # in one request
DOIS = 25  # longer, and more of each is encoded

_PMID = re.compile(r"\d{1,9}")
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"]+")
_RESOLVER = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Record:
    """An article that a service knows."""

    pmid: str | None
    doi: str | None  # as `plain_doi` gives it
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What a service answered to one request, or why it did not."""

    service: str
    asked: int  # articles
    records: tuple[Record, ...] = ()
    error: OslerError | None = None


def plain_pmid(value: str | None) -> str | None:
    """A PubMed number, or None where this is none."""
    text = (value or "").strip()
    return text if _PMID.fullmatch(text) else None


def plain_doi(value: str | None) -> str | None:
    """A DOI in lower case without its resolver, or None where this is none."""
    text = _RESOLVER.sub("", (value or "").strip(), count=1).lower()
    return text if _DOI.fullmatch(text) else None


def look_up(
    session: Session, pmids: Sequence[str], dois: Sequence[str], bases: Mapping[str, str]
) -> Iterator[LookedUp]:
    """Ask each service for all of them; see `osler.reading.importers.look_up`."""
    batches = [(pmids[i : i + PMIDS], True) for i in range(0, len(pmids), PMIDS)]
    batches += [(dois[i : i + DOIS], False) for i in range(0, len(dois), DOIS)]
    services: tuple[tuple[str, Callable[..., tuple[Record, ...]], str], ...] = (
        (pubmed.SERVICE, _pubmed, bases["pubmed"]),
        (europepmc.SERVICE, _europepmc, bases["europepmc"]),
    )
    for service, ask, base in services:
        for batch, by_pmid in batches:
            try:
                records = ask(session, batch, by_pmid, base)
            except OslerError as error:
                # One that is down or wants a pause would fail each of many requests.
                yield LookedUp(service, len(batch), error=error)
                break
            yield LookedUp(service, len(batch), records)


def _pubmed(session: Session, batch: Sequence[str], by_pmid: bool, base: str) -> tuple[Record, ...]:
    if not by_pmid:
        query = " OR ".join(f'"{doi}"[AID]' for doi in batch)
        batch = pubmed.search(session, query, base, pubmed.PAGE)
        if not batch:
            return ()
    found, _ = pubmed.articles(session, batch, base)
    return tuple(
        Record(pubmed.pmid_of(each), plain_doi(pubmed.doi_of(each)), pubmed.notices_of(each))
        for each in found
    )


def _europepmc(
    session: Session, batch: Sequence[str], by_pmid: bool, base: str
) -> tuple[Record, ...]:
    if by_pmid:
        query = f"SRC:MED AND EXT_ID:({' OR '.join(batch)})"
    else:
        query = " OR ".join(f'DOI:"{doi}"' for doi in batch)
    return tuple(
        Record(
            plain_pmid(str(record.get("pmid") or "")),
            plain_doi(record.get("doi")),
            europepmc.notices_of(record),
        )
        for record, _ in europepmc.search(session, query, base, europepmc.PAGE)
    )
