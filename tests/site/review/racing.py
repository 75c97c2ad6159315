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
from osler_site.review.errors import NotAllowed, ReviewError
from osler_site.review.models import Decision, Judgement, ReviewAssignment, SignOff
from osler_site.review.reviewing import claim, claims_of, judge
from osler_site.review.signing import Statement, sign
from osler_site.review.workflow import submit

PEOPLE = 6


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


editor = person("edith", Role.EDITOR)
reviewers = [person(f"r{n}", Role.REVIEWER) for n in range(PEOPLE)]
page = submit(promote(ask("What is the dose of amoxicillin in children?"), editor), editor)
state = page.current_workflow_task_state
claims = at_once([lambda user=user: claim(state, user) for user in reviewers])  # type: ignore[misc]

assignment = ReviewAssignment.objects.get()
reviewer = User.objects.get(pk=assignment.reviewer_id)
for key in claims_of(assignment.state):
    judge(assignment, reviewer, key, Judgement.APPROVE)
statement = Statement(
    decision=Decision.APPROVED,
    seen_hash=state.content_hash,
    scope="All",
    conflicts_of_interest="None",
    next_review=timezone.localdate() + datetime.timedelta(days=30),
)
signs = at_once([lambda: sign(assignment, reviewer, statement) for _ in range(PEOPLE)])
page = ArticlePage.objects.get()
print(
    json.dumps(
        {
            "claims": claims,
            "signs": signs,
            "assignments": ReviewAssignment.objects.count(),
            "sign_offs": SignOff.objects.count(),
            "status": page.status,
            "live": page.live,
        }
    )
)
