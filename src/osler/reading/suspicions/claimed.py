"""A document that says it is of an organisation, and comes from another place.

Nothing here can tell that a document is genuine. It can tell that a page fetched from one host
gives itself the name or the address of another, and then neither is believed.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

REASON = "an organisation that the document does not come from"


def is_borrowed(organization: str | None, url: str | None) -> bool:
    """Whether a known organisation's name stands on a document with the address of another."""
    hosts = _hosts().get(" ".join((organization or "").lower().split()))
    host = host_of(url)
    return bool(hosts and host) and not any(
        host == each or host.endswith(f".{each}") for each in hosts or ()
    )


def host_of(url: str | None) -> str:
    """The host of an address, "" where there is none."""
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


@cache
def _hosts() -> dict[str, tuple[str, ...]]:
    data = files("osler.reading").joinpath("data/publishers.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in data.splitlines() if line and line[0] != "#")
    return {name: tuple(hosts.split()) for name, hosts in rows}
