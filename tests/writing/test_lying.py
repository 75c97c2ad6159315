"""A model that lies: thousands of bad replies over the wire, and nothing of them is shown."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from bad_sentences import KINDS, PLANTED, bad_wordings
from model_server import Body, Handler, ModelServer, claims_in, in_pieces
from shown import differences

from osler.domain import Answer, Claim, Section
from osler.dosage import parse_dosages
from osler.writing import write
from osler.writing.joining import may_join
from osler.writing.model import Writer
from osler.writing.offering import claims_of, offered_claims

A_CLAIM = 40  # bad wordings of each claim, spread over the kinds
REPLIES = 2200
JOINED = 400
# Another claim of the same answer says just this in other words.
SAID_TWICE = {
    "Measure serum vitamin B12 and homocysteine every 3 months until they are stable, and once a "
    "year from then on.",
    "Avoid cyanocobalamin in renal dysfunction because cyanide may accumulate.",
}


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


def joined_cases(answers: tuple[Answer, ...]) -> Iterator[tuple[str, Answer, str]]:
    """Kind, an answer of two claims that may be joined, and bad words for both."""
    for answer in answers:
        for pair in pairwise(offered_claims(answer)):
            if not may_join(pair):
                continue
            first, second = (item.claim for item in pair)
            both = f"{first.text.rstrip('.')}. {second.text.rstrip('.')}."
            crossed = _exchanged(first.text, second.text)
            wordings = [*bad_wordings(both), *(("crossed", wording) for wording in crossed)]
            for kind, wording in wordings[:: max(len(wordings) // A_CLAIM, 1)]:
                yield kind, with_claims(answer, (first, second)), wording


def _exchanged(one: str, other: str) -> Iterator[str]:
    """Two claims as two sentences, a figure or word of each in the place of the other's."""
    pattern = re.compile(r"\d[\d.,–-]*|\b[A-Za-z]{6,}\b")
    for a in pattern.finditer(one):
        for b in pattern.finditer(other):
            same = {a.group().lower(), b.group().lower()} == {"measure", "checked"}
            if not same and a.group() not in other and b.group() not in one:
                ours = f"{one[: a.start()]}{b.group()}{one[a.end() :]}".rstrip(".")
                theirs = f"{other[: b.start()]}{a.group()}{other[b.end() :]}".rstrip(".")
                yield f"{ours}. {theirs}."


def doses(text: str) -> set[tuple[object, ...]]:
    return {
        (d.substance, d.low, d.high, d.unit, d.per, d.route, d.frequency)
        for d in parse_dosages(text)
    }


