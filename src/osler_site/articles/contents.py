"""An article's blocks ⇄ the JSON of an answer."""

from __future__ import annotations

import json
import uuid
from typing import Any

from osler.answering import source_to_json
from osler.domain.errors import LibraryError
from osler.dosage import parse_dosages
from osler.dosage import to_json as dosage_to_json
from osler.library import Library
from osler_site.articles.gate import objection

Json = dict[str, Any]


def blocks_of(body: Json) -> list[Json]:
    """The stream of blocks that an answer's JSON becomes when it is taken up."""
    stream: list[Json] = []
    if body["bottom_line"]:
        claims = [_item(claim_block(c)) for c in body["bottom_line"]]
        stream.append({"type": "bottom_line", "value": {"claims": claims}})
    for s in body["sections"]:
        claims = [_item(claim_block(c)) for c in s["claims"]]
        stream.append({"type": "section", "value": {"title": s["title"], "claims": claims}})
    for c in body["conflicts"]:
        positions = [_item(claim_block(p["claim"])) for p in c["positions"]]
        value = {"about": c["about"], "reason": c["reason"] or "", "positions": positions}
        stream.append({"type": "conflict", "value": value})
    stream += [{"type": "callout", "value": {"text": text}} for text in body["safety_notices"]]
    return stream


def _item(value: Json) -> Json:
    """An entry of a list with a name of its own, by which later versions of it are found."""
    return {"type": "item", "value": value, "id": str(uuid.uuid4())}


def claim_block(claim: Json) -> Json:
    """A claim as the value of a ClaimBlock, as it is said to readers in general."""
    claim = _for_readers_in_general(claim)
    return {
        "text": claim["text"],
        "citations": [
            _item(
                {
                    "source_id": c["source_id"],
                    "statement_id": c["statement_id"],
                    "start": c["start"],
                    "end": c["end"],
                    "quote": c["quote"],
                }
            )
            for c in claim["citations"]
        ],
        "override": "",
        "override_by": "",
        "composed": json.dumps(claim, ensure_ascii=False),
    }


def _for_readers_in_general(claim: Json) -> Json:
    """The claim without what it means for one patient: whether it applies, and doses worked out.

    A question may give facts itself ("at 7 years, 20 kg"). Its answer says "applies to this
    patient"; the article that it becomes is read for other patients. Whom the claim is about
    (`group`) stays.
    """
    ones_own = {"applies": None, "because": [], "derivation": None, "derivations": []}
    return {**claim, **ones_own, "underived": None}


def body_of(page: Any, library: Library) -> Json:
    """An article as the JSON of an answer; references are numbered as first cited.

    `library` is what the gate is asked with, of claims that an editor let stand against it.
    """
    numbers: dict[str, int] = {}
    body: Json = {
        "question": page.question or page.title,
        "understood": page.question or page.title,
        "answered": True,
        "abstention": None,
        "ranking": "hybrid",
        "yes_no": None,
        "bottom_line": [],
        "sections": [],
        "conflicts": [],
        "unanswered": [],
        "missing": [],
        "safety_notices": [],
        "follow_ups": list(page.follow_ups),
        "audience": "physician",
        "library_version": page.library_version,
        "engine_version": page.engine_version,
        "elapsed_ms": 0.0,
    }
    for block in page.body:
        value = block.value
        if block.block_type == "bottom_line":
            body["bottom_line"] += [_claim(c, numbers, library) for c in value["claims"]]
        elif block.block_type == "section":
            claims = [_claim(c, numbers, library) for c in value["claims"]]
            body["sections"].append({"title": value["title"], "claims": claims})
        elif block.block_type == "conflict":
            positions = []
            for c in value["positions"]:
                claim = _claim(c, numbers, library)
                cited = dict.fromkeys(x["reference"] for x in claim["citations"])
                positions.append({"claim": claim, "references": list(cited)})
            conflict = {"about": value["about"], "reason": value["reason"] or None}
            body["conflicts"].append({**conflict, "positions": positions})
        elif block.block_type == "callout":
            body["safety_notices"].append(value["text"])
    body["references"] = [
        {"number": number, **_described(source_id, library)}
        for source_id, number in numbers.items()
    ]
    return body


def composed_of(value: Any) -> Json:
    """A claim as the engine made it; {} once an editor changed its words or what it cites.

    Strength, evidence and group are read from the cited passages. With others they are unfounded.
    """
    composed: Json = json.loads(value["composed"]) if value["composed"] else {}
    same_text = composed.get("text") == value["text"]
    return composed if same_text and _places(composed) == _places(value) else {}


def _places(claim: Any) -> list[tuple[str, int, int]]:
    return [(c["source_id"], c["start"], c["end"]) for c in claim["citations"]]


def _claim(value: Any, numbers: dict[str, int], library: Library) -> Json:
    known: Json = {}
    if value["composed"]:
        first = json.loads(value["composed"])
        known = dict(zip(_places(first), first["citations"], strict=True))
    citations = []
    for c in value["citations"]:
        number = numbers.setdefault(c["source_id"], len(numbers) + 1)
        at = (c["source_id"], c["start"], c["end"])
        cited = {
            "statement_id": c["statement_id"],
            "source_id": c["source_id"],
            "start": c["start"],
            "end": c["end"],
            "quote": c["quote"],
            "context": known.get(at, {}).get("context", []),
            "page": known.get(at, {}).get("page"),
            "section": known.get(at, {}).get("section", []),
        }
        citations.append({"reference": number, **cited})
    fresh: Json = {
        "text": value["text"],
        "verdict": "supported",
        "dosages": [dosage_to_json(d) for d in parse_dosages(value["text"])],
        "group": None,
        "applies": None,
        "because": [],
        "warning": None,
        "currency": None,
        "strength": None,
        "evidence": None,
        "derivation": None,
        "derivations": [],
        "underived": None,
    }
    said = _for_readers_in_general(composed_of(value) or fresh)
    return {**said, "citations": citations, **_overridden(value, library)}


def _overridden(value: Any, library: Library) -> Json:
    """That the gate objects to a claim which an editor let stand, with who did so and why."""
    if not value["override"]:
        return {}
    found = objection(value, library)
    if found is None:
        return {}
    return {
        "verdict": "unsupported",
        "override": {
            "objections": list(found.lines),
            "by": found.override_by,
            "why": found.override,
        },
    }


def _described(source_id: str, library: Library) -> Json:
    """What is known of a source; one that left the library keeps its number and says so."""
    try:
        return source_to_json(library.source(source_id))
    except LibraryError:
        gone = dict.fromkeys(
            [
                "organization",
                "year",
                "kind",
                "jurisdiction",
                "url",
                "doi",
                "pmid",
                "licence",
                "seen",
                "summarises",
                "supersedes",
            ]
        )
        return {
            "source_id": source_id,
            "file": "",
            "path": "",
            "aliases": [],
            "title": "A source that is no longer in the library",
            "status": "superseded",
            **gone,
        }
