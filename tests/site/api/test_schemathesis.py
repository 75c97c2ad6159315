"""Schemathesis finds nothing against the interface.

A bounded run here; a longer one by hand: OSLER_SCHEMATHESIS_EXAMPLES=500 pytest this file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from osler_site.answers.models import RawAnswer
from osler_site.api.models import ApiToken
from osler_site.api.scopes import Scope
from osler_site.articles.models import ArticlePage
from osler_site.engine import engine
from osler_site.operations.limits import LIMITS

EXAMPLES = int(os.environ.get("OSLER_SCHEMATHESIS_EXAMPLES", "8"))
# The token is sent with every request; what happens without one is tested beside this file.
CONFIG = {"generation": {"with-security-parameters": False}}
# No schema can say which facts of a patient are possible: that is refused with 422.
NOT_IN_A_SCHEMA = {"ask": [positive_data_acceptance]}


@pytest.fixture
def one_connection() -> Iterator[None]:
    """As Django's test client does: the end of a request does not end the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def description(
    one_connection: None, article: ArticlePage, raw: RawAnswer, monkeypatch: pytest.MonkeyPatch
) -> Any:
    """The interface's own description, with names of things that are there as examples."""
    monkeypatch.setattr(LIMITS, "spend", lambda key, per_minute: 0)
    described = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", WSGIHandler(), config=schemathesis.Config.from_dict(CONFIG)
    )
    library = engine().library()
    source = library.sources()[0].id
    there = {
        "uid": raw.uid,
        "slug": article.slug,
        "source_id": source,
        "statement_id": library.statements_of(source)[0].id,
        "start": 0,
        "end": 10,
        "version": library.version,
    }
    for operations in described.raw_schema["paths"].values():
        for operation in operations.values():
            for parameter in operation["parameters"]:
                if parameter["name"] in there:
                    parameter["example"] = there[parameter["name"]]
    return described


@pytest.fixture
def token(site: None) -> str:
    return ApiToken.issue("schemathesis", [Scope.ADMIN])[1]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_operation_keeps_to_its_description(
    description: Any, token: str, mode: GenerationMode
) -> None:
    """Statuses, media types, bodies and headers are as described; nothing ends in a 500."""
    # Bodies are not unpacked by this client.
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
    for found in description.get_all_operations():
        excluded = NOT_IN_A_SCHEMA.get(found.ok().definition.raw["operationId"], [])

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=found.ok().as_strategy(generation_mode=mode))
        def holds(case: Any) -> None:
            case.call_and_validate(headers=headers, excluded_checks=excluded)  # noqa: B023

        holds()
