"""A site with settings of its own, clients that sign, and a FHIR server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fhir_server import FhirServer, fhir_server
from hooks_clients import SIGNERS, Signer

from osler_site.cds_hooks import trusted
from osler_site.environment import environment


@pytest.fixture
def signer() -> Signer:
    return SIGNERS["ES384"]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Starts the process's settings anew: `told(OSLER_HOOKS_OPEN="false")`."""

    def tell(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        _forget()

    yield tell
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    environment.cache_clear()
    trusted.clients.cache_clear()
    trusted.fetched.cache_clear()


@pytest.fixture
def trusting(told: Callable[..., None], tmp_path: Path) -> Callable[..., None]:
    """A site that answers these clients alone."""

    def trust(*clients: dict[str, Any], **more: str) -> None:
        file = tmp_path / "clients.json"
        file.write_text(json.dumps(clients), "utf-8")
        told(OSLER_HOOKS_CLIENTS=str(file), OSLER_HOOKS_OPEN="false", **more)

    return trust


@pytest.fixture
def fhir() -> Iterator[FhirServer]:
    with fhir_server() as served:
        yield served
