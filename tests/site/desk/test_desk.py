"""The desk: who may see it, what readers could not be answered, who did what."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.answers.asking import ask
from osler_site.api.models import ApiToken
from osler_site.articles.models import ReviewStatus
from osler_site.articles.promoting import promote
from osler_site.desk.audit import COLUMNS, Entry
from osler_site.desk.coverage import coverage
from osler_site.desk.gaps import gaps
from osler_site.living.models import Finding, FindingKind
from osler_site.living.settling import settle
from osler_site.reports.models import ProblemReport
from osler_site.review.workflow import submit

pytestmark = pytest.mark.usefixtures("site")

PASSWORD = "a long enough password"


def csv_of(client: Client) -> list[dict[str, str]]:
    response = client.get("/desk/audit.csv")
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_unanswered_questions_are_grouped_by_what_they_looked_for() -> None:
    for question in ("What is the dose of zolendrine?", "dose of zolendrine", "dose of zolendrine"):
        assert not ask(question).answered
    assert ask("maintenance dose of vitamin B12").answered
    (gap,) = gaps()
    assert gap.asks == 3
    assert set(gap.questions) == {"What is the dose of zolendrine?", "dose of zolendrine"}


def test_coverage_counts_the_articles_of_a_topic_by_status() -> None:
    promote(ask("maintenance dose of vitamin B12"), None, topic="Vitamin B12")
    promote(ask("loading dose of vitamin B12"), None, topic="Vitamin B12")
    promote(ask("lithium monitoring"), None)
    first, last = coverage()
    assert (first.topic, first.total, dict(first.by_status)) == (
        "Vitamin B12", 2, {ReviewStatus.DRAFT.value: 2},
    )  # fmt: skip
    assert last.topic == ""


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.PUBLISHER, Role.ADMINISTRATOR])
def test_staff_see_the_desk(client: Client, person: Any, role: Role) -> None:
    ask("dose of zolendrine")
    client.force_login(person("pat", role))
    page = client.get("/desk/")
    assert page.status_code == 200
    assert "zolendrine" in page.content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_what_waits_opens_for_whoever_sees_it(client: Client, person: Any, role: Role) -> None:
    editor = person("ed", Role.EDITOR)
    page = submit(promote(ask("maintenance dose of vitamin B12"), editor), editor)
    client.force_login(person("someone", role))
    shown = client.get("/desk/").content.decode()
    (address,) = re.findall(rf'<a href="(/review/[^"]+)">{re.escape(page.title)}</a>', shown)
    assert client.get(address).status_code == 200


def test_a_reader_and_a_superuser_without_a_role_do_not(client: Client, person: Any) -> None:
    assert client.get("/desk/").status_code == 302
    client.force_login(person("reader"))
    assert client.get("/desk/").status_code == 403
    client.force_login(User.objects.create_superuser("root", "root@example.org", PASSWORD))
    assert client.get("/desk/").status_code == 403


def test_the_audit_log_tells_who_did_what(client: Client, person: Any) -> None:
    editor, admin = person("ed", Role.EDITOR), person("ada", Role.ADMINISTRATOR)
    promote(ask("maintenance dose of vitamin B12"), editor)
    client.login(username="ed", password="wrong")
    client.force_login(admin)
    assert client.get("/desk/audit/").status_code == 200
    rows = csv_of(client)
    assert tuple(rows[0]) == COLUMNS
    done = {(row["who"], row["action"]) for row in rows}
    assert ("the system", "osler.sign_in_failed") in done
    assert ("ada", "osler.signed_in") in done
    assert ("ed", "wagtail.edit") in done
    assert [row["time (UTC)"] for row in rows] == sorted(
        (row["time (UTC)"] for row in rows), reverse=True
    )
    roles = [row for row in rows if row["action"] == "osler.roles_changed"]
    assert any("Editors" in row["details"] for row in roles)


def test_tokens_reports_and_findings_are_in_the_audit_log(client: Client, person: Any) -> None:
    editor, admin = person("ed", Role.EDITOR), person("ada", Role.ADMINISTRATOR)
    raw = ask("maintenance dose of vitamin B12")
    page = promote(raw, editor)
    call_command("api_token", "create", "ward 7", "--scope", "ask", stdout=io.StringIO())
    token = ApiToken.objects.get()
    for _ in range(2):
        assert ApiToken.revoke(token.prefix) == (token.revoked is None)
        token.refresh_from_db()
    client.post(f"/report?of={raw.get_absolute_url()}", {"kind": "dose", "words": "It is 10 mg."})
    client.force_login(editor)
    for reason in ("checked", "again"):
        client.post(f"/desk/reports/{ProblemReport.objects.get().pk}/", {"reason": reason})
    finding = Finding.objects.create(
        article=page, kind=FindingKind.OVERDUE, key="k", summary="Due.", library_version=1
    )
    assert settle(page, editor, [finding.pk], 1, "signed") == 1
    client.force_login(admin)
    ours = [(r["who"], r["action"], r["details"]) for r in csv_of(client)]
    for who, action, part in (
        ("the system", "osler.token_issued", '"ask"'),
        ("the system", "osler.token_revoked", ""),
        ("ed", "osler.report_closed", "checked"),
        ("the system", "osler.finding", "Due."),
        ("ed", "osler.finding_settled", "Due."),
    ):
        (found,) = [entry for entry in ours if entry[1] == action]
        assert found[0] == who
        assert part in found[2]
        assert token.digest not in found[2]


def test_only_administrators_and_publishers_read_the_audit_log(client: Client, person: Any) -> None:
    client.force_login(person("ed", Role.EDITOR))
    assert client.get("/desk/audit.csv").status_code == 403


def test_a_cell_is_never_a_formula() -> None:
    from django.utils import timezone

    entry = Entry(timezone.now(), "=cmd()", "a", "A", "+1", "-x", "", "@y")
    assert not [cell for cell in entry.cells if cell.startswith(("=", "+", "-", "@"))]
    assert "'=cmd()" in entry.cells
