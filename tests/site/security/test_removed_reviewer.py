"""The session of a reviewer who was removed signs nothing any more, from the next request on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from osler_site.accounts.models import BoardMember, User
from osler_site.accounts.roles import Role
from osler_site.answers.asking import ask
from osler_site.articles.models import ArticlePage
from osler_site.articles.promoting import promote
from osler_site.review.models import ClaimVerdict, SignOff
from osler_site.review.reviewing import claim, claims_of
from osler_site.review.workflow import submit

pytestmark = pytest.mark.usefixtures("site")


def shut(rhea: User) -> None:
    User.objects.filter(pk=rhea.pk).update(is_active=False)


def take_role(rhea: User) -> None:
    rhea.groups.clear()


def leave_board(rhea: User) -> None:
    BoardMember.objects.filter(user=rhea).update(active=False)


@pytest.mark.parametrize(
    ("remove", "status"),
    [(shut, 302), (take_role, 403), (leave_board, 403)],
    ids=("shut", "no role", "not on the board"),
)
def test_it_signs_nothing(
    client: Client, person: Callable[..., User], remove: Callable[[User], None], status: int
) -> None:
    editor, rhea = person("edith", Role.EDITOR), person("rhea", Role.REVIEWER)
    raw = ask("What is the dose of amoxicillin in children?")
    submit(promote(raw, editor), editor)
    state = ArticlePage.objects.get().current_workflow_task_state
    claim(state, rhea)
    client.force_login(rhea)
    here = f"/review/{state.pk}"
    assert client.get(f"{here}/").status_code == 200

    keys = list(claims_of(state))
    verdicts = [
        {"key": key, "number": number, "judgement": "approve"}
        for number, key in enumerate(keys, start=1)
    ]
    signing = {
        "decision": "approved",
        "seen_hash": state.content_hash,
        "scope": "all",
        "conflicts_of_interest": "none",
        "next_review": (timezone.localdate() + timedelta(days=30)).isoformat(),
    }
    # What is sent below is what the pages take from an active reviewer, to the end.
    with transaction.atomic():
        for verdict in verdicts:
            assert client.post(f"{here}/verdict", verdict).status_code == 302
        assert ClaimVerdict.objects.count() == len(keys)
        assert client.post(f"{here}/sign", signing).status_code == 302
        assert SignOff.objects.exists()
        transaction.set_rollback(True)
    with transaction.atomic():
        client.post(f"{here}/hand-back", {"why": "x\x00"})
        assert not state.assignments.filter(ended_at=None).exists()
        transaction.set_rollback(True)

    remove(rhea)

    sent = {
        f"{here}/verdict": verdicts[0],
        f"{here}/sign": signing,
        f"{here}/hand-back": {"why": "x"},
    }
    for path, fields in sent.items():
        answer = client.post(path, fields)
        assert answer.status_code == status, path
        assert status == 403 or answer["Location"].startswith("/accounts/login/")
    assert client.get("/review/").status_code == status
    assert not SignOff.objects.exists()
    assert not ClaimVerdict.objects.exists()
    assert state.assignments.filter(ended_at=None).exists()
