"""Pathways for an assistant: what there is, and applying one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from mcp_types import CallToolResult, TextContent
from pydantic import Field

from osler.answering import citation_to_json, reference_to_json
from osler.domain.errors import InvalidResource, PathwayNotFound, UsageError
from osler.library import Following
from osler.mcp.results import APPLIED, CHOOSE, Applied, PathwaysOut, result
from osler.pathways import (
    Application,
    Pathway,
    Step,
    apply,
    load_pathways,
    operation_outcome,
    read_record,
)
from osler.pathways.reading import from_json, to_json

Json = dict[str, Any]
_NOBODY = {"resourceType": "Patient", "id": "unknown"}
_Loaded = tuple[Mapping[str, Pathway], Mapping[str, InvalidResource]]


class PathwayTools:
    """The tools, over the packaged pathways and those of a folder, held against one library."""

    def __init__(self, following: Following, folder: Path | None = None) -> None:
        self._following, self._folder = following, folder
        self._lock = threading.Lock()
        self._loaded: tuple[int, _Loaded] | None = None

    def list_pathways(self) -> Annotated[CallToolResult, PathwaysOut]:
        """List the computable protocols, with what each asks.

        Use this before apply_pathway: it tells the names, the inputs and their choices.
        """
        version, (loaded, refused) = self._pathways()
        listed = [_described(name, pathway) for name, pathway in loaded.items()]
        listed += [
            {
                "name": name, "title": name, "version": "", "description": "", "loads": False,
                "problems": [f"{i.path}: {i.details}" for i in error.issues], "inputs": [],
            }
            for name, error in refused.items()
        ]  # fmt: skip
        return result({"library_version": version, "pathways": listed}, CHOOSE)

    def apply_pathway(
        self,
        pathway: Annotated[str, Field(min_length=1, max_length=200, description="Its name.")],
        answers: Annotated[
            dict[str, str | list[str]] | None,
            Field(
                description="By the id of an input, the code of a choice (or several).",
                examples=[{"phase": "finished", "absorption": "malabsorption"}],
            ),
        ] = None,
        record: Annotated[
            Json | None,
            Field(
                description="A FHIR R4 Patient, or a Bundle of one Patient and anything about "
                "them. What `answers` leaves open is read from it."
            ),
        ] = None,
        brief: Annotated[
            bool,
            Field(
                description="Only the steps that are taken, with their doses in words. False gives "
                "those not taken too, each with its reasons, and the requests as FHIR R4: long."
            ),
        ] = True,
    ) -> Annotated[CallToolResult, Applied]:
        """Apply a protocol to a patient: which steps are taken and why, with what they rest on.

        Use this for treatments that list_pathways names. Each dose was checked against its
        sources when the protocol was loaded; where sources conflict the alternatives stand side by
        side. A faulty record or answer is refused with a FHIR OperationOutcome that names where.
        """
        _, (loaded, refused) = self._pathways()
        if pathway in refused:
            return _refused(refused[pathway])
        if pathway not in loaded:
            known = ", ".join(loaded) or "none loads with this library"
            raise PathwayNotFound(f"there is no pathway “{pathway}”", help=f"There are: {known}")
        found, now = loaded[pathway], datetime.now(UTC)
        given = _response(found, answers or {})
        try:
            # Through text: a float of Python is no decimal of FHIR.
            patient = read_record(from_json(json.dumps(record or _NOBODY)), now=now)
            applied = apply(found.definitions, patient, now=now, answers=given)
        except InvalidResource as error:
            return _refused(error)
        said = json.loads(to_json(_applied(pathway, found, applied)))
        return result(_brief(said) if brief else said, APPLIED)

    def _pathways(self) -> tuple[int, _Loaded]:
        """Those that load with the latest version of the library, and those that do not."""
        library = self._following.library()
        with self._lock:
            if self._loaded is None or self._loaded[0] != library.version:
                loaded, refused = load_pathways(library, self._folder)
                named = {Path(name).stem: error for name, error in refused}
                self._loaded = library.version, ({p.name: p for p in loaded}, named)
            return self._loaded


def _described(name: str, pathway: Pathway) -> Json:
    return {
        "name": name,
        "title": pathway.title,
        "version": pathway.version,
        "description": pathway.plan.get("description", ""),
        "loads": True,
        "problems": [],
        "inputs": [
            {
                "id": item["linkId"],
                "ask": item.get("text", item["linkId"]),
                "several": bool(item.get("repeats")),
                "choices": [{"code": code, "text": text} for code, text in _choices(item).items()],
            }
            for item in pathway.questionnaire.get("item", ())
        ],
    }


def _choices(item: Mapping[str, Any]) -> dict[str, str]:
    options = (option["valueCoding"] for option in item.get("answerOption", ()))
    return {coding["code"]: coding.get("display", coding["code"]) for coding in options}


def _response(pathway: Pathway, answers: Mapping[str, str | Sequence[str]]) -> Json:
    """The answers as a QuestionnaireResponse. Raises UsageError for one that cannot be given."""
    items = {item["linkId"]: item for item in pathway.questionnaire.get("item", ())}
    given = []
    for name, said in answers.items():
        if name not in items:
            raise UsageError(f"there is no input “{name}”", help=f"There are: {', '.join(items)}")
        codes, choices = [said] if isinstance(said, str) else [*said], _choices(items[name])
        unknown = [code for code in codes if code not in choices]
        if unknown:
            raise UsageError(
                f"“{unknown[0]}” is no choice of “{name}”", help=f"There are: {', '.join(choices)}"
            )
        if len(codes) > 1 and not items[name].get("repeats"):
            raise UsageError(f"“{name}” takes one choice", help=f"Of: {', '.join(choices)}")
        coded = [{"valueCoding": {"code": code, "display": choices[code]}} for code in codes]
        given.append({"linkId": name, "answer": coded})
    return {"resourceType": "QuestionnaireResponse", "status": "in-progress", "item": given}


def _applied(name: str, pathway: Pathway, applied: Application) -> Json:
    taken = [step.request for step in _all(applied.steps) if step.taken and step.request]
    return {
        "pathway": name,
        "title": pathway.title,
        "version": pathway.version,
        "library_version": pathway.library_version,
        "answers": {
            item["linkId"]: [_code(answer) for answer in item.get("answer", ())]
            for item in applied.answers.get("item", ())
        },
        "steps": [_step(step, pathway) for step in applied.steps],
        "requests": taken,
        "references": [reference_to_json(r) for r in pathway.references],
        "outcome": operation_outcome((*pathway.warnings, *applied.issues)),
    }


def _step(step: Step, pathway: Pathway) -> Json:
    """A step; of one that is not taken the reasons alone, since all of it would fill a context."""
    sources = {r.source.id: r.source for r in pathway.references}
    cited = pathway.citations.get(step.id, ()) if step.taken else ()
    request = step.request if step.taken else None
    return {
        "id": step.id,
        "title": step.title,
        "description": step.description,
        "taken": step.taken,
        "choose": step.action.get("selectionBehavior"),
        "reasons": [
            {"text": r.text, "outcome": r.outcome, "detail": r.detail} for r in step.reasons
        ],
        "citations": [citation_to_json(c, sources[c.source_id]) for c in cited],
        "request": f"{request['resourceType']}/{request['id']}" if request else None,
        "doses": _doses(request or {}),
        "steps": [_step(inner, pathway) for inner in step.steps] if step.taken else [],
    }


def _doses(request: Mapping[str, Any]) -> list[str]:
    """The doses of a request in words, each with what is given."""
    drug = request.get("medicationCodeableConcept", {}).get("text", "")
    instructions = request.get("dosageInstruction", ())
    return [f"{drug} {dosage['text']}".strip() for dosage in instructions]


def _brief(said: Json) -> Json:
    """The same with the steps that are taken alone, and no requests."""
    return {**said, "steps": _taken(said["steps"]), "requests": []}


def _taken(steps: Sequence[Json]) -> list[Json]:
    return [{**step, "steps": _taken(step["steps"])} for step in steps if step["taken"]]


def _all(steps: Sequence[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from _all(step.steps)


def _code(answer: Mapping[str, Any]) -> str:
    value = next(iter(answer.values()))
    return str(value["code"] if isinstance(value, Mapping) else value)


def _refused(error: InvalidResource) -> CallToolResult:
    """An error with every fault and where it lies."""
    outcome = operation_outcome(error.issues)
    said = f"{error}\n{error.help}\n{json.dumps(outcome, ensure_ascii=False)}"
    return CallToolResult(
        content=[TextContent(type="text", text=said)],
        structured_content={"outcome": outcome},
        is_error=True,
    )
