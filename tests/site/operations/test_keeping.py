"""The keeper runs as long as the server, and rechecks the articles when the library changes."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from osler_site.living import keeper as keeping
from osler_site.operations import keeping as beside
from osler_site.operations.keeping import keeper


def test_it_ends_with_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def remembered(*args: Any, **kwargs: Any) -> Any:
        started.append(real(*args, **kwargs))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", remembered)
    with keeper(wanted=True):
        assert started[0].poll() is None
    assert started[0].poll() is not None
    with keeper(wanted=False):
        assert len(started) == 1


def test_a_keeper_that_died_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def short_lived() -> subprocess.Popen[bytes]:
        lives = "import time; time.sleep(60)" if started else "raise SystemExit(3)"
        started.append(subprocess.Popen([sys.executable, "-c", lives]))
        return started[-1]

    monkeypatch.setattr(beside, "_start", short_lived)
    monkeypatch.setattr(beside, "_LOOK_EVERY", 0.02)
    with keeper(wanted=True):
        until = time.monotonic() + 20
        while len(started) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        assert started[0].returncode == 3
        assert started[1].poll() is None
    assert len(started) == 2
    assert started[1].poll() is not None


def test_a_round_is_gone_at_the_start_and_it_stops_when_told(
    site: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[float] = []
    real = keeping.go_round

    def counted() -> Any:
        rounds.append(time.monotonic())
        stop.set()
        return real()

    stop = threading.Event()
    ended = SessionStore()
    ended.set_expiry(-60)
    ended.create()
    monkeypatch.setattr(keeping, "go_round", counted)
    monkeypatch.setattr(keeping, "close_old_connections", lambda: None)  # the test's own is kept
    keeping.keep(stop)
    assert len(rounds) == 1
    assert not Session.objects.exists()  # and sessions that have expired are gone
