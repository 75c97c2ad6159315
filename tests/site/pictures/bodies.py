"""Answers in the JSON of the contract, as small as a test needs them."""

from __future__ import annotations

from typing import Any

from osler.domain import Phase
from osler.dosage import parse_dosages
from osler.dosage import to_json as dosage_to_json


def claim(
    text: str,
    *references: int,
    substance: str = "methotrexate",
    group: str | None = None,
    phase: Phase | None = None,
    section: tuple[str, ...] = ("A guideline",),
    start: int = 0,
    **more: Any,
) -> dict[str, Any]:
    """A supported claim whose dosages are read from its text, as the engine reads them."""
    dosages = [dosage_to_json(d, substance, phase) for d in parse_dosages(text)]
    return {
        "text": text,
        "verdict": "supported",
        "citations": [
            {"reference": n, "start": start, "section": list(section)} for n in references or (1,)
        ],
        "dosages": dosages,
        "group": group,
        "applies": None,
        "warning": None,
        **more,
    }


def reference(number: int, organization: str | None = None, **more: Any) -> dict[str, Any]:
    """One entry of the list of references."""
    return {
        "number": number,
        "organization": organization or f"Publisher {number}",
        "title": "A title",
        "file": "a.md",
        "year": 2020 + number,
        "status": "current",
        **more,
    }


def body(
    *bottom_line: dict[str, Any],
    question: str = "methotrexate dose",
    sections: tuple[dict[str, Any], ...] = (),
    conflicts: tuple[dict[str, Any], ...] = (),
    references: tuple[dict[str, Any], ...] | None = None,
) -> dict[str, Any]:
    """An answer with these claims; every number that they cite is a reference."""
    claims = [*bottom_line, *sections, *conflicts]
    numbers = {c["reference"] for item in claims for c in item["citations"]}
    return {
        "question": question,
        "bottom_line": list(bottom_line),
        "sections": [{"title": "Dosing", "claims": list(sections)}] if sections else [],
        "conflicts": [
            {"about": "dose", "positions": [{"claim": c, "references": [1]} for c in conflicts]}
        ]
        if conflicts
        else [],
        "references": list(references or (reference(n) for n in sorted(numbers))),
    }
