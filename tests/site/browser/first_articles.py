"""Run by itself: takes up a few answers as people would, and prints each article's path.

An editor submits, the site shows it meanwhile; a member of the board claims, judges and signs.
"""

from __future__ import annotations

import contextlib
import datetime
import sys

from osler_site.operations.preparing import prepare_database

with contextlib.redirect_stdout(sys.stderr):
    prepare_database(print)

from django.utils import timezone

from osler_site.accounts.models import User
from osler_site.answers.asking import ask
from osler_site.articles.models import ArticlePage
from osler_site.articles.promoting import promote
from osler_site.operations.people import Board, create
from osler_site.review.models import Decision, Judgement
from osler_site.review.reviewing import claim, claims_of, judge
from osler_site.review.signing import Statement, sign
from osler_site.review.workflow import publish_for_readers, submit, withdraw

PASSWORD = "a long enough password"


def submitted(question: str, editor: User) -> ArticlePage:
    return publish_for_readers(submit(promote(ask(question), editor), editor))


def signed(page: ArticlePage, reviewer: User) -> None:
    assignment = claim(page.current_workflow_task_state, reviewer)
    for key in claims_of(assignment.state):
        judge(assignment, reviewer, key, Judgement.APPROVE)
    statement = Statement(
        decision=Decision.APPROVED,
        seen_hash=assignment.state.content_hash,
        scope="Every claim beside its passage",
        conflicts_of_interest="None",
        next_review=timezone.localdate() + datetime.timedelta(days=365),
    )
    sign(assignment, reviewer, statement)


edith = create(
    "edith", PASSWORD, ["editor"], email="edith@example.org", full_name="Edith Example", board=None
)
paul = create(
    "paul", PASSWORD, ["publisher"], email="paul@example.org", full_name="Paul Example", board=None
)
rhea = create(
    "rhea", PASSWORD, ["reviewer"], email="rhea@example.org", full_name="Rhea Example",
    board=Board("Pharmacist", "GPhC 0000000", "Medicines information"),
)  # fmt: skip
first = submitted("What lithium monitoring is needed?", edith)
signed(first, rhea)
second = submitted("How is metformin dosed by eGFR?", edith)
third = submitted("What is the maintenance dose of vitamin B12 after the loading phase?", edith)
claim(third.current_workflow_task_state, rhea)
fourth = submitted("What is the dose of gentamicin once daily?", edith)
withdraw(fourth, paul, "The guideline it rests on was withdrawn by its publisher.")
for name, page in (
    ("approved", first), ("submitted", second), ("under_review", third), ("withdrawn", fourth),
):  # fmt: skip
    print(name, ArticlePage.objects.get(pk=page.pk).url)
