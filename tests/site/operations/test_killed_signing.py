"""`kill -9` while reviewers sign: each article is wholly approved or wholly not."""

from __future__ import annotations

import json
import threading
import time
from contextlib import closing, suppress
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from site_server import Serve, Server, browser, run

Work = dict[str, list[dict[str, Any]]]  # what each reviewer is to sign, by their session
ARTICLES, REVIEWERS, ENOUGH = 12, 3, 3

FILL = f"""
import django; django.setup()
import json
from django.db import transaction
from changing import claim_and_judge
from people import person, session_of
from osler_site.accounts.roles import Role
from osler_site.answers.asking import ask
from osler_site.articles.promoting import promote
from osler_site.review.workflow import submit
with transaction.atomic():
    editor = person("ed", Role.EDITOR)
    reviewers = [person(f"r{{n}}", Role.REVIEWER) for n in range({REVIEWERS})]
    raw = ask("How often is lithium monitored?")
    work = {{session_of(reviewer): [] for reviewer in reviewers}}
    for n in range({ARTICLES}):
        page = submit(promote(raw, editor, title=f"Article {{n}}"), editor)
        mine = claim_and_judge(page, reviewers[n % {REVIEWERS}])
        found = {{"state": mine.state_id, "seen": mine.state.content_hash, "page": page.pk}}
        list(work.values())[n % {REVIEWERS}].append({{**found, "url": page.url}})
print(json.dumps(work))
"""
# What an approval leaves, and what says that there was none.
LOOK = """
import django; django.setup()
import json
from wagtail.models import Page, PageLogEntry
from osler_site.articles.models import ArticlePage
from osler_site.review.models import BoardReviewState, ReviewAssignment, SignOff
def traces(page):
    assignment = ReviewAssignment.objects.select_related("state__workflow_state").get(
        state__revision=page.latest_revision
    )
    state = assignment.state
    signed = SignOff.objects.filter(page=page, revision=state.revision, decision="approved")
    logged = PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True)
    yield "record", signed.count() == 1
    yield "shown", page.live and page.live_revision_id == state.revision_id
    yield "status", page.status == "approved"
    yield "dates", page.last_reviewed is not None and page.next_review is not None
    yield "assignment", assignment.ended_at is not None and assignment.outcome == "approved"
    yield "task", state.status == "approved" and state.finished_at is not None
    yield "workflow", state.workflow_state.status == "approved"
    yield "log", "osler.approved" in logged
    yield "Wagtail's log", "wagtail.workflow.approve" in logged and "wagtail.publish" in logged
    yield "waits", (
        state.status == state.workflow_state.status == "in_progress"
        and page.status == "under_review" and not page.live and assignment.ended_at is None
    )
assert not any(Page.find_problems()), Page.find_problems()
print(json.dumps({
    page.pk: [name for name, there in traces(page) if there] for page in ArticlePage.objects.all()
}))
"""
APPROVED = [
    *("record", "shown", "status", "dates", "assignment", "task", "workflow", "log"),
    "Wagtail's log",
]


@pytest.mark.parametrize("database", ["SQLite", "PostgreSQL"])
def test_killed_while_signing(serve: Serve, request: pytest.FixtureRequest, database: str) -> None:
    named = {}
    if database == "PostgreSQL":
        named["DATABASE_URL"] = request.getfixturevalue("on_postgresql")("signing")
    server = serve(**named)
    work: Work = json.loads(run(FILL, server.data, **named))
    signed: list[int] = []
    signers = [
        threading.Thread(target=sign_all, args=(server, session, articles, signed))
        for session, articles in work.items()
    ]
    for signer in signers:
        signer.start()
    deadline = time.monotonic() + 60
    while len(signed) < ENOUGH and time.monotonic() < deadline:
        time.sleep(0.005)
    server.kill()
    for signer in signers:
        signer.join(60)
    acknowledged = set(signed)
    assert ENOUGH <= len(acknowledged) < ARTICLES

    approved = check_each_is_whole(json.loads(run(LOOK, server.data, **named)))
    assert acknowledged <= approved

    again = serve(data=server.data, **named)
    for session, articles in work.items():
        sign_all(again, session, [a for a in articles if a["page"] not in approved], signed)
    everything = {a["page"]: a["url"] for articles in work.values() for a in articles}
    assert check_each_is_whole(json.loads(run(LOOK, server.data, **named))) == set(everything)
    for url in list(everything.values())[:REVIEWERS]:
        assert "Approved" in httpx.get(f"{again.url}{url}", timeout=60).text


def sign_all(
    server: Server, session: str, articles: list[dict[str, Any]], signed: list[int]
) -> None:
    """Sign one after another until the server is gone; what it acknowledged is noted."""
    with suppress(httpx.TransportError), closing(browser(server, session)) as client:
        for article in articles:
            said = {
                "seen_hash": article["seen"],
                "scope": "Every claim beside its passage",
                "conflicts_of_interest": "None",
                "next_review": (date.today() + timedelta(days=100)).isoformat(),
                "decision": "approved",
            }
            done = client.post(f"/review/{article['state']}/sign", data=said)
            assert done.status_code == 302, done.text
            signed.append(article["page"])


def check_each_is_whole(found: dict[str, list[str]]) -> set[int]:
    """That no article is between the two; the keys of those that are approved."""
    assert len(found) == ARTICLES
    for page, traces in found.items():
        assert traces in (APPROVED, ["waits"]), page
    return {int(page) for page, traces in found.items() if traces == APPROVED}
