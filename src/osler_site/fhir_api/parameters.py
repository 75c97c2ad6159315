"""What `$apply` is called with (R4 operations of PlanDefinition and ActivityDefinition).

https://hl7.org/fhir/R4/plandefinition-operation-apply.html, with `data` as R5 and CPG have it
and `questionnaireResponse`, which is ours. This server holds no patients: `data` is where the
patient and all that is known of them come in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue, Severity

Json = dict[str, Any]
_RESOURCES = ("data", "planDefinition", "activityDefinition", "questionnaireResponse")
_PARTIES = ("practitioner", "encounter", "organization")
_REFERENCES = ("subject", *_PARTIES)
_TEXTS = ("url", "canonical")
# What R4 and CPG name besides, and what changes nothing here.
_IGNORED = frozenset(
    {
        "userType", "userLanguage", "userTaskContext", "setting",
        "settingContext", "useServerData", "version",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """One parameter: its value, and where it stood."""

    path: str
    value: Any


@dataclass(frozen=True, slots=True)
class Call:
    """A call of `$apply`; `data` are resources one by one."""

    subject: Given
    data: tuple[Given, ...]
    definition: Given | None = None  # given by the caller
    canonical: str = ""
    answers: Json | None = None
    others: tuple[tuple[str, str], ...] = ()  # practitioner, encounter, organization: references

    @property
    def parties(self) -> dict[str, str]:
        """Who else the requests name."""
        return dict(self.others)

    def bundle(self) -> tuple[Json, tuple[str, ...]]:
        """The record as a Bundle, and where each entry of it came from.

        Where the data hold several practitioners or encounters, the one that is named counts.
        """
        placed = list(self.data)
        for reference in self.parties.values():
            kind, _, identifier = reference.partition("/")
            if any(_is(g, kind, identifier) for g in placed):
                placed = [
                    g
                    for g in placed
                    if g.value.get("resourceType") != kind or _is(g, kind, identifier)
                ]
        entries = [{"resource": g.value} for g in placed]
        bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
        return bundle, tuple(g.path for g in placed)


def _is(given: Given, kind: str, identifier: str) -> bool:
    return bool(given.value.get("resourceType") == kind and given.value.get("id") == identifier)


def from_query(query: Mapping[str, str]) -> NoReturn:
    """Refuse a call by GET: it holds primitives alone, so that nothing is known of the subject.

    Raises InvalidResource, always: it says that the data are to be sent.
    """
    if "subject" not in query:
        raise _invalid("required", "is required", "subject")
    raise _invalid("required", "send the record of the subject as “data”, by POST", "data")


def read_call(body: Any) -> Call:
    """A call by POST, from a Parameters resource. Raises InvalidResource."""
    if not isinstance(body, dict) or body.get("resourceType") != "Parameters":
        raise _invalid("structure", "send a Parameters resource", "")
    given = _by_name(body.get("parameter", []))
    if "subject" not in given:
        raise _invalid("required", "the parameter “subject” is required", "Parameters.parameter")
    for name, several in given.items():
        if name != "data" and len(several) > 1:
            raise _invalid("not-supported", f"more than one “{name}”", several[1].path)
    one = {name: several[0] for name, several in given.items()}
    definitions = [one[n] for n in ("planDefinition", "activityDefinition") if n in one]
    response = one.get("questionnaireResponse")
    call = Call(
        subject=one["subject"],
        data=tuple(_resources(given.get("data", ()))),
        definition=definitions[0] if definitions else None,
        canonical=next((one[n].value for n in _TEXTS if n in one), ""),
        answers=response.value if response else None,
        others=tuple((n, one[n].value) for n in _PARTIES if n in one),
    )
    patients = [g for g in call.data if g.value.get("resourceType") == "Patient"]
    for patient in patients:
        if f"Patient/{patient.value.get('id')}" != call.subject.value:
            told = f"the data are of another patient than {call.subject.value}"
            raise _invalid("conflict", told, f"{patient.path}.id")
    return call


def moved(error: InvalidResource, prefix: str, paths: Sequence[str]) -> InvalidResource:
    """The same faults at their places in the Parameters.

    `prefix` stands for the resource itself, `paths` for the entries of a Bundle made of them.
    """

    def place(path: str) -> str:
        for n, origin in enumerate(paths):
            start = f"Bundle.entry[{n}].resource"
            if path == start or path.startswith((f"{start}.", f"{start}[")):
                return origin + path[len(start) :]
        head, dot, rest = path.partition(".")
        return f"{prefix}{dot}{rest}" if prefix and head else path or prefix

    return InvalidResource(replace(issue, path=place(issue.path)) for issue in error.issues)


def _by_name(parameters: Any) -> dict[str, list[Given]]:
    if not isinstance(parameters, list):
        raise _invalid("structure", "must be a list", "Parameters.parameter")
    found: dict[str, list[Given]] = {}
    for n, parameter in enumerate(parameters):
        path = f"Parameters.parameter[{n}]"
        name = parameter.get("name") if isinstance(parameter, dict) else None
        if not isinstance(name, str):
            raise _invalid("required", "has no name", path)
        if name in _IGNORED:
            continue
        if name in _RESOURCES:
            value = Given(f"{path}.resource", parameter.get("resource"))
            if not isinstance(value.value, dict):
                raise _invalid("required", f"“{name}” is a resource", value.path)
        elif name in _REFERENCES or name in _TEXTS:
            value = _text(parameter, name, path)
        else:
            raise _invalid("not-supported", f"there is no parameter “{name}”", f"{path}.name")
        found.setdefault(name, []).append(value)
    return found


def _text(parameter: Mapping[str, Any], name: str, path: str) -> Given:
    """A reference or an address, as whichever primitive it was sent."""
    for key in ("valueString", "valueUri", "valueCanonical", "valueReference"):
        value = parameter.get(key)
        if key == "valueReference" and isinstance(value, dict):
            value = value.get("reference")
        if isinstance(value, str) and value:
            if name in _REFERENCES:
                value = _reference(value, name, f"{path}.{key}")
            return Given(f"{path}.{key}", value)
    raise _invalid("required", f"“{name}” is a text", path)


def _reference(value: str, name: str, path: str) -> str:
    """ "Patient/1", whatever stood before it."""
    kind = {"subject": "Patient"}.get(name, name.capitalize())
    parts = value.split("/")
    if len(parts) == 1:
        return f"{kind}/{parts[0]}"
    if parts[-2] != kind:
        raise _invalid("not-supported", f"must be a {kind}", path)
    return "/".join(parts[-2:])


def _resources(given: Sequence[Given]) -> Iterator[Given]:
    """The resources of every `data`, out of their Bundles."""
    for one in given:
        if one.value.get("resourceType") != "Bundle":
            yield one
            continue
        entries = one.value.get("entry", [])
        if not isinstance(entries, list):
            raise _invalid("structure", "must be a list", f"{one.path}.entry")
        for n, entry in enumerate(entries):
            path = f"{one.path}.entry[{n}].resource"
            resource = entry.get("resource") if isinstance(entry, dict) else None
            if not isinstance(resource, dict):
                raise _invalid("structure", "holds no resource", path)
            yield Given(path, resource)


def _invalid(code: str, details: str, path: str) -> InvalidResource:
    return InvalidResource([Issue(Severity.ERROR, code, details, path)])
