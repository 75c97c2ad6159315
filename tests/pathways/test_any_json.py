"""Whatever JSON comes, it is worked with or refused by name; nothing else is raised."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osler.domain.errors import InvalidResource
from osler.pathways import Definitions, apply, operation_outcome, read_record
from osler.pathways.reading import from_json, to_json

NOW = datetime(2026, 3, 31, tzinfo=UTC)
FIXTURES = Path(__file__).with_name("fixtures")
PLAN = json.loads((FIXTURES / "anticoagulant.json").read_text("utf-8"))
ANN = json.loads((FIXTURES / "ann.json").read_text("utf-8"))

_KEYS = st.sampled_from(
    ["resourceType", "id", "entry", "resource", "birthDate", "gender", "name", "code", "coding",
     "subject", "reference", "valueQuantity", "value", "unit", "system", "status", "extension",
     "url", "valueExpression", "action", "condition", "kind", "expression", "language", "contained",
     "definitionCanonical", "dynamicValue", "path", "item", "linkId", "answer", "goal", "target",
     "_birthDate", "effectiveDateTime", "component", "verificationStatus", "type", "timingTiming"]
)  # fmt: skip
_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        ["Patient", "Bundle", "Observation", "PlanDefinition", "ActivityDefinition", "final", "#a",
         "applicability", "text/fhirpath", "true", "%subject", "Patient/a", "a", "2026-01-01",
         "MedicationRequest", "mg", "female", "9999-12-31"]
    ),
)  # fmt: skip
JSON = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(_KEYS | st.text(max_size=3), inner, max_size=5)
    ),
    max_leaves=25,
)
RESOURCES = st.sampled_from(
    ["Patient", "Bundle", "Observation", "Condition", "MedicationRequest", "PlanDefinition",
     "ActivityDefinition", "QuestionnaireResponse"]
).flatmap(
    lambda name: st.dictionaries(_KEYS, JSON, max_size=8).map(lambda d: {**d, "resourceType": name})
)  # fmt: skip
FAST = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def tried(run: Callable[[], Any]) -> Any:
    """The result, or the OperationOutcome of a refusal."""
    try:
        return run()
    except InvalidResource as error:
        return operation_outcome(error.issues)


def refused(found: Any) -> bool:
    return isinstance(found, dict) and found["resourceType"] == "OperationOutcome"


def applied(plan: Any, answers: Any = None) -> Any:
    record = read_record(ANN, now=NOW)
    return to_json(apply(Definitions.from_json(plan), record, now=NOW, answers=answers).careplan)


@FAST
@given(JSON | RESOURCES)
def test_any_json_is_a_record_or_refused(data: Any) -> None:
    found = tried(lambda: read_record(data, now=NOW))
    assert refused(found) or found.patient["resourceType"] == "Patient"


@FAST
@given(st.lists(RESOURCES, max_size=4))
def test_any_resources_beside_a_patient_are_read_or_refused(resources: list[Any]) -> None:
    patient = {"resourceType": "Patient", "id": "a", "birthDate": "1956"}
    entries = [{"resource": resource} for resource in (patient, *resources)]
    found = tried(lambda: read_record({"resourceType": "Bundle", "entry": entries}, now=NOW))
    if not refused(found):
        result = apply(Definitions.from_json(PLAN), found, now=NOW)
        assert result.careplan["resourceType"] == "CarePlan"


@FAST
@given(JSON | RESOURCES)
def test_any_json_is_a_definition_that_applies_or_refused(data: Any) -> None:
    found = tried(lambda: applied(data))
    assert isinstance(found, str) or refused(found)


@FAST
@given(st.data())
def test_a_plan_with_any_element_exchanged_applies_or_is_refused(data: Any) -> None:
    plan = json.loads(json.dumps(PLAN))
    holder: Any = plan
    for _ in range(data.draw(st.integers(1, 8))):
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            break
        key = data.draw(st.sampled_from(keys))
        if isinstance(holder[key], dict | list) and data.draw(st.booleans()):
            holder = holder[key]
            continue
        holder[key] = data.draw(JSON)
        break
    found = tried(lambda: applied(plan))
    assert isinstance(found, str) or refused(found)


@FAST
@given(JSON | RESOURCES)
def test_any_answers_are_taken_or_refused(data: Any) -> None:
    found = tried(lambda: applied(PLAN, data))
    assert isinstance(found, str) or refused(found)


@given(st.binary(max_size=60))
def test_any_bytes_are_json_or_refused(data: bytes) -> None:
    found = tried(lambda: [from_json(data)])
    assert isinstance(found, list) or "JSON" in found["issue"][0]["details"]["text"]


@pytest.mark.parametrize("text", ['{"a":' * 20_000 + "1" + "}" * 20_000, "[" * 100_000, "NaN"])
def test_json_of_any_depth_is_read_or_refused(text: str) -> None:
    assert refused(tried(lambda: read_record(from_json(text), now=NOW)))


def test_a_record_nested_beyond_reason_is_refused_with_its_path() -> None:
    extension: dict[str, Any] = {"url": "x", "valueString": "y"}
    for _ in range(300):
        extension = {"url": "x", "extension": [extension]}
    with pytest.raises(InvalidResource) as caught:
        read_record({"resourceType": "Patient", "extension": [extension]}, now=NOW)
    assert caught.value.issues[0].code == "too-long"
    assert caught.value.issues[0].path.startswith("Patient.extension[0].extension[0]")


def test_decimals_stay_as_they_were_written() -> None:
    text = '{"a":1.0,"b":0.10,"c":[2,1e2]}'
    assert to_json(from_json(text)).replace(" ", "").replace("\n", "") == text.replace(
        "1e2", "1E+2"
    )
