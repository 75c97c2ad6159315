"""There is one door, it counts the attempts, and all workers count together."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.views import LoginView
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from osler_site.accounts.models import User

pytestmark = pytest.mark.usefixtures("site")
PASSWORD = "a long enough password"


def sign_in(client: Client, name: str, password: str = PASSWORD, address: str = "127.0.0.1") -> Any:
    return client.post(
        "/accounts/login/", {"login": name, "password": password}, REMOTE_ADDR=address
    )


def signed_in(client: Client) -> bool:
    return bool(client.get("/").wsgi_request.user.is_authenticated)


@pytest.mark.parametrize("name", ["ann", "ann@example.org", "ANN@EXAMPLE.ORG"])
def test_by_name_or_address(client: Client, person: Any, name: str) -> None:
    person("ann")
    assert sign_in(client, name).status_code == 302
    assert signed_in(client)


def test_the_same_words_for_a_wrong_name_and_a_wrong_password(client: Client, person: Any) -> None:
    person("ann")
    wrong = [sign_in(client, n, "wrong").content for n in ("ann", "nobody")]
    assert wrong[0].replace(b"ann", b"") == wrong[1].replace(b"nobody", b"") or (
        b"not correct" in wrong[0] and b"not correct" in wrong[1]
    )


def test_an_account_is_shut_after_five_wrong_passwords(person: Any) -> None:
    person("ann")
    for attempt in range(5):
        sign_in(Client(), "ann", f"wrong {attempt}", address=f"198.51.100.{attempt}")
    client = Client()
    answer = sign_in(client, "ann", address="198.51.100.77")
    assert "Too many failed login attempts" in answer.content.decode()
    assert not signed_in(client)


def test_an_address_is_shut_after_many_accounts(person: Any) -> None:
    person("ann")
    for attempt in range(10):
        sign_in(Client(), f"name{attempt}", "wrong", address="198.51.100.1")
    client = Client()
    sign_in(client, "ann", address="198.51.100.1")
    assert not signed_in(client)
    sign_in(client, "ann", address="198.51.100.2")
    assert signed_in(client)


def test_a_forged_header_is_no_new_address() -> None:
    for attempt in range(10):
        Client().post(
            "/accounts/login/",
            {"login": f"name{attempt}", "password": "wrong"},
            headers={"X-Forwarded-For": f"198.51.100.{attempt}"},
        )
    answer = sign_in(Client(), "another", "wrong")
    assert "Too many failed login attempts" in answer.content.decode()


_COUNT = """
import sys
import django
django.setup()
from allauth.core.ratelimit import consume
from django.core.management import call_command
from django.test import RequestFactory
call_command("createcachetable", verbosity=0)
request = RequestFactory().post("/accounts/login/")
tries = [consume(request, action="login_failed", key="ann") for _ in range(int(sys.argv[1]))]
print(tries.count(False))
"""


def test_workers_count_together(tmp_path: Path) -> None:
    """Two processes on one database: the second goes on counting where the first was."""
    environment = {
        "OSLER_SITE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "osler_site.settings",
        "PYTHONPATH": ":".join(sys.path),
    }
    refused = [
        int(
            subprocess.run(
                [sys.executable, "-c", _COUNT, attempts],
                env=environment,
                capture_output=True,
                text=True,
                check=True,
                timeout=120,
            ).stdout
        )
        for attempts in ("3", "4")
    ]
    assert refused == [0, 2]


def test_no_other_view_signs_anyone_in() -> None:
    """Wagtail brings log-in pages that know no limit and no second factor; they are shadowed."""
    doors = [path for path, view in _views(get_resolver()) if issubclass(_class(view), LoginView)]
    assert sorted(doors) == ["_util/login/", "admin/login/"]
    for path in doors:
        answer = Client().post(f"/{path}", {"username": "ann", "password": PASSWORD})
        assert answer.status_code == 302
        assert answer["Location"] == "/accounts/login/"


def _class(view: Any) -> type:
    return getattr(view, "view_class", object)


def _views(resolver: URLResolver, before: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            found.append((path, entry.callback))
        else:
            found += _views(entry, path)
    return found


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/signup/",
        "/accounts/email/",
        "/accounts/confirm-email/",
        "/accounts/confirm-email/abc/",
        "/accounts/password/set/",
        "/accounts/login/code/confirm/",
        "/accounts/3rdparty/signup/",
        "/accounts/social/signup/",
        "/admin/password_reset/",
        "/admin/password_reset/confirm/a/b/",
        "/_util/authenticate_with_password/1/1/",
    ],
)
def test_pages_for_helping_oneself_to_an_account_are_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


def test_a_forgotten_password(client: Client, person: Any, mailoutbox: list[Any]) -> None:
    person("ann")
    client.post(
        "/accounts/password/reset/", {"email": "ann@example.org"}, headers={"host": "127.0.0.1"}
    )
    (mail,) = mailoutbox
    link = next(word for word in mail.body.split() if "/password/reset/key/" in word)
    assert link.startswith("http://localhost:8000/")  # the site's name, not the request's
    page = client.get(link.removeprefix("http://localhost:8000"), follow=True)
    where = page.redirect_chain[-1][0]
    short = client.post(where, {"password1": "password", "password2": "password"})
    assert "at least 12 characters" in short.content.decode()
    fresh = "another long password"
    client.post(where, {"password1": fresh, "password2": fresh})
    assert not signed_in(client)
    sign_in(client, "ann", fresh)
    assert signed_in(client)
    assert b"invalid" in Client().get(link.removeprefix("http://localhost:8000")).content


def test_an_unknown_address_is_told_the_same(client: Client, mailoutbox: list[Any]) -> None:
    answer = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert answer["Location"] == "/accounts/password/reset/done/"
    assert not mailoutbox


def test_changing_the_password_ends_the_other_sessions(person: Any) -> None:
    person("ann")
    here, there = Client(), Client()
    sign_in(here, "ann")
    sign_in(there, "ann")
    fresh = "another long password"
    here.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh},
    )
    assert User.objects.get().check_password(fresh)
    assert signed_in(here)
    assert not signed_in(there)


def test_argon2_keeps_the_passwords() -> None:
    from osler_site import settings

    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_signing_out_takes_a_form(client: Client, person: Any) -> None:
    client.force_login(person("ann"))
    assert client.get("/accounts/logout/").status_code == 200
    assert signed_in(client)
    client.post("/accounts/logout/")
    assert not signed_in(client)
