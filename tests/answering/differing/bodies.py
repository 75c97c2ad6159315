"""Answers as stored JSON, written by hand as the contract has them."""

from __future__ import annotations

from typing import Any

from osler.dosage import parse_dosages, to_json

Claim = dict[str, Any]
Body = dict[str, Any]


def claim_of(text: str, *statements: str, group: str | None = None, **marks: Any) -> Claim:
    """A claim that cites these statements, with the doses that its text states."""
    return {
        "text": text,
        "verdict": "supported",
        "citations": [
            {"statement_id": s, "source_id": "s_1", "start": 0, "end": 1, "quote": "x"}
            for s in statements
        ],
        "dosages": [to_json(dosage) for dosage in parse_dosages(text)],
        "group": group,
        "applies": None,
        "derivations": [],
        **marks,
    }


def body_of(
    *bottom_line: Claim,
    sections: dict[str, list[Claim]] | None = None,
    positions: list[Claim] | None = None,
    **more: Any,
) -> Body:
    """An answer of the contract with these claims."""
    titled = [{"title": t, "claims": c} for t, c in (sections or {}).items()]
    held = [{"claim": c, "references": [1]} for c in positions or []]
    conflicts = [{"about": "dose", "reason": None, "positions": held}] if held else []
    return {
        "question": "What is the dose?",
        "answered": True,
        "abstention": None,
        "bottom_line": list(bottom_line),
        "sections": titled,
        "conflicts": conflicts,
        "references": [],
        **more,
    }
