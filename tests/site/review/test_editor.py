"""The editor's form: drafts are saved, the gate stands before the board, forgeries are refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import WorkflowState

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.answers.models import RawAnswer
from osler_site.articles.models import ArticlePage

pytestmark = pytest.mark.usefixtures("site")
Fields = dict[str, Any]


def form_of(page: ArticlePage) -> Fields:
    """What the browser sends for an article as it stands."""
    version = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    fields: Fields = {
        "title": version.title,
        "slug": version.slug,
        "question": version.question,
        "topic": version.topic,
    }
    _stream("body", list(version.body.get_prep_value()), fields)
    return fields


def _stream(prefix: str, blocks: list[Any], fields: Fields) -> None:
    fields[f"{prefix}-count"] = len(blocks)
    for i, block in enumerate(blocks):
        _entry(f"{prefix}-{i}", i, block, fields)
        fields[f"{prefix}-{i}-type"] = block["type"]


def _entry(prefix: str, order: int, entry: Any, fields: Fields) -> None:
    fields.update({f"{prefix}-deleted": "", f"{prefix}-order": order, f"{prefix}-id": entry["id"]})
    _value(f"{prefix}-value", entry["value"], fields)


def _value(prefix: str, value: Any, fields: Fields) -> None:
    if isinstance(value, dict):
        for name, inner in value.items():
            _value(f"{prefix}-{name}", inner, fields)
    elif isinstance(value, list):
        fields[f"{prefix}-count"] = len(value)
        for i, entry in enumerate(value):
            _entry(f"{prefix}-{i}", i, entry, fields)
    else:
        fields[prefix] = "" if value is None else value


FIRST = "body-0-value-claims-0-value"
CITED = f"{FIRST}-citations-0-value"


def broken(fields: Fields) -> Fields:
    """The same form with ten times the dose."""
    text = fields[f"{FIRST}-text"]
    assert "90 mg/kg/day" in text
    return {**fields, f"{FIRST}-text": text.replace("90 mg/kg/day", "900 mg/kg/day")}


@pytest.fixture
def at_desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def edit(client: Client, page: ArticlePage, fields: Fields, **action: str) -> Any:
    return client.post(f"/admin/pages/{page.pk}/edit/", {**fields, **action})


def latest(page: ArticlePage) -> Any:
    version = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return version.body[0].value["claims"][0]


def in_review(page: ArticlePage) -> bool:
    return WorkflowState.objects.for_instance(page).filter(status="in_progress").exists()


def test_an_editor_takes_an_answer_up(at_desk: Client, raw: RawAnswer, editor: User) -> None:
    assert "Take up as an article" in at_desk.get(raw.get_absolute_url()).content.decode()
    promoted = at_desk.post(f"/desk/promote/{raw.uid}")
    page = ArticlePage.objects.get()
    assert promoted["Location"] == f"/admin/pages/{page.pk}/edit/"
    assert (page.owner, page.live, page.status) == (editor, False, "draft")
    assert at_desk.get(promoted["Location"]).status_code == 200
    assert at_desk.get(page.url).status_code == 404


@pytest.mark.parametrize("role", [None, Role.REVIEWER, Role.PUBLISHER, Role.ADMINISTRATOR])
def test_others_take_up_nothing(
    client: Client, raw: RawAnswer, person: Callable[..., User], role: Role | None
) -> None:
    client.force_login(person("someone", *([role] if role else [])))
    assert "Take up" not in client.get(raw.get_absolute_url()).content.decode()
    assert client.post(f"/desk/promote/{raw.uid}").status_code == 403
    assert not ArticlePage.objects.exists()


def test_a_draft_with_a_wrong_dose_is_saved(at_desk: Client, draft: ArticlePage) -> None:
    assert edit(at_desk, draft, broken(form_of(draft))).status_code == 302
    assert "900 mg/kg/day" in latest(draft)["text"]


def test_a_wrong_dose_is_not_submitted_and_both_spans_are_shown(
    at_desk: Client, draft: ArticlePage
) -> None:
    answer = edit(at_desk, draft, broken(form_of(draft)), **{"action-submit": "1"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "amount" in shown
    assert "900 mg/kg/day" in shown
    assert "the passage" in shown
    assert not in_review(draft)


def test_a_mended_claim_is_submitted(at_desk: Client, draft: ArticlePage) -> None:
    good = form_of(draft)
    edit(at_desk, draft, broken(good))
    assert edit(at_desk, draft, good, **{"action-submit": "1"}).status_code == 302
    draft.refresh_from_db()
    assert in_review(draft)
    assert draft.status == "submitted"
    assert not draft.live


def test_an_override_carries_the_editors_own_name(at_desk: Client, draft: ArticlePage) -> None:
    fields = {
        **broken(form_of(draft)),
        f"{FIRST}-override": "The source has a misprint.",
        f"{FIRST}-override_by": "The Head of Medicine",
    }
    assert edit(at_desk, draft, fields, **{"action-submit": "1"}).status_code == 302
    assert in_review(draft)
    assert latest(draft)["override_by"] == "Edith Example"


def test_a_reason_keeps_its_first_author(
    client: Client, draft: ArticlePage, editor: User, person: Callable[..., User]
) -> None:
    client.force_login(editor)
    fields = {**broken(form_of(draft)), f"{FIRST}-override": "A misprint."}
    edit(client, draft, fields)
    client.force_login(person("otto", Role.EDITOR))
    edit(client, draft, form_of(draft))
    assert latest(draft)["override_by"] == "Edith Example"
    edit(client, draft, {**form_of(draft), f"{FIRST}-override": "Another reason."})
    assert latest(draft)["override_by"] == "Otto Example"


def test_a_reason_counts_for_the_words_that_it_was_given_for(
    client: Client, draft: ArticlePage, editor: User, person: Callable[..., User]
) -> None:
    client.force_login(editor)
    edit(client, draft, {**broken(form_of(draft)), f"{FIRST}-override": "A misprint."})
    client.force_login(person("otto", Role.EDITOR))
    fields = form_of(draft)
    fields[f"{FIRST}-text"] = fields[f"{FIRST}-text"].replace("900 mg", "9000 mg")
    for _ in range(2):  # sent once more, or saved as a draft before, it is nobody's still
        refused = edit(client, draft, fields, **{"action-submit": "1"})
        assert "given for another wording" in refused.content.decode()
        assert not in_review(draft)
        edit(client, draft, fields)
        assert "9000 mg" in latest(draft)["text"]
        assert latest(draft)["override_by"] == ""
    fields[f"{FIRST}-override"] = "A misprint, of this too."
    edit(client, draft, fields, **{"action-submit": "1"})
    assert in_review(draft)
    assert latest(draft)["override_by"] == "Otto Example"


def test_a_reason_counts_for_the_citations_that_it_was_given_for(
    client: Client, draft: ArticlePage, editor: User
) -> None:
    client.force_login(editor)
    edit(client, draft, {**broken(form_of(draft)), f"{FIRST}-override": "A misprint."})
    fields = form_of(draft)
    other = next(key for key in fields if key.startswith("body-0-value-claims-1-value-citations-0"))
    other = other.partition("-citations-0")[0]
    assert fields[f"{other}-citations-0-value-start"] != fields[f"{CITED}-start"]
    for name in ("source_id", "start", "end", "quote", "statement_id"):
        fields[f"{CITED}-{name}"] = fields[f"{other}-citations-0-value-{name}"]
    assert edit(client, draft, fields).status_code == 302
    assert (latest(draft)["override"], latest(draft)["override_by"]) == ("A misprint.", "")


@pytest.mark.parametrize("submitting", [True, False])
@pytest.mark.parametrize(
    "forged",
    [
        {f"{CITED}-source_id": "s_0000000000000000"},
        {f"{CITED}-start": "1"},
        {f"{CITED}-end": "99999999"},
        {f"{CITED}-start": "0", f"{CITED}-end": "5", f"{CITED}-quote": "Take ten times as much."},
    ],
)
def test_a_forged_citation_is_refused_even_in_a_draft(
    at_desk: Client, draft: ArticlePage, forged: Fields, submitting: bool
) -> None:
    before = draft.latest_revision_id
    action = {"action-submit": "1"} if submitting else {}
    assert edit(at_desk, draft, {**form_of(draft), **forged}, **action).status_code == 200
    draft.refresh_from_db()
    assert draft.latest_revision_id == before
    assert not in_review(draft)


def test_a_citation_is_changed_to_another_passage_of_the_library(
    at_desk: Client, draft: ArticlePage
) -> None:
    found = at_desk.get("/desk/passages", {"q": "amoxicillin children"}).json()["passages"]
    statement = found[0]["statements"][0]
    fields = form_of(draft)
    for name in ("source_id", "start", "end", "quote"):
        fields[f"{CITED}-{name}"] = statement[name]
    fields[f"{FIRST}-text"] = statement["text"]
    assert edit(at_desk, draft, fields, **{"action-submit": "1"}).status_code == 302
    assert latest(draft)["citations"][0]["statement_id"] == statement["statement_id"]


def test_what_the_engine_composed_is_not_taken_from_the_browser(
    at_desk: Client, draft: ArticlePage
) -> None:
    forged = form_of(draft)
    composed = forged[f"{FIRST}-composed"]
    edit(at_desk, draft, {**forged, f"{FIRST}-composed": composed.replace("null", '"1A"')})
    assert latest(draft)["composed"] == ""


@pytest.mark.parametrize("superuser", [True, False])
def test_a_forged_publish_publishes_nothing(
    client: Client, draft: ArticlePage, editor: User, superuser: bool
) -> None:
    editor.is_superuser = superuser
    editor.save()
    client.force_login(editor)
    edit(client, draft, form_of(draft), **{"action-publish": "1"})
    draft.refresh_from_db()
    assert not draft.live


def test_nothing_is_edited_while_it_is_before_the_board(
    at_desk: Client, submitted: ArticlePage
) -> None:
    before = submitted.latest_revision_id
    edit(at_desk, submitted, broken(form_of(submitted)))
    submitted.refresh_from_db()
    assert submitted.latest_revision_id == before


def test_the_submitter_takes_it_back_and_edits(at_desk: Client, submitted: ArticlePage) -> None:
    edit(at_desk, submitted, form_of(submitted), **{"action-cancel-workflow": "1"})
    assert not in_review(submitted)
    assert edit(at_desk, submitted, broken(form_of(submitted))).status_code == 302
    submitted.refresh_from_db()
    assert submitted.status == "draft"


def test_a_callout_with_a_dose_is_not_submitted(at_desk: Client, draft: ArticlePage) -> None:
    fields = form_of(draft)
    n = fields["body-count"]
    note = {"id": "6f1c7a52-0000-4000-8000-000000000000", "value": {"text": "Give 500 mg daily."}}
    _entry(f"body-{n}", n, note, fields)
    fields.update({f"body-{n}-type": "callout", "body-count": n + 1})
    answer = edit(at_desk, draft, fields, **{"action-submit": "1"})
    assert "may not state a dose" in answer.content.decode()
    assert not in_review(draft)


def test_the_gate_answers_while_a_claim_is_written(at_desk: Client, draft: ArticlePage) -> None:
    value = latest(draft)
    asked = {
        "text": value["text"].replace("90 mg", "900 mg"),
        "composed": value["composed"],
        "citations": [dict(c) for c in value["citations"]],
    }
    answer = at_desk.post("/desk/check", asked, content_type="application/json").json()
    assert not answer["supported"]
    assert answer["problems"][0]["kind"] == "amount"
    assert "900" in answer["problems"][0]["claim"]
    assert "90" in answer["problems"][0]["passage"]
    assert answer["citations"][0]["proved"]
    asked["text"] = value["text"]
    assert at_desk.post("/desk/check", asked, content_type="application/json").json()["supported"]


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b'{"text": "x", "composed": "{}"}', b'{"text": 5}', b"\xff"]
)
def test_the_gate_refuses_what_is_no_claim(at_desk: Client, body: bytes) -> None:
    answer = at_desk.post("/desk/check", body, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize("url", ["/desk/passages?q=iron", "/desk/check", "/desk/promote/x"])
def test_the_desk_is_for_editors(client: Client, reviewer: User, url: str) -> None:
    method = client.get if "passages" in url else client.post
    assert method(url).status_code == 302
    client.force_login(reviewer)
    assert method(url).status_code == 403


@pytest.mark.parametrize("field", ["title", "question", "topic", "seo_title", "search_description"])
def test_a_dose_in_a_field_of_the_page_is_refused_at_the_field(
    at_desk: Client, draft: ArticlePage, field: str
) -> None:
    fields = {**form_of(draft), field: "Halve the dose in the elderly"}
    answer = edit(at_desk, draft, fields, **{"action-submit": "1"})
    assert list(answer.context["form"].errors) == [field]
    assert "may not state a dose" in answer.content.decode()
    assert not in_review(draft)
    assert edit(at_desk, draft, fields).status_code == 302  # a draft is always saved


def test_a_dose_in_a_section_title_is_refused_at_the_title(
    at_desk: Client, draft: ArticlePage
) -> None:
    fields = form_of(draft)
    number = next(n for n in range(fields["body-count"]) if fields[f"body-{n}-type"] == "section")
    fields[f"body-{number}-value-title"] = "Give 500 mg every hour"
    answer = edit(at_desk, draft, fields, **{"action-submit": "1"})
    error = answer.context["form"].errors.as_data()["body"][0]
    assert list(error.block_errors[number].block_errors) == ["title"]
    assert not in_review(draft)
