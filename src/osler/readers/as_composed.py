"""An answer's JSON with every claim as composed: for what reads claims instead of showing them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from osler.dosage import from_json, to_json
from osler.readers.claims import pointed

Json = dict[str, Any]


def as_composed(body: Mapping[str, Any]) -> Json:
    """The answer with the composed text of each claim that is in a reader's or a model's words.

    The dosages are what they were, pointed at where the composed text states them; one that it
    does not state in full has no place (0 to 0). Order, titles and notices stay.
    """
    return {
        **body,
        "bottom_line": [composed_claim(c) for c in body["bottom_line"]],
        "sections": [
            {**s, "claims": [composed_claim(c) for c in s["claims"]]} for s in body["sections"]
        ],
        "conflicts": [
            {
                **c,
                "positions": [{**p, "claim": composed_claim(p["claim"])} for p in c["positions"]],
            }
            for c in body["conflicts"]
        ],
    }


def composed_claim(claim: Json) -> Json:
    """One claim as composed; one that stands so already, as it is."""
    text = claim.get("composed")
    if not text:
        return claim
    dosages = pointed(tuple(from_json(d) for d in claim["dosages"]), text)
    return {**claim, "text": text, "composed": None, "dosages": [to_json(d) for d in dosages]}
