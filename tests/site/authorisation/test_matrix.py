"""Every address × every role, from the one table in docs/authorisation.md."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from matrix import ROLES, cleaned, line, patterns, rows

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.answers.asking import ask
from osler_site.api.models import ApiToken
from osler_site.articles.models import ArticlePage
from osler_site.articles.promoting import promote
from osler_site.engine import engine
from osler_site.living.models import Finding, FindingKind
from osler_site.reports.models import ProblemKind, ProblemReport
from osler_site.review.models import ReviewSettings
from osler_site.review.reviewing import claim
from osler_site.review.workflow import publish_for_readers, submit, withdraw

PACKAGES = ("wagtail", "allauth")


@pytest.fixture
def people(person: Callable[..., User]) -> dict[str, User | None]:
    """One person a role; the editor wrote the article, the reviewer has claimed it."""
    return {
        "anonymous": None,
        "account": person("reader"),
        "editor": person("edith", Role.EDITOR),
        "reviewer": person("rhea", Role.REVIEWER),
        "publisher": person("paul", Role.PUBLISHER),
        "administrator": person("ada", Role.ADMINISTRATOR),
        "superuser": person("sue", is_superuser=True),
    }


@pytest.fixture
def named(people: dict[str, Any]) -> dict[str, str]:
    """What the placeholders of the table stand for."""
    raw = ask("What is the dose of amoxicillin in children?")
    page = submit(promote(raw, people["editor"]), people["editor"])
    publish_for_readers(page, people["publisher"])
    page = ArticlePage.objects.get()
    state = page.current_workflow_task_state
    claim(state, people["reviewer"])
    draft = promote(raw, people["editor"], title="A draft")
    shown = submit(promote(raw, people["editor"], title="Withdrawn"), None, visible=True)
    withdraw(shown, people["publisher"], "It is wrong.")
    report = ProblemReport.objects.create(
        answer=raw, path=raw.get_absolute_url(), title="x", kind=ProblemKind.DOSE, words="x"
    )
    finding = Finding.objects.create(
        article=page, kind=FindingKind.OVERDUE, key="x", summary="x", library_version=1
    )
    library = engine().library()
    source = library.sources()[0]
    return {
        "<slug:uid>": raw.uid,
        "<str:slug>": page.slug,
        "<slug:source_id>": source.id,
        "<str:name>": "vitamin-b12",
        "<int:state_id>": str(state.pk),
        "<int:page_id>": str(page.pk),
        "<int:position>": "1",
        "<int:pk>": str(report.pk),
        "<int:key>": str(finding.pk),
        "<slug:provider_id>": "sso",
        "<article>": page.slug,
        "<draft>": draft.slug,
        "<withdrawn>": shown.slug,
        "<draft id>": str(draft.pk),
        "<token id>": str(ApiToken.issue("a", [], created_by=people["editor"])[0].pk),
        "<user id>": str(people["account"].pk),
        "<settings id>": str(ReviewSettings.load().pk),
        "<superuser id>": str(people["superuser"].pk),
    }


@pytest.fixture
def filled(named: dict[str, str]) -> Callable[[str], str]:
    """An address of the table with what its placeholders stand for."""

    def fill(address: str) -> str:
        for placeholder, value in named.items():
            address = address.replace(placeholder, value)
        return f"/{address}"

    return fill


@pytest.fixture
def got(
    people: dict[str, User | None], filled: Callable[[str], str]
) -> Callable[[str, str], tuple[str, ...]]:
    """Asks as every role and undoes what it did."""

    def ask_all(method: str, address: str) -> tuple[str, ...]:
        return tuple(_got(method, filled(address), people[role]) for role in ROLES)

    return ask_all


@pytest.fixture
def answering(filled: Callable[[str], str]) -> dict[str, str | None]:
    """For each address of the table the pattern that answers it; None where none does."""
    return {row.pattern: _route(filled(row.pattern)) for row in rows()}


def _route(path: str) -> str | None:
    try:
        return cleaned(resolve(path).route)
    except Resolver404:
        return None


def _got(method: str, path: str, user: User | None) -> str:
    client = Client(raise_request_exception=False)
    with transaction.atomic():
        if user is not None:
            client.force_login(user)
        answer = client.get(path) if method == "GET" else client.post(path)
        transaction.set_rollback(True)
    to = answer.headers.get("Location", "")
    if answer.status_code == 302 and to.startswith("/accounts/login/"):
        return "sign in"
    if answer.status_code == 302 and to == "/admin/":
        return "refused"  # Wagtail leads back to its first page and says why
    return str(answer.status_code)


def test_each_role_gets_what_the_table_says(got: Callable[[str, str], Any]) -> None:
    wrong = []
    for row in rows():
        found = got(row.method, row.address)
        if found != row.expected:
            wrong.append(line(row.method, row.address, found))
    assert not wrong, "these are otherwise than in docs/authorisation.md:\n" + "\n".join(wrong)


def test_the_table_lacks_no_address(
    got: Callable[[str, str], Any], answering: dict[str, str | None]
) -> None:
    """A new address is allowed to nobody until the table says to whom.

    Of the views of packages the table names the important ones; of ours, wherever they are, all.
    """
    known = {*answering, *answering.values()}
    missing = [p for p, owner in patterns().items() if owner not in PACKAGES and p not in known]
    lines = [line(m, p, got(m, p)) for p in missing for m in ("GET", "POST")]
    assert not missing, "not in docs/authorisation.md:\n" + "\n".join(lines)


def test_a_method_that_the_table_leaves_out_is_refused(
    got: Callable[[str, str], Any], answering: dict[str, str | None]
) -> None:
    said = {(row.method, row.pattern) for row in rows()}
    owners = patterns()
    absent = [
        (method, row.pattern)
        for row in rows()
        for method in ("GET", "POST")
        if (method, row.pattern) not in said and owners.get(answering[row.pattern]) not in PACKAGES
    ]
    for method, address in dict.fromkeys(absent):
        assert set(got(method, address)) == {"405"}, f"{method} /{address}"


def test_the_table_names_no_address_that_is_not_there(
    answering: dict[str, str | None],
) -> None:
    assert [address for address, pattern in answering.items() if pattern is None] == []


@pytest.mark.parametrize(
    ("pattern", "owner"),
    [
        ("admin/users/new/", "osler_site"),
        ("admin/login/", "osler_site"),
        ("accounts/tokens/", "osler_site"),
        ("admin/pages/", "wagtail"),
        ("accounts/social/login/error/", "allauth"),
    ],
)
def test_our_views_are_told_from_those_of_packages_wherever_they_are(
    pattern: str, owner: str
) -> None:
    assert patterns()[pattern] == owner
