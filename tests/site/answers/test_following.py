"""Questions that go on from an answer: understood, shown, correctable, and kept nowhere."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient, Client
from django.utils.html import strip_tags

from osler_site.answers import steps
from osler_site.answers.models import RawAnswer
from osler_site.answers.suggesting import suggestions
from osler_site.history.models import Thread, Turn

FIRST = "What is the maintenance dose of vitamin B12 after loading?"
PREGNANT = "What is the maintenance dose of vitamin B12 in pregnancy?"

pytestmark = pytest.mark.usefixtures("site")


def asked(client: Client, question: str, **form: str) -> RawAnswer:
    """The answer that the form leads to."""
    location = client.post("/ask", {"q": question, **form})["Location"]
    return RawAnswer.objects.get(uid=location.split("/")[2])


def page_of(client: Client, raw: RawAnswer) -> str:
    return " ".join(
        html.unescape(strip_tags(client.get(raw.get_absolute_url()).content.decode())).split()
    )


def test_a_follow_up_is_answered_in_full(client: Client) -> None:
    first = asked(client, FIRST)
    second = asked(client, "and in pregnancy?", after=first.uid)
    assert second.question == PREGNANT
    page = page_of(client, second)
    assert "You asked: and in pregnancy?" in page
    assert "Taken from before: vitamin B12, dose, maintenance" in page
    assert f"Earlier in this conversation: 1 question {FIRST}" in page


def test_what_is_not_understood_of_a_follow_up_is_told(client: Client) -> None:
    second = asked(client, "and with the Hartford nomogram?", after=asked(client, FIRST).uid)
    page = page_of(client, second)
    assert "Not sure: “Hartford” is not understood, “nomogram” is not understood." in page
    sure = page_of(client, asked(client, "and in pregnancy?", after=asked(client, FIRST).uid))
    assert "Not sure" not in sure


def test_the_full_question_typed_by_hand_is_the_same_answer(client: Client) -> None:
    second = asked(client, "and in pregnancy?", after=asked(client, FIRST).uid)
    assert asked(Client(), PREGNANT) == second


def test_a_stream_says_how_it_understood_and_shows_what_the_address_shows(client: Client) -> None:
    first = asked(client, FIRST)

    async def read() -> tuple[str, str]:
        browser = AsyncClient()
        form = {"q": "and in pregnancy?", "after": first.uid}
        answer = await browser.post("/ask", form, headers={"accept": "text/event-stream"})
        sent = b"".join([chunk async for chunk in answer.streaming_content]).decode()
        url = json.loads(sent.split("event: done\ndata: ")[1])["url"]
        return sent, (await browser.get(url)).content.decode()

    sent, page = async_to_sync(read)()
    assert f"event: understood\ndata: {PREGNANT}\n" in sent
    for text in (sent, page):
        assert "You asked: <q>and in pregnancy?</q>" in text
        assert "Taken from before" in text


def test_four_turns_are_listed_the_first_first(client: Client) -> None:
    raw = asked(client, FIRST)
    for typed in ("and in pregnancy?", "what about tablets?", "and with eGFR 24?"):
        raw = asked(client, typed, after=raw.uid)
    page = client.get(raw.get_absolute_url()).content.decode()
    earlier = page.split("Earlier in this conversation: 3 questions</summary>")[1].split("</ol>")[0]
    assert earlier.count("<li>") == 3
    assert earlier.index(FIRST) < earlier.index(PREGNANT)


def test_an_address_shows_nobody_elses_thread(client: Client) -> None:
    second = asked(client, "and in pregnancy?", after=asked(client, FIRST).uid)
    page = page_of(Client(), second)
    assert PREGNANT in page
    assert FIRST not in page
    assert "You asked" not in page


def test_nothing_of_a_thread_is_kept_on_the_server(client: Client) -> None:
    typed = "and for Maria Gonzalez, who is pregnant?"
    second = asked(client, typed, after=asked(client, FIRST).uid)
    assert second.question == PREGNANT
    assert "We left out a name." in page_of(client, second)
    kept = str(list(RawAnswer.objects.values()))
    assert "Gonzalez" not in kept
    assert "and for [NAME]" not in kept
    assert Thread.objects.count() == Turn.objects.count() == 0
    cookie = client.cookies[steps.COOKIE]
    assert cookie["httponly"]
    request: Any = type("Request", (), {"COOKIES": {steps.COOKIE: cookie.value}})()
    request.user = type("User", (), {"pk": None})()
    assert [s.typed for s in steps.of(request).values()] == ["and for [NAME], who is pregnant?"]


def test_a_cookie_that_was_tampered_with_is_none(client: Client) -> None:
    second = asked(client, "and in pregnancy?", after=asked(client, FIRST).uid)
    client.cookies[steps.COOKIE] = client.cookies[steps.COOKIE].value + "x"
    assert FIRST not in page_of(client, second)


def test_a_cookie_stays_below_what_browsers_keep(client: Client) -> None:
    raw = asked(client, FIRST)
    for number in range(14):
        words = "".join(chr(0x4E00 + number * 300 + n) for n in range(280))
        raw = asked(client, f"and with eGFR {20 + number}? {words}", after=raw.uid)
        assert len(client.cookies[steps.COOKIE].value) <= steps.LARGEST


def test_a_fact_is_taken_back(client: Client) -> None:
    raw = asked(client, "Dose of gentamicin in sepsis in a woman aged 78 weighing 61 kg?")
    assert 'value="forget the weight"' in client.get(raw.get_absolute_url()).content.decode()
    second = asked(client, "forget the weight", after=raw.uid)
    assert "61" not in second.question
    assert "78" in second.question
    assert "Changed: weight 61 kg withdrawn" in page_of(client, second)


def test_what_was_given_beside_a_question_goes_along_in_its_words(client: Client) -> None:
    raw = asked(client, "Can metformin be used?", patient="egfr=24,age=78")
    second = asked(client, "and with asthma?", after=raw.uid)
    assert "eGFR 24" in second.question
    assert "78" in second.question
    third = asked(client, "no, her eGFR is 42", after=second.uid)
    assert "eGFR 42" in third.question
    assert "24" not in third.question


def test_somebody_else_is_not_given_the_facts_of_the_patient_before(client: Client) -> None:
    raw = asked(client, "Dose of gentamicin in sepsis?", patient="age=78,weight=61")
    second = asked(client, "same for children?", after=raw.uid)
    assert "child" in second.question
    assert not [n for n in ("78", "61") if n in second.question + second.patient]


def test_an_age_that_was_not_kept_is_said_not_to_be(client: Client) -> None:
    raw = asked(client, "93F on metformin, eGFR 40: dose?")
    second = asked(client, "and with eGFR 32?", after=raw.uid)
    assert "an age over 89, which is not kept. Say it again" in page_of(client, second)


def test_another_topic_takes_nothing_along(client: Client) -> None:
    raw = asked(client, "Dose of gentamicin in a 61 kg woman?")
    second = asked(client, "What lithium monitoring is needed?", after=raw.uid)
    assert second.question == "What lithium monitoring is needed?"
    assert "Another topic" in page_of(client, second)


def test_an_edited_question_is_asked_as_it_is_and_takes_the_others_place(client: Client) -> None:
    first = asked(client, "Dose of gentamicin in a 61 kg woman?")
    second = asked(client, "and in sepsis?", after=first.uid)
    edited = asked(client, "Dose of gentamicin in sepsis?", after=first.uid, alone="1")
    assert edited.question == "Dose of gentamicin in sepsis?"
    page = page_of(client, edited)
    assert f"Earlier in this conversation: 1 question {first.question}" in page
    assert second.question not in page


def test_an_overdose_does_not_wait_for_a_topic(client: Client) -> None:
    raw = asked(client, FIRST)
    words = "he took 30 paracetamol tablets an hour ago, what now?"
    assert asked(client, words, after=raw.uid).question == words
    assert asked(client, words, after="a" * 20).question == words


def test_what_to_do_at_once_stands_above_how_it_was_understood(client: Client) -> None:
    raw = asked(client, FIRST)
    urgent = asked(client, "he took 30 paracetamol tablets an hour ago, what now?", after=raw.uid)
    page = page_of(client, urgent)
    notice = urgent.body["safety_notices"][0]
    assert page.index(" ".join(notice.split())[:40]) < page.index("Another topic")


def test_an_error_keeps_what_was_typed_and_what_it_goes_on_from(client: Client) -> None:
    raw = asked(client, FIRST)
    words = "and in pregnancy? " * 200
    refused = client.post("/ask", {"q": words, "after": raw.uid})
    page = refused.content.decode()
    assert refused.status_code == 400
    assert "2,000 are the most" in page
    assert words[:2000].strip() in page
    assert f'name="after" value="{raw.uid}"' in page


def test_the_history_keeps_a_thread_of_turns(client: Client, person: Any) -> None:
    client.force_login(person("ann"))
    first = asked(client, FIRST)
    second = asked(client, "and in pregnancy?", after=first.uid)
    assert [(t.question, t.understood) for t in Thread.objects.get().turns.all()][1] == (
        "and in pregnancy?", PREGNANT,
    )  # fmt: skip
    elsewhere = Client()
    elsewhere.force_login(Thread.objects.get().owner)
    assert f"Earlier in this conversation: 1 question {FIRST}" in page_of(elsewhere, second)
    assert "You asked: and in pregnancy?" in page_of(elsewhere, second)
    others = Client()
    others.force_login(person("bob"))
    assert FIRST not in page_of(others, second)


def test_suggestions_are_answered_with_something_new(client: Client) -> None:
    raw = asked(client, "What is the dose of folic acid before conception?")
    found = suggestions(raw)
    assert found
    shown = str(raw.body["bottom_line"]) + str(raw.body["sections"])
    for question in found:
        following = asked(client, question, after=raw.uid)
        assert following.answered
        cited = {
            c["statement_id"]
            for claims in (
                following.body["bottom_line"],
                *(s["claims"] for s in following.body["sections"]),
            )
            for claim in claims
            for c in claim["citations"]
        }
        assert [c for c in cited if c not in shown]


def test_suggestions_are_a_page_and_a_part(client: Client) -> None:
    raw = asked(client, "What is the dose of folic acid before conception?")
    address = f"{raw.get_absolute_url()}follow-ups"
    assert f'href="{address}#follow-up"' in client.get(raw.get_absolute_url()).content.decode()
    part = client.get(f"{address}?part=1").content.decode()
    assert "<html" not in part
    page = client.get(address).content.decode()
    for question in suggestions(raw):
        assert f'value="{html.escape(question)}"' in part
        assert f'value="{html.escape(question)}"' in page
    assert client.get(f"/answers/{'a' * 20}/follow-ups").status_code == 404
