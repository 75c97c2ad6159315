"""Small plans and records, made where a test needs them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from osler.pathways import Application, Definitions, Record, apply, read_record

NOW = datetime(2026, 3, 31, tzinfo=UTC)
FIXTURES = Path(__file__).parents[2] / "fixtures"
PATIENT = {
    "resourceType": "Patient",
    "id": "ann",
    "gender": "female",
    "birthDate": "1956-02-29",
    "name": [{"given": ["Ann"]}],
}


def fixture(name: str) -> Any:
    return json.loads((FIXTURES / name).read_text("utf-8"))


def record(*resources: Any, patient: dict[str, Any] = PATIENT) -> Record:
    entries = [{"resource": resource} for resource in (patient, *resources)]
    return read_record({"resourceType": "Bundle", "entry": entries}, now=NOW)


def expression(text: str, language: str = "text/fhirpath", **more: str) -> dict[str, Any]:
    return {"language": language, "expression": text, **more}


def when(text: str, language: str = "text/fhirpath") -> list[dict[str, Any]]:
    return [{"kind": "applicability", "expression": expression(text, language)}]


def dynamic(path: str, text: str, language: str = "text/fhirpath") -> list[dict[str, Any]]:
    return [{"path": path, "expression": expression(text, language)}]


def plan(*actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "PlanDefinition",
        "id": "plan",
        "url": "http://example.org/PlanDefinition/plan",
        "status": "draft",
        "action": list(actions),
        **more,
    }


def activity(kind: str, id_: str = "act", **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "ActivityDefinition",
        "id": id_,
        "url": f"http://example.org/ActivityDefinition/{id_}",
        "status": "draft",
        "kind": kind,
        **more,
    }


def applied(
    root: dict[str, Any], *others: dict[str, Any], to: Any = None, **more: Any
) -> Application:
    return apply(Definitions.from_resources(root, *others), to or record(), now=NOW, **more)


def request(root: dict[str, Any], **more: Any) -> dict[str, Any]:
    return applied(root, **more).careplan
