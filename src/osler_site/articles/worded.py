"""An article in a reader's words: what the board reviews is the wording for physicians."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from osler.answering import from_json, to_json
from osler.domain import Audience
from osler.domain.errors import LibraryError
from osler.library import Library
from osler.readers import worded
from osler_site.presenting.naming import claims_of

Json = dict[str, Any]


def worded_article(body: Json, library: Library, audience: str, language: str) -> Json | None:
    """The article's JSON in these words, every claim through the gate once more.

    None where that is not safe, and the article stays as reviewed: a claim stands against the
    check, or a passage that one cites is not in the library as it was.
    """
    try:
        answer = from_json(body, library)
        found = to_json(worded(answer, Audience(audience), language=language), library)
    except LibraryError:
        return None
    _name(found, body)
    return found


def _name(found: Json, reviewed: Json) -> None:
    """Give each claim the name that it has on the reviewed page: a report names it by that."""
    names: dict[str, list[str]] = defaultdict(list)
    for name, claim in claims_of(reviewed):
        names[claim["text"]].append(name)
    for _, claim in claims_of(found):
        left = names[claim["composed"] or claim["text"]]
        claim["id"] = left.pop(0) if len(left) > 1 else left[0]
