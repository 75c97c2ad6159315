"""A FHIR `Questionnaire` as the questions of a form.

R4, https://hl7.org/fhir/R4/questionnaire.html; units and bounds by the extensions of HL7's
Structured Data Capture (`questionnaire-unit`, `minValue`, `maxValue`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Json = Mapping[str, Any]

_EXTENSIONS = "http://hl7.org/fhir/StructureDefinition/"
_KINDS = {
    "choice": "choice", "open-choice": "choice", "boolean": "choice", "decimal": "decimal",
    "integer": "integer", "quantity": "quantity", "date": "date", "string": "string",
    "text": "text",
}  # fmt: skip
_NOT_ASKED = ("group", "display")
_YES_NO = (("true", "Yes", True), ("false", "No", False))


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; `token` is its value in a form."""

    token: str
    label: str
    answer: Json  # {"valueCoding": {…}}


@dataclass(frozen=True, slots=True)
class Condition:
    """When a question is asked (`enableWhen`)."""

    link_id: str
    operator: str  # "exists", "=", "!=", ">", "<", ">=", "<="
    answer: Any


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that an amount may be given in."""

    code: str  # UCUM
    label: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The conditions of one item: all of them, or any where `any_of`."""

    conditions: tuple[Condition, ...]
    any_of: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    `kind` is "choice", "decimal", "integer", "quantity", "date", "string" or "text". `asked` are
    the conditions of the item and of each group around it, all of which must hold.
    """

    link_id: str
    text: str
    kind: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    units: tuple[Unit, ...] = ()
    required: bool = False
    repeats: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    asked: tuple[Asked, ...] = ()
    within: tuple[str, ...] = ()  # the groups around it, outermost first

    @property
    def name(self) -> str:
        """Its name in a form."""
        return f"a-{self.link_id}"


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one title; "" where they stand in no group."""

    title: str
    questions: tuple[Question, ...]


def sections_of(questionnaire: Json) -> tuple[Section, ...]:
    """The questions in their order, those of a top-level group together."""
    sections: list[tuple[str, list[Question]]] = []
    for item in _children(questionnaire):
        grouped = item.get("type") == "group"
        title = str(item.get("text", "")) if grouped else ""
        if not sections or grouped or sections[-1][0]:
            sections.append((title, []))
        sections[-1][1].extend(_questions(item, (), ()))
    return tuple(Section(title, tuple(asked)) for title, asked in sections if asked)


def questions_of(questionnaire: Json) -> tuple[Question, ...]:
    """Every question, in its order."""
    return tuple(q for section in sections_of(questionnaire) for q in section.questions)


def _questions(item: Json, asked: tuple[Asked, ...], within: tuple[str, ...]) -> Iterator[Question]:
    link_id = str(item["linkId"])
    here = (*asked, *_asked(item))
    kind = _KINDS.get(str(item.get("type")))
    if kind is not None and not _extension(item, "questionnaire-hidden"):
        yield _question(item, kind, here, within)
        return
    if item.get("type") in _NOT_ASKED:
        for child in _children(item):
            yield from _questions(child, here, (*within, link_id))


def _question(item: Json, kind: str, asked: tuple[Asked, ...], within: tuple[str, ...]) -> Question:
    return Question(
        link_id=str(item["linkId"]),
        text=str(item.get("text") or item["linkId"]),
        kind=kind,
        hint=" ".join(
            str(child.get("text", "")) for child in _children(item) if child["type"] == "display"
        ),
        options=_options(item),
        units=_units(item),
        required=item.get("required") is True,
        repeats=item.get("repeats") is True,
        low=_bound(item, "minValue"),
        high=_bound(item, "maxValue"),
        asked=asked,
        within=within,
    )


def _children(item: Json) -> Sequence[Json]:
    children: Sequence[Json] = item.get("item", ())
    return children


def _asked(item: Json) -> tuple[Asked, ...]:
    found = tuple(
        Condition(str(c["question"]), str(c["operator"]), _value(c, "answer"))
        for c in item.get("enableWhen", ())
    )
    return (Asked(found, item.get("enableBehavior") == "any"),) if found else ()


def _options(item: Json) -> tuple[Option, ...]:
    if item.get("type") == "boolean":
        return tuple(Option(t, label, {"valueBoolean": said}) for t, label, said in _YES_NO)
    found: list[Option] = []
    taken: set[str] = set()
    for number, option in enumerate(item.get("answerOption", ())):
        key, value = next((k, v) for k, v in option.items() if k.startswith("value"))
        coding = value if isinstance(value, Mapping) else {}
        code = str(coding.get("code") or value)
        token = code if code not in taken else f"{number}"
        taken.add(token)
        found.append(Option(token, str(coding.get("display") or code), {key: value}))
    return tuple(found)


def _units(item: Json) -> tuple[Unit, ...]:
    found = [
        *_extensions(item, "questionnaire-unitOption"),
        *_extensions(item, "questionnaire-unit"),
    ]
    units = (e["valueCoding"] for e in found if "valueCoding" in e)
    named = {
        str(u["code"]): Unit(str(u["code"]), str(u.get("display") or u["code"])) for u in units
    }
    return tuple(named.values())


def _bound(item: Json, name: str) -> Decimal | None:
    for extension in _extensions(item, name):
        value = _value(extension, "value")
        if isinstance(value, Mapping):
            value = value.get("value")
        if isinstance(value, int | float | Decimal):
            return Decimal(str(value))
    return None


def _value(element: Json, prefix: str) -> Any:
    """The value of an element of a choice of types: `answerCoding`, `valueDecimal` …"""
    return next((v for k, v in element.items() if k.startswith(prefix)), None)


def _extensions(item: Json, name: str) -> list[Json]:
    return [e for e in item.get("extension", ()) if e.get("url") == _EXTENSIONS + name]


def _extension(item: Json, name: str) -> bool:
    return any(e.get("valueBoolean") is True for e in _extensions(item, name))
