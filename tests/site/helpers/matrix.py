"""The table of docs/authorisation.md, and the addresses that the site really has."""

from __future__ import annotations

import re
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
_PREFIX = re.compile(r"^- `([^`]+)…`", re.M)


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


def prefixes() -> list[str]:
    """Addresses of other people's packages, of which the table names the important ones."""
    return [p.removeprefix("/") for p in _PREFIX.findall(TABLE.read_text("utf-8"))]


def patterns(resolver: URLResolver | None = None, before: str = "") -> list[str]:
    """Every pattern of the URLconf, as it is written there."""
    found: list[str] = []
    for entry in (resolver or get_resolver()).url_patterns:
        here = before + str(entry.pattern).removeprefix("^").removesuffix("$")
        if isinstance(entry, URLPattern):
            found.append(here)
        else:
            found += patterns(entry, here)
    return found


def line(method: str, address: str, got: tuple[str, ...]) -> str:
    """A row as it stands in the table."""
    return f"| `{method}` | `/{address}` | {' | '.join(got)} |"
