"""A PlanDefinition applied: its goals and actions as a RequestGroup and what that refers to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue, Severity
from osler.pathways.applying.application import Reason, Step
from osler.pathways.applying.conditions import judge
from osler.pathways.applying.dynamic_values import set_dynamic_values
from osler.pathways.applying.extensions import (
    MESSAGES,
    evaluated,
    extensions_for_request,
    reference_extension,
)
from osler.pathways.applying.goals import goal_of
from osler.pathways.applying.requests import Parties, canonical_of, request_of
from osler.pathways.citing import citations_of
from osler.pathways.definitions import Definitions
from osler.pathways.expressions import Environment
from osler.pathways.fhirpath.errors import TooCostly
from osler.pathways.outcome import operation_outcome
from osler.pathways.record_checks import is_dead

REQUEST_STATUS = "urn:osler:request-status"
"""An extension of a plan's status: "draft", the status of the requests that it makes."""
_APPLICABILITY = "http://hl7.org/fhir/StructureDefinition/cqf-applicabilityBehavior"
# What goes from an action of the plan to that of the RequestGroup, as the reference engine has it.
_COPIED = ("id", "title", "description", "textEquivalent", "priority", "code", "documentation",
           "type", "selectionBehavior", "timingDateTime", "timingAge", "timingPeriod",
           "timingDuration", "timingRange", "timingTiming")  # fmt: skip


