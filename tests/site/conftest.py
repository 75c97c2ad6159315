"""The site's tests run against a real library (the starter) and a database of their own.

OSLER_TEST_DATABASE_URL puts them on PostgreSQL.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_FOLDER = Path(tempfile.mkdtemp(prefix="osler-site-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["OSLER_SITE_DATA"] = str(_FOLDER / "site")
os.environ["OSLER_LIBRARY"] = str(_FOLDER / "library")
os.environ["DJANGO_SETTINGS_MODULE"] = "osler_site.settings"
os.environ["DATABASE_URL"] = os.environ.get("OSLER_TEST_DATABASE_URL", "")
(_FOLDER / "site" / "static").mkdir(parents=True)

import django  # noqa: E402  after the environment is set

django.setup()


@pytest.fixture(scope="session", autouse=True)
def starter_library() -> Path:
    """The starter library, built once, where the site looks for its library."""
    from click.testing import CliRunner

    from osler.cli.app import app

    folder = Path(os.environ["OSLER_LIBRARY"])
    if not folder.exists():
        made = CliRunner().invoke(app, ["init", str(folder), "--starter"])
        assert made.exit_code == 0, made.output
    return folder


@pytest.fixture(autouse=True)
def fast_passwords(settings: Any) -> None:
    """Argon2 takes its time on purpose; tests do not."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def site(db: None, starter_library: Path) -> Iterator[None]:
    """A site with its first pages and roles."""
    from django.core.cache import cache

    from osler_site.operations.bootstrap import bootstrap

    bootstrap()
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def person(site: None) -> Any:
    """Makes an account: `person("ann", Role.EDITOR)`."""
    from django.contrib.auth.models import Group

    from osler_site.accounts.models import BoardMember, User
    from osler_site.accounts.roles import Role

    def make(name: str, *roles: Role, **fields: Any) -> User:
        user = User.objects.create_user(
            name, f"{name}@example.org", "a long enough password", first_name=name.title(),
            last_name="Example", **fields,
        )  # fmt: skip
        user.groups.set(Group.objects.filter(name__in=[r.value for r in roles]))
        if Role.REVIEWER in roles:
            BoardMember.objects.create(
                user=user, profession="Physician", registration_number="GMC 0000000"
            )
        return user

    return make
