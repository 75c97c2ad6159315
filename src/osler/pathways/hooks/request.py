"""What a CDS client sends (CDS Hooks 2.0, "Calling a CDS Service"), checked on the way in.

https://cds-hooks.hl7.org/2.0/#calling-a-cds-service and the definitions of the three hooks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PositiveInt,
    Secret,
    SecretStr,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue, Severity

MOST_DRAFTS = 200  # orders of one session


class Hook(StrEnum):
    """The events at which a pathway is asked."""

    PATIENT_VIEW = "patient-view"
    ORDER_SELECT = "order-select"
    ORDER_SIGN = "order-sign"

    @property
    def holds_orders(self) -> bool:
        """Whether the context of the hook holds orders that are being drafted."""
        return self is not Hook.PATIENT_VIEW


def _without_type(kind: str) -> BeforeValidator:
    # The hooks ask for a bare id; several clients send a reference.
    return BeforeValidator(lambda v: v.removeprefix(f"{kind}/") if isinstance(v, str) else v)


def _server(given: str) -> str:
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("is no http(s) address")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("must be a base address, without user, query or fragment")
    _ = parts.port  # raises ValueError where it is none
    return given.rstrip("/")


def _unwrapped(given: object) -> object:
    # Clients of an earlier specification send an entry of a Bundle.
    if isinstance(given, dict) and "resourceType" not in given:
        return given.get("resource", given)
    return given


def _resource(given: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(given.get("resourceType"), str):
        raise ValueError("is no FHIR resource: it has no resourceType")
    return given


def _bundle(given: dict[str, Any]) -> dict[str, Any]:
    if given.get("resourceType") != "Bundle":
        raise ValueError("must be a Bundle")
    entries = given.get("entry", [])
    if not isinstance(entries, list):
        raise ValueError("entry must be a list")
    if len(entries) > MOST_DRAFTS:
        raise ValueError(f"holds more than {MOST_DRAFTS} orders")
    return given


_FhirId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9\-.]{1,64}$")]
PatientId = Annotated[_FhirId, _without_type("Patient")]
EncounterId = Annotated[_FhirId, _without_type("Encounter")]
UserId = Annotated[
    str,
    StringConstraints(
        pattern=r"^(Practitioner|PractitionerRole|Patient|RelatedPerson)/[A-Za-z0-9\-.]{1,64}$"
    ),
]
Resource = Annotated[dict[str, Any], BeforeValidator(_unwrapped), AfterValidator(_resource)]


class _Given(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class FhirAuthorization(_Given):
    """A token for the client's FHIR server; its text is neither shown nor logged."""

    access_token: SecretStr = Field(min_length=1)
    token_type: Annotated[Literal["Bearer"], BeforeValidator(lambda v: _capital(v))]
    expires_in: PositiveInt  # seconds
    scope: str
    subject: str = ""


class ViewContext(_Given):
    """Of `patient-view`."""

    user_id: UserId = Field(alias="userId")
    patient_id: PatientId = Field(alias="patientId")
    encounter_id: EncounterId | None = Field(alias="encounterId", default=None)


class SignContext(ViewContext):
    """Of `order-sign`."""

    draft_orders: Annotated[dict[str, Any], AfterValidator(_bundle)] = Field(alias="draftOrders")


class SelectContext(SignContext):
    """Of `order-select`; `selections` are references to orders among the drafts."""

    selections: Annotated[list[str], Field(min_length=1, max_length=MOST_DRAFTS)]


class _Request(_Given):
    hook_instance: UUID = Field(alias="hookInstance")
    # Looked at only where something has to be fetched: `fhir_access`.
    fhir_server: Any = Field(alias="fhirServer", default=None)
    fhir_authorization: Secret[Any] = Field(alias="fhirAuthorization", default=Secret(None))
    prefetch: dict[str, Resource | None] | None = None


class FhirAccess(_Given):
    """Where the client lets its record be read."""

    fhir_server: Annotated[str, AfterValidator(_server)] | None = Field(
        alias="fhirServer", default=None
    )
    fhir_authorization: FhirAuthorization | None = Field(alias="fhirAuthorization", default=None)


class ViewRequest(_Request):
    """A call of `patient-view`."""

    hook: Literal["patient-view"]
    context: ViewContext


class SelectRequest(_Request):
    """A call of `order-select`."""

    hook: Literal["order-select"]
    context: SelectContext


class SignRequest(_Request):
    """A call of `order-sign`."""

    hook: Literal["order-sign"]
    context: SignContext


HookRequest = ViewRequest | SelectRequest | SignRequest
_ANY: TypeAdapter[HookRequest] = TypeAdapter(Annotated[HookRequest, Field(discriminator="hook")])


def read_request(data: Any) -> HookRequest:
    """The request that parsed JSON states.

    Raises InvalidResource with the path of every fault: `context.patientId`, `prefetch.patient`.
    """
    try:
        return _ANY.validate_python(data)
    except ValidationError as error:
        raise _faults(error) from error


def fhir_access(request: HookRequest) -> FhirAccess:
    """The server and token of a request, checked: a call that brings all needs neither.

    Raises InvalidResource with the path of every fault.
    """
    given = {
        "fhirServer": request.fhir_server,
        "fhirAuthorization": request.fhir_authorization.get_secret_value(),
    }
    try:
        access = FhirAccess.model_validate(given)
    except ValidationError as error:
        raise _faults(error) from error
    if access.fhir_authorization and not access.fhir_server:
        details = "is required where fhirAuthorization is given"
        raise InvalidResource([Issue(Severity.ERROR, "required", details, "fhirServer")])
    return access


def _faults(error: ValidationError) -> InvalidResource:
    found = error.errors(include_input=False)
    return InvalidResource(_issue(e["type"], e["loc"], e["msg"]) for e in found)


def _issue(kind: str, location: Sequence[int | str], message: str) -> Issue:
    inside = [part for part in location if part not in tuple(Hook)]
    code = {"missing": "required", "value_error": "value"}.get(kind, "invalid")
    details = message.removeprefix("Value error, ")
    if kind.startswith("union_tag"):
        inside, code = ["hook"], "not-supported"
        details = "must be one of " + ", ".join(Hook)
    return Issue(Severity.ERROR, code, details, path_of(inside))


def path_of(parts: Sequence[int | str]) -> str:
    """Where in a document: `["context", "selections", 1]` is `context.selections[1]`."""
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def _capital(value: object) -> object:
    return value.capitalize() if isinstance(value, str) else value


def context_of(request: HookRequest) -> Mapping[str, str]:
    """The fields that prefetch templates may name, by their names in the context."""
    context = request.context
    named = {"userId": context.user_id, "patientId": context.patient_id}
    return named | ({"encounterId": context.encounter_id} if context.encounter_id else {})