@dataclass(slots=True)
class Applied:
    """A plan's RequestGroup and, in the order in which they came about, goals and resources.

    `issues` are those of this plan; `others` belong to requests and plans that it refers to.
    """

    group: dict[str, Any]
    goals: list[dict[str, Any]] = field(default_factory=list)
    made: list[dict[str, Any]] = field(default_factory=list)
    steps: tuple[Step, ...] = ()
    issues: list[Issue] = field(default_factory=list)
    others: list[Issue] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Applying:
    """One plan being applied; a plan within it has one of its own."""

    definitions: Definitions
    plan: Mapping[str, Any]
    environment: Environment
    parties: Parties
    path: str
    used: set[str]
    applied: Applied

    @property
    def _status(self) -> str:
        """That of the requests: what nobody has chosen yet may be told to be a draft."""
        told = self.plan.get("_status", {}).get("extension", [])
        said = (e.get("valueCode") for e in told if e.get("url") == REQUEST_STATUS)
        return "draft" if "draft" in said else "active"

    def run(self) -> Applied:
        """Apply the plan."""
        applied = self.applied
        group = applied.group
        extensions = extensions_for_request(self.plan.get("extension", []), self.environment)
        if extensions:
            group["extension"] = extensions
        for i, goal in enumerate(self.plan.get("goal", [])):
            applied.goals.append(goal_of(goal, i + 1, self.parties.subject))
        dead = is_dead(self.environment.record.patient)
        why = (Reason("", "The patient has died.", "false"),)
        steps = [
            _passed(action, f"{self.path}.action[{i}]", why)
            if dead
            else self._step(action, f"{self.path}.action[{i}]")
            for i, action in enumerate(self.plan.get("action", []))
        ]
        applied.steps = tuple(steps)
        actions = [step.resolved for step in steps if step.resolved is not None]
        if actions:
            group["action"] = actions
        attach_outcome(group, applied.issues)
        return applied

    def _step(self, action: dict[str, Any], path: str) -> Step:
        issues = self.applied.issues
        taken, reasons = judge(action, path, self.environment, issues)
        self._pay(action, path, within=not taken)
        if not taken:
            return _passed(action, path, reasons)
        resolved = self._resolved(action)
        steps = self._children(action, path)
        actions = [step.resolved for step in steps if step.resolved is not None]
        if actions:
            resolved["action"] = actions
        request = self._definition(action, path, resolved)
        set_dynamic_values(action, path, self.environment, request, resolved, issues)
        return Step(*_named(action, path), True, reasons, steps, request, action, resolved)

    def _pay(self, action: Mapping[str, Any], path: str, *, within: bool) -> None:
        """Take what an action adds to the result; one that is not taken stands with all within."""
        size = self.definitions.size_of if within else self.definitions.own_size_of
        try:
            self.environment.budget.make(size(action))
        except TooCostly as error:
            issue = Issue(Severity.ERROR, "too-costly", str(error), path)
            raise InvalidResource([issue]) from error

    def _children(self, action: Mapping[str, Any], path: str) -> tuple[Step, ...]:
        first_only = self._first_only(action, path)
        steps: list[Step] = []
        for i, child in enumerate(action.get("action", [])):
            where = f"{path}.action[{i}]"
            if first_only and any(step.taken for step in steps):
                why = Reason("", "An alternative before it applies.", "false")
                steps.append(_passed(child, where, (why,)))
            else:
                steps.append(self._step(child, where))
        return tuple(steps)

    def _first_only(self, action: Mapping[str, Any], path: str) -> bool:
        for i, extension in enumerate(action.get("extension", [])):
            if extension.get("url") == _APPLICABILITY:
                behaviour = str(extension.get("valueCode", extension.get("valueString", "")))
                if behaviour.lower() in ("all", "any"):
                    return behaviour.lower() == "any"
                said = f"“{behaviour}” is no applicability behaviour: all or any."
                where = f"{path}.extension[{i}]"
                self.applied.issues.append(Issue(Severity.ERROR, "value", said, where))
        return False

    def _resolved(self, action: Mapping[str, Any]) -> dict[str, Any]:
        resolved: dict[str, Any] = {k: action[k] for k in _COPIED if k in action}
        extensions = [evaluated(e, self.environment) for e in action.get("extension", [])]
        if extensions:
            resolved["extension"] = extensions
        conditions = [
            {k: v for k, v in condition.items() if k in ("kind", "expression")}
            for condition in action.get("condition", [])
        ]
        if conditions:
            resolved["condition"] = conditions
        related = [
            {k: v for k, v in other.items() if k in ("actionId", "relationship") or "offset" in k}
            for other in action.get("relatedAction", [])
        ]
        if related:
            resolved["relatedAction"] = related
        return resolved

    def _definition(
        self, action: Mapping[str, Any], path: str, resolved: dict[str, Any]
    ) -> dict[str, Any] | None:
        """What an action's definition makes: a request, a RequestGroup, a Questionnaire."""
        if "definitionUri" in action:
            resolved["resource"] = {"reference": action["definitionUri"]}
        canonical = action.get("definitionCanonical")
        if canonical is None:
            return None
        where = f"{path}.definitionCanonical"
        definition = self.definitions.resolve(canonical, self.plan)
        if definition is None:
            said = f"“{canonical}” is not among the definitions that were given."
            self.applied.issues.append(Issue(Severity.ERROR, "not-found", said, where))
            return None
        if definition["resourceType"] != "PlanDefinition":
            self._pay(definition, where, within=True)
        match definition["resourceType"]:
            case "ActivityDefinition":
                made = self._activity(definition, action)
            case "PlanDefinition":
                made = self._nested(definition)
            case _:
                made = dict(definition)
        if made is None:
            return None
        made["id"] = self._free(str(made.get("id", "resource")).lstrip("#"), action.get("id"))
        if made["resourceType"] == "Task":
            if action.get("id"):
                made["id"] = action["id"]
            made["basedOn"] = [{"reference": f"RequestGroup/{self.applied.group['id']}"}]
        cited = citations_of(action)
        if cited:
            made["extension"] = [*made.get("extension", []), *cited]
        resolved["resource"] = {"reference": f"{made['resourceType']}/{made['id']}"}
        self.applied.made.append(made)
        return made

    def _activity(
        self, activity: dict[str, Any], action: Mapping[str, Any]
    ) -> dict[str, Any] | None:
        issues: list[Issue] = []
        path = f"ActivityDefinition.where(id = '{activity.get('id', '')}')"
        environment = self.environment
        if "dynamicValue" in activity or "extension" in activity:
            environment = environment.within(activity)
        request = request_of(activity, path, self.parties, environment, issues, action)
        if request is None:
            self.applied.issues.extend(issues)
        else:
            if request.get("status") == "active":
                request["status"] = self._status
            attach_outcome(request, issues)
            self.applied.others.extend(issues)
        return request

    def _nested(self, plan: dict[str, Any]) -> dict[str, Any]:
        applied = apply_plan(
            self.definitions, plan, self.environment.within(plan), self.parties,
            f"PlanDefinition.where(id = '{plan.get('id', '')}')", self.used,
        )  # fmt: skip
        self.applied.made.extend(applied.made)
        self.applied.others.extend((*applied.issues, *applied.others))
        self.applied.goals.extend(
            {**goal, "id": f"{applied.group['id']}-{goal['id']}"} for goal in applied.goals
        )
        return applied.group

    def _free(self, id_: str, action_id: str | None) -> str:
        """An id that no other resource has: an activity may be used by several actions."""
        wanted = f"{action_id}-{id_}" if action_id else id_
        chosen, count = short_id(wanted), 1
        while chosen in self.used:
            count += 1
            chosen = short_id(f"{wanted}{count}")
        self.used.add(chosen)
        return chosen


