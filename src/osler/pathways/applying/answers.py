"""The plan's questions: answered by whoever asks, else by what the record holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue, Severity
from osler.pathways.expressions import Environment
from osler.pathways.fhirpath.values import json_of
from osler.pathways.primitives import fault_of
from osler.pathways.record import read_record

_INITIAL = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression"
_FIELDS = {
    "boolean": "valueBoolean", "decimal": "valueDecimal", "integer": "valueInteger",
    "date": "valueDate", "dateTime": "valueDateTime", "time": "valueTime",
    "string": "valueString", "text": "valueString", "url": "valueUri", "choice": "valueCoding",
    "open-choice": "valueCoding", "attachment": "valueAttachment", "reference": "valueReference",
    "quantity": "valueQuantity",
}  # fmt: skip
_UNKNOWN = "unknown"  # the code by which a question is told to be open
_NOBODY = {"resourceType": "Patient", "id": "nobody"}
_PRIMITIVES = ("boolean", "decimal", "integer", "date", "dateTime", "time", "string", "uri")


def complete_answers(
    questionnaire: Mapping[str, Any] | None,
    given: Mapping[str, Any] | None,
    environment: Environment,
    issues: list[Issue],
) -> dict[str, Any]:
    """The QuestionnaireResponse in which each item without an answer has its initial value.

    An item that has no answer is looked up in the record. An initial expression that fails, or
    gives several values where one is wanted, leaves its item unanswered, and an issue says so.
    An answer that was given stands, whatever the record says; where the record itself answers
    otherwise, an issue names both.
    Raises `InvalidResource` where an answer is none to its question.
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
        completing = _Completing(
            environment, issues, list(_misdirected(questionnaire, given, environment))
        )
        items = completing.items(questionnaire.get("item", []), items, "Questionnaire")
        if completing.faults:
            raise InvalidResource(completing.faults)
    if items:
        response["item"] = items
    return response


def _misdirected(
    questionnaire: Mapping[str, Any], given: Mapping[str, Any] | None, environment: Environment
) -> Iterator[Issue]:
    """Faults of answers that were withdrawn, or are to other questions, or of somebody else."""
    response = given or {}
    if response.get("status") == "entered-in-error":
        said = "These answers were entered in error."
        yield Issue(Severity.ERROR, "deleted", said, "QuestionnaireResponse.status")
    to, url = str(response.get("questionnaire", "")).partition("|")[0], questionnaire.get("url")
    contained = {url, f"#{questionnaire.get('id', '')}"}
    if to and url and to not in contained:
        said = f"These answers are to “{to[:100]}”, not to “{url}”."
        yield Issue(Severity.ERROR, "business-rule", said, "QuestionnaireResponse.questionnaire")
    about = response.get("subject", {}).get("reference")
    record = environment.record
    if about and about != record.subject and not record.means_patient(str(about)):
        said = f"These answers are about “{str(about)[:80]}”, not about {record.subject}."
        yield Issue(
            Severity.ERROR, "business-rule", said, "QuestionnaireResponse.subject.reference"
        )


