"""Asking what has become of the articles that a library holds, however they were added."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from osler.domain import Notice, Source, SourceId, SourceStatus
from osler.library.notices import is_known
from osler.library.records import Failed

if TYPE_CHECKING:
    from osler.reading.importers.looking_up import LookedUp, Record

LookUp = Callable[[Sequence[str], Sequence[str]], "Iterator[LookedUp]"]
OnAsked = Callable[[int, str], None]  # articles asked for in one request, and the service
_SERVICES = 2


@dataclass(frozen=True, slots=True)
class Noticed:
    """A notice of one source that the library did not know of."""

    source_id: SourceId
    title: str
    path: str
    notice: Notice


@dataclass(slots=True)
class Articles:
    """The sources that have a PubMed number or a DOI, and what was found of them."""

    by_pmid: dict[str, list[Source]] = field(default_factory=dict)
    by_doi: dict[str, list[Source]] = field(default_factory=dict)  # of those without a number
    found: list[Noticed] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)

    @classmethod
    def among(cls, sources: Sequence[Source]) -> Articles:
        """Those that can be asked for; what is retracted already need not be."""
        from osler.reading.importers.looking_up import plain_doi, plain_pmid

        articles = cls()
        for source in sources:
            if source.status is SourceStatus.RETRACTED:
                continue
            if pmid := plain_pmid(source.pmid):
                articles.by_pmid.setdefault(pmid, []).append(source)
            elif doi := plain_doi(source.doi):
                articles.by_doi.setdefault(doi, []).append(source)
        return articles

    @property
    def count(self) -> int:
        """How many articles there are to ask for; several sources may be one."""
        return len(self.by_pmid) + len(self.by_doi)

    @property
    def requests(self) -> int:
        """How many articles are asked for in all, each at every service."""
        return self.count * _SERVICES

    def ask(self, look_up: LookUp, asked: OnAsked) -> None:
        """Ask every service for every article; what is found stays found if this is stopped."""
        if not self.count:
            return
        answered: set[str] = set()
        unknown = set(self._given())
        for answer in look_up(sorted(self.by_pmid), sorted(self.by_doi)):
            if answer.error is not None:
                self.failed.append(Failed(answer.service, str(answer.error), answer.error.help))
            else:
                answered.add(answer.service)
            for record in answer.records:
                unknown.discard(record.pmid or "")
                self._note(record)
            asked(answer.asked, answer.service)
        if len(answered) == _SERVICES and not self.failed:
            self.failed += [self._unknown(pmid) for pmid in sorted(unknown)]

    def _note(self, record: Record) -> None:
        sources = (
            *self.by_pmid.get(record.pmid or "", ()),
            *self.by_doi.get(record.doi or "", ()),
        )
        for source in sources:
            for notice in record.notices:
                already = [n.notice for n in self.found if n.source_id == source.id]
                if not is_known(notice, (*source.notices, *already)):
                    self.found.append(Noticed(source.id, source.title, source.path, notice))

    def _given(self) -> Iterator[str]:
        """Numbers that a person gave: what came from a service is known there by its number."""
        from osler.reading.importers import is_feed

        for pmid, sources in self.by_pmid.items():
            if not any(is_feed(source.path) for source in sources):
                yield pmid

    def _unknown(self, pmid: str) -> Failed:
        source = self.by_pmid[pmid][0]
        return Failed(
            source.path,
            f"neither PubMed nor Europe PMC knows PMID {pmid} ({source.title})",
            "Check the number in the document's front matter.",
        )
