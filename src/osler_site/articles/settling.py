"""What the form carried but no one may write: citations are proved, the rest is put back.

A browser can send anything. A citation that was not there before must be what stands at its
place in the library; how the engine composed a claim, and who recorded why it stands, come
from the version before. A reason counts for the words and citations that it was given for: left
under others it is nobody's, until someone gives it anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from osler.domain.errors import LibraryError
from osler.library import Library
from osler_site.accounts.models import User
from osler_site.articles.claims import Placed, placed_claims
from osler_site.articles.gate import cited_statement


@dataclass(frozen=True, slots=True)
class Forged:
    """A citation that is not what the library says."""

    claim: Placed
    citation: int  # index
    reason: str


_Said = tuple[str, tuple[tuple[Any, ...], ...]]  # a claim's words, and the places it cites


@dataclass(frozen=True, slots=True)
class _Before:
    """What the version before holds."""

    quotes: dict[tuple[str, int, int], str]
    composed: frozenset[str]
    reasons: dict[tuple[str, str], tuple[_Said, str]]  # (entry, reason) → for what, by whom


def settle(
    stream: Iterable[Any], before: Iterable[Any], library: Library, user: User | None
) -> list[Forged]:
    """Put a submitted stream right, in place; what cannot be is returned."""
    known = _before(before)
    forged: list[Forged] = []
    for claim in placed_claims(stream):
        value = claim.value
        value["text"] = _plain(value["text"])
        if value["composed"] not in known.composed:
            value["composed"] = ""
        value["override"] = _plain(value["override"])
        value["override_by"] = _who(claim, known, user)
        for index, cited in enumerate(value["citations"]):
            reason = _proved(cited, known, library)
            if reason:
                forged.append(Forged(claim, index, reason))
    return forged


def _before(stream: Iterable[Any]) -> _Before:
    quotes: dict[tuple[str, int, int], str] = {}
    reasons: dict[tuple[str, str], tuple[_Said, str]] = {}
    composed: set[str] = set()
    for claim in placed_claims(stream):
        composed.add(claim.value["composed"] or "")
        by = claim.value["override_by"] or ""
        reasons[(claim.item, _plain(claim.value["override"]))] = (_said(claim.value), by)
        for c in claim.value["citations"]:
            quotes[(c["source_id"], c["start"], c["end"])] = c["quote"]
    return _Before(quotes, frozenset(composed), reasons)


def _who(claim: Placed, known: _Before, user: User | None) -> str:
    reason = claim.value["override"]
    if not reason:
        return ""
    earlier = known.reasons.get((claim.item, reason))
    if earlier is None:
        return str(user) if user else ""
    given_for, by = earlier
    return by if given_for == _said(claim.value) else ""


def _said(value: Any) -> _Said:
    places = tuple((c["source_id"], c["start"], c["end"]) for c in value["citations"])
    return _plain(value["text"]), places


def _plain(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def _proved(cited: Any, known: _Before, library: Library) -> str:
    """Why a citation is refused; "" where it stands, stood before, or was not chosen yet."""
    at = (cited["source_id"], cited["start"], cited["end"])
    if not cited["source_id"]:
        cited.update(statement_id="", start=None, end=None, quote="")
        return ""
    if at in known.quotes:
        cited["quote"] = known.quotes[at]
        return ""
    try:
        text = library.text(cited["source_id"])
    except LibraryError as error:
        return str(error)
    if cited["start"] is None or cited["end"] is None:
        return "The citation has no place in its source."
    here = text[cited["start"] : cited["end"]]
    # A form's line ends come back changed; the words may not.
    if here.split() == (cited["quote"] or "").split():
        cited["quote"] = here
    try:
        cited["statement_id"] = cited_statement(cited, library).id
    except LibraryError as error:
        return str(error)
    return ""
