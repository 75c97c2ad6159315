"""People make, limit and revoke tokens of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.api import tokens
from osler_site.api.models import ApiToken
from osler_site.api.scopes import Scope

pytestmark = pytest.mark.usefixtures("site")
PAGE = "/accounts/tokens/"


@pytest.fixture
def editor(client: Client, person: Callable[..., User]) -> User:
    """An editor, signed in."""
    user = person("edith", Role.EDITOR)
    client.force_login(user)
    return user


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def form(**other: Any) -> dict[str, Any]:
    return {"name": "ward 7", "scopes": ["search"], "until": in_days(30).isoformat(), **other}


def make(client: Client, **other: Any) -> str:
    """Fill the form in; the secret on the page that answers it."""
    answer = client.post(PAGE, form(**other))
    assert answer.status_code == 200, answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    found = re.search(r"osler_[0-9a-f]+\.[\w-]+", answer.content.decode())
    assert found
    return found[0]


def search(secret: str) -> int:
    headers = {"Authorization": f"Bearer {secret}"}
    return Client().get("/api/v1/search", {"q": "lithium"}, headers=headers).status_code


def usage(secret: str) -> int:
    return (
        Client()
        .get("/api/v1/usage", headers={"Authorization": f"Bearer {secret}"})
        .status_code
    )  # fmt: skip


def test_a_token_is_made_shown_once_used_and_revoked(client: Client, editor: User) -> None:
    secret = make(client)
    token = ApiToken.objects.get()
    assert (token.name, token.scopes, token.created_by) == ("ward 7", ["search"], editor)
    assert search(secret) == 200
    page = client.get(PAGE).content.decode()
    assert secret not in page
    assert secret.partition(".")[0] in page
    assert "last used" in page
    client.post(f"{PAGE}{token.pk}/revoke")
    assert search(secret) == 401
    assert "Revoked or expired (1)" in client.get(PAGE).content.decode()


def test_it_is_good_for_what_was_ticked_and_until_the_day(client: Client, editor: User) -> None:
    secret = make(client, scopes=["read"], until=in_days(0).isoformat())
    assert search(secret) == 403
    token = ApiToken.objects.get()
    assert token.expires is not None
    last = timezone.localtime(token.expires)
    assert (last.date(), last.hour, last.minute) == (in_days(0), 23, 59)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"scopes": []}, {"scopes": ["admin"]}, {"scopes": ["root"]},
        {"until": ""}, {"until": "-1"}, {"until": "0001-01-01"}, {"until": "9999-12-31"},
        {"name": "x" * 121},
    ],
)  # fmt: skip
def test_what_is_not_allowed_makes_none(
    client: Client, editor: User, wrong: dict[str, Any]
) -> None:
    answer = client.post(PAGE, form(**wrong))
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_only_an_administrator_gives_administration_and_only_while_they_are_one(
    client: Client, person: Callable[..., User]
) -> None:
    ada = person("ada", Role.ADMINISTRATOR, Role.EDITOR)
    client.force_login(ada)
    secret = make(client, scopes=["admin"])
    assert (usage(secret), search(secret)) == (200, 200)
    ada.groups.remove(ada.groups.get(name=Role.ADMINISTRATOR.value))
    assert (usage(secret), search(secret)) == (403, 403)


@pytest.mark.parametrize("how", ["shut", "no role"])
def test_a_token_ends_with_its_owners_account_and_role(
    client: Client, editor: User, how: str
) -> None:
    secret = make(client)
    assert search(secret) == 200
    if how == "shut":
        User.objects.filter(pk=editor.pk).update(is_active=False)
    else:
        editor.groups.clear()
    assert search(secret) == 401


def test_a_token_of_the_site_has_no_owner_to_end_with() -> None:
    _, secret = ApiToken.issue("nightly", [Scope.ADMIN])
    assert (usage(secret), search(secret)) == (200, 200)


def test_nobody_sees_or_revokes_anothers(
    client: Client, editor: User, person: Callable[..., User]
) -> None:
    secret = make(client)
    token = ApiToken.objects.get()
    client.force_login(person("ada", Role.ADMINISTRATOR))
    assert token.prefix not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}{token.pk}/revoke").status_code == 404
    assert search(secret) == 200


def test_there_are_not_endlessly_many(
    client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "MOST", 1)
    make(client)
    assert client.post(PAGE, form()).status_code == 400
    ApiToken.revoke(ApiToken.objects.get().prefix)
    make(client)


def test_who_made_and_revoked_it_is_logged_and_its_owner_is_told(
    client: Client, editor: User
) -> None:
    secret = make(client)
    (told,) = mail.outbox
    assert told.to == [editor.email]
    assert "ward 7" in told.body
    assert secret not in told.body
    client.post(f"{PAGE}{ApiToken.objects.get().pk}/revoke")
    done = ModelLogEntry.objects.filter(action__startswith="osler.token")
    assert {(e.action, e.user) for e in done} == {
        ("osler.token_issued", editor), ("osler.token_revoked", editor),
    }  # fmt: skip


def test_with_a_second_factor_required_a_password_alone_makes_none(
    client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from osler_site.environment import environment

    monkeypatch.setenv("OSLER_REQUIRE_TOTP", "true")
    environment.cache_clear()
    try:
        answer = client.post(PAGE, form())
    finally:
        monkeypatch.undo()
        environment.cache_clear()
    assert answer["Location"].startswith("/accounts/2fa/totp/activate/")
    assert not ApiToken.objects.exists()
