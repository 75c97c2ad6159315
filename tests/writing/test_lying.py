"""A model that lies: thousands of bad replies over the wire, and nothing of them is shown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from bad_sentences import KINDS, PLANTED, bad_wordings
from model_server import Body, Handler, ModelServer, claims_in, in_pieces
from shown import differences

from osler.domain import Answer, Claim, Section
from osler.writing import write
from osler.writing.model import Writer
from osler.writing.offering import claims_of, offered_claims

A_CLAIM = 40  # bad wordings of each claim, spread over the kinds
REPLIES = 2000


def with_claims(answer: Answer, claims: tuple[Claim, ...]) -> Answer:
    """The answer cut down to a few claims, so that a reply is about these."""
    return replace(answer, bottom_line=(), sections=(Section("Some", claims),))


def cases(answers: tuple[Answer, ...]) -> Iterator[tuple[str, Answer, str]]:
    """Kind, an answer of one claim, and a bad wording of it."""
    seen: set[str] = set()
    for answer in answers:
        for item in offered_claims(answer):
            if item.claim.text in seen:
                continue
            seen.add(item.claim.text)
            alone = with_claims(answer, (item.claim,))
            by_kind: dict[str, list[str]] = {}
            for kind, wording in bad_wordings(item.claim.text):
                by_kind.setdefault(kind, []).append(wording)
            for kind, wordings in by_kind.items():
                for wording in wordings[: A_CLAIM // len(KINDS)]:
                    yield kind, alone, wording


def test_nothing_of_thousands_of_bad_replies_is_shown(
    server: ModelServer, writer: Writer, answers: tuple[Answer, ...]
) -> None:
    found = list(cases(answers))
    step = max(len(found) // REPLIES, 1)
    chosen = found[::step]
    assert len(chosen) >= REPLIES
    assert {kind for kind, _, _ in chosen} == set(KINDS)
    wording = ""

    def reply(handler: Handler, body: Body) -> None:
        in_pieces(handler, json.dumps({"c1": wording}, ensure_ascii=False), 2000)

    server.reply = reply
    wrong: list[str] = []
    outcome: Counter[str] = Counter()
    for kind, answer, wording in chosen:  # noqa: B007  reply reads it
        written = write(answer, writer)
        assert written.writing is not None
        assert written.writing.stopped is None
        [(_, claim)] = claims_of(written)
        composed = answer.sections[0].claims[0].text
        outcome["shown" if claim.composed else "replaced"] += 1
        if claim.composed and (wrong_in := differences(claim.text, composed)):
            wrong.append(f"{kind}: {composed!r} → {claim.text!r}: {wrong_in}")
        if any(word in claim.text.lower() and word not in composed.lower() for word in PLANTED):
            wrong.append(f"{kind}: {claim.text!r}")
    assert len(server.requests) == len(chosen)
    assert not wrong, "\n".join(wrong[:20])
    assert outcome["replaced"] > 0.98 * len(chosen), outcome
