"""The pathway that the documents teach with loads and applies as it stands there."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from osler.library import Library
from osler.pathways import Pathway, Step, apply, load_pathway, read_record
from osler.pathways.authoring import activities
from osler.pathways.authoring.expanding import ACTION_KEYS

PAGE = (Path(__file__).parents[3] / "docs" / "pathways.md").read_text("utf-8")
PATIENT = {"resourceType": "Patient", "id": "p", "birthDate": "1960-01-01"}
NOW = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def pathway(starter: Library, tmp_path_factory: pytest.TempPathFactory) -> Pathway:
    (text,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.S)
    file = tmp_path_factory.mktemp("page") / "thiamine.yaml"
    file.write_text(text, "utf-8")
    return load_pathway(file, starter)


def taken(steps: tuple[Step, ...]) -> list[str]:
    return [s for step in steps if step.taken for s in (step.id, *taken(step.steps))]


def applied(pathway: Pathway, *conditions: str) -> list[str]:
    entries: list[dict[str, Any]] = [{"resource": PATIENT}]
    for text in conditions:
        condition = {
            "resourceType": "Condition", "subject": {"reference": "Patient/p"},
            "code": {"text": text},
        }  # fmt: skip
        entries.append({"resource": condition})
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    application = apply(pathway.definitions, read_record(bundle, now=NOW), now=NOW)
    assert application.issues == ()
    return taken(application.steps)


def test_the_page_s_pathway_applies(pathway: Pathway) -> None:
    assert applied(pathway) == [
        "ask-risk", "tablets", "tablets-ni", "tablets-glasgow", "no-larger-doses",
    ]  # fmt: skip
    assert applied(pathway, "Weight loss") == ["no-larger-doses", "raised"]


def test_the_page_s_pathway_cites_its_sources(pathway: Pathway, starter: Library) -> None:
    assert [reference.source.organization for reference in pathway.references] == [
        "Northern Ireland Formulary", "NHS Greater Glasgow and Clyde",
    ]  # fmt: skip
    for citation in pathway.citations["tablets-ni"]:
        assert starter.resolve(citation) == citation.quote


def test_the_page_names_every_word_of_an_action() -> None:
    words = ACTION_KEYS | set(activities.KEYS)
    assert {word for word in words if f"`{word}" not in PAGE} == set()
