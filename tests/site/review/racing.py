"""Run by itself, on a site of its own: several people do the same thing in the same moment.

Prints what came of it as JSON. Each thread has a connection and transactions of its own.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from osler_site.operations.preparing import prepare_database

with contextlib.redirect_stdout(sys.stderr):
    prepare_database(print)

from django.db import connections
from django.utils import timezone

from osler_site.accounts.models import BoardMember, User
from osler_site.accounts.roles import Role
from osler_site.answers.asking import ask
from osler_site.articles.models import ArticlePage
from osler_site.articles.promoting import promote
from osler_site.review.assigning import assign
from osler_site.review.errors import NotAllowed, ReviewError
from osler_site.review.models import (
    BoardReviewState,
    Decision,
    Judgement,
    ReviewAssignment,
    SignOff,
)
from osler_site.review.reviewing import claim, claims_of, judge
from osler_site.review.signing import Statement, sign
from osler_site.review.workflow import submit, take_back

PEOPLE = 6
ROUNDS = 4  # of each two who are in each other's way


def person(name: str, role: Role) -> User:
    user = User.objects.create(username=name)
    user.groups.add(*_group(role))
    if role is Role.REVIEWER:
        BoardMember.objects.create(user=user, profession="Physician", registration_number="1")
    return user


def _group(role: Role) -> Any:
    from django.contrib.auth.models import Group

    return Group.objects.filter(name=role.value)


def at_once(work: list[Callable[[], Any]]) -> list[str]:
    together = Barrier(len(work))

    def one(what: Callable[[], Any]) -> str:
        together.wait(30)
        try:
            what()
        except (ReviewError, NotAllowed) as error:
            return type(error).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(work)) as pool:
        return sorted(pool.map(one, work))


def a_review() -> BoardReviewState:
    page = submit(promote(answer, editor), editor)
    return page.current_workflow_task_state


def approved_by(reviewer: User) -> ReviewAssignment:
    """All but signed."""
    made = claim(a_review(), reviewer)
    for key in claims_of(made.state):
        judge(made, reviewer, key, Judgement.APPROVE)
    return made


def statement_on(made: ReviewAssignment) -> Statement:
    return Statement(
        decision=Decision.APPROVED,
        seen_hash=made.state.content_hash,
        scope="All",
        conflicts_of_interest="None",
        next_review=timezone.localdate() + datetime.timedelta(days=30),
    )


def two_assign() -> list[str]:
    state, due = a_review(), timezone.localdate() + datetime.timedelta(days=7)
    return at_once(
        [
            lambda: assign(state, publishers[0], first, due),
            lambda: assign(state, publishers[1], second, due),
        ]
    )


def one_signs_while_it_is_taken_back() -> list[str]:
    made = approved_by(first)
    said, page = statement_on(made), made.state.page
    return at_once([lambda: sign(made, first, said), lambda: take_back(page, editor)])


def one_claims_while_it_is_taken_back() -> int:
    """How many are left with it."""
    state = a_review()
    page = state.page
    at_once([lambda: claim(state, first), lambda: take_back(page, editor)])
    return ReviewAssignment.objects.filter(state=state, ended_at=None).count()


editor = person("edith", Role.EDITOR)
publishers = [person(f"p{n}", Role.PUBLISHER) for n in range(2)]
reviewers = [person(f"r{n}", Role.REVIEWER) for n in range(PEOPLE)]
answer = ask("What is the dose of amoxicillin in children?")
state = a_review()
claims = at_once([lambda user=user: claim(state, user) for user in reviewers])  # type: ignore[misc]

assignment = ReviewAssignment.objects.get()
reviewer = User.objects.get(pk=assignment.reviewer_id)
for key in claims_of(assignment.state):
    judge(assignment, reviewer, key, Judgement.APPROVE)
statement = statement_on(assignment)
signs = at_once([lambda: sign(assignment, reviewer, statement) for _ in range(PEOPLE)])
page = ArticlePage.objects.get()
result: dict[str, Any] = {
    "claims": claims,
    "signs": signs,
    "assignments": ReviewAssignment.objects.count(),
    "sign_offs": SignOff.objects.count(),
    "status": page.status,
    "live": page.live,
    "assigned": [],
    "signed_or_taken_back": [],
    "claimed_or_taken_back": [],
}
first, second = reviewers[:2]
for _ in range(ROUNDS):
    result["assigned"].append(two_assign())
    result["signed_or_taken_back"].append(one_signs_while_it_is_taken_back())
    result["claimed_or_taken_back"].append(one_claims_while_it_is_taken_back())
print(json.dumps(result))
