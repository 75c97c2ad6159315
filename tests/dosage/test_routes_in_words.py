"""Routes in short and in plain words."""

from __future__ import annotations

import pytest

from osler.dosage import find_routes


@pytest.mark.parametrize(
    ("text", "routes"),
    [
        ("vancomycin 30 mg/kg IP every 5 days", ["intraperitoneal"]),
        ("selexipag is an IP receptor agonist", []),
        ("ketamine 1 mg/kg by vein", ["intravenous"]),
        ("run 1 litre into the abdomen", ["intraperitoneal"]),
    ],
)
def test_a_route_in_other_words(text: str, routes: list[str]) -> None:
    assert [found.value for found in find_routes(text)] == routes
