"""The names of an answer's claims on its page."""

from __future__ import annotations

from collections.abc import Iterator

from osler_site.presenting.view import Json


def claims_of(body: Json) -> Iterator[tuple[str, Json]]:
    """The claims with the names that they have on the page ("c3"; see `presenting.present`)."""
    claims = list(body["bottom_line"])
    claims += [c for s in body["sections"] for c in s["claims"]]
    claims += [p["claim"] for c in body["conflicts"] for p in c["positions"]]
    return ((f"c{n}", claim) for n, claim in enumerate(claims, start=1))
