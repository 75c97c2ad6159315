"""A language model that reads a question and checks an answer, on the site: before it is shown."""

from __future__ import annotations

import html
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient, Client
from django.utils.html import strip_tags
from model_server import Handler, ModelServer, claims_in, in_pieces, running

from osler_site.answers.asking import ask
from osler_site.answers.models import RawAnswer
from osler_site.answers.writer import check_writer, forget_writer, site_writer
from osler_site.history.models import Turn

QUESTION = "What is the maintenance dose of vitamin B12 after loading?"
TANGLED = "Regarding methotrexate: my colleague mumbled something on Tuesdays and folate, say what?"
PLAIN = "What dose of folate is given with methotrexate?"
Body = dict[str, Any]

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture(scope="module")
def serving() -> Iterator[ModelServer]:
    with running() as started:
        yield started


@pytest.fixture
def server(serving: ModelServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """A model's server that the site lets read and check."""
    serving.requests.clear()
    monkeypatch.setenv("OSLER_WRITER", f"openai:test@{serving.url}")
    monkeypatch.setenv("OSLER_WRITER_VETOES", "yes")
    monkeypatch.setenv("OSLER_WRITER_READS", "yes")
    forget_writer()
    yield serving
    forget_writer()


def replies(*, doubts: int = 0, plain: str = "") -> Any:
    """A model that doubts the first so many claims, puts every question so, and rewords nothing."""

    def reply(handler: Handler, body: Body) -> None:
        data = claims_in(body)
        said: Body = {}
        for n, (name, value) in enumerate(data.items()):
            said[name] = n >= doubts if isinstance(value, dict) else value
        if "question" in data:
            said = {"question": plain}
        in_pieces(handler, json.dumps(said))

    return reply


def silent(handler: Handler, body: Body) -> None:
    time.sleep(4)


def words(page: str) -> str:
    return " ".join(html.unescape(strip_tags(page)).split())


async def streamed(question: str = QUESTION) -> list[tuple[str, str]]:
    headers = {"accept": "text/event-stream"}
    asked = await AsyncClient().post("/ask", {"q": question}, headers=headers)
    text = b"".join([chunk async for chunk in asked.streaming_content]).decode()
    events = []
    for block in text.strip().split("\n\n"):
        name, *lines = block.split("\n")
        data = "\n".join(line.removeprefix("data: ") for line in lines)
        events.append((name.removeprefix("event: "), data))
    return events


def test_a_doubted_claim_is_never_shown_and_the_page_says_so(
    server: ModelServer, client: Client
) -> None:
    check_writer()
    server.reply = replies(doubts=1)
    location = client.post("/ask", {"q": QUESTION})["Location"]
    composed, checked = RawAnswer.objects.order_by("pk")
    assert checked.composed_uid == composed.uid
    assert checked.get_absolute_url() == location
    gone = composed.body["bottom_line"][0]["text"]
    assert gone not in [c["text"] for c in checked.body["bottom_line"]]
    page = client.get(location).content.decode()
    assert "1 sentence is not shown: test doubted that its passage says it." in words(page)
    held = page.split('class="note caution held-back"')[1].split("</details>")[0]
    assert composed.body["bottom_line"][0]["citations"][0]["quote"] in words(held)
    assert "as composed: test at 127.0.0.1" in words(page)
    assert "tokens, 1 held back by it" in words(page)
    assert "This is the text as composed; test has not worded it." in words(page)
    assert "Show the answer as composed" in words(page)
    left = client.get(composed.get_absolute_url()).content.decode()
    assert "test did not check this in time" in words(left)


def test_it_is_held_back_before_the_stream_shows_it(server: ModelServer) -> None:
    server.reply = replies(doubts=1)
    events = async_to_sync(streamed)()
    composed = RawAnswer.objects.order_by("pk").first()
    assert composed is not None
    names = [name for name, _ in events]
    assert names.index("understood") < names.index("checking") < names.index("part")
    shown = [data for name, data in events if name == "part" and 'id="bottom-line"' in data]
    lines = [c["text"] for c in composed.body["bottom_line"]]
    assert len(shown) == 1
    assert lines[0] not in words(shown[0])
    assert lines[1].split(",")[0] in words(shown[0])


def test_the_same_answer_is_checked_once(server: ModelServer) -> None:
    server.reply = replies(doubts=1)
    first = ask(QUESTION, writer=site_writer())
    asked = len(server.requests)
    assert asked
    assert ask(QUESTION, writer=site_writer()) == first
    assert len(server.requests) == asked


def test_a_tangled_question_is_answered_as_the_model_puts_it(
    server: ModelServer, client: Client
) -> None:
    assert not ask(TANGLED).answered
    server.reply = replies(plain=PLAIN)
    found = client.post("/ask", {"q": TANGLED})["Location"]
    page = words(client.get(found).content.decode())
    assert f"Understood by test as: {PLAIN}" in page
    assert "Bottom line" in page
    raw = RawAnswer.objects.get(uid=found.split("/")[2])
    assert raw.question == TANGLED


def test_a_silent_model_costs_two_seconds_and_the_answer_says_it_is_unchecked(
    server: ModelServer, client: Client
) -> None:
    server.reply = silent
    begun = time.monotonic()
    location = client.post("/ask", {"q": QUESTION})["Location"]
    assert time.monotonic() - begun < 3
    assert RawAnswer.objects.get().get_absolute_url() == location  # nothing of it is kept
    page = words(client.get(location).content.decode())
    assert "test did not check this in time" in page
    server.reply = replies(doubts=1)
    again = client.post("/ask", {"q": QUESTION})["Location"]
    assert again != location


def test_where_it_may_not_it_is_not_asked(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OSLER_WRITER_VETOES")
    monkeypatch.delenv("OSLER_WRITER_READS")
    forget_writer()
    server.reply = replies(doubts=1)
    ask(QUESTION, writer=site_writer())
    ask(TANGLED, writer=site_writer())
    assert server.requests == []


def test_a_program_may_leave_it_out(server: ModelServer, client: Client) -> None:
    from osler_site.api.models import ApiToken
    from osler_site.api.scopes import Scope

    server.reply = replies(doubts=1)
    _, secret = ApiToken.issue("a program", [Scope.ASK])

    def asked(**more: bool) -> Any:
        body = json.dumps({"question": QUESTION, **more})
        headers = {"authorization": f"Bearer {secret}"}
        kind = "application/json"
        return client.post("/api/v1/ask", body, content_type=kind, headers=headers).json()

    assert asked()["writing"]["vetoed"] == 1
    assert asked(writer=False)["writing"] is None
    assert len(asked(writer=False)["bottom_line"]) == len(asked()["bottom_line"]) + 1


def test_the_first_page_says_that_questions_are_sent(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OSLER_WRITER", "openai:big@https://203.0.113.7/v1")
    monkeypatch.setenv("OSLER_WRITER_REMOTE", "yes")
    monkeypatch.setenv("OSLER_WRITER_READS", "yes")
    forget_writer()
    page = words(client.get("/").content.decode())
    assert "A question that finds no answer is sent there as well" in page
    assert "Your question and what you say of a patient are not." not in page
    forget_writer()


def words_all(handler: Handler, body: Body) -> None:
    said = {k: f"The {v[0].lower()}{v[1:]}" for k, v in claims_in(body).items()}
    in_pieces(handler, json.dumps(said))


SEPSIS = "Dose of gentamicin in sepsis in a woman aged 78, eGFR 24, allergic to penicillin?"
TURN = "scrap the kidney thing"
READ = "Dose of gentamicin in sepsis in a woman aged 78, allergic to penicillin?"


@pytest.fixture
def reading(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    """A model that may only read questions, and puts every follow-up so."""
    monkeypatch.delenv("OSLER_WRITER_VETOES")
    forget_writer()

    def reply(handler: Handler, body: Body) -> None:
        data = claims_in(body)
        in_pieces(handler, json.dumps({"question": READ} if "turn" in data else data))

    server.reply = reply
    return server


def turns_sent(server: ModelServer) -> list[Body]:
    return [data for _, _, body in server.requests if "turn" in (data := claims_in(body))]


def asked_after(client: Client, first: RawAnswer, **more: str) -> str:
    form = {"q": TURN, "after": first.uid, **more}
    return str(client.post("/ask", form)["Location"])


def test_a_follow_up_that_a_model_read_is_shown_with_both_readings(
    reading: ModelServer, client: Client, person: Any
) -> None:
    client.force_login(person("ann"))
    first = RawAnswer.objects.get(uid=client.post("/ask", {"q": SEPSIS})["Location"].split("/")[2])
    location = asked_after(client, first)
    assert turns_sent(reading) == [{"earlier": [SEPSIS], "turn": TURN}]
    raw = RawAnswer.objects.get(uid=location.split("/")[2])
    assert raw.question == READ
    page = client.get(location).content.decode()
    assert "Read with the help of a language model (test). Osler’s own reading:" in words(page)
    assert "Changed: eGFR 24 withdrawn" in words(page)
    assert f"You asked: {TURN}" in words(page)
    box = page.split('class="read-by"')[1].split("</div>")[0]
    own = html.unescape(box.split('name="q" value="')[1].split('"')[0])
    assert "eGFR 24" in own
    form = {"q": own, "after": first.uid, "alone": "1"}
    other = client.post("/ask", form)["Location"]
    assert RawAnswer.objects.get(uid=other.split("/")[2]).question == own
    assert "Read with the help" not in words(client.get(other).content.decode())
    assert len(turns_sent(reading)) == 1  # opening the page asks nothing
    turn = Turn.objects.get(question=TURN)
    assert (turn.understood, turn.read_by) == (READ, "test")
    thread = words(client.get(turn.thread.get_absolute_url()).content.decode())
    assert f"Understood by test as: {READ}" in thread
    elsewhere = Client()
    elsewhere.force_login(turn.thread.owner)
    assert "Read with the help of a language model (test)" in words(
        elsewhere.get(location).content.decode()
    )


def test_nobody_else_sees_how_it_was_read(reading: ModelServer, client: Client) -> None:
    location = asked_after(client, ask(SEPSIS))
    assert "Read with the help" in words(client.get(location).content.decode())
    assert "Read with the help" not in words(Client().get(location).content.decode())


def test_a_stream_asks_the_model_once_and_shows_both_readings(reading: ModelServer) -> None:
    first = ask(SEPSIS)

    async def read() -> str:
        headers = {"accept": "text/event-stream"}
        form = {"q": TURN, "after": first.uid}
        answer = await AsyncClient().post("/ask", form, headers=headers)
        return b"".join([chunk async for chunk in answer.streaming_content]).decode()

    sent = async_to_sync(read)()
    assert f"event: understood\ndata: {READ}\n" in sent
    assert "Read with the help of a language model (test)." in words(sent)
    assert len(turns_sent(reading)) == 1


def test_an_unfaithful_reading_of_a_follow_up_is_not_asked(
    reading: ModelServer, client: Client
) -> None:
    reading.says(json.dumps({"question": READ.replace(", allergic to penicillin", "")}))
    location = asked_after(client, ask(SEPSIS))
    raw = RawAnswer.objects.get(uid=location.split("/")[2])
    assert "allergic to penicillin" in raw.question
    assert "Read with the help" not in words(client.get(location).content.decode())


def test_a_program_is_told_both_readings_and_may_do_without(
    reading: ModelServer, client: Client
) -> None:
    from osler_site.api.models import ApiToken
    from osler_site.api.scopes import Scope

    _, secret = ApiToken.issue("a program", [Scope.ASK])

    def asked(**more: bool) -> Any:
        body = json.dumps({"question": TURN, "after": [SEPSIS], **more})
        headers = {"authorization": f"Bearer {secret}"}
        kind = "application/json"
        return client.post("/api/v1/ask", body, content_type=kind, headers=headers).json()

    thread = asked()["thread"]
    assert thread["understood"] == READ
    assert thread["reading"]["question"] == READ
    assert (thread["reading"]["input_tokens"], thread["reading"]["output_tokens"]) == (11, 7)
    alone = asked(writer=False)["thread"]
    assert alone["understood"] == thread["own"]
    assert (alone["own"], alone["reading"]) == (None, None)


def test_without_scripts_a_button_gets_the_models_words(
    server: ModelServer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OSLER_WRITER_VETOES")
    forget_writer()
    server.reply = words_all
    location = client.post("/ask", {"q": QUESTION})["Location"]
    page = client.get(location).content.decode()
    assert "This is the text as composed; test has not worded it." in words(page)
    assert f'action="{location}words"' in page
    worded = client.post(f"{location}words")["Location"]
    assert worded != location
    shown = words(client.get(worded).content.decode())
    assert "worded by test at 127.0.0.1" in shown
    assert "has not worded it" not in shown
    assert worded in client.get("/").content.decode()  # the list of what was asked leads there


def test_what_was_checked_is_worded_without_what_was_held_back(
    server: ModelServer, client: Client
) -> None:
    server.reply = replies(doubts=1)
    location = client.post("/ask", {"q": QUESTION})["Location"]
    server.reply = words_all
    worded = RawAnswer.objects.get(uid=client.post(f"{location}words")["Location"].split("/")[2])
    composed, checked, _ = RawAnswer.objects.order_by("pk")
    assert checked.get_absolute_url() == location
    assert worded.composed_uid == composed.uid
    gone = composed.body["bottom_line"][0]["text"]
    assert gone not in [c["composed"] or c["text"] for c in worded.body["bottom_line"]]
    assert worded.body["writing"]["kept"] > 0
    page = words(client.get(worded.get_absolute_url()).content.decode())
    assert "1 sentence is not shown" in page
    assert "1 held back by it" in page


def test_where_nothing_of_it_may_be_shown_the_button_says_why(
    server: ModelServer, client: Client
) -> None:
    raw = ask(QUESTION)
    server.says("nothing of use")
    page = client.post(f"{raw.get_absolute_url()}words")
    assert page.status_code == 200
    assert "as composed: test at 127.0.0.1" in words(page.content.decode())
