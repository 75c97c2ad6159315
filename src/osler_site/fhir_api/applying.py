"""`$apply`: a plan or an activity, for the patient whose record comes with the call."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue, Severity
from osler.pathways import Definitions, Record, apply, read_record
from osler_site.fhir_api.parameters import Call, moved

CHECKED = {"system": "urn:osler:evidence", "code": "checked"}
NOT_CHECKED = {
    "system": "urn:osler:evidence",
    "code": "not-checked",
    "display": "This plan was not checked against the library: it came with the call",
}


def applied(call: Call, definitions: Definitions, *, shape: str, version: int | None) -> Any:
    """The result of a call. `version` is the library's that the definitions were checked against;
    None for a caller's own, which is marked as not checked.

    Raises InvalidResource with the path in the Parameters of every fault.
    """
    application = apply(
        definitions, _record(call), now=timezone.now(), answers=call.answers, **call.parties
    )
    result = application.resource("bundle" if shape == "bundle" else "careplan")
    tag = NOT_CHECKED
    if version is not None:
        tag = {**CHECKED, "display": f"Checked against version {version} of the library"}
    meta = dict(result.get("meta", {}))
    meta["tag"] = [*meta.get("tag", ()), tag]
    return {"resourceType": result["resourceType"], **result, "meta": meta}


def own_definitions(call: Call, kind: str) -> Definitions:
    """What the caller sent to be applied. Raises InvalidResource."""
    given = call.definition
    if given is None:
        wanted = kind[0].lower() + kind[1:]
        details = f"send “{wanted}”, “url”, or call {kind}/ID/$apply"
        raise InvalidResource([Issue(Severity.ERROR, "required", details, "Parameters.parameter")])
    try:
        found = Definitions.from_json(given.value)
    except InvalidResource as error:
        raise moved(error, given.path, ()) from error
    if found.root["resourceType"] != kind:
        details = f"must be a {kind}"
        raise InvalidResource([Issue(Severity.ERROR, "value", details, given.path)])
    return found


def _record(call: Call) -> Record:
    bundle, paths = call.bundle()
    try:
        return read_record(bundle, now=timezone.now())
    except InvalidResource as error:
        raise moved(error, "Parameters", paths) from error
