"""Signing in through a real OpenID provider: who gets in, as whom, and what is refused."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from lxml import html
from pydantic import ValidationError

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.environment import Environment

CALLBACK = "http://testserver/accounts/oidc/sso/login/callback/"
START = "/accounts/oidc/sso/login/"


def with_query(address: str, **changed: str) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query=urlencode({**dict(parse_qsl(parts.query)), **changed})))


def begin(client: Client, back: str = "") -> str:
    """Press the button; gives the provider's address that the site leads to."""
    start = f"{START}?next={back}" if back else START
    page = client.get(start)
    assert page.status_code == 200
    led = client.post(start)
    assert led.status_code == 302
    return led["Location"]


def at_provider(address: str, login: str) -> str:
    """Fill in the provider's own forms; gives the callback that it leads to."""
    with httpx.Client() as browser:
        answer = browser.get(address)
        for _ in range(12):
            if answer.is_redirect:
                target = urljoin(str(answer.url), answer.headers["Location"])
                if target.startswith(CALLBACK):
                    return target
                answer = browser.get(target)
                continue
            assert answer.status_code == 200, answer.text
            form = html.fromstring(answer.text).forms[0]
            fields = {k: v or "" for k, v in form.form_values()}
            fields |= {"login": login, "password": "any"} if "login" in form.fields else {}
            answer = browser.post(urljoin(str(answer.url), form.action), data=fields)
    raise AssertionError("the provider did not lead back")


def sign_in(client: Client, login: str, back: str = "") -> Any:
    return client.get(at_provider(begin(client, back), login))


def who(client: Client) -> User | None:
    user = client.get("/").wsgi_request.user
    return user if user.is_authenticated else None


def test_a_new_person_gets_an_account_without_a_role(client: Client, sso: str) -> None:
    answer = sign_in(client, "nina", back="/board/")
    assert (answer.status_code, answer["Location"]) == (302, "/board/")
    nina = User.objects.get()
    assert who(client) == nina
    assert (nina.username, nina.first_name, nina.email) == ("nina", "Nina", "nina@example.org")
    assert not nina.groups.exists()
    assert not nina.is_staff
    assert not nina.is_superuser
    assert not nina.has_usable_password()
    assert client.get("/admin/").status_code == 403


def test_the_second_time_it_is_the_same_account(client: Client, sso: str) -> None:
    sign_in(client, "nina")
    sign_in(Client(), "nina")
    assert User.objects.count() == 1


def test_the_request_is_a_code_flow_with_pkce_state_and_nonce(client: Client, sso: str) -> None:
    asked = parse_qs(urlsplit(begin(client)).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) >= 16 for name in ("state", "nonce", "code_challenge"))
    again = parse_qs(urlsplit(begin(client)).query)
    assert asked["nonce"] != again["nonce"]


def test_what_stands_in_the_address_is_not_passed_on(client: Client, sso: str) -> None:
    led = client.post(f"{START}?auth_params=nonce%3Dmine&scope=offline_access")["Location"]
    asked = parse_qs(urlsplit(led).query)
    assert asked["nonce"] != ["mine"]
    assert "offline_access" not in asked["scope"][0]


@pytest.mark.parametrize("login", ["ann-claimed", "ann-text"])
def test_an_unchecked_address_takes_no_account_over(
    client: Client, sso: str, person: Any, login: str
) -> None:
    ann = person("ann", Role.REVIEWER)
    sign_in(client, login)
    stranger = who(client)
    assert stranger is not None
    assert stranger != ann
    assert stranger.email == ""
    assert not stranger.groups.exists()
    assert not SocialAccount.objects.filter(user=ann).exists()


def test_a_checked_address_is_the_same_person(client: Client, sso: str, person: Any) -> None:
    ann = person("ann", Role.REVIEWER)
    sign_in(client, "ann-checked")
    assert who(client) == ann
    assert User.objects.count() == 1


def test_an_unchecked_address_is_no_trap_for_its_owner(client: Client, sso: str) -> None:
    sign_in(Client(), "ann-claimed")
    sign_in(client, "ann-checked")
    owner = who(client)
    assert owner is not None
    assert SocialAccount.objects.get(user=owner).uid == "ann-checked"


