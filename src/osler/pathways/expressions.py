"""The environment in which a plan's expressions are evaluated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from osler.pathways.fhirpath.budget import Budget
from osler.pathways.fhirpath.compiling import Compiled, compile_expression
from osler.pathways.fhirpath.errors import ExpressionError, TooCostly
from osler.pathways.fhirpath.moments import moment_of, today_of
from osler.pathways.fhirpath.values import Collection, Scope, element_of, json_of
from osler.pathways.medicines import ever_taken, in_force, ordered
from osler.pathways.newest import newest
from osler.pathways.problems import Problems
from osler.pathways.record import Record

LANGUAGE = "text/fhirpath"
_MOST_WAITING = 40  # variables that wait for one another
VARIABLE = "http://hl7.org/fhir/StructureDefinition/variable"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What an expression gave: values, or why it has none.

    `problem` is "" where it ran, "unsupported language" where Osler does not know its language,
    "error" where it cannot be read or has no value for this patient; `code` is then FHIR's for
    the issue, and `detail` says more.
    """

    values: Collection
    problem: str = ""
    detail: str = ""
    variables: tuple[str, ...] = ()
    code: str = "exception"


@dataclass(slots=True)
class Environment:
    """The variables that expressions read, for one definition.

    `chosen` are the practitioner and the encounter where they were named; by default they are
    those of the record.

    Each expression and each variable of the definition is evaluated at most once; a variable only
    when something reads it.
    """

    record: Record
    context: Mapping[str, Any]
    now: datetime
    answers: Mapping[str, Any] | None = None
    outer: Environment | None = None
    chosen: Mapping[str, Mapping[str, Any] | None] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
    _known: dict[str, Collection | ExpressionError] = field(default_factory=dict)
    _declared: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _evaluated: dict[tuple[str, str], Evaluated] = field(default_factory=dict)
    _waiting: list[str] = field(default_factory=list)
    _read_values: dict[tuple[str, ...], dict[str, list[Any]]] = field(default_factory=dict)
    _problems: Problems | None = None
    _scope: Scope = field(init=False)
    _focus: Collection = field(init=False)

    def __post_init__(self) -> None:
        self._scope = Scope(self.variable, self.now, budget=self.budget)
        self._focus = [element_of(self.record.patient)]
        self._declared = dict(variables_of_definition(self.context))

    def within(self, context: Mapping[str, Any]) -> Environment:
        """The environment of a definition that this one refers to: the same, with its context."""
        return Environment(self.record, context, self.now, self.answers, self, budget=self.budget)

    def answered(self, answers: Mapping[str, Any]) -> Environment:
        """The same with other answers: variables that do not rest on answers stay known."""
        result = Environment(
            self.record, self.context, self.now, answers, self.outer, self.chosen, self.budget
        )
        known: dict[str, bool] = {}
        names = ("answers", *self._declared)
        resting = {name for name in names if self._rests_on_answers(name, known)}
        result._problems = self._problems
        result._known |= {k: v for k, v in self._known.items() if k not in resting}
        return result

    def evaluate(self, expression: Mapping[str, Any] | None) -> Evaluated:
        """Evaluate a FHIR `Expression` on the patient."""
        language = (expression or {}).get("language", "")
        text = (expression or {}).get("expression", "")
        key = language, text
        found = self._evaluated.get(key)
        if found is None:
            found = self._evaluated[key] = self._evaluate(language, text)
        return found

    def variable(self, name: str) -> Collection:
        """The values of a variable.

        Raises `ExpressionError` where there is none of this name, or where it has no value
        because its own expression fails.
        """
        known = self._known.get(name)
        if known is None:
            try:
                known = self._read(name)
            except ExpressionError as error:
                known = error
            self._known[name] = known
        if isinstance(known, ExpressionError):
            raise known
        return known

    def problems(self) -> Problems:
        """What the patient has and had done."""
        if self._problems is None:
            self._problems = Problems(self.record, self.now)
        return self._problems

    def names(self) -> tuple[str, ...]:
        """The variables that the definition declares."""
        return tuple(self._declared)

    def values(self, names: tuple[str, ...]) -> dict[str, list[Any]]:
        """The declared variables among `names` with their values, as JSON; failing ones empty."""
        known = self._read_values.get(names)
        if known is not None:
            return known
        result: dict[str, list[Any]] = {}
        for name in names:
            if name in self._declared:
                try:
                    result[name] = [json_of(value) for value in self.variable(name)]
                except ExpressionError:
                    result[name] = []
            elif self.outer is not None:
                result |= self.outer.values((name,))
        self._read_values[names] = result
        return result

    def _rests_on_answers(self, name: str, known: dict[str, bool]) -> bool:
        """Whether a variable reads the answers, by itself or through others; `known` is filled."""
        found = known.get(name)
        if found is None:
            known[name] = True  # while a variable that reads itself is looked at
            declared = self._declared.get(name)
            try:
                text = declared.get("expression", "") if declared is not None else ""
                read = compile_expression(text).variables if text else ()
                found = name == "answers" or any(self._rests_on_answers(n, known) for n in read)
            except ExpressionError:
                found = True
            known[name] = found
        return found

    def _evaluate(self, language: str, text: str) -> Evaluated:
        if language != LANGUAGE:
            said = f"The language “{language}” is not supported; write {LANGUAGE}."
            return Evaluated([], "unsupported language", said, code="not-supported")
        names: tuple[str, ...] = ()
        try:
            self.budget.spend(1 + len(text) // 16)
            compiled = compile_expression(text)
            names = compiled.variables
            return Evaluated(self._run(compiled), variables=names)
        except TooCostly as error:
            return Evaluated([], "error", str(error), names, "too-costly")
        except ExpressionError as error:
            return Evaluated([], "error", str(error), names)
        except RecursionError:
            return Evaluated([], "error", "nested too deeply", names, "too-costly")

    def _run(self, compiled: Compiled) -> Collection:
        return compiled.run(self._scope, self._focus)

    def _read(self, name: str) -> Collection:
        declared = self._declared.get(name)
        if declared is not None:
            if name in self._waiting:
                raise ExpressionError(f"the variable %{name} is defined by itself")
            if len(self._waiting) > _MOST_WAITING:
                raise TooCostly(f"%{name} rests on too long a row of variables")
            self._waiting.append(name)
            try:
                found = self.evaluate(declared)
            finally:
                self._waiting.remove(name)
            if found.problem:
                kind = TooCostly if found.code == "too-costly" else ExpressionError
                raise kind(f"%{name}: {found.detail}")
            return found.values
        if name in _BUILT_IN and (self.outer is None or name == "context"):
            return _BUILT_IN[name](self)
        if self.outer is not None:
            return self.outer.variable(name)
        raise ExpressionError(f"there is no variable %{name}")


def variables_of_definition(
    definition: Mapping[str, Any],
) -> list[tuple[str, Mapping[str, Any]]]:
    """The variables that a definition declares: name and FHIR `Expression`."""
    found = []
    for extension in definition.get("extension", []):
        expression = extension.get("valueExpression", {})
        if extension.get("url") == VARIABLE and "name" in expression:
            found.append((str(expression["name"]), expression))
    return found


def built_in_names() -> frozenset[str]:
    """The variables that every expression may read."""
    return frozenset(_BUILT_IN)


def _of(data: Mapping[str, Any] | None) -> Collection:
    return [] if data is None else [element_of(data)]


_BUILT_IN: dict[str, Callable[[Environment], Collection]] = {
    "context": lambda env: _of(env.context),
    "subject": lambda env: _of(env.record.patient),
    "patient": lambda env: _of(env.record.patient),
    "resource": lambda env: _of(env.record.patient),
    "rootResource": lambda env: _of(env.record.patient),
    "practitioner": lambda env: _of(env.chosen.get("practitioner") or env.record.practitioner),
    "encounter": lambda env: _of(env.chosen.get("encounter") or env.record.encounter),
    "record": lambda env: _of(env.record.bundle),
    "stated": lambda env: [element_of(r) for r in env.problems().stated],
    "doubted": lambda env: [element_of(r) for r in env.problems().doubted],
    "performed": lambda env: [element_of(r) for r in env.problems().performed],
    "allergies": lambda env: [element_of(r) for r in env.problems().allergies],
    "newest": lambda env: [element_of(r) for r in newest(env.record)],
    "everTaken": lambda env: [element_of(r) for r in ever_taken(env.record)],
    "inForce": lambda env: [element_of(r) for r in in_force(env.record, env.now)],
    "ordered": lambda env: [element_of(r) for r in ordered(env.record)],
    "answers": lambda env: _of(env.answers),
    "now": lambda env: [moment_of(env.now)],
    "today": lambda env: [today_of(env.now)],
    "ucum": lambda env: ["http://unitsofmeasure.org"],
    "sct": lambda env: ["http://snomed.info/sct"],
    "loinc": lambda env: ["http://loinc.org"],
}
