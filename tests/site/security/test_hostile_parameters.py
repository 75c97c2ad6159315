"""Every parameter of every public page against what attackers send: no failure, no difference."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from osler_site.answers.asking import ask
from osler_site.answers.models import RawAnswer
from osler_site.engine import engine

pytestmark = pytest.mark.usefixtures("site")

PAYLOADS = (
    "'",
    "' OR '1'='1",
    "'; DROP TABLE answers_rawanswer; --",
    "1) UNION SELECT username, password FROM accounts_user --",
    "1; SELECT pg_sleep(10)",
    '" OR ""="',
    "%' AND 1=1 --",
    "\\",
    "\x00",
    "%00",
    "metformin\x00dose",
    "condition=asthma\x00",
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "-1",
    "9" * 40,
    "NaN",
    "\U0001f600\u202e\ufeff",
    "a" * 5_000,
    "*) OR (title:*",
    'NEAR("a b"',
)
GET = {
    "/": ("q",),
    "/articles/": ("q", "topic", "status", "kind", "sort", "page", "updated", "due"),
    "/library/": ("q", "kind", "country", "status", "page", "version"),
    "/library/search": ("q", "page", "version"),
    "/library/SOURCE/": ("q", "at", "version", "page", "part"),
    "/library/SOURCE/passage": ("at", "version", "part"),
    "/answers/UID/": ("part", "version"),
    "/suggest": ("q",),
    "/pathways/vitamin-b12/": ("example", "record", "a-renal"),
    "/report": ("of", "claim"),
    "/report/thanks": ("of",),
    "/accounts/login/": ("next", "login"),
    "/sitemap.xml": ("p",),
    "/articles/feed.rss": ("topic",),
}
POST = {
    "/ask": ("q", "patient", "reader"),
    "/pathways/vitamin-b12/": ("a-renal", "a-salts", "record", "shape"),
    "/pathways/vitamin-b12/fhir": ("a-renal", "record", "shape"),
    "/reader": ("reader", "next"),
    "/theme": ("theme", "next"),
    "/report?of=/answers/UID/": ("kind", "words", "email", "website"),
    "/accounts/login/": ("login", "password", "next"),
    "/accounts/password/reset/": ("email",),
}


def counts() -> dict[str, int]:
    """Rows of every table that what is asked may not touch."""
    spared = {"answers", "sessions", "contenttypes"}
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.app_label not in spared and model._meta.managed
    }


@pytest.fixture
def named() -> dict[str, str]:
    raw = ask("What is the dose of amoxicillin in children?")
    return {"UID": raw.uid, "SOURCE": engine().library().sources()[0].id}


@pytest.mark.parametrize("path", list(GET))
def test_in_an_address(client: Client, named: dict[str, str], path: str) -> None:
    client.raise_request_exception = False
    before = counts()
    for parameter in GET[path]:
        for payload in PAYLOADS:
            answer = client.get(_at(path, named), {parameter: payload})
            assert answer.status_code < 500, (parameter, payload)
            assert b"root:x:" not in answer.content
    assert counts() == before


@pytest.mark.parametrize("path", list(POST))
def test_in_a_form(named: dict[str, str], path: str) -> None:
    before = counts()
    for parameter in POST[path]:
        for payload in PAYLOADS:
            with transaction.atomic():
                client = Client(raise_request_exception=False)
                answer = client.post(_at(path, named), {**_usual(path), parameter: payload})
                transaction.set_rollback(True)
            assert answer.status_code < 500, (parameter, payload)
    assert counts() == before
    assert RawAnswer.objects.exists()


def _usual(path: str) -> dict[str, Any]:
    return {"q": "metformin dose"} if path == "/ask" else {}


@pytest.mark.parametrize(
    "path",
    [
        "/answers/{}/",
        "/library/{}/",
        "/articles/{}/",
        "/articles/{}/text",
        "/articles/{}/cite.ris",
        "/documents/{}/x.pdf",
        "/{}/",
    ],
)
def test_in_a_path(path: str) -> None:
    client = Client(raise_request_exception=False)
    for payload in PAYLOADS:
        assert client.get(path.format(payload)).status_code < 500, payload


@pytest.mark.parametrize("value", ["x" * 300, r'"\000bcdefghijk"', '"' * 9])
def test_in_a_cookie(value: str) -> None:
    """In quotes, a cookie may hold any character as octal digits."""
    client = Client(raise_request_exception=False)
    for name in ("sessionid", "csrftoken", "osler_recent", "osler_reader", "messages"):
        for path in ("/", "/articles/", "/review/"):
            answer = client.get(path, headers={"cookie": f"{name}={value}"})
            assert answer.status_code < 400, (name, path)


def _at(path: str, named: dict[str, str]) -> str:
    for name, value in named.items():
        path = path.replace(name, value)
    return path


@pytest.mark.parametrize(
    "at",
    [
        "",
        "0-0",
        "5-2",
        "-5-10",
        "0-99999999",
        "99999999-100000000",
        "0-10,0-99999999",
        "a-b",
        "1e3-2e3",
        "٣-٤",
        "0-" + "9" * 30,
    ],
)
def test_offsets_that_are_forged_open_nothing(
    client: Client, named: dict[str, str], at: str
) -> None:
    answer = client.get(f"/library/{named['SOURCE']}/passage", {"at": at})
    assert answer.status_code == 404 or not answer.context["passages"], answer.status_code


@pytest.mark.parametrize("source", ["nothing", "0", "a" * 200, "..", "%2e%2e"])
def test_a_citation_of_no_source_opens_nothing(client: Client, source: str) -> None:
    assert client.get(f"/library/{source}/passage", {"at": "0-10"}).status_code == 404


@pytest.mark.parametrize("version", ["0", "999999", "-1", "1.5", "latest"])
def test_a_version_that_never_was_opens_nothing(
    client: Client, named: dict[str, str], version: str
) -> None:
    path = f"/library/{named['SOURCE']}/passage"
    assert client.get(path, {"at": "0-10", "version": version}).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/%2e%2e/settings.py",
        "/static/..%2fsettings.py",
        "/static/osler/../../settings.py",
        "/static//etc/passwd",
        "/media/../secret-key",
        "/media/%2e%2e/secret-key",
        "/documents/../../etc/passwd",
        "/documents/1/../../secret-key",
        "/secret-key",
        "/osler-site.db",
        "/.env",
    ],
)
def test_no_path_leads_out_of_its_folder(path: str) -> None:
    answer = Client(raise_request_exception=False).get(path, follow=True)
    assert answer.status_code in (400, 404)
