"""The table of docs/authorisation.md, and the addresses that the site really has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

TABLE = Path(__file__).parents[3] / "docs" / "authorisation.md"
ROLES = (
    "anonymous",
    "account",
    "editor",
    "reviewer",
    "publisher",
    "administrator",
    "superuser",
)
_ROW = re.compile(r"^\| `(GET|POST)` \| `([^`]+)` \|(.+)\|$", re.M)


@dataclass(frozen=True, slots=True)
class Row:
    """What each role gets at one address by one method."""

    method: str
    address: str
    expected: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """The address without its query."""
        return self.address.partition("?")[0]

    def __str__(self) -> str:
        return f"{self.method} /{self.address.lstrip('/')}"


def rows() -> list[Row]:
    """The table's rows."""
    found = []
    for method, address, cells in _ROW.findall(TABLE.read_text("utf-8")):
        expected = tuple(cell.strip() for cell in cells.split("|"))
        assert len(expected) == len(ROLES), address
        found.append(Row(method, address.removeprefix("/"), expected))
    return found


def cleaned(route: str) -> str:
    """A pattern of the URLconf without the signs for its beginning and end."""
    return route.replace("^", "").replace("$", "")


def patterns() -> dict[str, str]:
    """Every pattern of the URLconf, as it is written there, and whose view answers: "osler_site",
    or a package. Of two that are the same the first answers.
    """
    found: dict[str, str] = {}
    for pattern, owner in _walk(get_resolver(), "", ""):
        found.setdefault(cleaned(pattern), owner)
    return found


def _walk(resolver: URLResolver, before: str, urlconf: str) -> Iterator[tuple[str, str]]:
    named = resolver.urlconf_name
    urlconf = named if isinstance(named, str) else getattr(named, "__name__", urlconf)
    for entry in resolver.url_patterns:
        here = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            module = entry.callback.__module__
            # Django's own views are whose URLconf uses them.
            yield here, (urlconf if module.startswith("django.") else module).partition(".")[0]
        else:
            yield from _walk(entry, here, urlconf)


def line(method: str, address: str, got: tuple[str, ...]) -> str:
    """A row as it stands in the table."""
    return f"| `{method}` | `/{address}` | {' | '.join(got)} |"
