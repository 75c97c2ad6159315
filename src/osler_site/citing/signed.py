"""The sign-off behind an approved article."""

from __future__ import annotations

from typing import Any

from osler_site.articles.models import ArticlePage, ReviewStatus


def approval_of(article: ArticlePage) -> Any:
    """The latest approval (see `osler_site.review`); None where the article is not approved."""
    if article.status != ReviewStatus.APPROVED:
        return None
    signed = getattr(article, "sign_offs", None)
    return signed.filter(decision=ReviewStatus.APPROVED).first() if signed is not None else None
