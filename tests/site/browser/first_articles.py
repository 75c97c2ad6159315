"""Run by itself: makes a few articles as editors and reviewers would, and prints their paths."""

from __future__ import annotations

import datetime

import django

django.setup()

from django.core.management import call_command  # noqa: E402  after the set-up

call_command("migrate", verbosity=0, interactive=False)

from osler_site.answers.asking import ask  # noqa: E402
from osler_site.articles.models import ArticlePage, ReviewStatus  # noqa: E402
from osler_site.articles.promoting import promote  # noqa: E402
from osler_site.operations.bootstrap import bootstrap  # noqa: E402

ARTICLES = (
    ("approved", "What lithium monitoring is needed?", ReviewStatus.APPROVED),
    (
        "changes",
        "What is the dose of folic acid before conception?",
        ReviewStatus.CHANGES_REQUESTED,
    ),
    ("submitted", "How is metformin dosed by eGFR?", ReviewStatus.SUBMITTED),
    (
        "under_review",
        "What is the maintenance dose of vitamin B12 after the loading phase?",
        ReviewStatus.UNDER_REVIEW,
    ),
)

bootstrap()
for name, question, status in ARTICLES:
    page = promote(ask(question), None)
    page.save_revision().publish()
    reviewed = {}
    if status is ReviewStatus.APPROVED:
        reviewed = {
            "last_reviewed": datetime.date(2026, 11, 22),
            "next_review": datetime.date(2027, 11, 22),
        }
    ArticlePage.objects.filter(pk=page.pk).update(status=status, **reviewed)
    print(name, ArticlePage.objects.get(pk=page.pk).url)
