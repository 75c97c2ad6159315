"""The approved articles of a site, through its interface for programs (`/api/v1`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from osler.domain.errors import SiteUnreachable

_SECONDS = 20.0
_PAGE = 200  # the most that the interface gives at once


@dataclass(frozen=True, slots=True)
class Articles:
    """Reads articles of the site at `url` with a token of the scope "read".

    `transport` is how requests go out; None is the network.
    """

    url: str
    token: str
    transport: httpx.BaseTransport | None = None

    def approved(self) -> list[dict[str, Any]]:
        """What a list says of each approved article, the latest first. Raises SiteUnreachable."""
        found: list[dict[str, Any]] = []
        while True:
            page = self._get(
                "articles", {"status": "approved", "limit": _PAGE, "offset": len(found)}
            )
            found += page["articles"]
            if not page["articles"] or len(found) >= page["total"]:
                return found

    def article(self, slug: str) -> dict[str, Any]:
        """One article with its answer and review. Raises SiteUnreachable.

        One that no clinician has approved is refused: what a model repeats loses its caution.
        """
        page = self._get(f"articles/{quote(slug, safe='')}", {})
        if page["status"] != "approved":
            raise SiteUnreachable(
                f"the article “{slug}” is not approved", help="Only approved articles are given."
            )
        return page

    def _get(self, path: str, query: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}"}
        address = f"{self.url.rstrip('/')}/api/v1/{path}"
        try:
            with httpx.Client(
                headers=headers, timeout=_SECONDS, transport=self.transport
            ) as client:
                answer = client.get(address, params=query)
            answer.raise_for_status()
            body: dict[str, Any] = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise SiteUnreachable(f"the site did not give {path}: {error}") from error
        return body
