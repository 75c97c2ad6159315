"""When each action of a plan applies, for every combination of its inputs.

A condition reads few inputs: it is evaluated once for each combination of those (by the one
evaluator), and the answers stand in an array with one axis for each input of the plan, of length
1 for those that it does not read. Arrays of several conditions combine by broadcasting, so that
millions of combinations cost no more than some thousand evaluations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue, Severity
from osler.pathways.evidence import Step
from osler.pathways.expressions import Environment, variables_of_definition
from osler.pathways.fhirpath.budget import Budget
from osler.pathways.fhirpath.compiling import compile_expression
from osler.pathways.record import Record, read_record

Truth = npt.NDArray[np.bool_]
_LINK = re.compile(r"linkId\s*=\s*'([^']+)'")
_MOST_AXES = 60  # an array has at most 64
_MOST_EVALUATED, _MOST_COMBINED = 200_000, 10_000_000
_NOBODY = {"resourceType": "Patient", "id": "nobody"}
_NOW = datetime(2000, 1, 1, tzinfo=UTC)  # nothing that is evaluated here reads the time


@dataclass(frozen=True, slots=True)
class Axis:
    """One choice: an input, or one mark of an input that takes several.

    `values` are codes, those of a mark "no" and "yes"; `names` are the words for them.
    """

    link_id: str
    name: str
    values: tuple[str, ...]
    names: tuple[str, ...]
    mark: str | None = None  # the code that is marked or not


@dataclass(frozen=True, slots=True)
class Decision:
    """An action, with what is decided of it.

    `applies` is true for the combinations of inputs in which the action and all around it apply.
    `besides` are sentences of conditions on the record alone (an order being written), which are
    taken to hold.
    """

    step: Step
    applies: Truth
    besides: tuple[str, ...] = ()


class Deciding:
    """The decisions of a plan, in the order in which its actions are written.

    Raises `InvalidResource` where there are more combinations than can be worked through.
    """

    def __init__(self, plan: Mapping[str, Any]) -> None:
        self.plan = plan
        self.axes = tuple(_axes(plan))
        if len(self.axes) > _MOST_AXES:
            raise _too_costly(f"There are {len(self.axes)} inputs; at most {_MOST_AXES} are shown.")
        self._variables = dict(variables_of_definition(plan))
        self._links = {axis.link_id for axis in self.axes}
        self._reads: dict[str, frozenset[str] | None] = {}
        self._record: Record = read_record(_NOBODY, now=_NOW)
        self._known: dict[str, Truth] = {}

    @property
    def combinations(self) -> int:
        """How many there are."""
        count = 1
        for axis in self.axes:
            count *= len(axis.values)
        return count

    def decisions(self) -> tuple[Decision, ...]:
        """Every action, those within others after them."""
        return tuple(self._walk(self.plan.get("action"), "PlanDefinition", self._all(), ()))

    def _walk(
        self, actions: Any, path: str, around: Truth, besides: tuple[str, ...]
    ) -> Iterator[Decision]:
        for number, action in enumerate(actions or ()):
            applies, told = around, besides
            for condition in action.get("condition") or ():
                expression = condition.get("expression", {})
                text = expression.get("expression", "")
                if self._of_record(text):
                    told = (*told, expression.get("description") or text)
                else:
                    truth = self.truth(text)
                    size = prod(map(max, applies.shape, truth.shape))
                    if size > _MOST_COMBINED:
                        raise _too_costly(f"{size:,} combinations decide on one action.", path)
                    applies = applies & truth
            where = f"{path}.action[{number}]"
            yield Decision(Step(where, action), applies, told)
            yield from self._walk(action.get("action"), where, applies, told)

    def truth(self, expression: str) -> Truth:
        """Where an expression is true; it must read inputs alone."""
        found = self._known.get(expression)
        if found is None:
            found = self._known[expression] = self._evaluated(expression)
        return found

    def _evaluated(self, expression: str) -> Truth:
        links = self._inputs_read(expression) or frozenset()
        shape = [len(a.values) if a.link_id in links else 1 for a in self.axes]
        if prod(shape) > _MOST_EVALUATED:
            raise _too_costly(f"“{expression[:80]}” reads {prod(shape):,} combinations of inputs.")
        budget = Budget()
        found = np.zeros(shape, dtype=np.bool_)
        for at in product(*map(range, shape)):
            values = self.response(at, links)
            environment = Environment(self._record, self.plan, _NOW, values, budget=budget)
            said = environment.evaluate({"language": "text/fhirpath", "expression": expression})
            if said.code == "too-costly":
                raise _too_costly(f"“{expression[:80]}”: {said.detail}.")
            found[at] = said.values == [True]
        return found

    def response(self, at: tuple[int, ...], links: frozenset[str] | None = None) -> dict[str, Any]:
        """The QuestionnaireResponse of one combination, given by its place on each axis."""
        codes: dict[str, list[str]] = {}
        for axis, place in zip(self.axes, at, strict=True):
            if links is None or axis.link_id in links:
                chosen = codes.setdefault(axis.link_id, [])
                if axis.mark is None:
                    chosen.append(axis.values[place])
                elif axis.values[place] == "yes":
                    chosen.append(axis.mark)
        items = [
            {"linkId": link, "answer": [{"valueCoding": {"code": code}} for code in chosen]}
            for link, chosen in codes.items()
            if chosen
        ]
        return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": items}

    def _all(self) -> Truth:
        return np.ones([1] * len(self.axes), dtype=np.bool_)

    def _of_record(self, expression: str) -> bool:
        """Whether an expression reads the record, and not only the inputs."""
        return self._inputs_read(expression) is None

    def _inputs_read(self, expression: str) -> frozenset[str] | None:
        """The inputs that an expression reads, through variables too; None where also others."""
        found: set[str] = set()
        for name in compile_expression(expression).variables:
            if name == "answers":
                found |= set(_LINK.findall(expression))
                continue
            if name not in self._variables:
                return None
            if name not in self._reads:
                self._reads[name] = frozenset()  # while a variable that reads itself is looked at
                self._reads[name] = self._inputs_read(self._variables[name]["expression"])
            inner = self._reads[name]
            if inner is None:
                return None
            found |= inner
        return frozenset(found)


def _too_costly(said: str, path: str = "PlanDefinition") -> InvalidResource:
    return InvalidResource([Issue(Severity.ERROR, "too-costly", said, path)])


def _axes(plan: Mapping[str, Any]) -> Iterator[Axis]:
    for resource in plan.get("contained") or ():
        if resource.get("resourceType") != "Questionnaire":
            continue
        for item in resource.get("item") or ():
            options = (option.get("valueCoding", {}) for option in item.get("answerOption") or ())
            codings = [coding for coding in options if "code" in coding]
            if not codings:
                continue
            link, text = item["linkId"], item.get("text", item["linkId"])
            if item.get("repeats"):
                for coding in codings:
                    name = coding.get("display", coding["code"])
                    yield Axis(link, f"{name}?", ("no", "yes"), ("no", "yes"), coding["code"])
            else:
                codes = tuple(coding["code"] for coding in codings)
                names = tuple(coding.get("display", coding["code"]) for coding in codings)
                yield Axis(link, text, codes, names)
