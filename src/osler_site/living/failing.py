"""What goes wrong with one article is logged, and the others have their turn."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from osler_site.articles.models import ArticlePage

log = logging.getLogger("osler_site.living")


class Failures:
    """Counts the articles with which something went wrong."""

    def __init__(self, doing: str) -> None:
        self.doing = doing
        self.count = 0

    @contextmanager
    def kept_from_others(self, page: ArticlePage) -> Iterator[None]:
        """Log an error with the article it arose in, and go on."""
        try:
            yield
        except Exception:
            self.count += 1
            log.exception("%s failed", self.doing, extra={"article": page.pk})
