"""People with their sessions, made in a process beside a server."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore

from osler_site.accounts.models import BoardMember, User
from osler_site.accounts.roles import Role


def person(name: str, *roles: Role, **fields: Any) -> User:
    """An account; a reviewer is on the board."""
    user = User.objects.create(username=name, **fields)
    user.set_unusable_password()
    user.save()
    user.groups.set(Group.objects.filter(name__in=[role.value for role in roles]))
    if Role.REVIEWER in roles:
        BoardMember.objects.create(user=user, profession="Physician", registration_number="1")
    return user


def session_of(user: User) -> str:
    """The cookie of someone who has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)
