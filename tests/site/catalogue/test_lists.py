"""Lists of articles are made without the articles' texts, which are long and many."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

PATHS = (
    "/",
    "/articles/",
    "/articles/?q=lithium",
    "/articles/feed.atom",
    "/library/",
    "/sitemap.xml",
    "/suggest?q=lithium",
)


@pytest.mark.parametrize("path", PATHS)
def test_a_list_reads_no_text(article: Any, path: str) -> None:
    article("lithium")
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(path).status_code == 200
    # PostgreSQL's index of words has a column of that name, too.
    assert [q["sql"] for q in asked if '"articles_articlepage"."body"' in q["sql"]] == []
