"""The description for people says what OpenAPI's says."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from osler_site.api.api import api
from osler_site.api.reference import operations, schemas

pytestmark = pytest.mark.usefixtures("site")


def test_every_operation_and_object_is_on_the_page(client: Client) -> None:
    described = api.get_openapi_schema()
    text = client.get("/api/docs").content.decode()
    for path, methods in described["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in text
    for name in described["components"]["schemas"]:
        assert f'id="{name}"' in text


def test_every_link_within_the_page_leads_somewhere(client: Client) -> None:
    text = client.get("/api/docs").content.decode()
    missing = set(re.findall(r'href="#([^"]+)"', text)) - set(re.findall(r'id="([^"]+)"', text))
    assert missing == set()


def test_what_an_operation_takes_is_said_in_words() -> None:
    described = api.get_openapi_schema()
    (search,) = (o for o in operations(described) if o.name == "search")
    takes = {field.name: (field.type, field.required) for field in search.takes}
    assert takes["q"] == ("string, 1 to 500 characters", True)
    assert takes["k"] == ("integer, 1 to 100", False)
    assert takes["version"] == ("integer, 1 to 2,147,483,647 or nothing", False)
    assert ("200", ("Hits",)) in {(r.status, r.parts) for r in search.replies}
    (asking,) = (o for o in operations(described) if o.name == "ask")
    assert {field.name for field in asking.takes} == {
        "question", "audience", "language", "writer", "patient", "after", "format", "release",
    }  # fmt: skip
    (hits,) = (s for s in schemas(described) if s.name == "Hits")
    assert any(field.type == "list of Hit" for field in hits.fields)
