"""What is wrong with a plan itself, whatever its sources say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from osler.domain import Issue, Severity
from osler.dosage import parse_dosages
from osler.pathways.evidence import steps_of
from osler.pathways.expressions import LANGUAGE, built_in_names, variables_of_definition
from osler.pathways.fhirpath.compiling import compile_expression
from osler.pathways.fhirpath.errors import ExpressionError

_TEXTS = ("title", "subtitle", "description", "purpose", "usage")


def faults_of(plan: Mapping[str, Any]) -> list[Issue]:
    """Faults of form: no PlanDefinition, two actions of one id, what no action orders,
    expressions that cannot be read, doses in words that nothing checks.
    """
    kind = plan.get("resourceType", "nothing named")
    if kind != "PlanDefinition":
        told = f"a pathway is a PlanDefinition, not {kind}"
        return [Issue(Severity.ERROR, "structure", told, "resourceType")]
    found = [*_of_ids(plan), *_of_contained(plan), *_of_texts(plan), *_of_expressions(plan)]
    return [Issue(Severity.ERROR, code, told, path) for code, told, path in found]


_Fault = tuple[str, str, str]  # code, what is told, path


def _of_ids(plan: Mapping[str, Any]) -> Iterator[_Fault]:
    seen: set[str] = set()
    for step in steps_of(plan):
        if step.id in seen:
            yield "duplicate", f"two actions have the id “{step.id}”", step.path
        seen.add(step.id)


def _of_contained(plan: Mapping[str, Any]) -> Iterator[_Fault]:
    ordered = {step.action.get("definitionCanonical") for step in steps_of(plan)}
    for number, resource in enumerate(plan.get("contained") or ()):
        is_activity = resource.get("resourceType") == "ActivityDefinition"
        if is_activity and f"#{resource.get('id')}" not in ordered:
            told = f"no action orders “{resource.get('id')}”"
            yield "business-rule", told, f"PlanDefinition.contained[{number}]"


def _of_texts(plan: Mapping[str, Any]) -> Iterator[_Fault]:
    for key in _TEXTS:
        if parse_dosages(str(plan.get(key, ""))):
            told = "a dose belongs in an action, where it is held against its passage"
            yield "business-rule", told, f"PlanDefinition.{key}"


def _of_expressions(plan: Mapping[str, Any]) -> Iterator[_Fault]:
    known = built_in_names() | {name for name, _ in variables_of_definition(plan)}
    for expression, path in _expressions(plan, "PlanDefinition"):
        text, language = expression.get("expression"), expression.get("language")
        if language != LANGUAGE:
            yield "not-supported", f"the language “{language}” is not supported: {LANGUAGE}", path
            continue
        try:
            compiled = compile_expression(str(text))
        except ExpressionError as error:
            yield "invalid", f"“{text}”: {error}", path
            continue
        for name in compiled.variables:
            if name not in known:
                yield "not-found", f"“{text}”: there is no variable %{name}", path


def _expressions(value: Any, path: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Every FHIR Expression within, with the path to it."""
    if isinstance(value, Mapping):
        if "expression" in value and "language" in value:
            yield value, path
        for key, inner in value.items():
            yield from _expressions(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _expressions(inner, f"{path}[{number}]")
