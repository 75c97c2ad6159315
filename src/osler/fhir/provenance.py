"""Who made a document from what, and what was checked: Device, Practitioner, Provenance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from osler.fhir.narrative import narrative, paragraph
from osler.fhir.parts import URN, Json, coded, extension, identity, instant, reference, said
from osler.fhir.review import SignedOff

_PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
CHECKED = (
    "Every number, dose, unit, route, timing, patient group and negation of each claim was "
    "compared with the passages it cites; each quote is the characters of its source between its "
    "offsets."
)


def device(body: Mapping[str, Any]) -> Json:
    """The engine and the library, each with its version."""
    engine, library = body["engine_version"], str(body["library_version"])
    return {
        "resourceType": "Device",
        "id": identity("device", [engine, library]),
        "deviceName": [{"name": "Osler", "type": "user-friendly-name"}],
        "type": {"text": "Clinical evidence engine"},
        "version": [
            {"type": {"text": "engine"}, "value": engine},
            {"type": {"text": "library"}, "value": library},
        ],
    }


def practitioner(signed: SignedOff) -> Json:
    """The reviewer, as the public record names them."""
    return said(
        resourceType="Practitioner",
        id=identity("practitioner", [signed.name, signed.registration_number]),
        identifier=(
            [{"system": f"{URN}registration", "value": signed.registration_number}]
            if signed.registration_number
            else []
        ),
        name=[{"text": signed.name}],
        qualification=[{"code": {"text": signed.profession}}],
    )


def provenance(
    body: Mapping[str, Any],
    target: Json,
    author: Json,
    sources: Sequence[Json],
    *,
    at: datetime,
    reviewer: Json | None,
) -> Json:
    """How the document came about: the engine composed it from these sources and checked it."""
    claims = tuple(claims_of(body))
    supported = sum(c["verdict"] == "supported" for c in claims)
    agents = [_agent("assembler", author)]
    if reviewer is not None:
        agents.append(_agent("verifier", reviewer))
    return said(
        resourceType="Provenance",
        id=identity("provenance", [target["id"], instant(at)]),
        text=narrative(
            paragraph(CHECKED), paragraph(f"{supported} of {len(claims)} claims are supported.")
        ),
        extension=[
            extension(
                f"{URN}checked",
                extension=[
                    extension("what", valueString=CHECKED),
                    extension("claims", valueUnsignedInt=len(claims)),
                    extension("supported", valueUnsignedInt=supported),
                ],
            )
        ],
        target=[reference(target)],
        recorded=instant(at),
        activity={"text": "Composed from cited statements, and checked against them"},
        agent=agents,
        entity=[{"role": "quotation", "what": reference(s, s["description"])} for s in sources],
    )


def outcome(abstention: Mapping[str, Any]) -> Json:
    """That there is no answer, for programs. It is a warning: nothing failed."""
    issue = {
        "severity": "warning",
        "code": "not-found",
        "details": {"text": abstention["reason"]},
        "diagnostics": f"Looked for: {abstention['looked_for']}",
    }
    return {
        "resourceType": "OperationOutcome",
        "id": identity("outcome", abstention),
        "issue": [issue],
    }


def claims_of(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every claim of an answer's JSON, in the order in which it is shown."""
    yield from body["bottom_line"]
    for section in body["sections"]:
        yield from section["claims"]
    for conflict in body["conflicts"]:
        for position in conflict["positions"]:
            yield position["claim"]


def _agent(kind: str, who: Json) -> Json:
    return {"type": coded(_PARTICIPANT, kind), "who": reference(who)}
