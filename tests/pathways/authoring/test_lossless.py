"""YAML and FHIR's JSON are two notations of one plan: nothing is lost either way."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.pathways import from_yaml, pathway_names, to_yaml
from osler.pathways.authoring import same
from osler.pathways.authoring.yaml_text import dump, load
from osler.pathways.loading import read_plan
from osler.pathways.reading import from_json, to_json

_ABOVE = (parent / "shared" / "data" for parent in Path(__file__).resolve().parents)
SHARED = next((folder for folder in _ABOVE if folder.is_dir()), Path("shared"))
PEERS = SHARED / "cqf_apply"
CDC = SHARED / "cdc_opioid_2022" / "fhir_cds_artifacts.tar.gz"

# What YAML 1.1 and careless quoting take for something else.
TRAPS = [
    "no", "on", "Yes", "y", "~", "null", "true", "1.0", "-1", "012", "1e3", "2020-01-01",
    "12:30", "0x1f", "1_000", ".5", "5.", "=", "<<", "", " ", "a: b", "- a", "# a", "a #b", "? a",
    "[a", "{a}", "&a", "*a", "!a", "%a", "@a", "`", "|", ">", "'", '"', "\\", "a\tb", "a\n", "\n",
    " a\n", "a \nb", "a\nb\n", "\ufeff", "x\u2028y", "\x85", "\x00", "é\nü", "%x = 'a'",
]  # fmt: skip
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12) | st.sampled_from(TRAPS)
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | texts
)
keys = texts | st.sampled_from(
    ["id", "title", "description", "action", "condition", "documentation", "contained", "extension",
     "relatedArtifact", "trigger", "relatedAction", "code", "definitionCanonical", "priority",
     "groupingBehavior", "selectionBehavior", "resourceType", "url", "type",
     "pathway", "sources", "inputs", "variables", "fhir", "when", "evidence", "give", "dose",
     "monitor", "every", "due", "within", "warn", "hooks", "after", "note", "either", "first"]
)  # fmt: skip
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4)
)


@settings(max_examples=200, deadline=None)
@given(values)
def test_any_value_of_json_comes_back_from_yaml(value: Any) -> None:
    assert same(load(dump(value)), value)


# Plans near enough to what the shorthand has words for to tempt it.
ids = st.sampled_from(["a", "b", "a-first", "b-first"])
words = st.sampled_from(["x", "no", "1.0", "Where it is so."]) | texts
expressions = st.fixed_dictionaries(
    {"language": st.sampled_from(["text/fhirpath", "text/cql"]), "expression": words},
    optional={"description": words},
)
conditions = st.fixed_dictionaries(
    {"kind": st.sampled_from(["applicability", "start"]), "expression": expressions}
)
quotes = st.fixed_dictionaries(
    {"type": st.sampled_from(["citation", "derived-from"]),
     "display": st.sampled_from(["A book", "Another", "A book · x"]),
     "url": st.sampled_from(["urn:osler:source:a.md", "http://x"])},
    optional={"citation": words},
)  # fmt: skip
sources = st.fixed_dictionaries(
    {"type": st.just("citation"), "label": st.sampled_from(["book", "other"]),
     "display": st.sampled_from(["A book", "Another"]),
     "url": st.sampled_from(["urn:osler:source:a.md", "http://x"])},
    optional={"citation": words},
)  # fmt: skip
activities = st.fixed_dictionaries(
    {"resourceType": st.just("ActivityDefinition"), "id": ids, "status": st.just("active"),
     "kind": st.sampled_from(["MedicationRequest", "ServiceRequest", "CommunicationRequest"])},
    optional={
        "intent": st.just("proposal"),
        "productCodeableConcept": st.just({"text": "metformin"}) | values,
        "code": st.just({"text": "eGFR"}) | values,
        "dosage": st.just([{"text": "1 mg daily"}]) | values,
        "priority": st.just("urgent"),
        "timingTiming": values,
        "dynamicValue": values,
    },
)  # fmt: skip
actions: st.SearchStrategy[Any] = st.deferred(
    lambda: st.fixed_dictionaries(
        {},
        optional={
            "id": ids,
            "title": words,
            "description": words,
            "priority": st.just("urgent"),
            "condition": st.lists(conditions, max_size=2) | values,
            "documentation": st.lists(quotes, max_size=2) | values,
            "trigger": st.just([{"type": "named-event", "name": "patient-view"}]) | values,
            "relatedAction": st.just([{"actionId": "a", "relationship": "after-end"}]) | values,
            "code": values,
            "definitionCanonical": ids.map(lambda i: f"#{i}"),
            "groupingBehavior": st.just("visual-group"),
            "selectionBehavior": st.just("exactly-one"),
            "action": st.lists(actions, max_size=2),
        },
    )
)
plans = st.fixed_dictionaries(
    {"resourceType": st.just("PlanDefinition")},
    optional={
        "id": st.just("plan"),
        "url": st.just("urn:osler:pathway:plan") | words,
        "version": st.sampled_from(["1.0", "1.0.0"]),
        "relatedArtifact": st.lists(sources, max_size=2) | values,
        "contained": st.lists(activities, max_size=2) | values,
        "extension": values,
        "action": st.lists(actions, max_size=3),
        "useContext": values,
    },
)


@settings(max_examples=100, deadline=None)
@given(plans | st.dictionaries(keys, values, max_size=5))
def test_any_plan_comes_back_from_its_yaml(plan: dict[str, Any]) -> None:
    assert same(from_yaml(to_yaml(plan)), plan)


@pytest.mark.parametrize("name", pathway_names())
def test_a_packaged_pathway_is_written_in_the_same_words_again(name: str) -> None:
    plan = read_plan(name)
    again = to_yaml(plan)
    assert same(from_yaml(again), plan)
    assert "ActivityDefinition" not in again
    assert "valueExpression" not in again
    assert to_yaml(from_yaml(again)) == again
    assert same(from_json(to_json(plan)), plan)


def resources(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.get("resourceType") == "PlanDefinition":
            yield value
        for inner in value.values():
            yield from resources(inner)
    for inner in value if isinstance(value, list) else ():
        yield from resources(inner)


@pytest.mark.skipif(not PEERS.is_dir(), reason="the peers' fixtures are not here")
def test_the_peers_plans_come_back() -> None:
    found = [p for f in PEERS.glob("*.json") for p in resources(from_json(f.read_bytes()))]
    assert found
    for plan in found:
        assert same(from_yaml(to_yaml(plan)), plan)


@pytest.mark.skipif(not CDC.is_file(), reason="the CDC's plans are not here")
def test_the_opioid_guideline_s_plans_come_back() -> None:
    with tarfile.open(CDC) as archive:
        members = [m for m in archive if m.name.endswith(".json") and "plandefinition" in m.name]
        texts = [archive.extractfile(member) for member in members]
        plans = [p for t in texts if t for p in resources(from_json(t.read()))]
    assert len(plans) > 5
    for plan in plans:
        assert same(from_yaml(to_yaml(plan)), plan)


def test_a_decimal_keeps_its_digits_and_a_number_in_quotes_stays_text() -> None:
    plan = from_yaml('pathway: a\nx: 1.00\ny: "1.00"\nz: 012\nd: 2020-01-01\nn: no\ne: 1e3\n')
    assert (plan["x"], str(plan["x"])) == (Decimal("1.00"), "1.00")
    assert [plan[key] for key in "yzdne"] == ["1.00", "012", "2020-01-01", "no", "1e3"]
