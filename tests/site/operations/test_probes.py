"""The probes, and the counters for Prometheus."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from osler_site.engine import Engine
from osler_site.operations import probes

pytestmark = pytest.mark.usefixtures("site")


def test_alive_and_ready(client: Client) -> None:
    assert client.get("/health").json() == {"status": "alive"}
    ready = client.get("/ready")
    assert (ready.status_code, ready.json()["missing"]) == (200, {})
    assert client.get("/ready", headers={"host": "10.0.0.7:8000"}).status_code == 200


def test_without_a_library_it_is_alive_and_not_ready(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probes, "engine", lambda: Engine(tmp_path / "none"))
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert "osler init" in answer.json()["missing"]["library"]
    assert client.get("/health").status_code == 200


def test_an_old_or_missing_database_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waiting(self: MigrationExecutor, targets: Any) -> list[Any]:
        return [("articles.0002", False)]

    probes._migrated.clear()
    with monkeypatch.context() as patched:
        patched.setattr(MigrationExecutor, "migration_plan", waiting)
        answer = client.get("/ready")
        assert (answer.status_code, "1 are not" in answer.json()["missing"]["migrations"]) == (
            503, True,
        )  # fmt: skip

    def gone() -> int:
        raise OperationalError("secret host name")

    monkeypatch.setattr(probes, "_waiting_migrations", gone)
    answer = client.get("/ready")
    assert answer.json()["missing"] == {"database": "does not answer (OperationalError)"}


def counted(client: Client, name: str) -> float:
    text = client.get("/metrics").content.decode()
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.M)
    return float(found[1]) if found else 0.0


def test_requests_asks_and_the_queue_are_counted(client: Client) -> None:
    names = (
        'osler_requests_total{method="POST",route="ask",status="302"}',
        'osler_asks_total{outcome="answered",through="page"}',
        'osler_asks_total{outcome="abstained",through="page"}',
        "osler_engine_seconds_count",
    )
    before = [counted(client, name) for name in names]
    client.post("/ask", {"q": "What is the maintenance dose of vitamin B12 after loading?"})
    client.post("/ask", {"q": "How is a zebrafish aquarium cleaned?"})
    after = [counted(client, name) for name in names]
    assert [a - b for a, b in zip(after, before, strict=True)] == [2, 1, 1, 2]
    assert 'osler_articles{status="under_review"} 0.0' in client.get("/metrics").content.decode()


def test_the_counters_are_for_administrators_networks(client: Client) -> None:
    assert client.get("/metrics").status_code == 200
    for address in ("192.0.2.9", "2001:db8::1", ""):
        assert client.get("/metrics", REMOTE_ADDR=address).status_code == 404
