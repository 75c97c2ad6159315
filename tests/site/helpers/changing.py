"""What happens to a library under an article, and the board's sign-off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from osler.domain import Notice, NoticeKind
from osler.library import Library
from osler.reading.importers.looking_up import LookedUp, Record
from osler_site.accounts.models import User
from osler_site.articles.models import ArticlePage
from osler_site.engine import engine
from osler_site.living.settling import open_findings
from osler_site.review.models import Decision, Judgement, ReviewAssignment
from osler_site.review.reviewing import claim, claims_of, judge
from osler_site.review.signing import Statement, sign

PMID = "4711"


def change(folder: Path, file: Path) -> None:
    """Add a document."""
    with Library.open(folder) as library:
        library.add(file)
    look_again()


def publish_notice(folder: Path, kind: NoticeKind) -> None:
    """What both services know of the article from now on."""

    def services(pmids: object, dois: object) -> Iterator[LookedUp]:
        notice = Notice(kind, "J Invented Trials 2026;1:2", "99", "PubMed")
        for service in ("PubMed", "Europe PMC"):
            yield LookedUp(service, 1, (Record(PMID, None, (notice,)),))

    with Library.open(folder) as library:
        library.update(look_up=services)
    look_again()


def look_again() -> None:
    """As if a second had passed."""
    engine().look_now()


def claim_and_judge(page: ArticlePage, reviewer: User) -> ReviewAssignment:
    """A verdict on every claim of what is before the board."""
    assignment = claim(page.current_workflow_task_state, reviewer)
    for key in claims_of(assignment.state):
        judge(assignment, reviewer, key, Judgement.APPROVE)
    return assignment


def statement(assignment: ReviewAssignment) -> Statement:
    """An approval by someone who has seen everything that was found."""
    return Statement(
        decision=Decision.APPROVED,
        seen_hash=assignment.state.content_hash,
        scope="Every claim",
        conflicts_of_interest="None",
        next_review=timezone.localdate() + timedelta(days=365),
        findings=frozenset(finding.pk for finding in open_findings(assignment.state.page)),
    )


def sign_off(page: ArticlePage, reviewer: User) -> ArticlePage:
    """The board approves what is before it."""
    assignment = claim_and_judge(page, reviewer)
    sign(assignment, reviewer, statement(assignment))
    return ArticlePage.objects.get(pk=page.pk)


def kinds(page: ArticlePage) -> set[str]:
    """The kinds of what readers are warned of."""
    return {finding.kind for finding in open_findings(page)}
