"""The statements of a library in what a loaded pathway makes.

An extension `urn:osler:citation`, the same on the evidence of an action and on every kind of
request: R4 lets each of them carry one, whereas no element for notes or evidence is common to
them all. `osler show` opens its `statement` and its `source`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from osler.domain import Citation, Reference

CITATION = "urn:osler:citation"
STATEMENT_URL = "urn:osler:statement:"


def with_statements(
    plan: Mapping[str, Any],
    citations: Mapping[str, Sequence[Citation]],
    references: Sequence[Reference],
    version: int,
) -> dict[str, Any]:
    """A plan whose evidence names the statements that its quotes were found in.

    `citations` are those of each action in the order of its documentation, by its id; `version`
    is the library's.
    """
    titles = {reference.source.id: reference.source.title for reference in references}

    def acting(holder: Mapping[str, Any]) -> dict[str, Any]:
        result = dict(holder)
        cited = citations.get(str(holder.get("id", "")), ())
        if cited and len(cited) == len(holder.get("documentation") or ()):
            result["documentation"] = [
                {"extension": [_extension(c, document, titles, version)], **document}
                for c, document in zip(cited, holder["documentation"], strict=True)
            ]
        if "action" in holder:
            result["action"] = [acting(inner) for inner in holder["action"]]
        return result

    return {**plan, "action": [acting(action) for action in plan.get("action") or ()]}


def citations_of(action: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The citations of an action's evidence; none where it was not held against a library."""
    return [
        extension
        for document in action.get("documentation", [])
        for extension in document.get("extension", [])
        if extension.get("url") == CITATION
    ]


def _extension(
    citation: Citation, document: Mapping[str, Any], titles: Mapping[Any, str], version: int
) -> dict[str, Any]:
    return {
        "url": CITATION,
        "extension": [
            {"url": "statement", "valueUri": f"{STATEMENT_URL}{citation.statement_id}"},
            {"url": "source", "valueUri": document["url"]},
            {"url": "title", "valueString": titles.get(citation.source_id, "")},
            {"url": "start", "valueUnsignedInt": citation.start},
            {"url": "end", "valueUnsignedInt": citation.end},
            {"url": "quote", "valueString": citation.quote},
            {"url": "library-version", "valueUnsignedInt": version},
        ],
    }
