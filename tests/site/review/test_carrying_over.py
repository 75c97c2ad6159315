"""What a reviewer approved before stays approved, unless someone took it back since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.review.models import Judgement, ReviewAssignment
from osler_site.review.reviewing import claim, claims_of, hand_back, judge
from osler_site.review.workflow import submit

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def rolf(person: Callable[..., User]) -> User:
    """Another reviewer."""
    return person("rolf", Role.REVIEWER)


def carried(assignment: ReviewAssignment) -> set[str]:
    return set(assignment.verdicts.values_list("claim_key", flat=True))


def submitted_again(assignment: ReviewAssignment, editor: User, reviewer: User) -> ReviewAssignment:
    """The same text, once more before the same reviewer."""
    page = submit(assignment.state.page, editor)
    return claim(page.current_workflow_task_state, reviewer)


def test_an_approval_that_was_taken_back_is_not_brought_back(
    assignment: ReviewAssignment, reviewer: User, editor: User, steps: Any
) -> None:
    first = next(iter(claims_of(assignment.state)))
    steps.approve_all(assignment, reviewer)
    steps.request_changes(assignment, reviewer, "Say it shorter")
    second = submitted_again(assignment, editor, reviewer)
    judge(second, reviewer, first, Judgement.FLAG, "Tenfold too high")
    steps.request_changes(second, reviewer, "Mend the dose")
    third = submitted_again(second, editor, reviewer)
    assert carried(third) == set(claims_of(third.state)) - {first}


def test_nor_is_one_of_the_same_version(assignment: ReviewAssignment, reviewer: User) -> None:
    first, second, *_ = claims_of(assignment.state)
    for key in (first, second):
        judge(assignment, reviewer, key, Judgement.APPROVE)
    hand_back(assignment, reviewer, "")
    again = claim(assignment.state, reviewer)
    judge(again, reviewer, first, Judgement.FLAG, "Tenfold too high")
    hand_back(again, reviewer, "")
    assert carried(claim(assignment.state, reviewer)) == {second}


def test_nor_is_one_that_another_reviewer_flagged_since(
    assignment: ReviewAssignment, reviewer: User, rolf: User
) -> None:
    first, second, *_ = claims_of(assignment.state)
    for key in (first, second):
        judge(assignment, reviewer, key, Judgement.APPROVE)
    hand_back(assignment, reviewer, "")
    his = claim(assignment.state, rolf)
    judge(his, rolf, first, Judgement.FLAG, "Tenfold too high")
    hand_back(his, rolf, "")
    assert carried(claim(assignment.state, reviewer)) == {second}


def test_what_was_flagged_and_then_approved_after_all_is_kept(
    assignment: ReviewAssignment, reviewer: User
) -> None:
    first = next(iter(claims_of(assignment.state)))
    judge(assignment, reviewer, first, Judgement.FLAG, "The maximum is missing")
    judge(assignment, reviewer, first, Judgement.APPROVE, "It stands below")
    hand_back(assignment, reviewer, "")
    assert carried(claim(assignment.state, reviewer)) == {first}
