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
    SignOff,
)
from osler_site.review.reviewing import claim, claims_of, judge
from osler_site.review.signing import Statement, sign
from osler_site.review.workflow import submit


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
    return submitted.current_workflow_task_state


@pytest.fixture
def assignment(state: BoardReviewState, reviewer: User) -> ReviewAssignment:
    """The reviewer's claim on it."""
    return claim(state, reviewer)


class Steps:
    """What people do in a review, in short."""

    @staticmethod
    def approve_all(assignment: ReviewAssignment, user: User) -> None:
        """A verdict on every claim."""
        for key in claims_of(assignment.state):
            judge(assignment, user, key, Judgement.APPROVE)

    @staticmethod
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

    @staticmethod
    def first_claim(version: ArticlePage) -> Any:
        """The value of an article's first claim."""
        value = version.body[0].value
        return value["claims" if "claims" in value else "positions"][0]

    @classmethod
    def reword(cls, page: ArticlePage, user: User | None, old: str, new: str) -> ArticlePage:
        """A new version in which the first claim is worded anew."""
        version = page.get_latest_revision_as_object()
        claim_value = cls.first_claim(version)
        assert old in claim_value["text"]
        claim_value["text"] = claim_value["text"].replace(old, new)
        version.save_revision(user=user, log_action=True)
        return ArticlePage.objects.get(pk=page.pk)

    @classmethod
    def request_changes(cls, assignment: ReviewAssignment, user: User, comments: str) -> SignOff:
        """Send it back."""
        said = cls.statement(
            assignment, decision=Decision.CHANGES_REQUESTED, comments=comments, next_review=None
        )
        return sign(assignment, user, said)

    @classmethod
    def approve(cls, page: ArticlePage, user: User) -> SignOff:
        """Claim it, look at every claim, sign."""
        made = claim(page.current_workflow_task_state, user)
        cls.approve_all(made, user)
        return sign(made, user, cls.statement(made))


@pytest.fixture
def steps() -> type[Steps]:
    """What people do in a review."""
    return Steps


@pytest.fixture
def approved(submitted: ArticlePage, reviewer: User) -> ArticlePage:
    """An article that the reviewer has signed off."""
    Steps.approve(submitted, reviewer)
    return ArticlePage.objects.get(pk=submitted.pk)
