"""Managing accounts in the administration, and what no one can do there."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.test import Client

from osler_site.accounts.models import BoardMember, User
from osler_site.accounts.roles import Role, has_role

pytestmark = pytest.mark.usefixtures("site")


def group(role: Role) -> int:
    return Group.objects.get(name=role.value).pk


def form(name: str = "eve", **fields: Any) -> dict[str, Any]:
    return {
        "username": name,
        "email": f"{name}@example.org",
        "first_name": "Eve",
        "last_name": "Example",
        "is_active": "on",
        **fields,
    }


@pytest.fixture
def ada(client: Client, person: Any) -> User:
    """An administrator, signed in."""
    made: User = person("ada", Role.ADMINISTRATOR)
    client.force_login(made)
    return made


def test_a_new_account_chooses_its_own_password(
    client: Client, ada: User, mailoutbox: list[Any]
) -> None:
    page = client.get("/admin/users/new/")
    assert page.status_code == 200
    assert 'type="password"' not in page.content.decode()
    answer = client.post("/admin/users/new/", form(groups=[group(Role.REVIEWER)]))
    assert answer.status_code == 302
    eve = User.objects.get(username="eve")
    assert has_role(eve, Role.REVIEWER)
    assert not eve.has_usable_password()
    (mail,) = mailoutbox
    assert mail.to == ["eve@example.org"]
    link = next(word for word in mail.body.split() if "/password/reset/key/" in word)
    browser = Client()
    page = browser.get(link.removeprefix("http://localhost:8000"), follow=True)
    password = "a long enough password"
    browser.post(page.redirect_chain[-1][0], {"password1": password, "password2": password})
    eve.refresh_from_db()
    assert eve.check_password(password)


def test_an_account_is_changed(client: Client, ada: User, person: Any) -> None:
    eve = person("eve", Role.EDITOR)
    assert client.get(f"/admin/users/edit/{eve.pk}/").status_code == 200
    client.post(
        f"/admin/users/edit/{eve.pk}/", form(last_name="New", groups=[group(Role.REVIEWER)])
    )
    eve = User.objects.get(pk=eve.pk)
    assert eve.last_name == "New"
    assert has_role(eve, Role.REVIEWER)
    assert not has_role(eve, Role.EDITOR)


def test_an_address_belongs_to_one_account(client: Client, ada: User, person: Any) -> None:
    person("ann")
    answer = client.post("/admin/users/new/", form(email="ANN@example.org"))
    assert "Another account has this address" in answer.content.decode()


def test_an_administrator_makes_no_superuser(client: Client, ada: User, person: Any) -> None:
    client.post("/admin/users/new/", form(is_superuser="on"))
    eve = User.objects.get(username="eve")
    client.post(f"/admin/users/edit/{eve.pk}/", form(is_superuser="on"))
    client.post(f"/admin/users/edit/{ada.pk}/", form("ada", is_superuser="on"))
    assert not User.objects.filter(is_superuser=True).exists()


def test_an_administrator_changes_no_superuser(client: Client, ada: User, person: Any) -> None:
    sue = person("sue", is_superuser=True)
    answer = client.post(f"/admin/users/edit/{sue.pk}/", form("sue", email="ada2@example.org"))
    assert answer.status_code in (302, 403)
    client.post(
        f"/admin/bulk/accounts/user/set_active_state/?id={sue.pk}", {"mark_as_active": "False"}
    )
    sue.refresh_from_db()
    assert sue.email == "sue@example.org"
    assert sue.is_active


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.EDITOR, Role.PUBLISHER])
def test_nobody_gives_themselves_a_role(client: Client, ada: User, role: Role) -> None:
    everything = [group(role), group(Role.ADMINISTRATOR)]
    client.post(f"/admin/users/edit/{ada.pk}/", form("ada", groups=everything))
    client.post(f"/admin/bulk/accounts/user/assign_role/?id={ada.pk}", {"role": group(role)})
    ada = User.objects.get(pk=ada.pk)
    assert [g.name for g in ada.groups.all()] == [Role.ADMINISTRATOR.value]
    assert not has_role(ada, role)


def test_a_role_is_given_to_several(client: Client, ada: User, person: Any) -> None:
    eve = person("eve")
    client.post(
        f"/admin/bulk/accounts/user/assign_role/?id={eve.pk}&id={ada.pk}",
        {"role": group(Role.EDITOR)},
    )
    assert has_role(User.objects.get(pk=eve.pk), Role.EDITOR)
    assert not has_role(User.objects.get(pk=ada.pk), Role.EDITOR)


def test_superusers_are_in_no_role(person: Any) -> None:
    assert not has_role(person("sue", is_superuser=True), *Role)


@pytest.mark.parametrize("role", list(Role))
def test_no_role_edits_groups(client: Client, person: Any, role: Role) -> None:
    client.force_login(person("rose", role))
    for path in ("/admin/groups/", "/admin/groups/new/", f"/admin/groups/edit/{group(role)}/"):
        assert client.get(path).status_code in (302, 403)
    client.post(f"/admin/groups/edit/{group(role)}/", {"name": "Kings"})
    assert not Group.objects.filter(name="Kings").exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.PUBLISHER])
def test_only_administrators_manage_accounts(client: Client, person: Any, role: Role) -> None:
    rose = person("rose", role)
    client.force_login(rose)
    client.post("/admin/users/new/", form())
    client.post(f"/admin/users/edit/{rose.pk}/", form("rose", groups=[group(Role.ADMINISTRATOR)]))
    assert User.objects.count() == 1
    assert not has_role(User.objects.get(), Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", list(Role))
def test_no_role_uploads(client: Client, person: Any, role: Role) -> None:
    client.force_login(person("rose", role))
    for path in ("/admin/images/add/", "/admin/documents/add/", "/admin/documents/multiple/add/"):
        assert client.get(path).status_code in (302, 403)


def test_what_was_added_to_a_role_by_hand_goes_at_the_next_start() -> None:
    from django.contrib.auth.models import Permission

    from osler_site.operations.bootstrap import bootstrap

    editors = Group.objects.get(name=Role.EDITOR.value)
    editors.permissions.add(Permission.objects.get(codename="change_group"))
    bootstrap()
    assert [p.codename for p in editors.permissions.all()] == ["access_admin"]
    assert {p.page.specific_class.__name__ for p in editors.page_permissions.all()} == {
        "ArticleIndexPage"
    }


def test_the_board_is_managed(client: Client, ada: User, person: Any) -> None:
    bea = person("bea")
    fields = {"user": bea.pk, "profession": "Pharmacist", "registration_number": "GPhC 2071234"}
    assert client.get("/admin/snippets/accounts/boardmember/").status_code == 200
    client.post("/admin/snippets/accounts/boardmember/add/", {**fields, "active": "on"})
    member = BoardMember.objects.get(user=bea)
    client.post(f"/admin/snippets/accounts/boardmember/edit/{member.pk}/", fields)
    member.refresh_from_db()
    assert not member.active


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.PUBLISHER])
def test_the_board_is_no_one_elses_business(client: Client, person: Any, role: Role) -> None:
    client.force_login(person("rose", role))
    page = client.get("/admin/snippets/accounts/boardmember/add/")
    assert page.status_code in (302, 403)


def test_a_shut_account_loses_its_session_at_once(client: Client, ada: User, person: Any) -> None:
    rose = person("rose", Role.EDITOR)
    hers = Client()
    hers.force_login(rose)
    assert hers.get("/admin/").status_code == 200
    client.post(f"/admin/users/edit/{rose.pk}/", {**form("rose"), "is_active": ""})
    assert hers.get("/admin/")["Location"].startswith("/accounts/login/")
    assert Session.objects.count() > 0  # the row may stay: it opens nothing
    assert not hers.get("/").wsgi_request.user.is_authenticated


def test_a_role_that_is_taken_is_gone_at_once(client: Client, ada: User, person: Any) -> None:
    rose = person("rose", Role.EDITOR)
    hers = Client()
    hers.force_login(rose)
    assert hers.get("/admin/").status_code == 200
    client.post(f"/admin/users/edit/{rose.pk}/", form("rose"))
    assert hers.get("/admin/").status_code == 403
