"""An answer in a model's words: what passes is shown at its place, and all else is as composed."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from model_server import Body, Handler, ModelServer, all_claims, claims_in, echo, in_pieces

from osler.answering import ask, to_json
from osler.domain import Answer, Audience, Place
from osler.library import Library
from osler.render import markdown
from osler.writing import Reworded, counters, write, write_stream
from osler.writing.model import Writer
from osler.writing.offering import claims_of, offered_claims

QUESTION = "What is the maintenance dose of vitamin B12?"
PLAIN = "Avoid the intravenous route for cyanocobalamin."
BETTER = "The intravenous route should be avoided for cyanocobalamin."
DOSE = "The usual maintenance dose is hydroxocobalamin 1 mg intramuscularly every 2–3 months."
BETTER_DOSE = (
    "For maintenance, the usual dose is hydroxocobalamin 1 mg intramuscularly every 2–3 months."
)


@pytest.fixture(scope="module")
def answer(library: Library) -> Answer:
    return ask(library, QUESTION)


def instead(changes: dict[str, str]) -> object:
    """A model that changes some claims, and gives the others back."""

    def reply(handler: Handler, body: Body) -> None:
        claims = {k: changes.get(text, text) for k, text in claims_in(body).items()}
        in_pieces(handler, json.dumps(claims, ensure_ascii=False))

    return reply


def texts(answer: Answer) -> list[str]:
    return [claim.text for _, claim in claims_of(answer)]


def test_what_says_the_same_is_shown_in_the_models_words(
    server: ModelServer, writer: Writer, answer: Answer
) -> None:
    server.reply = instead({PLAIN: BETTER, DOSE: BETTER_DOSE})
    written = write(answer, writer)
    expected = [{PLAIN: BETTER, DOSE: BETTER_DOSE}.get(text, text) for text in texts(answer)]
    assert texts(written) == expected
    reworded = [claim for _, claim in claims_of(written) if claim.composed]
    assert [claim.composed for claim in reworded] == [
        text for text in texts(answer) if text in (PLAIN, DOSE)
    ]
    dosed = next(claim for claim in reworded if claim.composed == DOSE)
    [dosage] = dosed.dosages
    assert (dosage.low, dosage.unit, dosage.route) == (Decimal(1), "mg", "intramuscular")
    assert BETTER_DOSE[dosage.start : dosage.end] == dosage.text


def test_all_but_the_words_of_claims_is_as_it_was(
    server: ModelServer, writer: Writer, answer: Answer
) -> None:
    server.reply = instead({PLAIN: BETTER, DOSE: BETTER_DOSE})
    written = write(answer, writer)
    for name in Answer.__dataclass_fields__:
        if name not in ("bottom_line", "sections", "writing"):
            assert getattr(written, name) == getattr(answer, name), name
    for (_, now), (_, before) in zip(claims_of(written), claims_of(answer), strict=True):
        assert replace(now, text=before.text, composed=None, dosages=before.dosages) == before


def test_the_answer_says_who_wrote_it_and_what_it_took(
    server: ModelServer, writer: Writer, answer: Answer
) -> None:
    wrong = "Avoid the oral route for cyanocobalamin."
    server.reply = instead({PLAIN: wrong, DOSE: BETTER_DOSE})
    before = counters()
    written = write(answer, writer).writing
    assert written is not None
    assert (written.writer, written.model, written.place) == ("openai", "test", Place.MACHINE)
    assert written.address == f"127.0.0.1:{server.server_port}"
    assert (written.replaced, written.composed, written.stopped) == (1, 1, None)
    asked = len(server.requests)
    assert asked > 1
    assert (written.input_tokens, written.output_tokens) == (11 * asked, 7 * asked)
    assert written.cost_usd is None
    assert written.first_ms is not None
    assert 0 < written.first_ms <= written.elapsed_ms
    now = counters()
    assert now["sentences_kept_total"] - before["sentences_kept_total"] == written.kept > 0
    assert now["sentences_replaced_total"] - before["sentences_replaced_total"] == 1
    assert now["output_tokens_total"] - before["output_tokens_total"] == 7 * asked


def test_json_and_pages_tell_of_the_model(
    server: ModelServer, writer: Writer, answer: Answer, library: Library
) -> None:
    server.reply = instead({PLAIN: BETTER})
    written = write(answer, writer)
    body = to_json(written, library)
    assert body["writing"]["model"] == "test"
    assert body["writing"]["place"] == "this machine"
    claims = [c for s in body["sections"] for c in s["claims"]]
    assert {c["composed"] for c in claims} == {None, PLAIN}
    page = markdown.render(written)
    assert "worded by test at 127.0.0.1" in page
    told = written.writing
    assert told is not None
    assert f" s, {told.input_tokens:,} + {told.output_tokens:,} tokens" in page
    priced = replace(written, writing=replace(told, cost_usd=0.0123))
    assert "tokens, $0.0123" in markdown.render(priced)
    assert to_json(answer, library)["writing"] is None
    assert "no language model" in markdown.render(answer)


def test_claims_come_one_by_one_and_then_the_whole(
    server: ModelServer, writer: Writer, answer: Answer
) -> None:
    server.reply = echo
    *claims, last = write_stream(answer, writer)
    assert isinstance(last, Answer)
    places = dict(claims_of(last))
    for event in claims:
        assert isinstance(event, Reworded)
        assert places[event.spot] == event.claim
    assert len(claims) == len(all_claims(server)) > 20


def test_to_stop_reading_stops_the_model(
    server: ModelServer, writer: Writer, answer: Answer
) -> None:
    def endless(handler: Handler, body: Body) -> None:
        handler.start()
        handler.say(json.dumps(claims_in(body), ensure_ascii=False)[:-1])
        while True:
            handler.say(" " * 50)

    server.reply = endless
    stream = write_stream(answer, writer)
    assert isinstance(next(stream), Reworded)
    stream.close()
    assert server.hung_up.wait(5)


def test_what_is_sent_holds_nothing_of_the_question_or_the_patient(
    server: ModelServer, writer: Writer, library: Library
) -> None:
    server.reply = echo
    answer = ask(library, "My neighbour Agatha Quill, 78F 61 kg, eGFR 24: dose of metformin?")
    write(answer, writer)
    sent = json.dumps(server.requests)
    path, headers, body = server.requests[0]
    for fact in ("Agatha", "Quill", "neighbour", "78F", "61 kg", "eGFR 24"):
        assert fact not in sent
    assert path == "/v1/chat/completions"
    assert set(body) == {
        "model", "messages", "stream", "stream_options", "max_tokens", "temperature",
        "response_format",
    }  # fmt: skip
    assert {name.lower() for name in headers} <= {
        "host", "accept", "accept-encoding", "connection", "content-type", "content-length",
        "user-agent",
    }  # fmt: skip
    assert [*all_claims(server).values()] == [o.claim.text for o in offered_claims(answer)]


def test_claims_with_a_warning_or_a_dose_worked_out_are_never_the_models(
    server: ModelServer, writer: Writer, library: Library
) -> None:
    answer = ask(library, "Amoxicillin for otitis media in a child of 4 years, 16 kg")
    derived = [claim for _, claim in claims_of(answer) if claim.derivations]
    assert derived
    server.reply = echo
    write(answer, writer)
    sent = set(all_claims(server).values())
    assert sent
    assert not sent & {claim.text for claim in derived}


def test_the_reader_is_named_to_the_model(
    server: ModelServer, writer: Writer, answer: Answer
) -> None:
    server.reply = echo
    write(replace(answer, audience=Audience.PATIENT), writer)
    assert "a patient or carer" in server.requests[0][2]["messages"][0]["content"]


def test_an_abstention_asks_no_model(server: ModelServer, writer: Writer, library: Library) -> None:
    server.reply = echo
    answer = ask(library, "What is the dose of zolpidem?")
    assert not answer.answered
    assert write(answer, writer) == answer
    assert not server.requests
