"""Articles that everybody may read, as the review leaves them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from osler_site.answers.asking import ask
from osler_site.articles.models import ArticlePage, ReviewStatus
from osler_site.articles.promoting import promote

QUESTIONS = {
    "b12": "What is the maintenance dose of vitamin B12 after loading?",
    "lithium": "How often is lithium monitored?",
    "folic": "What dose of folic acid before pregnancy?",
    "metformin": "What is the starting dose of metformin?",
    "gentamicin": "What is the dose of gentamicin once daily?",
}


@pytest.fixture
def article(site: None) -> Any:
    """Makes a public article of an answer: `article("b12", status=ReviewStatus.APPROVED)`."""

    def make(
        about: str, status: ReviewStatus = ReviewStatus.SUBMITTED, **fields: Any
    ) -> ArticlePage:
        raw = ask(QUESTIONS.get(about, about))
        page = promote(raw, None, title=fields.pop("title", ""), topic=fields.pop("topic", ""))
        now = timezone.now()
        reviewed = date(2026, 11, 20) if status == ReviewStatus.APPROVED else None
        stands: dict[str, Any] = {
            "live": status != ReviewStatus.DRAFT,
            "status": status,
            "first_published_at": now,
            "last_published_at": now,
            "last_reviewed": reviewed,
        }
        # The review alone publishes, in its own way; here only what comes of it counts.
        ArticlePage.objects.filter(pk=page.pk).update(**{**stands, **fields})
        return ArticlePage.objects.get(pk=page.pk)

    return make
