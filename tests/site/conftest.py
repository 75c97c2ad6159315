"""The site's tests run against a real library (the starter) and a database of their own.

OSLER_TEST_DATABASE_URL puts them on PostgreSQL.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
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


def pytest_configure(config: pytest.Config) -> None:
    """Let processes that test side by side start as this one did, each with its own folder.

    By a setting that they inherit, pytest-django would load the site before they name theirs.
    """
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """On SQLite, a file that is there and migrated is used as it is."""
    return not os.environ["DATABASE_URL"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest, migrated_file: Path) -> None:
    """Migrating takes half a minute: it is done once for each state of the migrations.

    Processes that test side by side have a database each: on SQLite in their own folder.
    """
    if os.environ["DATABASE_URL"]:
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
    elif migrated_file.is_file():
        shutil.copy(migrated_file, _FOLDER / "site" / "test.db")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, migrated_file: Path) -> None:
    """The test database with the first pages and roles; a copy is kept for the next time."""
    from osler_site.operations.bootstrap import bootstrap

    with django_db_blocker.unblock():
        bootstrap()
    if not migrated_file.is_file() and not os.environ["DATABASE_URL"]:
        copy_database(_FOLDER / "site" / "test.db", migrated_file)


@pytest.fixture(scope="session")
def migrated_file() -> Path:
    """Where the SQLite database for this state of the migrations and first pages is kept."""
    from django.apps import apps

    from osler_site import operations

    digest = hashlib.sha256(django.__version__.encode())
    files = [*Path(operations.__path__[0]).glob("*.py")]
    for app in apps.get_app_configs():
        files += Path(app.path).glob("migrations/*.py")
    for file in sorted(files):
        digest.update(file.read_bytes())
    cache = Path(__file__).parents[2] / ".cache" / "test-databases"
    cache.mkdir(parents=True, exist_ok=True)
    return cache / f"{digest.hexdigest()[:16]}.db"


def copy_database(source: Path, target: Path) -> None:
    """A copy of one moment, there whole or not at all."""
    half = target.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(half)) as write:
        read.backup(write)
    half.replace(target)


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
    from django.core.cache import caches

    from osler_site.operations.limits import LIMITS

    def forget() -> None:
        for cache in (caches["default"], caches["process"]):
            cache.clear()

    forget()
    LIMITS.forget()
    yield
    forget()


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
