"""Articles held against the library as it is now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from wagtail.query import PageQuerySet

from osler import __version__
from osler.answering.differing import CitationFinding, citation_findings, difference
from osler.answering.differing import Finding as OfSource
from osler.domain.errors import SourceNotFound, VersionNotFound
from osler.library import Library
from osler_site.articles.contents import body_of
from osler_site.articles.models import ArticlePage, ReviewStatus
from osler_site.engine import Engine, engine
from osler_site.living.failing import Failures
from osler_site.living.models import Finding, FindingKind, Rechecked

OnProgress = Callable[[int, int, str], None]

_KINDS = {
    OfSource.SUPERSEDED: FindingKind.SUPERSEDED,
    OfSource.RETRACTED: FindingKind.RETRACTED,
    OfSource.REMOVED: FindingKind.REMOVED,
    OfSource.MOVED: FindingKind.MOVED,
    OfSource.REREAD: FindingKind.REREAD,
    OfSource.CONCERN: FindingKind.CONCERN,
    OfSource.CORRECTED: FindingKind.CORRECTED,
    OfSource.NEWER: FindingKind.NEWER,
}
_SHORT = 3  # changes named in a summary


@dataclass(frozen=True, slots=True)
class Report:
    """What a round of rechecking found."""

    library_version: int
    looked_at: int
    unchanged: int  # articles compared at this version before, and not again
    found: tuple[Finding, ...]
    failed: int = 0  # articles that could not be compared; the log says why


def recheck_all(*, again: bool = False, progress: OnProgress | None = None) -> Report:
    """Compare every article that readers see; each is kept as soon as it is done.

    Interrupted, it goes on where it stopped: what was compared at this version of the library
    and the engine is not compared again, unless `again`. An article that cannot be compared is
    logged and keeps no other from it.
    """
    version = engine().library().version
    pages = list(_shown().order_by("pk"))
    wanted = {page.pk for page in (pages if again else not_compared())}
    found: list[Finding] = []
    failed = Failures("comparing an article")
    for number, page in enumerate(pages, start=1):
        if page.pk in wanted:
            with failed.kept_from_others(page):
                found += recheck(page)
        if progress is not None:
            progress(number, len(pages), page.title)
    return Report(version, len(wanted), len(pages) - len(wanted), tuple(found), failed.count)


def _shown() -> PageQuerySet:
    """What readers see."""
    return ArticlePage.objects.live().exclude(status=ReviewStatus.DRAFT)


def not_compared() -> PageQuerySet:
    """Articles whose live version was not yet held against this library by this engine."""
    done = Rechecked.objects.filter(
        library_version=engine().library().version,
        engine_version=__version__,
        revision=F("article__live_revision_id"),
    )
    return _shown().exclude(pk__in=done.values("article_id"))


def recheck(page: ArticlePage) -> list[Finding]:
    """The findings on one article that were not there before, kept."""
    door = engine()
    library = door.library()
    wanted = [
        *_of_sources(page, door),
        *_of_answer(page, door),
    ]
    with transaction.atomic():
        # A sign-off holds this row as well: it sees the finding, or the finding outlives it.
        ArticlePage.objects.select_for_update().get(pk=page.pk)
        fresh = [f for f in wanted if _is_new(f)]
        for finding in fresh:
            finding.save()
        Rechecked.objects.update_or_create(
            article=page,
            defaults={
                "library_version": library.version,
                "engine_version": __version__,
                "revision": page.live_revision_id,
            },
        )
    return fresh


def _is_new(finding: Finding) -> bool:
    """Whether it is neither open nor was settled, as it is, under the version that readers see.

    Under a later version the same is found again: it has happened once more since.
    """
    same = Finding.objects.filter(article=finding.article, kind=finding.kind, key=finding.key)
    known = Q(settled=None) | Q(settled_for=None) | Q(settled_for=finding.article.live_revision_id)
    return not same.filter(known).exists()


def _of_sources(page: ArticlePage, door: Engine) -> Iterable[Finding]:
    """What became of the sources that the article itself cites, edits included."""
    library = door.library()
    for of in citation_findings(body_of(page, _as_written(page, door)), library):
        yield Finding(
            article=page,
            kind=_KINDS[of.finding],
            key=_key(of),
            summary=of.summary,
            detail=of.to_json(),
            library_version=library.version,
        )


def _as_written(page: ArticlePage, door: Engine) -> Library:
    """The library as the article's writer had it; a library that was made anew has no such past."""
    try:
        return door.at(page.library_version)
    except VersionNotFound:
        return door.library()


def _key(of: CitationFinding) -> str:
    """The source, what replaced it, and the passage where only one is meant."""
    return " ".join(filter(None, (of.source_id, of.replaced_by, of.statement_id)))


def _of_answer(page: ArticlePage, door: Engine) -> Iterable[Finding]:
    """How the library's answer differs from the one that the board knows of."""
    origin = page.origin
    library = door.library()
    if origin is None:
        return
    name, known = _known_answer(page)
    made_by = (known["library_version"], known["engine_version"])
    if made_by == (library.version, __version__):
        return
    try:
        now = door.compose(origin.kind, origin.question)
    except SourceNotFound:  # a summary's source is gone: that is found with the sources
        return
    changed = difference(known, now)
    if not changed.changed:
        return
    lines = [*(w.summary for w in changed.whole), *(c.summary for c in changed.changes)]
    yield Finding(
        article=page,
        kind=FindingKind.ANSWER,
        key=f"{name} {_fingerprint(changed.to_json())}",
        summary=_summary(lines),
        detail={**changed.to_json(), "answer": now},
        library_version=library.version,
    )


def _known_answer(page: ArticlePage) -> tuple[str, dict[str, Any]]:
    """The latest answer that the article was made from, or signed off in the knowledge of.

    With a name: the same difference from another answer is news.
    """
    origin = page.origin
    settled = (
        page.findings.filter(kind=FindingKind.ANSWER, settled__isnull=False)
        .filter(library_version__gt=origin.library_version)
        .order_by("-library_version", "-pk")
        .first()
    )
    if settled is not None:
        return f"f{settled.pk}", settled.detail["answer"]
    return f"a{origin.pk}", origin.body


def _fingerprint(changes: dict[str, Any]) -> str:
    """The same difference has the same key, at whatever version of the library it is seen."""
    said = [changes["whole"], [c["summary"] for c in changes["changes"]]]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def _summary(lines: list[str]) -> str:
    more = len(lines) - _SHORT
    return " · ".join(lines[:_SHORT]) + (f" · and {more} more" if more > 0 else "")
