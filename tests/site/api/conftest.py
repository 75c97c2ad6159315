"""Tokens, articles and answers for the interface."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from osler_site.answers.asking import ask
from osler_site.answers.models import RawAnswer
from osler_site.api.models import ApiToken
from osler_site.api.scopes import Scope
from osler_site.articles.models import ArticlePage
from osler_site.articles.promoting import promote
from osler_site.review.workflow import submit

QUESTION = "What is the maintenance dose of vitamin B12 after loading?"
Headers = dict[str, str]


@pytest.fixture
def bearer(site: None) -> Callable[..., Headers]:
    """Headers with a new token: `bearer(Scope.ASK)`."""

    def headers(*scopes: Scope) -> Headers:
        _, secret = ApiToken.issue("a test", list(scopes))
        return {"Authorization": f"Bearer {secret}"}

    return headers


@pytest.fixture
def raw(site: None) -> RawAnswer:
    return ask(QUESTION)


@pytest.fixture
def article(raw: RawAnswer) -> ArticlePage:
    page = promote(raw, None, topic="vitamin B12", slug="b12-maintenance")
    return submit(page, None, visible=True)
