"""What an article keeps of the answer that it was: for readers in general, as long as it holds."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from osler_site.accounts.models import User
from osler_site.answers.asking import ask
from osler_site.answers.models import RawAnswer
from osler_site.answers.one_patient import describes_one
from osler_site.articles.models import ArticlePage
from osler_site.articles.promoting import promote

pytestmark = pytest.mark.usefixtures("site")
FACTS_GIVEN = "Amoxicillin dose for otitis media in a child who weighs 14 kg?"


def claims(body: dict[str, Any]) -> list[dict[str, Any]]:
    in_sections = [c for s in body["sections"] for c in s["claims"]]
    in_conflicts = [p["claim"] for c in body["conflicts"] for p in c["positions"]]
    return [*body["bottom_line"], *in_sections, *in_conflicts]


def test_an_answer_for_one_patient_becomes_no_article(client: Client, editor: User) -> None:
    raw = ask("What is the dose of amoxicillin in children?", patient="age=3,weight=14")
    with pytest.raises(ValueError, match="one patient"):
        promote(raw, editor)
    client.force_login(editor)
    shown = client.get(raw.get_absolute_url()).content.decode()
    assert "Take up as an article" not in shown
    assert "Ask again without the patient" in shown
    refused = client.post(f"/desk/promote/{raw.uid}", follow=True).content.decode()
    assert "composed for one patient" in refused
    assert not ArticlePage.objects.exists()
    again = client.post("/ask", {"q": raw.question})
    assert RawAnswer.objects.get(uid=again["Location"].split("/")[2]).patient == ""


@pytest.mark.parametrize(
    "question",
    [
        "What is the dose of metformin for 78F, eGFR 24?",
        "Amoxicillin dose for otitis media in a 3-year-old who weighs 14 kg?",
    ],
)
def test_a_patient_in_the_question_is_one_too(client: Client, editor: User, question: str) -> None:
    raw = ask(question)
    assert raw.answered
    with pytest.raises(ValueError, match="one patient"):
        promote(raw, editor)
    client.force_login(editor)
    shown = client.get(raw.get_absolute_url()).content.decode()
    assert "Take up as an article" not in shown
    assert "describes one patient" in shown
    refused = client.post(f"/desk/promote/{raw.uid}", follow=True).content.decode()
    assert "composed for one patient" in refused
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize(
    "question",
    [
        "What is the amoxicillin dose for acute otitis media in a 3-year-old?",
        "Is metformin safe with an eGFR of 25?",
        "Is metformin safe in patients over 80 with an eGFR below 30?",
        "Is metformin safe in renal impairment?",
        "What dose of folic acid for a woman with type 1 diabetes planning pregnancy?",
        "apixaban in patients aged 80 years or more weighing 60 kg or less",
    ],
)
def test_whoever_is_like_that_is_no_patient(question: str) -> None:
    assert not describes_one(question)


def test_what_the_question_gave_of_a_patient_is_not_said_to_readers_in_general(
    editor: User,
) -> None:
    raw = ask(FACTS_GIVEN)
    assert any(c["because"] for c in claims(raw.body))
    assert any(c["derivations"] for c in claims(raw.body))
    page = promote(raw, editor)
    kept = claims(page.answer_json())
    for claim in kept:
        assert (claim["applies"], claim["because"], claim["underived"]) == (None, [], None)
        assert (claim["derivation"], claim["derivations"]) == (None, [])
    assert {c["group"] for c in kept} == {c["group"] for c in claims(raw.body)}


@pytest.mark.parametrize("change", ["none", "text", "citations"])
def test_what_the_engine_said_of_a_claim_holds_for_its_words_and_its_passages(
    editor: User, change: str
) -> None:
    page = promote(ask("What is the loading dose of cyanocobalamin in pernicious anaemia?"), editor)
    first, *others = claims(page.answer_json())
    second = next(c for c in others if c["citations"][0]["quote"] != first["citations"][0]["quote"])
    assert first["group"]
    value = page.body[0].value["claims"][0]
    if change == "text":
        value["text"] += " Ask first."
    if change == "citations":
        value["citations"][0].update(
            {k: second["citations"][0][k] for k in ("source_id", "start", "end", "quote")}
        )
    now = claims(page.answer_json())[0]
    assert now["group"] == (first["group"] if change == "none" else None)
