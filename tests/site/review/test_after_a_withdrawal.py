"""What was withdrawn is read anew before it is approved again, by someone who did not write it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.articles.models import ArticlePage
from osler_site.review.errors import NotAllowed, Unfinished
from osler_site.review.reviewing import claim, hand_back
from osler_site.review.signing import sign
from osler_site.review.workflow import submit, withdraw

pytestmark = pytest.mark.usefixtures("site")
WHY = "The dose is tenfold too high."


@pytest.fixture
def withdrawn(approved: ArticlePage, publisher: User) -> ArticlePage:
    return withdraw(approved, publisher, WHY)


def test_no_verdict_from_before_counts(
    withdrawn: ArticlePage, editor: User, reviewer: User, steps: Any
) -> None:
    made = claim(submit(withdrawn, editor).current_workflow_task_state, reviewer)
    assert not made.verdicts.exists()
    with pytest.raises(Unfinished, match="not been looked at"):
        sign(made, reviewer, steps.statement(made))
    steps.approve_all(made, reviewer)
    hand_back(made, reviewer, "")
    again = claim(made.state, reviewer)
    assert again.verdicts.count() == made.verdicts.count()
    sign(again, reviewer, steps.statement(again))
    assert ArticlePage.objects.get().status == "approved"


def test_its_writers_do_not_review_it_again(
    withdrawn: ArticlePage, editor: User, person: Callable[..., User]
) -> None:
    otto = person("otto", Role.EDITOR)
    withdrawn.get_latest_revision_as_object().save_revision(user=otto)
    ArticlePage.objects.update(owner=otto)
    state = submit(withdrawn, otto).current_workflow_task_state
    both = person("both", Role.EDITOR, Role.REVIEWER)
    withdrawn.revisions.filter(user=editor).update(user=both)  # who wrote the withdrawn version
    with pytest.raises(NotAllowed, match="another member"):
        claim(state, both)


def test_the_reviewer_reads_why_until_it_is_approved_again(
    client: Client, withdrawn: ArticlePage, editor: User, reviewer: User, steps: Any
) -> None:
    page = submit(withdrawn, editor)
    made = claim(page.current_workflow_task_state, reviewer)
    client.force_login(reviewer)
    pages = [f"/review/{made.state_id}/", f"/review/{made.state_id}/sign"]
    assert [address for address in pages if WHY not in client.get(address).content.decode()] == []
    steps.approve_all(made, reviewer)
    sign(made, reviewer, steps.statement(made))
    page = steps.reword(ArticlePage.objects.get(), editor, "First choice: amox", "Amox")
    made = claim(submit(page, editor).current_workflow_task_state, reviewer)
    assert made.verdicts.exists()
    pages = [f"/review/{made.state_id}/", f"/review/{made.state_id}/sign"]
    assert [address for address in pages if WHY in client.get(address).content.decode()] == []
