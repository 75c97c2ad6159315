"""What applying a definition to a patient gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from osler.domain.issue import Issue

Shape = Literal["careplan", "bundle"]
Outcome = Literal["true", "false", "empty", "not boolean", "error", "unsupported language"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a branch was taken or not: one condition and what came of it.

    `text` says the condition for people; `values` are the plan's variables that it reads, with
    their values as JSON.
    """

    expression: str
    text: str
    outcome: Outcome
    detail: str = ""
    values: Mapping[str, list[Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One action of the plan, taken or not, and the steps within it.

    `action` is the plan's own, `resolved` what became of it in the RequestGroup, `request` the
    resource that it made.
    """

    id: str
    title: str
    description: str
    taken: bool
    reasons: tuple[Reason, ...]
    steps: tuple[Step, ...]
    request: dict[str, Any] | None
    action: dict[str, Any]
    resolved: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Application:
    """The result in both shapes of `$apply`, and how it came about.

    Of an ActivityDefinition both shapes are the one request that it makes. `answers` is the
    completed QuestionnaireResponse, `variables` the plan's variables with their values.
    """

    careplan: dict[str, Any]
    bundle: dict[str, Any]
    issues: tuple[Issue, ...]
    steps: tuple[Step, ...]
    answers: dict[str, Any]
    variables: Mapping[str, list[Any]]

    def resource(self, shape: Shape) -> dict[str, Any]:
        """The CarePlan with what it contains, or the Bundle that opens with the RequestGroup."""
        return self.careplan if shape == "careplan" else self.bundle
