"""Whoever may do more than read shows a second factor before they do."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from lxml import html

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role

pytestmark = pytest.mark.usefixtures("site")
PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def required(told: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    told(OSLER_REQUIRE_TOTP="true")
    # A test's transaction is rolled back, so what waits for its end would never happen.
    monkeypatch.setattr(transaction, "on_commit", lambda run, *_, **__: run())


def code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def sign_in(client: Client, name: str) -> Any:
    return client.post("/accounts/login/", {"login": name, "password": PASSWORD})


def set_up(client: Client, path: str = "/admin/") -> tuple[str, list[str]]:
    """Go through the set-up; gives the secret and the recovery codes."""
    led = client.get(path, follow=True)
    assert led.redirect_chain[-1][0].startswith("/accounts/reauthenticate/")
    page = client.post(led.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = html.fromstring(page.content).get_element_by_id("authenticator_secret").get("value")
    done = client.post("/accounts/2fa/totp/activate/", {"code": code(secret)}, follow=True)
    document = html.fromstring(done.content)
    assert path in document.xpath("//main//a/@href")
    return secret, document.xpath("string(//pre)").split()


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("path", ["/admin/", "/admin/account/", "/desk/", "/review/"])
def test_a_role_leads_to_the_set_up(client: Client, person: Any, role: Role, path: str) -> None:
    client.force_login(person("rose", role))
    led = client.get(path)
    assert led.status_code == 302
    assert led["Location"].startswith("/accounts/2fa/totp/activate/?next=")


def test_a_superuser_too(client: Client, person: Any) -> None:
    client.force_login(person("sue", is_superuser=True))
    assert client.get("/admin/")["Location"].startswith("/accounts/2fa/totp/activate/")


def test_nothing_is_done_before_it(client: Client, person: Any) -> None:
    client.force_login(person("ada", Role.ADMINISTRATOR))
    client.post("/admin/users/new/", {"username": "eve", "email": "eve@example.org"})
    assert not User.objects.filter(username="eve").exists()


def test_reading_needs_none(client: Client, person: Any) -> None:
    client.force_login(person("rose", Role.REVIEWER))
    assert client.get("/").status_code == 200
    client.force_login(person("reader"))
    assert client.get("/admin/").status_code == 403


def test_set_up_and_back(client: Client, person: Any) -> None:
    person("ada", Role.ADMINISTRATOR)
    sign_in(client, "ada")
    _, codes = set_up(client, "/admin/users/?q=a")
    assert len(codes) == 10
    assert client.get("/admin/users/?q=a").status_code == 200


def test_the_next_log_in_asks_for_a_code_and_a_code_is_good_once(person: Any) -> None:
    person("ada", Role.ADMINISTRATOR)
    first = Client()
    sign_in(first, "ada")
    secret, codes = set_up(first)
    second = Client()
    assert sign_in(second, "ada")["Location"] == "/accounts/2fa/authenticate/"
    assert second.get("/admin/")["Location"].startswith("/accounts/login/")
    wrong = second.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    second.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert second.get("/admin/").status_code == 200
    third = Client()
    sign_in(third, "ada")
    third.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert third.get("/admin/").status_code == 302
    third.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    assert third.get("/admin/").status_code == 200


def test_a_session_from_before_the_set_up_gives_a_code_first(person: Any) -> None:
    person("ada", Role.ADMINISTRATOR)
    old, new = Client(), Client()
    sign_in(old, "ada")
    sign_in(new, "ada")
    set_up(new)
    assert old.get("/admin/")["Location"].startswith("/accounts/2fa/reauthenticate/")


def test_codes_cannot_be_tried_without_end(person: Any) -> None:
    person("ada", Role.ADMINISTRATOR)
    first, thief = Client(), Client()
    sign_in(first, "ada")
    secret, _ = set_up(first)
    sign_in(thief, "ada")
    for guess in range(6):
        thief.post("/accounts/2fa/authenticate/", {"code": f"{guess:06}"})
    thief.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    assert thief.get("/admin/").status_code == 302


def test_the_code_is_drawn_under_the_strict_policy(client: Client, person: Any) -> None:
    person("ada", Role.ADMINISTRATOR)
    sign_in(client, "ada")
    led = client.get("/admin/", follow=True)
    page = client.post(led.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    (picture,) = html.fromstring(page.content).xpath("//img[@class='qr']/@src")
    assert picture.startswith("data:image/svg+xml;base64,")
    assert "img-src 'self' data:" in page.headers["Content-Security-Policy"]


def test_a_lost_authenticator_is_forgotten_on_the_server(client: Client, person: Any) -> None:
    person("ada", Role.ADMINISTRATOR)
    sign_in(client, "ada")
    set_up(client)
    call_command("forget_authenticator", "ada")
    assert client.get("/admin/")["Location"].startswith("/accounts/2fa/totp/activate/")
    with pytest.raises(CommandError, match="has no authenticator"):
        call_command("forget_authenticator", "ada")
