"""What an action quotes is found in the library, or the pathway does not load."""

from __future__ import annotations

from pathlib import Path

import pytest

from osler.domain import Severity
from osler.domain.errors import InvalidResource, PathwayNotFound, UnsupportedPathway
from osler.library import Library
from osler.pathways import Pathway, from_yaml, load_pathway, load_pathways, pathway_names
from osler.pathways.loading import check_plan

GUIDE = """---
title: A guide
organization: Ministry of Fixtures
year: 2020
kind: guideline
{front}---

# Iron

Adults take iron 65 mg orally once daily.

Do not give iron intravenously at home.

Check the ferritin every 3 months.

Say it twice.

Say it twice.
"""
PLAN = """
pathway: iron
title: Iron
sources:
  guide: {file: guide.md, title: A guide}
action:
  - id: take
    title: Take it
"""
IRON = """
    give: iron
    dose: 65 mg orally once daily
    evidence:
      - guide: Adults take iron 65 mg orally once daily.
"""


def library_of(tmp_path: Path, front: str = "") -> Library:
    file = tmp_path / "guide.md"
    file.write_text(GUIDE.format(front=front), "utf-8")
    library = Library.create(tmp_path / "library")
    library.add(file)
    return library


def loaded(library: Library, action: str) -> Pathway:
    return check_plan(from_yaml(PLAN + action), library)


def faults(library: Library, action: str) -> list[str]:
    with pytest.raises(UnsupportedPathway) as raised:
        loaded(library, action)
    return [f"{issue.path}: {issue.details}" for issue in raised.value.issues]


def test_a_quote_becomes_a_citation(tmp_path: Path) -> None:
    with library_of(tmp_path) as library:
        pathway = loaded(library, IRON)
        (citation,) = pathway.citations["take"]
        assert library.resolve(citation) == "Adults take iron 65 mg orally once daily."
        assert library.statement(citation.statement_id).quote == citation.quote
        assert [(r.number, r.source.title) for r in pathway.references] == [(1, "A guide")]
        assert (citation.reference, pathway.library_version) == (1, library.version)


@pytest.mark.parametrize(
    ("action", "told"),
    [
        (
            IRON.replace("Adults take iron 65 mg orally once daily.", "Adults take iron."),
            "action[0].documentation[0]: guide.md does not say “Adults take iron.”",
        ),
        ("    evidence: [{guide: Say it twice.}]\n", "twice: quote more"),
        (
            '    evidence: [{guide: "once daily.\\n\\nDo not give"}]\n',
            "more than one statement",
        ),
        (
            "    warn: urgent\n    description: Give iron intravenously at home.\n"
            "    evidence: [{guide: Do not give iron intravenously at home.}]\n",
            "polarity",
        ),
        ("    description: Iron 65 mg daily.\n", "states a dose and quotes no passage"),
        ("    give: iron\n", "needs evidence"),
        (
            "    description: Check the ferritin every 3 months.\n    monitor: ferritin\n"
            "    every: every 2 months\n"
            "    evidence: [{guide: Check the ferritin every 3 months.}]\n",
            "how often",
        ),
        (
            "    description: Check the ferritin every 3 months.\n    monitor: haemoglobin\n"
            "    every: every 3 months\n"
            "    evidence: [{guide: Check the ferritin every 3 months.}]\n",
            "haemoglobin",
        ),
        (IRON.replace("give: iron", "give: {iron: A11DA01}"), "A11DA01 is not known as a code"),
        (
            IRON + "    dynamicValue: [{path: action.title, expression: {expression: '1'}}]\n",
            "worked out unchecked",
        ),
        (IRON + "    textEquivalent: Take 130 mg daily.\n", "belongs in the description"),
        (IRON + "    timingTiming: {repeat: {count: 3}}\n", "how often belongs"),
        ("    definitionCanonical: http://example.org/other\n", "no ActivityDefinition"),
        ("    definitionUri: http://example.org/other\n", "cannot be checked"),
    ],
)  # fmt: skip
def test_what_the_sources_do_not_say_does_not_load(action: str, told: str, tmp_path: Path) -> None:
    with library_of(tmp_path) as library:
        found = faults(library, action)
        assert any(told in fault for fault in found), found
        assert all(fault.startswith("PlanDefinition.action[0]") for fault in found)


def test_a_missing_source_is_named_with_what_to_do(tmp_path: Path) -> None:
    with Library.create(tmp_path / "empty") as library:
        (fault,) = faults(library, IRON)
    assert "no source guide.md (“A guide”): add it with osler add" in fault


def test_a_retracted_source_carries_nothing(tmp_path: Path) -> None:
    with library_of(tmp_path, "status: retracted\n") as library:
        (fault,) = faults(library, IRON)
    assert "was retracted" in fault


def test_a_superseded_source_is_marked(tmp_path: Path) -> None:
    with library_of(tmp_path, "status: superseded\n") as library:
        (warning,) = loaded(library, IRON).warnings
    assert warning.severity is Severity.WARNING
    assert "superseded" in warning.details


def test_a_source_under_another_title_is_refused(tmp_path: Path) -> None:
    with library_of(tmp_path) as library:
        plan = from_yaml(PLAN.replace("title: A guide", "title: A novel") + IRON)
        with pytest.raises(UnsupportedPathway, match="is “A guide”, not “A novel”"):
            check_plan(plan, library)


def test_two_actions_of_one_id_are_refused(tmp_path: Path) -> None:
    with library_of(tmp_path) as library, pytest.raises(InvalidResource, match="the id “take”"):
        loaded(library, "  - id: take\n    title: again\n")


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ("    when: {It is so: '%nothing = 1'}\n", "there is no variable %nothing"),
        ("    when: {It is so: '%record.where('}\n", "%record.where("),
        (
            "    condition:\n      - kind: applicability\n"
            "        expression: {language: text/cql, expression: x}\n",
            "“text/cql” is not supported",
        ),
        ("    give: iron\ndescription: Take 65 mg daily.\n", "a dose belongs in an action"),
        (
            "contained:\n  - {resourceType: ActivityDefinition, id: other, status: active}\n",
            "no action orders “other”",
        ),
    ],
)
def test_what_is_wrong_by_itself_is_told_before_any_source(
    action: str, told: str, tmp_path: Path
) -> None:
    with library_of(tmp_path) as library, pytest.raises(InvalidResource) as raised:
        loaded(library, action)
    assert told in str(raised.value)


def test_what_is_no_plan_is_refused(starter: Library) -> None:
    with pytest.raises(InvalidResource, match="a pathway is a PlanDefinition"):
        check_plan({"resourceType": "Patient"}, starter)


def test_a_name_that_is_none_is_not_found(starter: Library) -> None:
    with pytest.raises(PathwayNotFound, match="no pathway “aspirin”"):
        load_pathway("aspirin", starter)


def test_all_pathways_are_loaded_or_told_why_not(starter: Library, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(PLAN + IRON, "utf-8")
    found, refused = load_pathways(starter, tmp_path)
    assert tuple(p.name for p in found) == pathway_names()
    ((name, error),) = refused
    assert name.endswith("other.yaml")
    assert "guide.md" in error.issues[0].details
