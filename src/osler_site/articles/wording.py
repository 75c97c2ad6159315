"""The texts of an article that no citation supports, each in its place.

They stand beside cited claims and are read like them. None may state a dose, and the reviewer
judges each of them (see `osler_site.review.sheet`).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from osler.dosage import parse_dosages
from osler_site.articles.claims import Placed, claims_in, placed_claims
from osler_site.articles.doses import asks_of, states_a_dose

_OF_PAGE = (
    ("title", "Title"),
    ("question", "Question"),
    ("topic", "Topic"),
    ("seo_title", "Title for search engines"),
    ("search_description", "Description for search engines"),
)
PAGE_FIELDS = tuple(field for field, _ in _OF_PAGE)
# What may repeat the question that the article answers; it is shown as a question.
_MAY_ASK = frozenset(("title", "question", "seo_title", "follow_ups"))
_OF_BLOCK = {
    "section": (("title", "Section title"),),
    "conflict": (("about", "What sources disagree on"), ("reason", "Why sources may disagree")),
    "callout": (("text", "Callout"),),
}


def placed_texts(page: Any) -> Iterator[Placed]:
    """Every text of an article in the order in which it is shown: wordings and claims."""
    claims: dict[int, list[Placed]] = {}
    for claim in placed_claims(page.body):
        claims.setdefault(claim.block, []).append(claim)
    wordings: dict[int, list[Placed]] = {}
    for wording in placed_wordings(page):
        wordings.setdefault(wording.block, []).append(wording)
    for block in range(-1, len(page.body)):
        yield from wordings.get(block, ())
        yield from claims.get(block, ())


def placed_wordings(page: Any) -> Iterator[Placed]:
    """Every text of an article that cites nothing; those of the page have the block -1."""
    seen: Counter[str] = Counter()
    for field, where, text, block, under in _wordings(page):
        digest = _digest(field, text, under)
        seen[digest] += 1
        item = f"{page.body[block].id if block >= 0 else 'page'}-{field}"
        value = {"text": text, "citations": (), "override": "", "override_by": ""}
        key = f"w{digest}-{seen[digest]}"
        yield Placed(key, item, where, value, block, field, 0, is_wording=True)


def _wordings(page: Any) -> Iterator[tuple[str, str, str, int, list[str]]]:
    """Field, where it is shown, text, block, and the claims that it stands over."""
    shown: set[str] = set()
    for field, where in _OF_PAGE:
        text = (getattr(page, field) or "").strip()
        if text and text not in shown:
            shown.add(text)
            yield field, where, text, -1, []
    if page.follow_ups:
        yield "follow_ups", "Questions to ask next", "\n".join(page.follow_ups), -1, []
    claims: dict[int, list[str]] = {}
    for claim in placed_claims(page.body):
        claims.setdefault(claim.block, []).append(claim.key)
    for number, block in enumerate(page.body):
        for field, where in _OF_BLOCK.get(block.block_type, ()):
            text = (block.value[field] or "").strip()
            if text:
                yield field, where, text, number, claims.get(number, [])


def _digest(field: str, text: str, under: list[str]) -> str:
    """A title says something else over other claims: a verdict on it does not pass to them."""
    said = json.dumps([field, text, under], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def uncited_doses(page: Any) -> list[Placed]:
    """The texts that cite nothing and state a dose all the same.

    Two kinds may. A question may name a dose that a claim states ("Is 20 mg too much?"), and what
    was asked stays as it was, under the word "Question". And a title or reason that the engine
    composed and no one changed since is made of what the cited claims say.
    """
    asked, composed = _of_origin(page)
    stated = [dosage for claim in claims_in(page.body) for dosage in parse_dosages(claim["text"])]
    return [
        wording
        for wording in placed_wordings(page)
        for lines in [wording.value["text"].splitlines()]
        if any(
            states_a_dose(line)
            and not (wording.block < 0 and wording.field in _MAY_ASK and asks_of(line, stated))
            and not (wording.field in ("question", "follow_ups") and line in asked)
            and not (wording.field in ("about", "reason", "title") and line in composed)
            for line in lines
        )
    ]


def uncited_dose(page: Any) -> str:
    """Why the article is not for readers, where such a text states a dose; "" where none does."""
    return "; ".join(message(wording) for wording in uncited_doses(page)[:5])


def message(wording: Placed) -> str:
    """What is wrong with such a text, and how to go on."""
    return (
        f"{wording.where}: “{wording.value['text'][:120]}” has no citation and may not state a "
        "dose, or a change of one; a question may name a dose that a claim states. Put the dose "
        "into a claim and cite its passage."
    )


def _of_origin(page: Any) -> tuple[frozenset[str], frozenset[str]]:
    """What was asked, and the uncited texts that the engine composed, of the answer taken up."""
    if page.origin is None:
        return frozenset(), frozenset()
    body = page.origin.body
    asked = [page.origin.question.strip(), *body["follow_ups"]]
    composed: Iterable[str | None] = (
        *(s["title"] for s in body["sections"]),
        *(c[field] for c in body["conflicts"] for field in ("about", "reason")),
    )
    return frozenset(asked), frozenset(text for text in composed if text)
