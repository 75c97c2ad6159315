"""`osler serve --production` starts with safe settings only, and names those that are not."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from osler_site.environment import Environment
from osler_site.operations.production import problems

DEPLOY = Path(__file__).parents[3] / "deploy"
SAFE: dict[str, Any] = {
    "production": True,
    "secret_key": "Yb3kQm9-zV7rT2xW5nJ8cL1pD4sG6hF0aEuRiOqZtKwXvBnMyCj",
    "allowed_hosts": ("osler.hospital.example",),
    "base_url": "https://osler.hospital.example",
    "trusted_proxies": ("127.0.0.1",),
    "admin_networks": ("10.20.0.0/16",),
    "email_url": "smtp://mail.hospital.example",
    "database_url": "postgres:///osler",
}

RATES = "OSLER_ASKS_PER_MINUTE, OSLER_API_PER_MINUTE, OSLER_HOOKS_PER_MINUTE"


def settings(**change: Any) -> Environment:
    return Environment(**{**SAFE, **change})


def test_safe_settings_have_no_problem() -> None:
    assert problems(settings()) == ()


@pytest.mark.parametrize(
    ("setting", "change"),
    [
        ("OSLER_DEBUG", {"debug": True}),
        ("OSLER_SECRET_KEY", {"secret_key": ""}),
        ("OSLER_SECRET_KEY", {"secret_key": "short"}),
        ("OSLER_SECRET_KEY", {"secret_key": "ab" * 40}),
        ("OSLER_BASE_URL", {"base_url": "http://osler.hospital.example"}),
        ("OSLER_ALLOWED_HOSTS", {"allowed_hosts": ("*",)}),
        ("OSLER_ALLOWED_HOSTS", {"allowed_hosts": ("localhost", "127.0.0.1")}),
        ("OSLER_ALLOWED_HOSTS", {"allowed_hosts": ("other.example",)}),
        ("OSLER_TRUSTED_PROXIES", {"trusted_proxies": ()}),
        ("OSLER_TRUSTED_PROXIES", {"trusted_proxies": ("0.0.0.0/0",)}),
        ("OSLER_ADMIN_NETWORKS", {"admin_networks": ("::/0",)}),
        ("OSLER_ADMIN_NETWORKS", {"admin_networks": ("10.0.0.0/8", "128.0.0.0/1")}),
        ("OSLER_REQUIRE_TOTP", {"require_totp": False}),
        (RATES, {"asks_per_minute": 0}),
        (RATES, {"hooks_per_minute": 0}),
    ],
)
def test_an_unsafe_setting_is_named_with_what_to_do(setting: str, change: dict[str, Any]) -> None:
    (found,) = problems(settings(**change))
    assert found.setting == setting
    assert found.fatal
    assert found.todo


def test_what_is_only_unwise_is_told_and_does_not_keep_it_from_starting() -> None:
    found = problems(settings(database_url="", email_url="", log_questions=True))
    assert {p.setting for p in found} == {"DATABASE_URL", "OSLER_EMAIL_URL", "OSLER_LOG_QUESTIONS"}
    assert not any(p.fatal for p in found)


def test_a_subdomain_may_be_allowed_by_its_domain() -> None:
    assert problems(settings(allowed_hosts=(".hospital.example",))) == ()


def test_the_server_refuses_to_start_and_says_why(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "osler.cli", "serve", "--production", "--port", "0"],
        env={**os.environ, "OSLER_SITE_DATA": str(tmp_path / "site"), "OSLER_SECRET_KEY": ""},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 2
    for setting in ("OSLER_SECRET_KEY", "OSLER_BASE_URL", "OSLER_ALLOWED_HOSTS"):
        assert setting in done.stderr
    assert "serving" not in done.stdout
    assert not (tmp_path / "site" / "osler-site.db").exists()


def test_the_container_runs_where_the_example_of_the_settings_is_true() -> None:
    """What the settings call 127.0.0.1 is the host, and only from the host is it reached."""
    lines = (DEPLOY / "osler.env.example").read_text("utf-8").splitlines()
    named = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    assert "@localhost/" in named["DATABASE_URL"]
    assert named["OSLER_TRUSTED_PROXIES"] == "127.0.0.1"
    header = (DEPLOY / "Containerfile").read_text("utf-8").split("\nFROM ")[0]
    command = header.replace("\\\n#", "").split("podman run ")[1].splitlines()[0].split()
    options = dict(pairwise(command))
    assert options["--network"] == "host"
    assert options["--host"] == "127.0.0.1"
    assert f"# {options['--env-file']}," in lines[0]
