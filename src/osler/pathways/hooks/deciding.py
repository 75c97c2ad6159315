"""What of a record a step rests on: the measurements, and the inputs that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Self

from osler.pathways.applying import Application, Reason
from osler.pathways.fhirpath.moments import Moment
from osler.pathways.fhirpath.values import Scope
from osler.pathways.hooks.tracing import part_of, reached, scope_of
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
        for name in self._reached(reasons, self._of_measurements):
            for observation in filter(_is_observation, self.variables.get(name, ())):
                said, when = _measured(observation)
                key = name_of(observation)
                if said and when >= latest.get(key, ("", ""))[1]:
                    latest[key] = said, when
        return [said for said, _ in latest.values()]

    def is_settled(self, reasons: Iterable[Reason]) -> bool:
        """Whether conditions that were met rest on no input that nobody knows."""
        return not any(name in self._asked for name in self._reached(reasons, self._open))

    def unknown(self, reasons: Iterable[Reason]) -> Iterator[tuple[str, str]]:
        """Each unknown input that conditions read, by its link id, with what they make of it."""
        for reason in reasons:
            for name in _variables_in(reason.expression):
                if name in self.inputs and self.variables.get(name) == [_UNKNOWN]:
                    yield name, reason.text

    @cached_property
    def _scope(self) -> Scope:
        return scope_of(self.variables)

    @cached_property
    def _of_measurements(self) -> frozenset[str]:
        """The variables that hold observations, and those that rest on them."""
        held = (n for n, values in self.variables.items() if any(map(_is_observation, values)))
        return self._resting_on(held)

    @cached_property
    def _asked(self) -> frozenset[str]:
        return frozenset(n for n in self.inputs if self.variables.get(n) == [_UNKNOWN])

    @cached_property
    def _open(self) -> frozenset[str]:
        """The inputs that nobody knows, and the variables that rest on them."""
        return self._resting_on(self._asked)

    def _resting_on(self, names: Iterable[str]) -> frozenset[str]:
        found, before = set(names), 0
        while len(found) > before:
            before = len(found)
            found |= {n for n, read in self._reads.items() if not found.isdisjoint(read)}
        return frozenset(found)

    @cached_property
    def _reads(self) -> dict[str, tuple[str, ...]]:
        """The variables that each variable reads, an input those by which a record answers it."""
        return {
            name: tuple(read for text in self._texts(name) for read in _variables_in(text))
            for name in self.expressions
        }

    def _texts(self, name: str) -> list[str]:
        """The expressions that a variable has its value from."""
        text = self.expressions.get(name)
        if text is None:
            return []
        links = _INPUT.findall(text) if "linkId" in text else ()
        return [text, *(self.initial[link] for link in links if link in self.initial)]

    def _reached(self, reasons: Iterable[Reason], toward: frozenset[str]) -> Iterator[str]:
        """The variables among some that conditions which were met rest on, also through others.

        Of one that holds observations they are what counts: not those that it was chosen from.
        """
        left = list(dict.fromkeys(r.expression for r in reasons if r.outcome == "true"))[::-1]
        seen: set[str] = set()
        while left:
            text = left.pop()
            if toward.isdisjoint(_variables_in(text)):
                continue
            part = part_of(text)
            names = reached(part, self._scope) if part else ()
            for name in reversed([n for n in names if n in toward and n not in seen]):
                seen.add(name)
                yield name
                if not any(map(_is_observation, self.variables.get(name, ()))):
                    left += self._texts(name)


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
