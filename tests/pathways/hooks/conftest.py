"""The packaged pathways with the starter library, and requests of a record system."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hooks_requests import Json

from osler.cli.app import app
from osler.library import Library
from osler.pathways import load_pathways
from osler.pathways.hooks import Service, gather, read_request, respond, respond_beside, services_of

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
BASE = "https://osler.example"


@pytest.fixture(scope="session")
def starter_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("starter") / "library"
    made = CliRunner().invoke(app, ["init", str(folder), "--starter"])
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture(scope="session")
def services(starter_folder: Path) -> dict[str, Service]:
    loaded, refused = load_pathways(Library.open(starter_folder))
    assert not refused
    return services_of(loaded)


@pytest.fixture
def cards(services: dict[str, Service]) -> Callable[[str, Json], list[Json]]:
    """The cards of a service for a request: `cards("metformin-order-sign", request)`."""

    def answer(service_id: str, body: Json) -> list[Json]:
        service = services[service_id]
        request = read_request(body)
        if not service.concerns(request):
            return list(respond_beside(service, request, base=BASE)["cards"])
        gathered = gather(request, service.templates)
        assert gathered.missing == ()
        answered: dict[str, Any] = respond(service, request, gathered, now=NOW, base=BASE)
        return list(answered["cards"])

    return answer
