"""The plan's questions: answered by whoever asks, else by what the record holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from osler.domain.issue import Issue, Severity
from osler.pathways.expressions import Environment
from osler.pathways.fhirpath.values import json_of

_INITIAL = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression"
_FIELDS = {
    "boolean": "valueBoolean", "decimal": "valueDecimal", "integer": "valueInteger",
    "date": "valueDate", "dateTime": "valueDateTime", "time": "valueTime",
    "string": "valueString", "text": "valueString", "url": "valueUri", "choice": "valueCoding",
    "open-choice": "valueCoding", "attachment": "valueAttachment", "reference": "valueReference",
    "quantity": "valueQuantity",
}  # fmt: skip


def complete_answers(
    questionnaire: Mapping[str, Any] | None,
    given: Mapping[str, Any] | None,
    environment: Environment,
    issues: list[Issue],
) -> dict[str, Any]:
    """The QuestionnaireResponse in which each item without an answer has its initial value.

    Only items that have no answer are looked up in the record. An initial expression that fails,
    or gives several values where one is wanted, leaves its item unanswered, and an issue says so.
    """
    response: dict[str, Any] = {
        "resourceType": "QuestionnaireResponse",
        **{k: v for k, v in (given or {}).items() if k not in ("resourceType", "item")},
    }
    response.setdefault("status", "in-progress")
    if questionnaire is not None and "url" in questionnaire:
        response.setdefault("questionnaire", questionnaire["url"])
    response.setdefault("subject", {"reference": environment.record.subject})
    items = list((given or {}).get("item", []))
    if questionnaire is not None:
        wanted = questionnaire.get("item", [])
        items = _items(wanted, items, "Questionnaire", environment, issues)
    if items:
        response["item"] = items
    return response


def _items(
    wanted: list[dict[str, Any]],
    given: list[dict[str, Any]],
    path: str,
    environment: Environment,
    issues: list[Issue],
) -> list[dict[str, Any]]:
    by_link = {item.get("linkId"): item for item in given}
    known = {item.get("linkId") for item in wanted}
    result = []
    for i, item in enumerate(wanted):
        where = f"{path}.item[{i}]"
        answered = dict(by_link.get(item.get("linkId"), {"linkId": item.get("linkId")}))
        if "text" in item:
            answered.setdefault("text", item["text"])
        if item.get("type") not in ("group", "display") and not answered.get("answer"):
            answers = list(_initial(item, where, environment, issues))
            if answers:
                answered["answer"] = answers
        if item.get("item"):
            inner = _items(item["item"], answered.get("item", []), where, environment, issues)
            if inner:
                answered["item"] = inner
        if answered.get("answer") or answered.get("item"):
            result.append(answered)
    return [*result, *(item for item in given if item.get("linkId") not in known)]


def _initial(
    item: Mapping[str, Any], path: str, environment: Environment, issues: list[Issue]
) -> Iterator[dict[str, Any]]:
    for extension in item.get("extension", []):
        if extension.get("url") == _INITIAL:
            found = environment.evaluate(extension.get("valueExpression"))
            if found.problem:
                code = "not-supported" if found.problem != "error" else "exception"
                issues.append(Issue(Severity.ERROR, code, found.detail, path))
                return
            if len(found.values) > 1 and not item.get("repeats"):
                said = f"The record answers “{item.get('text', '')}” in {len(found.values)} ways."
                issues.append(Issue(Severity.WARNING, "conflict", said, path))
                return
            for value in found.values:
                yield _answer(item, json_of(value))
            return
    for initial in item.get("initial", []):
        yield dict(initial)


def _answer(item: Mapping[str, Any], value: Any) -> dict[str, Any]:
    field = _FIELDS.get(str(item.get("type")), "valueString")
    if field != "valueCoding":
        return {field: value}
    codes = [o["valueCoding"] for o in item.get("answerOption", []) if "valueCoding" in o]
    code = value.get("code") if isinstance(value, Mapping) else value
    coding = next((c for c in codes if c.get("code") == code), None)
    if coding is None:
        coding = value if isinstance(value, Mapping) else {"code": str(value)}
    return {field: coding}
