"""A reader's questions: kept for who is signed in, theirs alone, found, taken along, deleted."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.sessions.models import Session
from django.test import AsyncClient, Client
from django.utils import timezone

from osler_site.accounts.models import User
from osler_site.answers.models import Ask, RawAnswer
from osler_site.environment import environment
from osler_site.history.keeping import forget_old, keep_turn, threads_of
from osler_site.history.models import Thread, Turn

B12 = "What is the maintenance dose of vitamin B12 after loading?"
AMOXICILLIN = "What is the dose of amoxicillin in children with otitis media?"

pytestmark = pytest.mark.usefixtures("site")
Person = Callable[..., User]


@pytest.fixture
def ann(person: Person) -> User:
    return person("ann")


@pytest.fixture
def signed_in(ann: User) -> Client:
    client = Client()
    client.force_login(ann)
    return client


def test_it_leads_to_the_words_in_which_it_was_read_last(signed_in: Client) -> None:
    first = signed_in.post("/ask", {"q": B12})["Location"]
    raw = RawAnswer.objects.get()
    form = {"reader": "patient", "next": first, "answer": raw.uid}
    there = signed_in.post("/reader", form)["Location"]
    spanish = signed_in.post(
        "/reader", {"language": "es", "next": there, "answer": there.split("/")[2]}
    )["Location"]
    assert len({first, there, spanish}) == 3
    thread = Thread.objects.get()
    assert Turn.objects.get().answer.get_absolute_url() == spanish
    page = signed_in.get(thread.get_absolute_url()).content.decode()
    assert f'href="{spanish}"' in page
    assert "Paciente o cuidador · Español" in page
    export = json.loads(signed_in.get("/history/history.json").content)
    assert export["threads"][0]["questions"][0]["address"].endswith(spanish)
    assert f'href="{spanish}"' in signed_in.get("/").content.decode()


def test_nothing_is_kept_of_a_reader_without_an_account(client: Client) -> None:
    page = client.post("/ask", {"q": B12}, follow=True)
    assert page.status_code == 200
    assert Thread.objects.count() == Turn.objects.count() == Session.objects.count() == 0
    assert "sessionid" not in client.cookies
    assert [f.name for f in Ask._meta.get_fields()] == ["id", "answer", "at", "through"]
    kept = str(list(RawAnswer.objects.values())) + str(list(Ask.objects.values()))
    assert "127.0.0.1" not in kept
    for cookie in client.cookies.values():  # choices and names of answers, no name of a reader
        assert cookie.key in {"csrftoken", "osler_recent"}


def test_a_question_is_kept_for_who_is_signed_in(signed_in: Client, ann: User) -> None:
    address = signed_in.post("/ask", {"q": B12})["Location"]
    turn = Turn.objects.get()
    assert (turn.thread.owner, turn.position) == (ann, 1)
    assert turn.answer.get_absolute_url() == address
    page = signed_in.get("/history/").content.decode()
    assert B12 in page
    assert B12 in signed_in.get(turn.thread.get_absolute_url()).content.decode()


def test_a_streamed_question_is_kept_too_and_tells_its_thread(ann: User) -> None:
    async def read() -> str:
        client = AsyncClient()
        await client.aforce_login(ann)
        answer = await client.post("/ask", {"q": B12}, headers={"Accept": "text/event-stream"})
        return b"".join([chunk async for chunk in answer.streaming_content]).decode()

    done = async_to_sync(read)().split("event: done\ndata: ")[1]
    assert json.loads(done)["thread"] == Thread.objects.get(owner=ann).uid


def test_a_thread_goes_on_where_its_name_is_given(signed_in: Client) -> None:
    signed_in.post("/ask", {"q": B12})
    uid = Thread.objects.get().uid
    signed_in.post("/ask", {"q": AMOXICILLIN, "thread": uid})
    signed_in.post("/ask", {"q": "Dose of metformin with eGFR 24?"})
    assert [list(t.turns.values_list("position", flat=True)) for t in Thread.objects.all()] == [
        [1],
        [1, 2],
    ]


def test_nobody_goes_on_with_anothers_thread(signed_in: Client, person: Person) -> None:
    signed_in.post("/ask", {"q": B12})
    others = Client()
    others.force_login(person("bob"))
    others.post("/ask", {"q": AMOXICILLIN, "thread": Thread.objects.get().uid})
    assert sorted(t.turns.count() for t in Thread.objects.all()) == [1, 1]


def test_the_same_question_at_once_is_kept_once(signed_in: Client) -> None:
    for _ in range(2):
        signed_in.post("/ask", {"q": B12})
    assert Turn.objects.count() == 1


def test_history_holds_placeholders(signed_in: Client) -> None:
    signed_in.post("/ask", {"q": "Dose of vitamin B12 for Maria Gonzalez, NHS 943 476 5919?"})
    said = signed_in.get("/history/history.json").content.decode()
    assert "[NAME]" in said
    assert "Gonzalez" not in said
    found = signed_in.post("/history/", {"q": "Mr John Smith"}).content.decode()
    assert "John Smith" not in found


def test_words_to_look_for_do_not_follow_to_the_page_that_signs_in(client: Client) -> None:
    words = {"q": "warfarin for Maria Gonzalez", "page": "2"}
    for sent in (client.get("/history/", words), client.post("/history/", words)):
        assert sent.status_code == 302
        assert sent["Location"] == "/accounts/login/?next=/history/"


def test_words_to_look_for_stand_in_no_address(signed_in: Client) -> None:
    signed_in.post("/ask", {"q": B12})
    page = signed_in.get("/history/").content.decode()
    form = page.split('<form class="find"')[1].split("</form>")[0]
    assert 'method="post"' in form
    assert "csrfmiddlewaretoken" in form
    old = signed_in.get("/history/", {"q": "warfarin for Maria Gonzalez"})
    assert (old.status_code, old["Location"]) == (302, "/history/")
    found = signed_in.post("/history/", {"q": "vitamin b12"}).content.decode()
    assert "?q=" not in found
    assert B12 in found


def test_what_was_found_is_paged_without_an_address(
    signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("osler_site.history.views.PAGE", 1)
    for question in (B12, AMOXICILLIN):
        signed_in.post("/ask", {"q": question})
    first = signed_in.post("/history/", {"q": "dose"}).content.decode()
    assert AMOXICILLIN in first
    assert B12 not in first
    form = first.split('<form class="paging"')[1].split("</form>")[0]
    assert 'name="q" value="dose"' in form
    assert 'name="page" value="2"' in form
    second = signed_in.post("/history/", {"q": "dose", "page": "2"}).content.decode()
    assert B12 in second
    assert AMOXICILLIN not in second


@pytest.mark.parametrize(
    ("words", "found"), [("b12", 1), ("B12 maintenance", 1), ("B12 amoxicillin", 0), ("", 2)]
)
def test_history_is_searched_by_words(signed_in: Client, ann: User, words: str, found: int) -> None:
    for question in (B12, AMOXICILLIN):
        signed_in.post("/ask", {"q": question})
    assert threads_of(ann, words).count() == found
    assert signed_in.post("/history/", {"q": words}).status_code == 200


def test_all_is_taken_along(signed_in: Client) -> None:
    for question in (B12, AMOXICILLIN):
        signed_in.post("/ask", {"q": question})
    said = signed_in.get("/history/history.json")
    assert "attachment" in said["Content-Disposition"]
    assert [t["questions"][0]["question"] for t in said.json()["threads"]] == [AMOXICILLIN, B12]
    lines = b"".join(signed_in.get("/history/history.csv").streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(lines)))
    assert [row["question"] for row in rows] == [AMOXICILLIN, B12]
    assert rows[0]["address"].endswith(Turn.objects.get(question=AMOXICILLIN).answer.uid + "/")


def test_a_cell_is_no_formula(ann: User, signed_in: Client) -> None:
    signed_in.post("/ask", {"q": "=B12 maintenance dose?"})
    lines = b"".join(signed_in.get("/history/history.csv").streaming_content).decode()
    assert next(csv.DictReader(io.StringIO(lines)))["question"] == "'=B12 maintenance dose?"


def test_questions_are_deleted_one_by_one_and_their_answers_stay(signed_in: Client) -> None:
    signed_in.post("/ask", {"q": B12})
    uid = Thread.objects.get().uid
    signed_in.post("/ask", {"q": AMOXICILLIN, "thread": uid})
    signed_in.post(f"/history/threads/{uid}/1/delete")
    assert list(Turn.objects.values_list("position", flat=True)) == [2]
    gone = signed_in.post(f"/history/threads/{uid}/2/delete")
    assert gone["Location"] == "/history/"
    assert Thread.objects.count() == 0
    assert RawAnswer.objects.count() == 2


def test_a_thread_and_all_threads_are_deleted(signed_in: Client, person: Person) -> None:
    others = Client()
    others.force_login(person("bob"))
    for client in (signed_in, others):
        client.post("/ask", {"q": B12})
    signed_in.post("/ask", {"q": AMOXICILLIN})
    first = threads_of(User.objects.get(username="ann")).last()
    signed_in.post(f"/history/threads/{first.uid}/delete")
    assert Thread.objects.count() == 2
    signed_in.post("/history/delete")
    assert [thread.owner.username for thread in Thread.objects.all()] == ["bob"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_anothers_history_is_not_there(signed_in: Client, person: Person, method: str) -> None:
    signed_in.post("/ask", {"q": B12})
    uid = Thread.objects.get().uid
    others = Client()
    others.force_login(person("bob", is_superuser=True))
    paths = {"get": [""], "post": ["delete", "1/delete"]}[method]
    for path in paths:
        assert getattr(others, method)(f"/history/threads/{uid}/{path}").status_code == 404
    assert B12 not in others.get("/history/").content.decode()
    assert Turn.objects.count() == 1


def test_an_account_takes_its_history_with_it(signed_in: Client, ann: User) -> None:
    signed_in.post("/ask", {"q": B12})
    ann.delete()
    assert Thread.objects.count() == Turn.objects.count() == 0


def test_what_is_too_old_is_forgotten(signed_in: Client, ann: User) -> None:
    signed_in.post("/ask", {"q": B12})
    old = timezone.now() - timedelta(days=environment().history_days + 1)
    Turn.objects.update(at=old)
    assert B12 not in signed_in.get("/history/").content.decode()
    assert forget_old() == 1
    assert Thread.objects.count() == 0


def test_a_site_may_keep_none(
    signed_in: Client, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = environment().model_copy(update={"history_days": 0})
    monkeypatch.setattr("osler_site.history.keeping.environment", lambda: none)
    signed_in.post("/ask", {"q": B12})
    assert keep_turn(ann, RawAnswer.objects.get()) is None
    assert Turn.objects.count() == 0


def test_pages_of_history_are_kept_in_no_cache(signed_in: Client) -> None:
    for path in ("/history/", "/history/saved/", "/history/history.json"):
        answer: Any = signed_in.get(path)
        assert "no-store" in answer["Cache-Control"]
