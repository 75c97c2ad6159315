"""The queue costs no more the longer it is, and reads no article's text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from osler_site.accounts.models import User
from osler_site.answers.models import RawAnswer
from osler_site.articles.promoting import promote
from osler_site.review.queue import queue_for
from osler_site.review.workflow import submit


@pytest.mark.parametrize("path", ["/review/", "/desk/"])
def test_it_asks_no_more_for_more(raw: RawAnswer, editor: User, reviewer: User, path: str) -> None:
    client = Client()
    client.force_login(reviewer)

    def asked() -> list[str]:
        client.get(path)  # what is asked for once is kept now
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return [query["sql"] for query in queries]

    submit(promote(raw, editor), editor)
    before = asked()
    for _ in range(3):
        submit(promote(raw, editor), editor)
    after = asked()
    assert len(after) == len(before)
    assert [sql for sql in after if '"articles_articlepage"."body"' in sql] == []
    assert [sql for sql in after if '"wagtailcore_revision"."content"' in sql] == []


def test_what_one_wrote_edited_or_submitted_one_may_not_claim(
    raw: RawAnswer, editor: User, reviewer: User, person: Callable[..., User]
) -> None:
    owned, edited = promote(raw, reviewer), promote(raw, editor)
    edited.save_revision(user=reviewer)
    sent, others = promote(raw, editor), promote(raw, editor)
    for page, by in ((owned, editor), (edited, editor), (sent, reviewer), (others, editor)):
        submit(page, by)
    barred = {row.page.pk for row in queue_for(reviewer).waiting if row.why_not}
    assert barred == {owned.pk, edited.pk, sent.pk}
