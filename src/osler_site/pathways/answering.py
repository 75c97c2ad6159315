"""What a form says ⇄ a FHIR `QuestionnaireResponse`.

R4, https://hl7.org/fhir/R4/questionnaireresponse.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from osler_site.pathways.enabling import asked
from osler_site.pathways.questions import Json, Question

_LONGEST = 500  # characters of an answer in words
_DIGITS = 12
_UCUM = "http://unitsofmeasure.org"


class Form(Protocol):
    """What was sent: Django's QueryDict."""

    def getlist(self, key: str) -> list[Any]:
        """Every value of a field."""
        ...


@dataclass(frozen=True, slots=True)
class Read:
    """What a form says: answers by linkId, and what could not be read."""

    answers: dict[str, tuple[Json, ...]]
    errors: dict[str, str]
    typed: dict[str, tuple[str, ...]]  # as it came, to be shown again


class _Unreadable(ValueError):
    """Its message says how to write the answer."""


def read_form(questions: Sequence[Question], form: Form) -> Read:
    """The answers in a form; an answer to a question that is not asked is left out."""
    answers: dict[str, tuple[Json, ...]] = {}
    errors: dict[str, str] = {}
    typed: dict[str, tuple[str, ...]] = {}
    for question in questions:
        given = tuple(str(value).strip()[:_LONGEST] for value in form.getlist(question.name))
        typed[question.link_id] = tuple(value for value in given if value)
        try:
            found = tuple(_read(question, value, form) for value in _values(question, given))
        except _Unreadable as error:
            errors[question.link_id] = str(error)
            continue
        if found:
            answers[question.link_id] = found
    there = asked(questions, answers)
    return Read(
        {link_id: said for link_id, said in answers.items() if link_id in there},
        {link_id: error for link_id, error in errors.items() if link_id in there},
        typed,
    )


def _values(question: Question, given: tuple[str, ...]) -> Iterator[str]:
    if question.repeats and question.kind == "text":
        given = tuple(line.strip() for value in given for line in value.splitlines())
    found = [value for value in given if value]
    yield from found if question.repeats else found[:1]


def _read(question: Question, value: str, form: Form) -> Json:
    match question.kind:
        case "choice":
            for option in question.options:
                if option.token == value:
                    return option.answer
            raise _Unreadable("Choose one of the answers")
        case "decimal":
            return {"valueDecimal": _number(question, value)}
        case "integer":
            number = _number(question, value)
            if number != number.to_integral_value():
                raise _Unreadable("Give a whole number")
            return {"valueInteger": int(number)}
        case "quantity":
            return {"valueQuantity": _quantity(question, value, form)}
        case "date":
            return {"valueDate": _date(value).isoformat()}
    return {"valueString": value}


def _number(question: Question, value: str) -> Decimal:
    text = value.replace("\N{MINUS SIGN}", "-")
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or len(number.as_tuple().digits) > _DIGITS or "e" in text.lower():
        raise _Unreadable("Give a number with a point before its decimals, such as 61.5")
    if question.low is not None and number < question.low:
        raise _Unreadable(f"Give {question.low:f} or more")
    if question.high is not None and number > question.high:
        raise _Unreadable(f"Give {question.high:f} or less")
    return number


def _quantity(question: Question, value: str, form: Form) -> Json:
    number = _number(question, value)
    if not question.units:
        return {"value": number}
    chosen = (form.getlist(unit_name(question)) or [""])[0]
    unit = next((u for u in question.units if u.code == chosen), question.units[0])
    return {"value": number, "unit": unit.label, "system": _UCUM, "code": unit.code}


def unit_name(question: Question) -> str:
    """The name of the field that holds the unit."""
    return f"u-{question.link_id}"


def _date(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise _Unreadable("Give a date as year-month-day, such as 2026-03-31") from error


def response_to(
    questionnaire: Json, questions: Sequence[Question], answers: Mapping[str, Sequence[Json]]
) -> dict[str, Any]:
    """The QuestionnaireResponse that holds these answers, groups within groups."""
    response: dict[str, Any] = {"resourceType": "QuestionnaireResponse", "status": "completed"}
    address = questionnaire.get("url") or questionnaire.get("id")
    if address:
        response["questionnaire"] = str(address)
    items: list[dict[str, Any]] = []
    for question in questions:
        said = answers.get(question.link_id)
        if said:
            place = _group(items, question.within)
            place.append({"linkId": question.link_id, "answer": [dict(a) for a in said]})
    if items:
        response["item"] = items
    return response


def _group(items: list[dict[str, Any]], within: tuple[str, ...]) -> list[dict[str, Any]]:
    for link_id in within:
        group = next((item for item in items if item["linkId"] == link_id), None)
        if group is None:
            group = {"linkId": link_id, "item": []}
            items.append(group)
        items = group["item"]
    return items


def answers_in(response: Json) -> dict[str, tuple[Json, ...]]:
    """The answers of a QuestionnaireResponse by linkId, wherever they stand in it."""
    found: dict[str, tuple[Json, ...]] = {}
    for item in response.get("item", ()):
        said = tuple(
            {k: v for k, v in answer.items() if k.startswith("value")}
            for answer in item.get("answer", ())
        )
        if any(said):
            found[str(item["linkId"])] = tuple(answer for answer in said if answer)
        found |= answers_in(item)
    return found
