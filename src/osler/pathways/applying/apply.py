"""Applying a definition to a patient, from the answers to the finished resources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue, Severity
from osler.pathways.applying.answers import complete_answers
from osler.pathways.applying.application import Application
from osler.pathways.applying.assembling import bundle_of, careplan_of
from osler.pathways.applying.plans import apply_plan, attach_outcome
from osler.pathways.applying.requests import Parties, request_of
from osler.pathways.conforming import Conforming
from osler.pathways.definitions import Definitions
from osler.pathways.expressions import Environment
from osler.pathways.fhirpath.errors import TooCostly
from osler.pathways.record import Record
from osler.pathways.record_checks import is_dead


def apply(
    definitions: Definitions,
    record: Record,
    *,
    now: datetime,
    answers: Mapping[str, Any] | None = None,
    encounter: str | None = None,
    practitioner: str | None = None,
    organization: str | None = None,
) -> Application:
    """`$apply` of the root definition: R4's operation on PlanDefinition and ActivityDefinition.

    `answers` is a QuestionnaireResponse to the plan's Questionnaire; without one, that of the
    record, and without that, only what the record itself answers. `encounter`, `practitioner` and
    `organization` are references that the requests name. The same input gives the same output;
    `today()` and `now()` are `now`. Raises `InvalidResource` where the activity makes no request,
    for answers that are none, and where the result would be too large.
    """
    parties = Parties(record.subject, encounter, practitioner, organization)
    try:
        return _applied(definitions, record, now, answers, parties)
    except TooCostly as error:
        where = str(definitions.root["resourceType"])
        issue = Issue(Severity.ERROR, "too-costly", str(error), where)
        raise InvalidResource([issue]) from error


def _applied(
    definitions: Definitions,
    record: Record,
    now: datetime,
    answers: Mapping[str, Any] | None,
    parties: Parties,
) -> Application:
    root = definitions.root
    if root["resourceType"] == "ActivityDefinition" and is_dead(record.patient):
        said = "The patient has died: no request is made."
        raise InvalidResource([Issue(Severity.ERROR, "business-rule", said, "Patient.deceased")])
    issues: list[Issue] = []
    questionnaire = _questionnaire(definitions)
    given = _read(answers, issues) if answers is not None else _recorded(record, questionnaire)
    chosen = {
        "encounter": record.referred(parties.encounter),
        "practitioner": record.referred(parties.practitioner),
    }
    asking = Environment(record, root, now, given, chosen=chosen)
    completed = complete_answers(questionnaire, given, asking, issues)
    environment = asking.answered(completed)
    if root["resourceType"] == "ActivityDefinition":
        request = request_of(root, "ActivityDefinition", parties, environment, issues)
        if request is None:
            raise InvalidResource(issues)
        attach_outcome(request, issues)
        issues = [*definitions.issues, *record.issues, *issues]
        return Application(request, request, tuple(issues), (), completed, {})
    issues = [*record.issues, *issues]
    applied = apply_plan(definitions, root, environment, parties, issues=issues)
    return Application(
        careplan_of(applied),
        bundle_of(applied),
        (*definitions.issues, *applied.issues, *applied.others),
        applied.steps,
        completed,
        environment.values(environment.names()),
    )


def _read(answers: Any, issues: list[Issue]) -> dict[str, Any]:
    walk = Conforming()
    read = walk.resource(answers, "")
    faults = [issue for issue in walk.issues if issue.severity is Severity.ERROR]
    if not faults and read["resourceType"] != "QuestionnaireResponse":
        said = f"Answers are a QuestionnaireResponse, not a {read['resourceType']}."
        faults = [Issue(Severity.ERROR, "value", said, read["resourceType"])]
    if faults:
        raise InvalidResource(faults)
    issues.extend(walk.issues)
    return read


def _questionnaire(definitions: Definitions) -> dict[str, Any] | None:
    """The plan's Questionnaire: the one that it contains."""
    contained = definitions.root.get("contained", [])
    return next((r for r in contained if r["resourceType"] == "Questionnaire"), None)


def _recorded(record: Record, questionnaire: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The record's answers to a questionnaire.

    Raises `InvalidResource` where there are several, since none of them is the right one by
    itself.
    """
    url = (questionnaire or {}).get("url")
    if url is None:
        return None
    found = [
        response
        for response in record.of_type("QuestionnaireResponse")
        if str(response.get("questionnaire", "")).partition("|")[0] == url
    ]
    if len(found) > 1:
        said = f"The record holds {len(found)} answers to {url}; give the one that counts."
        raise InvalidResource([Issue(Severity.ERROR, "multiple-matches", said, "Bundle.entry")])
    return found[0] if found else None
