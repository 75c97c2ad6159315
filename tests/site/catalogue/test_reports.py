"""Readers report problems; editors see them and close them with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client

from osler_site.accounts.roles import Role
from osler_site.answers.models import RawAnswer
from osler_site.environment import environment
from osler_site.operations.limits import LIMITS, MINUTE
from osler_site.presenting.present import present
from osler_site.reports.models import ProblemReport, ProblemState
from osler_site.reports.subjects import claims_of
from osler_site.reports.telling import MAILS_PER_HOUR

pytestmark = pytest.mark.usefixtures("site")
SENT = {"kind": "dose", "words": "It is 10 mg, not 1 mg.", "email": "reader@example.org"}


@pytest.fixture
def answer(client: Client) -> RawAnswer:
    client.post("/ask", {"q": "What is the maintenance dose of vitamin B12 after loading?"})
    return RawAnswer.objects.get()


def form_of(answer: RawAnswer, claim: str = "c1") -> str:
    return f"/report?of={answer.get_absolute_url()}" + (f"&claim={claim}" if claim else "")


def test_a_report_keeps_the_claim_as_it_was_and_reaches_the_editors(
    client: Client, answer: RawAnswer, person: Any, django_capture_on_commit_callbacks: Any
) -> None:
    person("ed", Role.EDITOR)
    person("gone", Role.EDITOR, is_active=False)
    person("rev", Role.REVIEWER)
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(form_of(answer), SENT)
    assert sent.status_code == 302
    assert "reached the editors" in client.get(sent["Location"]).content.decode()
    report = ProblemReport.objects.get()
    claim = answer.body["bottom_line"][0]
    assert (report.answer, report.claim_id) == (answer, "c1")
    assert report.claim_text == claim["text"]
    assert [c["quote"] for c in report.citations] == [c["quote"] for c in claim["citations"]]
    assert report.state == ProblemState.OPEN
    (message,) = mail.outbox
    assert message.bcc == ["ed@example.org"]
    assert message.reply_to == ["reader@example.org"]
    assert claim["text"] in message.body
    assert f"/desk/reports/{report.pk}/" in message.body


def test_an_article_is_reported_as_a_whole(client: Client, article: Any) -> None:
    page = article("b12")
    assert client.post(f"/report?of={page.url}", SENT).status_code == 302
    assert ProblemReport.objects.get().article == page


def test_every_claim_on_a_page_has_the_name_that_a_report_knows_it_by(answer: RawAnswer) -> None:
    shown = present(answer.body)
    claims = [*shown.bottom_line, *(c for s in shown.sections for c in s.claims)]
    claims += [p.claim for c in shown.conflicts for p in c.positions]
    assert [(c.id, c.text) for c in claims] == [(n, c["text"]) for n, c in claims_of(answer.body)]


def test_a_claim_links_to_its_form(client: Client, answer: RawAnswer) -> None:
    claim = present(answer.body).bottom_line[0]
    part = render_to_string("osler/parts/report_link.html", {"raw": answer, "claim": claim})
    address = part.partition('href="')[2].partition('"')[0].replace("&amp;", "&")
    page = client.get(address)
    assert page.status_code == 200
    assert page.context["subject"].claim_text == claim.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": ""},
        {"words": "x" * 2001},
        {"kind": "nonsense"},
        {"email": "no"},
        {"words": "\x00"},
    ],
)
def test_a_report_that_cannot_be_kept_is_shown_again(
    client: Client, answer: RawAnswer, wrong: dict[str, str]
) -> None:
    again = client.post(form_of(answer), {**SENT, **wrong})
    assert again.status_code == 400
    assert 'role="alert"' in again.content.decode()
    assert not ProblemReport.objects.exists()


def test_a_sentence_that_has_changed_is_read_again_first(client: Client, answer: RawAnswer) -> None:
    again = client.post(form_of(answer), {**SENT, "seen": "0123456789abcdef"})
    assert "was changed" in again.content.decode()
    seen = again.context["form"]["seen"].value()
    assert client.post(form_of(answer), {**SENT, "seen": seen}).status_code == 302


def test_robots_are_thanked_and_forgotten(client: Client, answer: RawAnswer) -> None:
    assert client.post(form_of(answer), {**SENT, "website": "http://spam"}).status_code == 302
    assert not ProblemReport.objects.exists()


def test_a_report_needs_a_form_of_ours(answer: RawAnswer) -> None:
    assert Client(enforce_csrf_checks=True).post(form_of(answer), SENT).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "", "of=", "of=/", "of=https://evil.example/", "of=//evil.example/", "of=/answers/../",
        "of=/answers/aaaaaaaaaaaaaaaaaaaa/", "of=/articles/none/", "of=/articles/%00/",
        "of=javascript:alert(1)",
    ],
)  # fmt: skip
def test_only_pages_of_this_site_are_reported(client: Client, query: str) -> None:
    assert client.get(f"/report?{query}").status_code == 404
    assert client.post(f"/report?{query}", SENT).status_code == 404
    assert client.get(f"/report/thanks?{query}").status_code == 404


@pytest.mark.parametrize("claim", ["c0", "c999", "x", "c1'", "c1%00"])
def test_a_claim_that_is_not_there_is_not_reported(
    client: Client, answer: RawAnswer, claim: str
) -> None:
    assert client.get(form_of(answer, claim)).status_code == 404


def test_what_readers_write_is_only_ever_text(
    client: Client, answer: RawAnswer, person: Any
) -> None:
    evil = "<script>alert(1)</script>\nBcc: x@y.example"
    client.post(form_of(answer), {**SENT, "words": evil})
    client.force_login(person("ed", Role.EDITOR))
    page = client.get(f"/desk/reports/{ProblemReport.objects.get().pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    ("roles", "status"),
    [
        ((), 403), ((Role.REVIEWER,), 403), ((Role.EDITOR,), 200), ((Role.PUBLISHER,), 200),
        ((Role.ADMINISTRATOR,), 200),
    ],
)  # fmt: skip
def test_who_sees_reports(
    client: Client, answer: RawAnswer, person: Any, roles: tuple[Role, ...], status: int
) -> None:
    client.post(form_of(answer), SENT)
    report = ProblemReport.objects.get()
    client.force_login(person("someone", *roles))
    addresses = ("/desk/reports/", f"/desk/reports/{report.pk}/")
    assert [client.get(a).status_code for a in addresses] == [status] * 2
    client.post(addresses[1], {"reason": "It is right."})
    report.refresh_from_db()
    assert (report.state == ProblemState.CLOSED) == (status == 200)


def test_nobody_sees_reports_without_logging_in(client: Client) -> None:
    for address in ("/desk/reports/", "/desk/reports/1/"):
        assert client.get(address).status_code == 302
    assert client.post("/desk/reports/1/", {"reason": "x"})["Location"].startswith(
        "/accounts/login"
    )


def test_a_report_is_closed_once_with_who_and_why(
    client: Client, answer: RawAnswer, person: Any
) -> None:
    client.post(form_of(answer), SENT)
    report = ProblemReport.objects.get()
    address = f"/desk/reports/{report.pk}/"
    first, second = person("first", Role.EDITOR), person("second", Role.PUBLISHER)
    client.force_login(first)
    assert client.post(address, {"reason": " "}).status_code == 400
    client.post(address, {"reason": "Checked: the source says 1 mg."})
    client.force_login(second)
    client.post(address, {"reason": "No."})
    report.refresh_from_db()
    assert (report.closed_by, report.closing_reason) == (first, "Checked: the source says 1 mg.")
    assert report.closed_at is not None
    listed = client.get("/desk/reports/").content.decode()
    assert "Nothing here" in listed
    assert "First Example" in client.get("/desk/reports/", {"state": "closed"}).content.decode()


def test_one_address_reports_so_often_and_its_mails_are_fewer(
    client: Client, answer: RawAnswer, person: Any, django_capture_on_commit_callbacks: Any
) -> None:
    person("ed", Role.EDITOR)
    most = environment().reports_per_hour
    with django_capture_on_commit_callbacks(execute=True):
        sent = [client.post(form_of(answer), SENT) for _ in range(most + 3)]
    assert [s.status_code for s in sent] == [302] * most + [429] * 3
    assert int(sent[-1]["Retry-After"]) > 0
    assert ProblemReport.objects.count() == most
    assert len(mail.outbox) == MAILS_PER_HOUR
    assert client.get(form_of(answer)).status_code == 200
    other = client.post(form_of(answer), SENT, REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 302


@pytest.mark.parametrize("path", ["/suggest?q=b12", "/library/search?q=b12"])
def test_searching_is_limited_generously(
    client: Client, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = environment().searches_per_minute
    real, wanted = LIMITS.spend, []

    def a_two_hundredth(key: str, most: int, period: float = MINUTE) -> int:
        wanted.append(most)
        return real(key, most // 200, period)

    monkeypatch.setattr(LIMITS, "spend", a_two_hundredth)
    assert [client.get(path).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert set(wanted) == {most}
