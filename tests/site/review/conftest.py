"""People and articles for the review's tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.answers.asking import ask
from osler_site.answers.models import RawAnswer
from osler_site.articles.models import ArticlePage
from osler_site.articles.promoting import promote
from osler_site.review.models import (
    BoardReviewState,
    Decision,
    Judgement,
    ReviewAssignment,
)
from osler_site.review.reviewing import claim, claims_of, judge
from osler_site.review.signing import Statement, sign
from osler_site.review.workflow import submit

QUESTION = "How is amoxicillin dosed in children with pneumonia?"


@pytest.fixture
def raw(site: None) -> RawAnswer:
    """An answer with a few claims."""
    answer = ask("What is the dose of amoxicillin in children?")
    assert answer.answered
    return answer


@pytest.fixture
def editor(person: Callable[..., User]) -> User:
    """Who writes."""
    return person("edith", Role.EDITOR)


@pytest.fixture
def reviewer(person: Callable[..., User]) -> User:
    """Who reviews."""
    return person("rhea", Role.REVIEWER)


@pytest.fixture
def publisher(person: Callable[..., User]) -> User:
    """Who decides what is shown."""
    return person("paul", Role.PUBLISHER)


@pytest.fixture
def draft(raw: RawAnswer, editor: User) -> ArticlePage:
    """A draft that the editor has taken up."""
    return promote(raw, editor)


@pytest.fixture
def submitted(draft: ArticlePage, editor: User) -> ArticlePage:
    """The draft, before the board."""
    return submit(draft, editor)


@pytest.fixture
def state(submitted: ArticlePage) -> BoardReviewState:
    """Its place before the board."""
    return state_of(submitted)


@pytest.fixture
def assignment(state: BoardReviewState, reviewer: User) -> ReviewAssignment:
    """The reviewer's claim on it."""
    return claim(state, reviewer)


def state_of(page: ArticlePage) -> BoardReviewState:
    """The version of an article that is before the board."""
    return page.current_workflow_task_state


def approve_all(assignment: ReviewAssignment, user: User) -> None:
    """A verdict on every claim."""
    for key in claims_of(assignment.state):
        judge(assignment, user, key, Judgement.APPROVE)


def statement(assignment: ReviewAssignment, **other: Any) -> Statement:
    """What a reviewer states when all is well."""
    usual: dict[str, Any] = {
        "decision": Decision.APPROVED,
        "seen_hash": assignment.state.content_hash,
        "scope": "Every claim beside its passage",
        "conflicts_of_interest": "None",
        "next_review": timezone.localdate() + timedelta(days=365),
    }
    return Statement(**{**usual, **other})


@pytest.fixture
def approved(assignment: ReviewAssignment, reviewer: User) -> ArticlePage:
    """An article that the reviewer has signed off."""
    approve_all(assignment, reviewer)
    sign(assignment, reviewer, statement(assignment))
    return ArticlePage.objects.get()


def reword(page: ArticlePage, user: User | None, change: Callable[[str], str]) -> ArticlePage:
    """A new version in which the first claim is worded anew."""
    version = page.get_latest_revision_as_object()
    block = version.body[0]
    first = block.value["claims" if "claims" in block.value else "positions"][0]
    first["text"] = change(first["text"])
    version.save_revision(user=user, log_action=True)
    return version
