"""A certified OpenID provider, run locally: the npm package `oidc-provider`.

It is installed once into the user's cache. Without Node or the package the tests are skipped,
except where CI is set.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from platformdirs import user_cache_path

from osler_site.accounts.sso import single_sign_on
from osler_site.environment import Environment

HERE = Path(__file__).parent / "provider"
CALLBACK = "http://testserver/accounts/oidc/sso/login/callback/"
CLIENT = {
    "client_id": "osler",
    "client_secret": "a secret of the tests",
    "redirect_uris": [CALLBACK],
    "grant_types": ["authorization_code"],
    "response_types": ["code"],
}
PEOPLE = {
    "nina": {
        "name": "Nina New",
        "given_name": "Nina",
        "family_name": "New",
        "preferred_username": "nina",
        "email": "nina@example.org",
        "email_verified": True,
    },
    "ann-checked": {"name": "Ann", "email": "ann@example.org", "email_verified": True},
    "ann-claimed": {"name": "Ann", "email": "ann@example.org", "email_verified": False},
    "ann-text": {"name": "Ann", "email": "ann@example.org", "email_verified": "false"},
    "nameless": {},
}
CODE_SECONDS = 3


def _without(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and CI is to run this")
    pytest.skip(reason)


def _installed() -> Path:
    wanted = json.loads((HERE / "package.json").read_text())["dependencies"]["oidc-provider"]
    folder = user_cache_path("osler-tests") / f"oidc-provider-{wanted}"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=folder.parent))
        shutil.copy(HERE / "package.json", fresh)
        made = subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"],
            cwd=fresh,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if made.returncode:
            shutil.rmtree(fresh)
            _without(f"oidc-provider could not be installed: {made.stderr[-300:]}")
        try:
            fresh.rename(folder)
        except OSError:  # another run was first
            shutil.rmtree(fresh)
    shutil.copy(HERE / "server.js", folder)
    return folder


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """The address of the running provider."""
    if not shutil.which("node") or not shutil.which("npm"):
        _without("Node and npm are not here")
    folder = _installed()
    told = {"people": PEOPLE, "client": CLIENT, "codeSeconds": CODE_SECONDS}
    running = subprocess.Popen(
        ["node", "server.js"],
        cwd=folder,
        env={**os.environ, "SETTINGS": json.dumps(told), "NODE_NO_WARNINGS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert running.stdout is not None
    try:
        lines = iter(running.stdout.readline, "")
        address = next((line.strip() for line in lines if line.startswith("http://")), "")
        assert address, "the provider did not start"
        yield address
    finally:
        running.terminate()
        running.wait(10)
        running.stdout.close()


@pytest.fixture
def code_seconds() -> int:
    """How long a code of the provider is good."""
    return CODE_SECONDS


@pytest.fixture
def sso(issuer: str, settings: Any, site: None) -> str:
    """The site with this provider configured, as the environment would configure it."""
    environment = Environment(
        oidc_issuer=issuer,
        oidc_client_id=CLIENT["client_id"],
        oidc_client_secret=CLIENT["client_secret"],
    )
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": single_sign_on(environment)}
    return issuer
