"""Tokens, and calls of `$apply`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hooks_requests import Json, bundle, patient

from osler_site.api.models import ApiToken
from osler_site.api.scopes import Scope

Asks = Callable[..., Any]


@pytest.fixture
def bearer(site: None) -> Callable[..., dict[str, str]]:
    """Headers with a new token: `bearer(Scope.ASK)`."""

    def headers(*scopes: Scope) -> dict[str, str]:
        _, secret = ApiToken.issue("a test", list(scopes))
        return {"Authorization": f"Bearer {secret}"}

    return headers


@pytest.fixture
def read(client: Client, bearer: Callable[..., dict[str, str]]) -> Asks:
    """GET below /fhir/ as a program that may read."""
    headers = bearer(Scope.READ)
    return lambda path, **query: client.get(f"/fhir/{path}", query, headers=headers)


@pytest.fixture
def applied(client: Client, bearer: Callable[..., dict[str, str]]) -> Asks:
    """POST to an operation as a program that may ask: the record, further parameters."""
    headers = bearer(Scope.ASK)

    def ask(path: str, *record: Json, parameters: list[Json] | None = None, **named: Any) -> Any:
        body = {
            "resourceType": "Parameters",
            "parameter": [
                {"name": "subject", "valueString": "Patient/p1"},
                {"name": "data", "resource": bundle(*(record or (patient(),)))},
                *(parameters or []),
            ],
        }
        sent = named.pop("body", body)
        return client.post(
            f"/fhir/{path}", sent, content_type="application/fhir+json", headers=headers, **named
        )

    return ask
