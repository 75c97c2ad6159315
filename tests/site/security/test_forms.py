"""A form that another site sends is refused; no form leads to another site."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from matrix import rows
from wagtail.models import Page

pytestmark = pytest.mark.usefixtures("site")
FOR_PROGRAMS = ("api/", "fhir/", "cds-services")
ELSEWHERE = (
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example/",
    "///evil.example",
    "/%5cevil.example/..//evil.example",
    "\t//evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "http://testserver@evil.example/",
    "https://localhost:8000.evil.example/",
    "https://localhost.evil.example/",
    "%2F%2Fevil.example",
    "//127.0.0.1:1/",
    "http://127.0.0.1:1/",
)


def _exempt(resolver: URLResolver, before: str = "") -> list[str]:
    found: list[str] = []
    for entry in resolver.url_patterns:
        here = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += _exempt(entry, here)
        elif isinstance(entry, URLPattern) and getattr(entry.callback, "csrf_exempt", False):
            found.append(here)
    return found


def test_only_interfaces_for_programs_take_no_token() -> None:
    """Ours believe no cookie, so there is nothing to forge; Wagtail's asks for one itself."""
    exempt = [path for path in _exempt(get_resolver()) if not path.startswith(FOR_PROGRAMS)]
    assert exempt
    assert all(path.startswith("admin/api/main/") for path in exempt)


def test_wagtails_interface_asks_for_a_token_itself(person: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("sue", is_superuser=True))
    page = Page.objects.get(slug="about")
    for action in ("unpublish", "delete"):
        answer = client.post(f"/admin/api/main/pages/{page.pk}/action/{action}/")
        assert answer.status_code == 403
        assert "CSRF" in answer.content.decode()
    assert Page.objects.get(slug="about").live


@pytest.mark.parametrize("row", [r for r in rows() if r.method == "POST"], ids=str)
def test_without_a_token_nothing_is_posted(row: Any, person: Any) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(person("sue", is_superuser=True))
    path = row.address
    for wanted, value in (("<int:", "1"), ("<slug:", "x"), ("<str:", "x"), ("<", "1")):
        while wanted in path:
            before, _, rest = path.partition(wanted)
            path = before + value + rest.partition(">")[2]
    for headers in ({}, {"Origin": "https://evil.example"}):
        answer = client.post(f"/{path}", {"q": "x"}, headers=headers)
        if row.address.startswith(FOR_PROGRAMS):  # a cookie makes nobody there
            stranger = Client(enforce_csrf_checks=True, raise_request_exception=False)
            alone = stranger.post(f"/{path}", {"q": "x"}, headers=headers)
            assert answer.status_code == alone.status_code
            assert answer.status_code >= 400
            continue
        assert answer.status_code in (403, 404), answer.status_code
        if answer.status_code == 403:
            assert "csrf" not in client.session


@pytest.mark.parametrize("to", ELSEWHERE)
@pytest.mark.parametrize("path", ["/reader", "/theme", "/accounts/login/", "/accounts/logout/"])
def test_no_form_leads_elsewhere(client: Client, person: Any, path: str, to: str) -> None:
    ann = person("ann")
    if path != "/accounts/login/":
        client.force_login(ann)
    fields = {"login": "ann", "password": "a long enough password", "reader": "nurse"}
    for answer in (
        client.post(path, {**fields, "next": to}),
        client.post(f"{path}?next={to}", {**fields, "next": to}),
    ):
        if answer.status_code == 302:
            assert _stays(answer["Location"]), answer["Location"]


def _stays(location: str) -> bool:
    return location.startswith("/") and not location.startswith(("//", "/\\"))


@pytest.mark.parametrize("to", ELSEWHERE)
def test_no_address_leads_elsewhere(client: Client, person: Any, to: str) -> None:
    client.force_login(person("ann"))
    for path in ("/accounts/login/", "/admin/login/", "/_util/login/", "/accounts/reauthenticate/"):
        answer = client.get(path, {"next": to})
        if answer.status_code in (301, 302):
            assert _stays(answer["Location"])
    for path in ("//evil.example/", "/\\evil.example/", "//evil.example/%2e%2e/articles"):
        answer = client.get(path)
        assert not answer.headers.get("Location", "/").startswith(("//", "/\\", "http"))
