"""A result as a file to take along (FHIR R4): a CarePlan or a Bundle that stands by itself.

Nobody has ordered any of it, so that all of it is a draft. It holds its patient, says what it was
checked against, and that it replaces nobody's judgement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any
from uuid import uuid4

from osler.domain.issue import Issue, Severity
from osler.pathways import Application, operation_outcome
from osler_site.fhir_api.applying import CHECKED

Resource = dict[str, Any]

SHAPES = ("careplan", "bundle")
NOTICE = (
    "Drafts that follow from what was answered; nobody has ordered them. Where several stand for "
    "choice, one is chosen. They support a clinician’s judgement and do not replace it: check "
    "every dose against the cited sources."
)
_XHTML = "http://www.w3.org/1999/xhtml"
_NOT_CONTAINED = ("meta", "contained", "text")  # what R4 forbids, or no reader needs, within


def taken_along(
    applied: Application, shape: str, patient: Mapping[str, Any], version: int
) -> Resource:
    """The result in one of SHAPES, for a patient; `version` is the library's."""
    make = _careplan if shape == "careplan" else _bundle
    result = make(applied, {"id": "patient", **patient})
    tag = {**CHECKED, "display": f"Checked against version {version} of the library"}
    meta = dict(result.get("meta", {}))
    meta["tag"] = [*meta.get("tag", ()), tag]
    return {"resourceType": result["resourceType"], **result, "meta": meta}


def _careplan(applied: Application, patient: Resource) -> Resource:
    held = {k: v for k, v in patient.items() if k not in _NOT_CONTAINED}
    whole = _pointing(applied.careplan, {f"Patient/{patient['id']}": f"#{patient['id']}"}.get)
    contained = [_draft(r) for r in whole.get("contained", ())]
    said = {"status": "additional", "div": f'<div xmlns="{_XHTML}"><p>{escape(NOTICE)}</p></div>'}
    return {**_draft(whole), "text": said, "contained": [*contained, held]}


def _bundle(applied: Application, patient: Resource) -> Resource:
    made = [entry["resource"] for entry in applied.bundle.get("entry", ())]
    outcome = operation_outcome([Issue(Severity.INFORMATION, "informational", NOTICE)])
    resources = [*map(_draft, made), patient, {"id": "notice", **outcome}]
    full = [f"urn:uuid:{uuid4()}" for _ in resources]
    where = {
        f"{r['resourceType']}/{r.get('id')}": url for r, url in zip(resources, full, strict=True)
    }
    entries = [
        {"fullUrl": url, "resource": _pointing(r, where.get)}
        for r, url in zip(resources, full, strict=True)
    ]
    return {**applied.bundle, "entry": entries}


def _draft(resource: Resource) -> Resource:
    """A request that is proposed as what it is; goals and outcomes stay as they are."""
    return {**resource, "status": "draft"} if "intent" in resource else resource


def _pointing(value: Any, where: Callable[[str], str | None]) -> Any:
    """A copy whose references lead to where what they name stands now."""
    if isinstance(value, dict):
        return {
            k: where(v) or v if k == "reference" and isinstance(v, str) else _pointing(v, where)
            for k, v in value.items()
        }
    return [_pointing(v, where) for v in value] if isinstance(value, list) else value