def test_nothing_of_thousands_of_bad_replies_is_shown(
    server: ModelServer, unhurried_writer: Writer, answers: tuple[Answer, ...]
) -> None:
    found = list(cases(answers))
    assert len(found) >= REPLIES
    chosen = [found[number * len(found) // REPLIES] for number in range(REPLIES)]
    assert {kind for kind, _, _ in chosen} == set(KINDS)
    wording = ""

    def reply(handler: Handler, body: Body) -> None:
        in_pieces(handler, json.dumps({"c1": wording}, ensure_ascii=False), 2000)

    server.reply = reply
    wrong: list[str] = []
    outcome: Counter[str] = Counter()
    for kind, answer, wording in chosen:  # noqa: B007  reply reads it
        written = write(answer, unhurried_writer)
        assert written.writing is not None
        assert written.writing.stopped is None
        [(_, claim)] = claims_of(written)
        composed = answer.sections[0].claims[0].text
        outcome["shown" if claim.composed else "replaced"] += 1
        if claim.composed and (wrong_in := differences(claim.text, composed)):
            wrong.append(f"{kind}: {composed!r} → {claim.text!r}: {wrong_in}")
        if not doses(claim.text) <= doses(composed):
            wrong.append(f"{kind}: {claim.text!r} gives another dose than {composed!r}")
        if any(word in claim.text.lower() and word not in composed.lower() for word in PLANTED):
            wrong.append(f"{kind}: {claim.text!r}")
    assert len(server.requests) == len(chosen)
    assert not wrong, "\n".join(wrong[:20])
    assert outcome["replaced"] > 0.98 * len(chosen), outcome


def test_nothing_of_bad_sentences_for_two_claims_is_shown(
    server: ModelServer, unhurried_writer: Writer, answers: tuple[Answer, ...]
) -> None:
    found = list(joined_cases(answers))
    chosen = [found[number * len(found) // JOINED] for number in range(JOINED)]
    assert {"crossed", "figures", "negations"} <= {kind for kind, _, _ in chosen}
    wording = ""

    def reply(handler: Handler, body: Body) -> None:
        in_pieces(handler, json.dumps({"c1": wording, "c2": "c1"}, ensure_ascii=False), 2000)

    server.reply = reply
    wrong: list[str] = []
    shown = 0
    for kind, answer, wording in chosen:  # noqa: B007  reply reads it
        claims = [claim for _, claim in claims_of(write(answer, unhurried_writer))]
        composed = " ".join(f"{c.text.rstrip('.')}." for c in answer.sections[0].claims)
        text = " ".join(f"{claim.text.rstrip('.')}." for claim in claims)
        shown += text != composed
        if kind == "crossed" and text != composed:
            wrong.append(f"{kind}: {composed!r} → {text!r}")
        if wrong_in := differences(text, composed):
            wrong.append(f"{kind}: {composed!r} → {text!r}: {wrong_in}")
    assert not wrong, "\n".join(wrong[:20])
    assert shown < 0.05 * len(chosen)


def test_claims_under_each_others_ids_are_not_shown(
    server: ModelServer, unhurried_writer: Writer, answers: tuple[Answer, ...]
) -> None:
    def rotated(handler: Handler, body: Body) -> None:
        claims = claims_in(body)
        texts = [*claims.values()]
        moved = dict(zip(claims, texts[1:] + texts[:1], strict=True))
        in_pieces(handler, json.dumps(moved, ensure_ascii=False))

    server.reply = rotated
    for answer in answers:
        if len(offered_claims(answer)) > 1:
            written = write(answer, unhurried_writer)
            assert {c.composed for _, c in claims_of(written)} <= {None, *SAID_TWICE}


@pytest.mark.parametrize(
    "reply",
    [
        '{"c99": "Give 4000 mg of lithium."}',
        '{"t_0123456789abcdef": "Give 4000 mg of lithium."}',
        '{"bottom_line": "Give 4000 mg of lithium.", "safety_notices": "None."}',
        '{"c1": {"text": "Give 4000 mg of lithium."}, "c2": 4000, "c3": null, "c4": ["x"]}',
        '[{"c1": "Give 4000 mg of lithium."}]',
        '{"c1": "Give 4000 mg of lithium.", "c1": "Give 4000 mg of lithium."}',
        'Of course! {"c1": "Give 4000 mg of lithium."}',
        '{"c1": "Give 4000 mg of lithium."} and {"c2": "Give 4000 mg of lithium."}',
        '{"c1": "\\ud800 Give 4000 mg"}',
        '{"c1": "\\u0000"}',
    ],
    ids=range(10),
)
def test_odd_replies_change_nothing(
    server: ModelServer, unhurried_writer: Writer, answers: tuple[Answer, ...], reply: str
) -> None:
    server.says(reply, piece=7)
    written = write(answers[6], unhurried_writer)
    assert replace(written, writing=None) == answers[6]
    assert written.writing is not None
    assert written.writing.kept == 0


def test_the_first_wording_of_a_claim_that_passes_stays(
    server: ModelServer, unhurried_writer: Writer, answers: tuple[Answer, ...]
) -> None:
    good = offered_claims(answers[6])[0].claim
    answer = with_claims(answers[6], (good,))
    server.says(json.dumps({"c1": good.text})[:-1] + ', "c1": "Give 4000 mg of lithium."}')
    written = write(answer, unhurried_writer)
    assert replace(written, writing=None) == answer
    assert written.writing is not None
    assert (written.writing.kept, written.writing.replaced) == (1, 1)
