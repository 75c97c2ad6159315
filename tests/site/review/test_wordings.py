"""Text that cites nothing: no dose passes in it, and the reviewer judges every piece of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from osler_site.accounts.models import User
from osler_site.answers.asking import ask
from osler_site.articles.models import ArticlePage
from osler_site.articles.promoting import promote
from osler_site.articles.wording import uncited_doses
from osler_site.review import signing, workflow
from osler_site.review.errors import NotShown, NotSubmittable, Unfinished
from osler_site.review.models import (
    BoardReviewState,
    Judgement,
    ReviewAssignment,
    ReviewSettings,
    SignOff,
)
from osler_site.review.reviewing import claim, claims_of, judge
from osler_site.review.sheet import Sheets
from osler_site.review.signing import sign
from osler_site.review.workflow import submit

pytestmark = pytest.mark.usefixtures("site")
DOSE = "Double the usual dose in obesity."


def with_texts(page: ArticlePage, user: User | None, text: str, field: str) -> ArticlePage:
    """A new version in which one text that cites nothing says this."""
    version = page.get_latest_revision_as_object()
    if field in ("section", "about", "reason", "callout"):
        stream = json.loads(json.dumps(list(version.body.get_prep_value())))
        one = version.body.get_prep_value()[0]["value"]["claims"][0]
        sides = {"positions": [one, one]}
        kind, value = {
            "section": ("section", {"title": text, "claims": [one]}),
            "callout": ("callout", {"text": text}),
            "about": ("conflict", {"about": text, "reason": "", **sides}),
            "reason": ("conflict", {"about": "dose", "reason": text, **sides}),
        }[field]
        version.body = json.dumps([*stream, {"type": kind, "value": value}])
    else:
        setattr(version, field, text)
    version.save_revision(user=user)
    return ArticlePage.objects.get(pk=page.pk)


FIELDS = ("title", "question", "topic", "seo_title", "search_description",
          "section", "about", "reason", "callout")  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_a_dose_in_any_uncited_text_does_not_come_before_the_board(
    draft: ArticlePage, editor: User, field: str
) -> None:
    page = with_texts(draft, editor, DOSE, field)
    with pytest.raises(NotSubmittable, match="may not state a dose"):
        submit(page, editor)
    assert not BoardReviewState.objects.exists()


@pytest.mark.parametrize("field", FIELDS)
def test_other_words_do(draft: ArticlePage, editor: User, field: str) -> None:
    submit(with_texts(draft, editor, "Dosing in obesity", field), editor)
    assert BoardReviewState.objects.exists()


def test_a_question_may_name_a_dose_that_a_claim_states(draft: ArticlePage, editor: User) -> None:
    page = with_texts(draft, editor, "Is 90 mg/kg/day too much?", "title")
    assert uncited_doses(page.get_latest_revision_as_object()) == []
    for told in (
        "Give 90 mg/kg/day every hour?",
        "Is it right to give amoxicillin 900 mg/kg/day, the correct dose, to all children?",
    ):
        page = with_texts(draft, editor, told, "title")
        assert uncited_doses(page.get_latest_revision_as_object())


def test_what_was_asked_stays_as_the_question_but_is_no_title(editor: User) -> None:
    asked = "amoxicillin 90 mg/kg/day children dose"
    page = promote(ask(asked), editor)
    assert [w.where for w in uncited_doses(page)] == ["Title"]
    page = with_texts(page, editor, "Amoxicillin in children", "title")
    version = page.get_latest_revision_as_object()
    assert version.question == asked
    assert uncited_doses(version) == []


def let_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if it had come before the board when less was asked of it."""
    from osler_site.review import signals

    monkeypatch.setattr(signals, "uncited_dose", lambda version: "")


def test_a_dose_that_is_before_the_board_is_neither_shown_nor_signed_nor_published(
    draft: ArticlePage, editor: User, reviewer: User, publisher: User, steps: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    let_through(monkeypatch)
    page = submit(with_texts(draft, editor, DOSE, "callout"), editor)
    with pytest.raises(NotShown, match="may not state a dose"):
        workflow.publish_for_readers(page, publisher)
    made = claim(page.current_workflow_task_state, reviewer)
    steps.approve_all(made, reviewer)
    with pytest.raises(Unfinished, match="may not state a dose"):
        sign(made, reviewer, steps.statement(made))
    assert not SignOff.objects.exists()
    monkeypatch.setattr(signing, "uncited_dose", lambda version: "")
    with pytest.raises(PermissionDenied, match="may not state a dose"):
        sign(made, reviewer, steps.statement(made))
    assert not ArticlePage.objects.get(pk=page.pk).live


def test_the_setting_shows_no_such_article_either(
    draft: ArticlePage, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_through(monkeypatch)
    ReviewSettings.objects.update_or_create(defaults={"show_while_awaiting_review": True})
    page = submit(with_texts(draft, editor, DOSE, "reason"), editor)
    assert (page.status, page.live) == ("submitted", False)


def test_every_text_is_a_sheet_and_is_judged_before_the_sign_off(
    client: Client, draft: ArticlePage, editor: User, reviewer: User, steps: Any
) -> None:
    page = draft
    texts = {
        field: f"Some words as {field}"
        for field in ("title", "question", "section", "about", "reason", "callout")
    }
    for field, text in texts.items():
        page = with_texts(page, editor, text, field)
    made = claim(submit(page, editor).current_workflow_task_state, reviewer)
    sheets = Sheets(made.state, made)
    shown = [sheets.sheet(n) for n in range(1, sheets.total + 1)]
    assert set(texts.values()) <= {s.text for s in shown if s.is_wording}
    client.force_login(reviewer)
    for sheet in shown:
        if sheet.text in texts.values():
            read = client.get(f"/review/{made.state_id}/?claim={sheet.number}").content.decode()
            assert sheet.text in read
            assert "It cites nothing" in read
    claims = [key for key, placed in claims_of(made.state).items() if not placed.is_wording]
    for key in claims:
        judge(made, reviewer, key, Judgement.APPROVE)
    assert Sheets(made.state, made).judged == len(claims) < sheets.total
    with pytest.raises(Unfinished, match="have not been looked at"):
        sign(made, reviewer, steps.statement(made))
    steps.approve_all(made, reviewer)
    callout = next(s for s in shown if s.text == texts["callout"])
    judge(made, reviewer, callout.key, Judgement.FLAG, "Says too little.")
    with pytest.raises(Unfinished, match="flagged"):
        sign(made, reviewer, steps.statement(made))
    judge(made, reviewer, callout.key, Judgement.APPROVE)
    assert sign(made, reviewer, steps.statement(made)).claims == len(claims)


def test_a_verdict_on_a_title_does_not_pass_to_other_claims_below_it(
    assignment: ReviewAssignment, reviewer: User, editor: User, steps: Any
) -> None:
    steps.approve_all(assignment, reviewer)
    steps.request_changes(assignment, reviewer, "Reword the first section.")
    page = assignment.state.page
    version = page.get_latest_revision_as_object()
    number, section = next((n, b) for n, b in enumerate(version.body) if b.block_type == "section")
    over = section.value["claims"][0]
    over["text"] = "In short: " + over["text"]
    over["override"], over["override_by"] = "Same words.", str(editor)
    version.save_revision(user=editor)
    made = claim(submit(page, editor).current_workflow_task_state, reviewer)
    carried = set(made.verdicts.values_list("claim_key", flat=True))
    left = [p for key, p in claims_of(made.state).items() if key not in carried]
    assert [(p.block, p.is_wording) for p in left] == [(number, True), (number, False)]