def apply_plan(
    definitions: Definitions,
    plan: Mapping[str, Any],
    environment: Environment,
    parties: Parties,
    path: str = "PlanDefinition",
    used: set[str] | None = None,
    issues: list[Issue] | None = None,
) -> Applied:
    """Apply a PlanDefinition: its RequestGroup and all that belongs to it.

    `used` are ids that are taken; `issues` what is to be told beside those of the plan itself.
    """
    group: dict[str, Any] = {"resourceType": "RequestGroup", "id": str(plan.get("id", "plan"))}
    canonical = canonical_of(plan)
    if canonical:
        group["instantiatesCanonical"] = [canonical]
    group |= {"status": "active", "intent": "proposal", "subject": {"reference": parties.subject}}
    if parties.encounter:
        group["encounter"] = {"reference": parties.encounter}
    author = parties.organization or parties.practitioner
    if author:
        group["author"] = {"reference": author}
    taken = {group["id"]} if used is None else used
    taken |= {str(i + 1) for i in range(len(plan.get("goal", [])))}
    applied = Applied(group, issues=issues or [])
    return Applying(definitions, plan, environment, parties, path, taken, applied).run()


def attach_outcome(resource: dict[str, Any], issues: list[Issue]) -> None:
    """Let a resource contain what was amiss while it was made, if anything was."""
    if any(issue.severity is not Severity.INFORMATION for issue in issues):
        outcome = operation_outcome(issues, id=short_id(f"apply-outcome-{resource['id']}"))
        resource["contained"] = [*resource.get("contained", []), outcome]
        said = reference_extension(MESSAGES, f"#{outcome['id']}")
        resource["extension"] = [*resource.get("extension", []), said]


def short_id(wanted: str) -> str:
    """An id of at most 64 characters, as FHIR wants: a longer one ends in its own checksum."""
    if len(wanted) <= 64:
        return wanted
    return f"{wanted[:55]}-{crc32(wanted.encode()):08x}"


def _passed(action: dict[str, Any], path: str, reasons: tuple[Reason, ...]) -> Step:
    """The step of an action that is not taken, and those within it."""
    within: tuple[Step, ...] = ()
    if "action" in action:
        above = action.get("title", action.get("id", "the step above"))
        why = (Reason("", f"“{above}” does not apply.", "false"),)
        within = tuple(
            _passed(child, f"{path}.action[{i}]", why) for i, child in enumerate(action["action"])
        )
    return Step(*_named(action, path), False, reasons, within, None, action, None)


def _named(action: Mapping[str, Any], path: str) -> tuple[str, str, str]:
    return action.get("id", path), action.get("title", ""), action.get("description", "")
