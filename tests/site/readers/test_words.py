"""An answer and an article in the words of who reads, and in their language."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from osler.dosage import parse_dosages
from osler_site.answers.asking import ask
from osler_site.answers.models import RawAnswer
from osler_site.articles.models import ArticlePage
from osler_site.articles.promoting import promote
from osler_site.articles.worded import worded_article
from osler_site.engine import engine
from osler_site.presenting.drawing import pictures_of
from osler_site.presenting.naming import claims_of
from osler_site.review.workflow import submit

QUESTION = "What is the maintenance dose of vitamin B12 after loading?"
LOADING = "What is the loading dose of vitamin B12?"  # a dose that can be said in Spanish
READERS = ("patient", "student", "nurse", "pharmacist")

pytestmark = pytest.mark.usefixtures("site")


def doses(claims: list[dict[str, Any]], key: str = "text") -> list[tuple[Any, ...]]:
    """What each claim states: amounts and units, whatever the words around them."""
    found = [parse_dosages(c[key] or c["text"]) for c in claims]
    return [(d.low, d.high, d.unit, d.route, d.frequency) for each in found for d in each]


def test_a_patient_is_answered_in_plain_words_with_the_same_doses() -> None:
    physician, patient = (ask(QUESTION, audience=a) for a in ("physician", "patient"))
    assert physician.uid != patient.uid
    ours, theirs = (a.body["bottom_line"] for a in (patient, physician))
    assert [c["text"] for c in ours] != [c["text"] for c in theirs]
    assert [c["composed"] or c["text"] for c in ours] == [c["text"] for c in theirs]
    assert doses(ours) == doses(theirs) != []
    assert {b["kind"] for b in patient.body["boxes"]} >= {"meaning", "help"}


def test_the_same_words_have_the_same_address() -> None:
    first, again = (ask(QUESTION, audience="nurse", language="es") for _ in range(2))
    assert first == again
    assert first != ask(QUESTION, audience="nurse")


def test_the_page_shows_the_boxes_and_what_the_sources_say(client: Client) -> None:
    client.cookies["osler_reader"] = "patient"
    page = client.get(client.post("/ask", {"q": QUESTION})["Location"]).content.decode()
    raw = RawAnswer.objects.get()
    for box in raw.body["boxes"]:
        assert f'id="box-{box["kind"]}">{box["title"]}' in page
    assert page.count('<details class="composed">') >= 1
    assert "It does not take the place of your care team" in page
    assert "For healthcare professionals. It supports" not in page


def test_choosing_a_reader_on_an_answer_asks_in_their_words(client: Client) -> None:
    first = client.post("/ask", {"q": QUESTION, "patient": "age=40"})["Location"]
    raw = RawAnswer.objects.get()
    there = client.post("/reader", {"reader": "patient", "next": first, "answer": raw.uid})
    assert there["Location"] != first
    other = RawAnswer.objects.get(audience="patient")
    assert (other.question, other.patient) == (raw.question, raw.patient)
    assert there["Location"] == other.get_absolute_url()
    back = client.post("/reader", {"reader": "physician", "next": "/", "answer": other.uid})
    assert back["Location"] == first


def test_an_answer_of_somebody_else_says_in_whose_words_it_is(client: Client) -> None:
    raw = ask(QUESTION, audience="patient", language="es")
    client.cookies["osler_reader"] = "nurse"
    page = client.get(raw.get_absolute_url()).content.decode()
    assert re.findall(r'value="(\w+)"[^>]* aria-pressed="true"', page) == ["patient", "es"]
    physician = client.get(ask(QUESTION).get_absolute_url()).content.decode()
    assert re.findall(r'value="(\w+)"[^>]* aria-pressed="true"', physician) == ["physician", "en"]


def test_an_answer_that_is_not_there_has_no_other_words(client: Client) -> None:
    assert client.post("/reader", {"reader": "nurse", "answer": "a" * 20}).status_code == 404


def test_choosing_is_limited_like_asking(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from osler_site import reader
    from osler_site.environment import environment

    tight = environment().model_copy(update={"asks_per_minute": 1})
    monkeypatch.setattr(reader, "environment", lambda: tight)
    raw = ask(QUESTION)
    said = [
        client.post("/reader", {"reader": r, "answer": raw.uid}).status_code
        for r in ("nurse", "student")
    ]
    assert said == [302, 429]


def test_spanish_keeps_the_sentence_and_marks_it_english(client: Client) -> None:
    client.post("/reader", {"language": "es", "next": "/"})
    page = client.get(client.post("/ask", {"q": LOADING})["Location"]).content.decode()
    raw = RawAnswer.objects.get()
    assert raw.body["language"] == "es"
    lines = [line for c in raw.body["bottom_line"] for line in c["dose_lines"]]
    assert lines
    for line in lines:
        assert f'<b class="dose-line" lang="es">{line}</b>' in page
    assert '<h2 id="bottom-line-title" lang="es">Conclusión</h2>' in page
    assert re.search(r'<li class="claim"[^>]*>.*?<span lang="en">', page, re.S)


def test_the_address_may_name_the_language(client: Client) -> None:
    page = client.get("/?lang=es").content.decode()
    assert '<input type="hidden" name="lang" value="es">' in page
    client.post("/ask", {"q": QUESTION, "lang": "es"})
    assert RawAnswer.objects.get().body["language"] == "es"
    assert 'name="lang"' not in client.get("/").content.decode()


def test_a_language_that_is_not_there_is_english(client: Client) -> None:
    client.cookies["osler_language"] = "xx"
    client.post("/ask", {"q": QUESTION})
    assert RawAnswer.objects.get().body["language"] == "en"


@pytest.mark.parametrize("audience", READERS)
def test_every_reader_has_the_same_pictures(audience: str) -> None:
    def drawn(audience: str) -> list[Any]:
        body = ask(QUESTION, audience=audience).body
        return [(p.title, str(p.wide)) for p in pictures_of(body)]

    assert {title for title, _ in drawn(audience)} <= {title for title, _ in drawn("physician")}


def test_what_is_taken_up_is_what_a_physician_is_shown() -> None:
    patient, physician = (ask(QUESTION, audience=a) for a in ("patient", "physician"))
    page = promote(patient, None)
    assert page.origin == physician
    assert page.answer_json()["bottom_line"][0]["text"] == physician.body["bottom_line"][0]["text"]


@pytest.fixture
def article() -> ArticlePage:
    return submit(promote(ask(QUESTION), None, slug="b12"), None, visible=True)


def test_an_article_is_read_in_the_readers_words(article: ArticlePage, client: Client) -> None:
    reviewed = client.get(article.url).content.decode()
    client.cookies["osler_reader"] = "patient"
    worded = client.get(article.url).content.decode()
    assert 'class="box help"' in worded
    assert 'class="box' not in reviewed
    assert '<details class="composed">' in worded
    assert '<a href="?reviewed">show the reviewed wording</a>' in worded
    assert "box" not in client.get(f"{article.url}?reviewed").content.decode().split("<main")[1]


def test_a_claim_has_one_name_in_all_words(article: ArticlePage, client: Client) -> None:
    """By its name a reader reports it; its place is another for another reader."""
    body = article.answer_json()
    reviewed = {name: claim["text"] for name, claim in claims_of(body)}
    for audience in READERS:
        worded = worded_article(body, engine().library(), audience, "en")
        assert worded is not None
        for _, claim in claims_of(worded):
            assert reviewed[claim["id"]] == (claim["composed"] or claim["text"])


def test_an_article_in_spanish_is_another_page(article: ArticlePage, client: Client) -> None:
    english = client.get(article.url).content.decode()
    client.cookies["osler_language"] = "es"
    assert "Conclusión" in client.get(article.url).content.decode()
    assert "Conclusión" not in english


def test_an_article_with_a_claim_against_the_check_stays_as_reviewed(
    article: ArticlePage, client: Client
) -> None:
    block = article.body.raw_data[0]
    claim = block["value"]["claims"][0]["value"]
    claim["text"] = "Give 5000 mg of vitamin B12 by mouth every hour."
    claim["override"], claim["override_by"] = "It is so.", "Ann Example"
    ArticlePage.objects.filter(pk=article.pk).update(body=article.body)
    client.cookies["osler_reader"] = "patient"
    page = client.get(f"{article.url}?x").content.decode()
    assert "it cannot be put in other words safely" in page
    assert "5000 mg" in page
    assert 'class="composed"' not in page
