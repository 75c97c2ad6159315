"""How a plan's questions, variables and steps are called on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from osler.pathways import Step
from osler_site.pathways.questions import Json, Question

_LINK = re.compile(r"linkId\s*=\s*'([^']+)'")
_VARIABLE = re.compile(r"%`?([A-Za-z_][\w-]*)`?")
_VARIABLES = "http://hl7.org/fhir/StructureDefinition/variable"
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Names:
    """The questions by linkId, which of them each variable of the plan reads, who says what."""

    questions: Mapping[str, Question]
    reads: Mapping[str, tuple[str, ...]]
    publishers: Mapping[str, str]  # how the plan cites each source → who that is, in short

    @classmethod
    def of(cls, plan: Json, questions: Sequence[Question]) -> Names:
        """Of a plan and the questions of its Questionnaire."""
        written = {
            str(e["valueExpression"]["name"]): str(e["valueExpression"].get("expression", ""))
            for e in plan.get("extension", ())
            if e.get("url") == _VARIABLES and e.get("valueExpression", {}).get("name")
        }
        known = {q.link_id: q for q in questions}
        cited = (str(a["citation"]) for a in plan.get("relatedArtifact", ()) if "citation" in a)
        return cls(
            known,
            {n: tuple(q for q in dict.fromkeys(_read(n, written, set())) if q in known)
             for n in written},
            {by: by.partition(" · ")[0] for by in cited},
        )  # fmt: skip

    def title(self, step: Step) -> str:
        """What a step is called; one that is called by who says it, by that alone."""
        parts = step.title.split("; ")
        if self.is_attributed(step):
            return "; ".join(self.publishers[part] for part in parts)
        return step.title or step.description or step.id

    def is_attributed(self, step: Step) -> bool:
        """Whether a step has no name but who says it."""
        return all(part in self.publishers for part in step.title.split("; "))

    def links(self, expression: str, variables: Sequence[str]) -> tuple[str, ...]:
        """The questions that an expression reads, itself or through these variables."""
        named = _LINK.findall(expression)
        through = (link for name in variables for link in self.reads.get(name, (name,)))
        return tuple(q for q in dict.fromkeys((*named, *through)) if q in self.questions)

    def said(self, name: str, values: Sequence[Any]) -> str:
        """A variable with its value, as a person would say it."""
        question = self.questions.get(name)
        label = question.text if question else _HUMP.sub(" ", name).replace("_", " ").lower()
        answer = ", ".join(in_words(v, question) for v in values) or "nothing known"
        return f"{label} {answer}" if label.endswith("?") else f"{label}: {answer}"


def _read(name: str, written: Mapping[str, str], seen: set[str]) -> Iterator[str]:
    """The linkIds that a variable reads, itself or through another."""
    if name in seen or name not in written:
        return
    seen.add(name)
    yield from _LINK.findall(written[name])
    for other in _VARIABLE.findall(written[name]):
        yield from _read(other, written, seen)


def in_words(value: Any, question: Question | None = None) -> str:
    """A FHIR value, or the code of an answer to a question."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        if "value" in value:
            return f"{value['value']} {value.get('unit') or value.get('code') or ''}".strip()
        value = value.get("display") or value.get("text") or value.get("code") or ""
    for option in question.options if question else ():
        if option.token == str(value):
            return option.label
    return str(value)
