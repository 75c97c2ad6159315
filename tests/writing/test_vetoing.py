"""A model may keep a claim from being shown; it brings none back, and hides no danger."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from model_server import Body, Handler, ModelServer, claims_in, in_pieces

from osler.answering import ask
from osler.domain import Answer, Polarity, StatementKind
from osler.library import Library
from osler.writing import ask_with, open_writer, writer_settings
from osler.writing.model import Writer
from osler.writing.offering import claims_of
from osler.writing.vetoing import with_vetoes

BEWARE = (StatementKind.CAUTION, StatementKind.CONTRAINDICATION)


@pytest.fixture
def strict(server: ModelServer) -> Iterator[Writer]:
    settings = writer_settings(f"openai:test@{server.url}", {"OSLER_WRITER_VETOES": "yes"})
    assert settings is not None
    with open_writer(settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def answer(library: Library) -> Answer:
    return ask(library, "What is the maintenance dose of vitamin B12?")


def doubting(*words: str) -> object:
    """A model that doubts the claims which hold one of the words."""

    def reply(handler: Handler, body: Body) -> None:
        verdicts = {
            k: not any(word in item["claim"] for word in words)
            for k, item in claims_in(body).items()
        }
        in_pieces(handler, json.dumps(verdicts))

    return reply


def texts(answer: Answer) -> list[str]:
    return [claim.text for _, claim in claims_of(answer)]


def test_a_claim_that_is_doubted_is_not_shown(
    server: ModelServer, strict: Writer, answer: Answer
) -> None:
    server.reply = doubting("sublingually")
    left = with_vetoes(answer, strict)
    gone = [text for text in texts(answer) if "sublingually" in text]
    assert gone
    assert texts(left) == [text for text in texts(answer) if text not in gone]
    assert left.writing is not None
    assert left.writing.vetoed == len(gone)


def test_what_says_to_beware_is_out_of_its_reach(
    server: ModelServer, strict: Writer, answer: Answer
) -> None:
    server.reply = doubting("")  # everything
    left = with_vetoes(answer, strict)
    warned = [
        claim.text
        for _, claim in claims_of(answer)
        if any(s.kind in BEWARE or s.polarity is Polarity.NEGATIVE for s in claim.statements)
    ]
    assert warned
    assert [text for text in texts(left) if text in warned] == warned
    assert (left.conflicts, left.safety_notices) == (answer.conflicts, answer.safety_notices)


def test_yes_or_no_goes_with_the_line_that_said_it(
    server: ModelServer, strict: Writer, answer: Answer
) -> None:
    server.reply = doubting("")
    assert with_vetoes(replace(answer, yes_no="yes"), strict).yes_no is None


def test_an_answer_without_a_claim_left_is_an_abstention_with_its_passages(
    server: ModelServer, strict: Writer, answer: Answer
) -> None:
    server.reply = doubting("")
    alone = replace(answer, bottom_line=answer.bottom_line[:1], sections=())
    left = with_vetoes(alone, strict)
    assert not left.answered
    assert left.abstention is not None
    assert left.abstention.nearby == alone.bottom_line[0].citations


@pytest.mark.parametrize("reply", ['{"c1": false, "c2": fal', "No.", '{"c1": "false"}', "{}"])
def test_half_a_check_is_none(
    server: ModelServer, strict: Writer, answer: Answer, reply: str
) -> None:
    server.says(reply)
    assert texts(with_vetoes(answer, strict)) == texts(answer)


def test_the_passages_are_sent_with_the_claims_and_nothing_of_the_patient(
    server: ModelServer, strict: Writer, library: Library
) -> None:
    server.reply = doubting()
    with_vetoes(ask(library, "78F 61 kg, eGFR 24: dose of metformin?"), strict)
    [(_, _, body)] = server.requests
    assert all(item["passages"] for item in claims_in(body).values())
    assert "61 kg" not in json.dumps(body)


def test_asking_with_a_writer_vetoes_and_then_words_what_is_left(
    server: ModelServer, strict: Writer, library: Library
) -> None:
    def reply(handler: Handler, body: Body) -> None:
        data = claims_in(body)
        if all(isinstance(value, dict) for value in data.values()):
            in_pieces(handler, json.dumps({k: "sublingually" not in v["claim"]
                                           for k, v in data.items()}))  # fmt: skip
        else:
            in_pieces(handler, json.dumps(data, ensure_ascii=False))

    server.reply = reply
    answer = ask_with(strict, library, "What is the maintenance dose of vitamin B12?")
    checked, *worded = server.requests
    assert "sublingually" in json.dumps(checked[2])
    assert "sublingually" not in json.dumps([body for _, _, body in worded])
    assert answer.writing is not None
    assert answer.writing.vetoed > 0
    assert answer.writing.kept > 0
    assert answer.writing.input_tokens == 11 * len(server.requests)


def test_a_check_may_have_time_of_its_own(server: ModelServer, library: Library) -> None:
    took = 0.8

    def slowly(handler: Handler, body: Body) -> None:
        claims = claims_in(body)
        checked = any(isinstance(value, dict) for value in claims.values())
        time.sleep(took if checked else 0)
        said = {k: "sublingually" not in v["claim"] if checked else v for k, v in claims.items()}
        in_pieces(handler, json.dumps(said, ensure_ascii=False))

    def left(environ: dict[str, str]) -> Answer:
        first = {"OSLER_WRITER_VETOES": "yes", "OSLER_WRITER_FIRST_LIMIT": "0.7"}
        settings = writer_settings(f"openai:test@{server.url}", first | environ)
        assert settings is not None
        with open_writer(settings) as opened:
            return ask_with(opened, library, "What is the maintenance dose of vitamin B12?")

    server.reply = slowly
    hurried = left({}).writing
    assert hurried is not None
    assert (hurried.vetoed, hurried.kept) == (0, 0)
    given = left({"OSLER_WRITER_VETO_LIMIT": "60"})
    assert given.writing is not None
    assert given.writing.vetoed > 0
    assert not [text for text in texts(given) if "sublingually" in text]
