"""What every answer carries, and what a request cannot make it say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from osler_site.accounts.roles import Role

pytestmark = pytest.mark.usefixtures("site")
PAGES = (
    "/", "/articles/", "/library/", "/pathways/", "/pathways/vitamin-b12/", "/board/",
    "/accounts/login/", "/no-such-page/",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_guarded(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_refused_form_is_guarded_too() -> None:
    answer = Client(enforce_csrf_checks=True).post("/ask", {"q": "x"})
    assert answer.status_code == 403
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_administration_is_framed_by_itself_alone(client: Client, person: Any) -> None:
    client.force_login(person("ada", Role.ADMINISTRATOR))
    answer = client.get("/admin/")
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "object-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe-eval" not in policy


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:80@evil"])
def test_under_another_name_the_site_says_nothing(host: str) -> None:
    answer = Client(raise_request_exception=False).get("/", headers={"host": host})
    assert answer.status_code == 400
    assert b"evil" not in answer.content


def test_a_forwarded_name_is_not_believed(mailoutbox: list[Any], person: Any) -> None:
    person("ann")
    Client().post(
        "/accounts/password/reset/",
        {"email": "ann@example.org"},
        headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"},
    )
    assert "evil.example" not in mailoutbox[0].body


def test_cookies_keep_from_scripts_and_from_other_sites(client: Client, person: Any) -> None:
    person("ann")
    client.post("/accounts/login/", {"login": "ann", "password": "a long enough password"})
    client.post("/reader", {"reader": "nurse"})
    cookies = client.cookies
    assert cookies["sessionid"]["httponly"]
    assert cookies["osler_reader"]["httponly"]
    assert {c["samesite"] for c in cookies.values()} == {"Lax"}


def test_what_depends_on_the_reader_is_not_shared_by_caches(client: Client) -> None:
    client.post("/ask", {"q": "What is the starting dose of metformin?"})
    for path in ("/", "/articles/"):
        headers = client.get(path).headers
        shared = "public" in headers.get("Cache-Control", "") or "s-maxage" in headers.get(
            "Cache-Control", ""
        )
        assert "Cookie" in headers.get("Vary", "") or not shared


def test_pages_for_staff_are_kept_by_no_one(client: Client, person: Any) -> None:
    client.force_login(person("ada", Role.ADMINISTRATOR))
    for path in ("/admin/", "/admin/users/", "/accounts/2fa/", "/accounts/password/change/"):
        kept = client.get(path).headers.get("Cache-Control", "")
        assert "no-store" in kept or "no-cache" in kept or "private" in kept, path


_SETTINGS = """
import json
from osler_site import settings as s
print(json.dumps({name: getattr(s, name, None) for name in (
    "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS",
    "CSRF_TRUSTED_ORIGINS", "SECURE_PROXY_SSL_HEADER", "DEBUG", "USE_X_FORWARDED_HOST")}))
"""


def test_over_https_everything_stays_there(tmp_path: Path) -> None:
    told = {
        **os.environ,
        "OSLER_SITE_DATA": str(tmp_path),
        "OSLER_BASE_URL": "https://osler.example.org",
        "OSLER_TRUSTED_PROXIES": "10.0.0.0/8",
        "PYTHONPATH": ":".join(sys.path),
    }
    run = subprocess.run(
        [sys.executable, "-c", _SETTINGS], env=told, capture_output=True, text=True, check=True
    )
    settings = json.loads(run.stdout)
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://osler.example.org"]
    assert settings["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert not settings["DEBUG"]
    assert not settings["USE_X_FORWARDED_HOST"]
