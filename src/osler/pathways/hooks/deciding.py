"""What of a record a step rests on: the measurements, and the inputs that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Self

from osler.pathways.applying import Application, Reason
from osler.pathways.loading import Pathway
from osler.pathways.observations import name_of

_VARIABLE = re.compile(r"%(\w+)")
_INPUT = re.compile(r"linkId\s*=\s*'([^']+)'")
_UNKNOWN = "unknown"


@dataclass(frozen=True)
class Deciding:
    """The variables and inputs of a plan, with their values for one patient."""

    variables: Mapping[str, list[Any]] = field(default_factory=dict)
    expressions: Mapping[str, str] = field(default_factory=dict)  # of variables
    inputs: Mapping[str, str] = field(default_factory=dict)  # the question of each, by its link id
    initial: Mapping[str, str] = field(default_factory=dict)  # how each is read from a record

    @classmethod
    def of(cls, pathway: Pathway, application: Application) -> Self:
        """What a pathway's application rests on."""
        stated = (e.get("valueExpression", {}) for e in pathway.plan.get("extension", ()))
        items = pathway.questionnaire.get("item", ())
        initial = {
            item["linkId"]: extension["valueExpression"]["expression"]
            for item in items
            for extension in item.get("extension", ())
            if "valueExpression" in extension
        }
        return cls(
            application.variables,
            {e["name"]: e["expression"] for e in stated if "name" in e and "expression" in e},
            {item["linkId"]: str(item.get("text", "")) for item in items},
            initial,
        )

    def values(self, reasons: Iterable[Reason]) -> list[str]:
        """The latest of each measurement: "eGFR 25 mL/min/1.73m2 (20 November 2026)"."""
        latest: dict[str, tuple[str, str]] = {}
        for name in self._read(r.expression for r in reasons if r.outcome == "true"):
            for value in self.variables.get(name, ()):
                if isinstance(value, Mapping) and value.get("resourceType") == "Observation":
                    said, when = _measured(value)
                    key = name_of(value)
                    if said and when >= latest.get(key, ("", ""))[1]:
                        latest[key] = said, when
        return [said for said, _ in latest.values()]

    def unknown(self, reasons: Iterable[Reason]) -> Iterator[tuple[str, str]]:
        """Each unknown input that conditions read, by its link id, with what they make of it."""
        for reason in reasons:
            for name in _variables_in(reason.expression):
                if name in self.inputs and self.variables.get(name) == [_UNKNOWN]:
                    yield name, reason.text

    def _read(self, expressions: Iterable[str]) -> Iterable[str]:
        """The variables that are read, also by others and by inputs; in the same order always."""
        found: dict[str, None] = {}
        left = list(expressions)
        while left:
            text = left.pop()
            names = [name for name in _variables_in(text) if name not in found]
            found |= dict.fromkeys(names)
            left += [self.expressions[name] for name in names if name in self.expressions]
            left += [self.initial[link] for link in _INPUT.findall(text) if link in self.initial]
        return found


@lru_cache(maxsize=4096)
def _variables_in(expression: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_VARIABLE.findall(expression)))


def _measured(observation: Mapping[str, Any]) -> tuple[str, str]:
    """ "eGFR 25 mL/min/1.73m2 (20 November 2026)", and when."""
    quantity = observation.get("valueQuantity", {})
    if "value" not in quantity:
        return "", ""
    when = str(observation.get("effectiveDateTime", ""))
    unit = quantity.get("unit") or quantity.get("code") or ""
    said = f"{quantity.get('comparator', '')}{quantity['value']} {unit}".strip()
    return f"{name_of(observation)} {said}{_dated(when)}", when


def _dated(when: str) -> str:
    try:
        day = date.fromisoformat(when[:10])
    except ValueError:
        return f" ({when})" if when else ""
    return f" ({day.day} {day:%B %Y})"
