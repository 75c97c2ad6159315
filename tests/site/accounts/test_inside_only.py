"""To the outside, the administration is not there."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from osler_site.accounts.roles import Role

pytestmark = pytest.mark.usefixtures("site")
ADMIN = ("/admin", "/admin/", "/admin/login/", "/admin/pages/", "/admin/nothing/", "/metrics")
_TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]+')


@pytest.mark.parametrize("path", ADMIN)
@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("198.51.100.7", {}),
        ("198.51.100.7", {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1"}),
        ("2001:db8::7", {"Forwarded": "for=127.0.0.1"}),
    ],
)
def test_admin_paths_are_not_there_from_outside(
    client: Client, path: str, address: str, headers: dict[str, str]
) -> None:
    answer = client.get(path, REMOTE_ADDR=address, headers=headers)
    nothing = client.get("/no-such-page/", REMOTE_ADDR=address)
    assert answer.status_code == nothing.status_code == 404
    assert _same_for_all(answer, path) == _same_for_all(nothing, "/no-such-page/")
    assert _headers(answer) == _headers(nothing)


def _same_for_all(page: HttpResponse, path: str) -> str:
    """A page without what is the request's own: its forms' token, and where they lead back."""
    text, tokens = _TOKEN.subn("", page.content.decode())
    text, ways_back = re.subn(rf'(name="next" value="){re.escape(path)}"', r'\1"', text)
    assert tokens
    assert ways_back
    return text


def _headers(page: HttpResponse) -> dict[str, str]:
    return {k: v for k, v in page.headers.items() if k not in ("X-Request-ID", "Content-Length")}


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_from_inside_they_ask_to_sign_in(client: Client, address: str) -> None:
    answer = client.get("/admin/", REMOTE_ADDR=address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_behind_a_proxy_the_client_counts(client: Client, told: Callable[..., None]) -> None:
    told(OSLER_TRUSTED_PROXIES="10.0.0.0/8", OSLER_ADMIN_NETWORKS="192.0.2.0/24")
    for forwarded, status in (("192.0.2.5", 302), ("198.51.100.7", 404), ("", 404)):
        answer = client.get(
            "/admin/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded}
        )
        assert answer.status_code == status, forwarded
    spoofed = client.get(
        "/admin/",
        REMOTE_ADDR="10.0.0.1",
        headers={"X-Forwarded-For": "192.0.2.5, 198.51.100.7"},
    )
    assert spoofed.status_code == 404


def test_an_administrator_is_let_in_from_inside_alone(client: Client, person: object) -> None:
    client.force_login(person("ada", Role.ADMINISTRATOR))  # type: ignore[operator]
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/", REMOTE_ADDR="198.51.100.7").status_code == 404


def test_staff_pages_are_shut_to_the_outside_where_that_is_set(
    client: Client, told: Callable[..., None]
) -> None:
    told(OSLER_STAFF_NETWORKS="10.0.0.0/8")
    outside = client.get("/desk/", REMOTE_ADDR="198.51.100.7")
    assert outside.status_code == 404


def test_an_untrusted_peer_cannot_claim_https(client: Client) -> None:
    answer = client.get("/accounts/login/", headers={"X-Forwarded-Proto": "https"})
    assert not answer.wsgi_request.is_secure()
    assert "HTTP_X_FORWARDED_PROTO" not in answer.wsgi_request.META