@dataclass(frozen=True, slots=True)
class _Completing:
    environment: Environment
    issues: list[Issue]
    faults: list[Issue]
    nobody: list[Environment] = field(default_factory=list)  # at most one, made when it is wanted

    def items(
        self, wanted: list[dict[str, Any]], given: list[dict[str, Any]], path: str
    ) -> list[dict[str, Any]]:
        by_link: dict[Any, Mapping[str, Any]] = {}
        for item in given:
            if by_link.setdefault(item.get("linkId"), item) is not item:
                said = f"“{str(item.get('linkId', ''))[:60]}” is there twice."
                where = "QuestionnaireResponse.item.linkId"
                self.faults.append(Issue(Severity.ERROR, "duplicate", said, where))
        result = [
            self._item(item, by_link.get(item.get("linkId"), {}), f"{path}.item[{i}]")
            for i, item in enumerate(wanted)
        ]
        known = {item.get("linkId") for item in wanted}
        unknown = [item for item in given if item.get("linkId") not in known]
        for item in unknown:
            said = f"There is no question “{str(item.get('linkId', ''))[:60]}”: not looked at."
            where = "QuestionnaireResponse.item.linkId"
            self.issues.append(Issue(Severity.WARNING, "not-found", said, where))
        return [*(item for item in result if {"answer", "item"} & item.keys()), *unknown]

    def _item(self, item: Mapping[str, Any], given: Mapping[str, Any], path: str) -> dict[str, Any]:
        answered = {"linkId": item.get("linkId"), **given}
        if "text" in item:
            answered.setdefault("text", item["text"])
        if not answered.get("answer"):
            answers = list(self._initial(item, path))
            if answers:
                answered["answer"] = answers
        else:
            for i, answer in enumerate(answered["answer"]):
                self._check(item, answer, i)
            if len(answered["answer"]) > 1 and not item.get("repeats"):
                said = f"“{item.get('text', item.get('linkId', ''))}” takes one answer."
                self._fault("business-rule", said, item, 1)
            self._compare(item, answered["answer"])
        if item.get("item"):
            inner = self.items(item["item"], answered.get("item", []), path)
            if inner:
                answered["item"] = inner
        return answered

    def _check(self, item: Mapping[str, Any], answer: Mapping[str, Any], number: int) -> None:
        said = _fault(item, answer)
        if said is not None:
            self._fault("code-invalid", said, item, number)

    def _fault(self, code: str, said: str, item: Mapping[str, Any], number: int) -> None:
        link = item.get("linkId")
        where = f"QuestionnaireResponse.item.where(linkId = '{link}').answer[{number}]"
        self.faults.append(Issue(Severity.ERROR, code, said, where))

    def _compare(self, item: Mapping[str, Any], given: list[dict[str, Any]]) -> None:
        """Warn where the record answers otherwise.

        What a record of nobody answers as well (a default, "not known") is no answer of the
        record. Of a question with several answers those are told that were not given.
        """
        expression = _expression_of(item)
        if expression is None:
            return
        recorded = _answers(item, self.environment.evaluate(expression).values)
        if (len(recorded) > 1 and not item.get("repeats")) or _UNKNOWN in map(_key, recorded):
            return
        told = [_key(answer) for answer in given]
        left_out = [answer for answer in recorded if _key(answer) not in told]
        if not left_out or recorded == _answers(item, self._of_nobody(expression)):
            return
        theirs, ours = (", ".join(map(_in_words, each)) for each in (given, left_out))
        name = item.get("text", item.get("linkId", ""))
        said = f"“{name}” is answered “{theirs}”, and the record says “{ours}”. The answer stands."
        link = item.get("linkId")
        where = f"QuestionnaireResponse.item.where(linkId = '{link}').answer"
        self.issues.append(Issue(Severity.WARNING, "conflict", said, where))

    def _of_nobody(self, expression: Mapping[str, Any]) -> list[Any]:
        asking = self.environment
        nobody = read_record(_NOBODY, now=asking.now)
        budget = asking.budget
        return (
            Environment(nobody, asking.context, asking.now, budget=budget)
            .evaluate(expression)
            .values
        )

    def _initial(self, item: Mapping[str, Any], path: str) -> Iterator[dict[str, Any]]:
        if item.get("type") in ("group", "display"):
            return
        expression = _expression_of(item)
        if expression is not None:
            yield from self._found(item, expression, path)
            return
        for initial in item.get("initial", []):
            yield dict(initial)

    def _found(
        self, item: Mapping[str, Any], expression: Mapping[str, Any] | None, path: str
    ) -> Iterator[dict[str, Any]]:
        found = self.environment.evaluate(expression)
        if found.problem:
            self.issues.append(Issue(Severity.ERROR, found.code, found.detail, path))
        elif len(found.values) > 1 and not item.get("repeats"):
            said = f"The record answers “{item.get('text', '')}” in {len(found.values)} ways."
            self.issues.append(Issue(Severity.WARNING, "conflict", said, path))
        else:
            for value in found.values:
                answer = _answer(item, json_of(value))
                fault = _fault(item, answer)
                if fault is None:
                    yield answer
                else:
                    said = f"The record's answer is left out. {fault}"
                    self.issues.append(Issue(Severity.WARNING, "value", said, path))


def _expression_of(item: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """How an item is read from a record."""
    for extension in item.get("extension", []):
        if extension.get("url") == _INITIAL:
            found: Mapping[str, Any] = extension.get("valueExpression") or {}
            return found
    return None


def _answers(item: Mapping[str, Any], values: list[Any]) -> list[dict[str, Any]]:
    """Values of an expression as answers, as far as they are some."""
    found = [_answer(item, json_of(value)) for value in values]
    return [answer for answer in found if _fault(item, answer) is None]


def _key(answer: Mapping[str, Any]) -> Any:
    """What tells an answer from others: of a coding its code alone."""
    value = next(iter(v for k, v in answer.items() if k.startswith("value")), None)
    return value.get("code") if isinstance(value, Mapping) and "code" in value else value


def _in_words(answer: Mapping[str, Any]) -> str:
    value = next(iter(v for k, v in answer.items() if k.startswith("value")), "")
    if isinstance(value, Mapping):
        value = value.get("display") or value.get("value") or value.get("code") or ""
    return str(value).lower() if isinstance(value, bool) else str(value)[:200]


def _fault(item: Mapping[str, Any], answer: Mapping[str, Any]) -> str | None:
    """What is wrong with an answer: of another type than its question, or none of its options."""
    field = _FIELDS.get(str(item.get("type")))
    if field is None or item.get("type") == "open-choice":
        return None
    value = answer.get(field)
    kind = field.removeprefix("value")
    kind = kind[0].lower() + kind[1:]
    if value is None or (kind in _PRIMITIVES and fault_of(value, kind) is not None):
        return f"“{item.get('text', item.get('linkId', ''))}” wants a {kind}."
    if kind not in _PRIMITIVES and not isinstance(value, Mapping):
        return f"“{item.get('text', item.get('linkId', ''))}” wants a {kind}."
    if field == "valueCoding" and _options(item):
        code = value.get("code")
        if code not in {option.get("code") for option in _options(item)}:
            return f"“{str(code)[:60]}” is none of the answers."
    return None


def _options(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [o["valueCoding"] for o in item.get("answerOption", []) if "valueCoding" in o]


def _answer(item: Mapping[str, Any], value: Any) -> dict[str, Any]:
    field = _FIELDS.get(str(item.get("type")), "valueString")
    if field != "valueCoding":
        return {field: value}
    code = value.get("code") if isinstance(value, Mapping) else value
    coding = next((c for c in _options(item) if c.get("code") == code), None)
    if coding is not None:
        return {field: coding}
    return {field: value if isinstance(value, Mapping) else {"code": str(value)}}
