"""Keeping a report, whichever way it came in."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from osler.privacy import hide
from osler_site.reports.models import ProblemReport
from osler_site.reports.subjects import Subject
from osler_site.reports.telling import tell_editors


def keep(subject: Subject, *, kind: str, words: str, email: str) -> ProblemReport:
    """Store a report with the claim as it stood, and tell the editors.

    Who reports may describe a patient: what tells who that is, is hidden.
    """
    with transaction.atomic():
        kept = ProblemReport.objects.create(
            answer=subject.answer,
            article=subject.article,
            path=subject.path,
            title=subject.title,
            claim_id=subject.claim_id,
            claim_text=subject.claim_text,
            citations=subject.citations,
            library_version=subject.library_version,
            kind=kind,
            words=hide(words).text,
            email=email,
        )
        transaction.on_commit(partial(tell_editors, kept))
    return kept
