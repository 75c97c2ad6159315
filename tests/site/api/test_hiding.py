"""What tells who a patient is, is left out of what programs ask, too."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from osler_site.api.scopes import Scope


def test_the_question_comes_back_with_placeholders(
    client: Client, bearer: Callable[..., dict[str, str]]
) -> None:
    question = "Maintenance dose of vitamin B12 for Maria Gonzalez, 67F, NHS 943 476 5919?"
    said = client.post(
        "/api/v1/ask", {"question": question}, "application/json", headers=bearer(Scope.ASK)
    )
    assert said.json()["hidden"] == ["name", "NHS number"]
    assert "[NAME]" in said.json()["question"]
    assert "Gonzalez" not in said.content.decode()
