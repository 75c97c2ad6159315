"""A sentence of several claims, as a model gives it: shown once, in the place of the first."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from model_server import Body, Handler, ModelServer, claims_in, in_pieces
from shown import differences

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library
from osler.writing import Reworded, write, write_stream
from osler.writing.joining import joined_claim, may_join
from osler.writing.model import Writer
from osler.writing.offering import Offered, claims_of, offered_claims

BYPASS = "After Roux-en-Y gastric bypass or biliopancreatic diversion, "
FIRST = f"{BYPASS}maintenance is vitamin B12 1000–2000 micrograms sublingually once daily."
SECOND = (
    "The alternative after Roux-en-Y gastric bypass or biliopancreatic diversion is maintenance "
    "vitamin B12 1000 micrograms intramuscularly once a month."
)
BOTH = (
    f"{BYPASS}maintenance is vitamin B12 1000–2000 micrograms sublingually once daily, and the "
    "alternative is maintenance vitamin B12 1000 micrograms intramuscularly once a month."
)
SWAPPED = (
    f"{BYPASS}maintenance is vitamin B12 1000 micrograms sublingually once daily, and the "
    "alternative is maintenance vitamin B12 1000–2000 micrograms intramuscularly once a month."
)


@pytest.fixture(scope="module")
def answer(library: Library) -> Answer:
    return ask(library, "What is the maintenance dose of vitamin B12?")


def pair(answer: Answer) -> tuple[Offered, ...]:
    return tuple(
        next(item for item in offered_claims(answer) if item.claim.text == text)
        for text in (FIRST, SECOND)
    )


def saying(server: ModelServer, words: dict[str, str]) -> None:
    """Have the model say these words for claims, an id standing for the claim of that text."""

    def reply(handler: Handler, body: Body) -> None:
        claims = claims_in(body)
        ids = {text: name for name, text in claims.items()}
        said = {name: words.get(text, text) for name, text in claims.items()}
        said = {name: ids.get(text, text) if text == FIRST else text for name, text in said.items()}
        in_pieces(handler, json.dumps(said, ensure_ascii=False))

    server.reply = reply


def texts(answer: Answer) -> list[str]:
    return [claim.text for _, claim in claims_of(answer)]


def test_two_claims_are_shown_as_one_sentence_with_the_citations_of_both(
    server: ModelServer, unhurried_writer: Writer, answer: Answer
) -> None:
    saying(server, {FIRST: BOTH, SECOND: FIRST})
    written = write(answer, unhurried_writer)
    expected = [BOTH if t == FIRST else t for t in texts(answer) if t != SECOND]
    assert texts(written) == expected
    one, other = (item.claim for item in pair(answer))
    [joined] = [claim for _, claim in claims_of(written) if claim.text == BOTH]
    assert joined.composed == f"{FIRST} {SECOND}"
    assert joined.citations == (*one.citations, *other.citations)
    assert joined.statements == (*one.statements, *other.statements)
    assert [(d.low, d.route) for d in joined.dosages] == [
        (d.low, d.route) for d in (*one.dosages, *other.dosages)
    ]
    assert [BOTH[d.start : d.end] for d in joined.dosages] == [d.text for d in joined.dosages]
    assert written.writing is not None
    assert (written.writing.replaced, written.writing.composed) == (0, 0)
    assert replace(written, sections=(), writing=None) == replace(answer, sections=())


def test_while_it_streams_nothing_is_taken_away(
    server: ModelServer, unhurried_writer: Writer, answer: Answer
) -> None:
    saying(server, {FIRST: BOTH, SECOND: FIRST})
    events = [e for e in write_stream(answer, unhurried_writer) if isinstance(e, Reworded)]
    [event] = [e for e in events if e.claim.text == BOTH]
    first, second = pair(answer)
    assert event.spot == first.spot
    assert event.gone == (second.spot,)
    assert not [e for e in events if e.spot == second.spot]


@pytest.mark.parametrize("words", [SWAPPED, FIRST, SECOND, "", f"{BOTH} {SECOND}"])
def test_whatever_else_is_said_for_two_claims_leaves_both(
    server: ModelServer, unhurried_writer: Writer, answer: Answer, words: str
) -> None:
    saying(server, {FIRST: f"{words} ", SECOND: FIRST})
    written = write(answer, unhurried_writer)
    assert texts(written) == texts(answer)


@pytest.mark.parametrize(
    "reply",
    [
        '{{"{a}": "{b}", "{b}": "{a}"}}',
        '{{"{a}": "{a}", "{b}": "{a}"}}',
        '{{"{b}": "{a}", "{a}": {words}}}',
        '{{"{a}": {words}, "c1": "{a}"}}',
        '{{"{a}": {words}, "{a}": "{a}", "c99": "{a}"}}',
    ],
    ids=range(5),
)
def test_odd_references_change_nothing(
    server: ModelServer, unhurried_writer: Writer, answer: Answer, reply: str
) -> None:
    first, second = pair(answer)
    words = json.dumps(BOTH, ensure_ascii=False)
    server.says(reply.format(a=first.id, b=second.id, words=words))
    assert texts(write(answer, unhurried_writer)) == texts(answer)


def test_only_neighbours_that_are_shown_alike_may_be_joined(answer: Answer) -> None:
    first, second = pair(answer)
    assert may_join((first, second))
    assert not may_join((second, first))
    assert not may_join((first,))
    third = next(item for item in offered_claims(answer) if item.spot.section is None)
    assert not may_join((third, first))
    elsewhere = next(o for o in offered_claims(answer) if (o.spot.section or 0) > 9)
    assert not may_join((second, elsewhere))
    for differing in ({"group": "children"}, {"strength": "strong"}, {"missing": ("weight",)}):
        assert not may_join((first, replace(second, claim=replace(second.claim, **differing))))


@pytest.mark.parametrize(
    ("one", "other", "text"),
    [
        # What opens a sentence is read over all of it.
        (
            "Avoid cyanocobalamin in renal dysfunction because cyanide may accumulate.",
            "Avoid the intravenous route for cyanocobalamin.",
            "In renal dysfunction, avoid cyanocobalamin because cyanide may accumulate; avoid the "
            "intravenous route for cyanocobalamin.",
        ),
        # So is what ends it.
        (
            "Check the blood potassium while vitamin B12 stores are being refilled.",
            "Vitamin B12: Aim for a homocysteine below 10 micromol/L.",
            "For vitamin B12, aim for a homocysteine below 10 micromol/L and check the blood "
            "potassium while vitamin B12 stores are being refilled.",
        ),
        # And a "not" before two things.
        (
            "In malabsorption, do not rely on vitamin B12 tablets: the intramuscular route is "
            "needed.",
            "Check the blood potassium while vitamin B12 stores are being refilled.",
            "In malabsorption, do not rely on vitamin B12 tablets: the intramuscular route is "
            "needed, and check the blood potassium while vitamin B12 stores are being refilled.",
        ),
    ],
    ids=range(3),
)
def test_what_may_be_read_over_both_claims_is_not_shown(
    answer: Answer, one: str, other: str, text: str
) -> None:
    by_text = {item.claim.text: item for item in offered_claims(answer)}
    for order in ((by_text[one], by_text[other]), (by_text[other], by_text[one])):
        assert joined_claim(text, order) is None


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_made_of_the_words_of_two_claims_is_safe_or_not_shown(
    answer: Answer, data: st.DataObject
) -> None:
    items = pair(answer)
    both = f"{FIRST} {SECOND}"
    pieces = [*both.split(), "and", ",", ";", ". After", ":", "not", "or", "10 mg", "daily"]
    text = " ".join(data.draw(st.lists(st.sampled_from(pieces), max_size=40)))
    found = joined_claim(text, items)
    assert found is None or not differences(found.text, both)


def test_long_texts_take_no_time(answer: Answer) -> None:
    items = pair(answer)
    for piece in (", and ", "; ", ". A", ": "):
        assert joined_claim(piece * 60, items) is None
