"""Several people at once: one of them is first, the others are told."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.exceptions import PermissionDenied

from osler_site.accounts.models import User
from osler_site.articles.models import ArticlePage
from osler_site.review.errors import Outdated
from osler_site.review.models import ReviewAssignment, SignOff
from osler_site.review.signing import sign

RACING = Path(__file__).parent / "racing.py"


def own_database() -> str:
    """The address of a database that holds nothing; empty where the tests run on SQLite."""
    address = os.environ["DATABASE_URL"]
    if not address:
        return ""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS racing")
        connection.execute("CREATE DATABASE racing")
    return f"{address.rpartition('/')[0]}/racing"


def test_of_many_at_once_one_is_first_and_nobody_is_stuck(
    tmp_path: Path, starter_library: Path, migrated_file: Path
) -> None:
    if migrated_file.is_file():  # otherwise the script migrates a database of its own
        shutil.copy(migrated_file, tmp_path / "osler-site.db")
    env = {**os.environ, "OSLER_SITE_DATA": str(tmp_path), "DATABASE_URL": own_database()}
    ran = subprocess.run(
        [sys.executable, RACING], env=env, capture_output=True, text=True, timeout=300
    )
    assert ran.returncode == 0, ran.stderr
    result = json.loads(ran.stdout)
    assert result["claims"] == ["AlreadyClaimed"] * 5 + ["done"]
    assert result["signs"] == ["NotAllowed"] * 5 + ["done"]
    assert (result["assignments"], result["sign_offs"]) == (1, 1)
    assert (result["status"], result["live"]) == ("approved", True)
    # Of two who assign, one does; of a sign-off and a taking back, one is done; nobody is left
    # with a review that was taken back.
    assert result["assigned"] == [["Outdated", "done"]] * 4
    for outcome in result["signed_or_taken_back"]:
        assert outcome in (["NotAllowed", "done"], ["ReviewError", "done"])
    assert result["claimed_or_taken_back"] == [0] * 4


@pytest.mark.usefixtures("site")
def test_a_review_that_is_being_cancelled_is_not_signed(
    assignment: ReviewAssignment, reviewer: User, steps: Any
) -> None:
    steps.approve_all(assignment, reviewer)
    workflows = type(assignment.state.workflow_state).objects
    workflows.update(status="cancelled")  # what Wagtail's button writes first
    with pytest.raises(Outdated, match="not before the board"):
        sign(assignment, reviewer, steps.statement(assignment))
    assert not SignOff.objects.exists()


@pytest.mark.usefixtures("site")
def test_a_review_that_was_signed_meanwhile_is_not_cancelled(
    submitted: ArticlePage, editor: User, reviewer: User, steps: Any
) -> None:
    on_the_editors_page = submitted.current_workflow_state
    steps.approve(submitted, reviewer)
    with pytest.raises(PermissionDenied, match="ended meanwhile"):
        on_the_editors_page.cancel(user=editor)
    on_the_editors_page.refresh_from_db()
    assert on_the_editors_page.status == "approved"
    assert ArticlePage.objects.get().status == "approved"