def test_a_person_without_name_or_address_gets_in(client: Client, sso: str) -> None:
    sign_in(client, "nameless")
    assert who(client) is not None


def test_a_shut_account_stays_shut(client: Client, sso: str, person: Any) -> None:
    person("ann", is_active=False)
    sign_in(client, "ann-checked")
    assert who(client) is None


@pytest.mark.parametrize("changed", [{"state": "x" * 16}, {"state": ""}, {"code": "forged"}])
def test_a_forged_answer_is_refused(client: Client, sso: str, changed: dict[str, str]) -> None:
    callback = with_query(at_provider(begin(client), "nina"), **changed)
    check_refused(client, callback)


def test_the_answer_to_another_browser_is_refused(client: Client, sso: str) -> None:
    check_refused(client, at_provider(begin(Client()), "nina"))


def test_another_nonce_is_refused(client: Client, sso: str) -> None:
    """An answer to another request of the same client, pushed into this browser's state."""
    check_refused(client, at_provider(with_query(begin(client), nonce="another"), "nina"))


def test_another_code_than_that_of_the_challenge_is_refused(client: Client, sso: str) -> None:
    stolen = parse_qs(urlsplit(at_provider(begin(Client()), "nina")).query)["code"][0]
    check_refused(client, with_query(at_provider(begin(client), "nameless"), code=stolen))


def test_an_expired_code_is_refused(client: Client, sso: str, code_seconds: int) -> None:
    callback = at_provider(begin(client), "nina")
    time.sleep(code_seconds + 1)
    check_refused(client, callback)


def test_an_answer_is_good_once(client: Client, sso: str) -> None:
    callback = at_provider(begin(client), "nina")
    client.get(callback)
    client.post("/accounts/logout/")
    check_refused(client, callback, people=1)


def check_refused(client: Client, callback: str, people: int = 0) -> None:
    answer = client.get(callback)
    assert answer.status_code in (200, 401, 403)
    assert b"You are not signed in" in answer.content
    assert who(client) is None
    assert User.objects.count() == people


def test_breaking_off_is_told(client: Client, sso: str) -> None:
    state = parse_qs(urlsplit(begin(client)).query)["state"][0]
    answer = client.get(f"{CALLBACK}?error=access_denied&state={state}", follow=True)
    assert b"You broke the sign-on off" in answer.content
    assert who(client) is None


def test_signing_out(client: Client, sso: str) -> None:
    sign_in(client, "nina")
    assert client.get("/accounts/logout/").status_code == 200
    assert who(client) is not None
    client.post("/accounts/logout/")
    assert who(client) is None


def test_its_owner_is_mailed_no_password(client: Client, sso: str, mailoutbox: list[Any]) -> None:
    sign_in(client, "nina")
    client.post("/accounts/logout/")
    client.post("/accounts/password/reset/", {"email": "nina@example.org"})
    assert not mailoutbox


def test_the_button_is_on_the_page_for_signing_in_and_may_lead_to_the_provider(
    client: Client, sso: str
) -> None:
    page = html.fromstring(client.get("/accounts/login/?next=/board/").content)
    (button,) = page.xpath("//a[contains(@href, '/oidc/sso/login/')]/@href")
    policy = client.get(button).headers["Content-Security-Policy"]
    assert "form-action 'self' https:" in policy
    assert "script-src 'self';" in policy


@pytest.mark.parametrize(
    ("issuer", "production", "accepted"),
    [
        ("https://login.example.org", True, True),
        ("http://login.example.org", False, False),
        ("http://127.0.0.1:4000", False, True),
        ("http://127.0.0.1:4000", True, False),
    ],
)
def test_a_provider_without_tls_is_for_tests_alone(
    issuer: str, production: bool, accepted: bool
) -> None:
    if accepted:
        assert Environment(oidc_issuer=issuer, production=production).oidc_issuer == issuer
    else:
        with pytest.raises(ValidationError, match="https"):
            Environment(oidc_issuer=issuer, production=production)
