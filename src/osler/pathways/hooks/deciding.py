"""What of a record a step rests on: the measurements, and the inputs that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Self

from osler.pathways.applying import Application, Reason
from osler.pathways.fhirpath.moments import Moment
from osler.pathways.hooks.tracing import part_of, reached
from osler.pathways.hooks.wording import spoken_date
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
    _traced: dict[str, tuple[str, ...]] = field(default_factory=dict)

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
        """The latest of each measurement that decided: "eGFR 25 mL/min/1.73m2 (20 November 2026)".

        None where something else did, though the plan read measurements, too.
        """
        latest: dict[str, tuple[str, str]] = {}
        for name in self._reached([r for r in reasons if r.outcome == "true"]):
            for observation in filter(_is_observation, self.variables.get(name, ())):
                said, when = _measured(observation)
                key = name_of(observation)
                if said and when >= latest.get(key, ("", ""))[1]:
                    latest[key] = said, when
        return [said for said, _ in latest.values()]

    def unknown(self, reasons: Iterable[Reason]) -> Iterator[tuple[str, str]]:
        """Each unknown input that conditions read, by its link id, with what they make of it."""
        for reason in reasons:
            for name in _variables_in(reason.expression):
                if name in self.inputs and self.variables.get(name) == [_UNKNOWN]:
                    yield name, reason.text

    def _trace(self, expression: str) -> tuple[str, ...]:
        """The variables that an expression rests on by itself; each is traced once a call."""
        found = self._traced.get(expression)
        if found is None:
            part = part_of(expression)
            found = tuple(reached(part, self.variables)) if part else ()
            self._traced[expression] = found
        return found

    def is_settled(self, reasons: Iterable[Reason]) -> bool:
        """Whether conditions that were met rest on no input that nobody knows."""
        found = self._reached([r for r in reasons if r.outcome == "true"])
        return not any(n in self.inputs and self.variables.get(n) == [_UNKNOWN] for n in found)

    def _reached(self, reasons: Sequence[Reason]) -> Iterator[str]:
        """The variables that conditions rest on, also through others and through inputs.

        Of one that holds observations they are what counts: not those that it was chosen from.
        """
        left = [reason.expression for reason in reversed(reasons)]
        seen: dict[str, None] = {}
        while left:
            names = self._trace(left.pop())
            for name in reversed([name for name in names if name not in seen]):
                seen[name] = None
                yield name
                held = any(_is_observation(value) for value in self.variables.get(name, ()))
                if not held and name in self.expressions:
                    text = self.expressions[name]
                    left.append(text)
                    left += [self.initial[i] for i in _INPUT.findall(text) if i in self.initial]


@lru_cache(maxsize=4096)
def _variables_in(expression: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_VARIABLE.findall(expression)))


def _is_observation(value: Any) -> bool:
    return isinstance(value, Mapping) and value.get("resourceType") == "Observation"


def _measured(observation: Mapping[str, Any]) -> tuple[str, str]:
    """ "eGFR 25 mL/min/1.73m2 (20 November 2026)", and when in a form that sorts."""
    quantity = observation.get("valueQuantity", {})
    if "value" not in quantity:
        return "", ""
    period = observation.get("effectivePeriod", {})
    given = observation.get("effectiveDateTime") or observation.get("effectiveInstant")
    when = str(given or period.get("end") or period.get("start") or "")
    unit = quantity.get("unit") or quantity.get("code") or ""
    said = f"{quantity.get('comparator', '')}{quantity['value']} {unit}".strip()
    dated = f" ({spoken_date(when)})" if when else ""
    moment = Moment.read(when)
    return f"{name_of(observation)} {said}{dated}", moment.sortable if moment else ""
