"""The addresses below /fhir/."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue, Severity
from osler.pathways import Definitions
from osler_site.api.scopes import Scope
from osler_site.environment import environment
from osler_site.fhir_api import held
from osler_site.fhir_api.access import require
from osler_site.fhir_api.applying import applied, own_definitions
from osler_site.fhir_api.capability import capability
from osler_site.fhir_api.parameters import Call, from_query, read_call
from osler_site.fhir_api.searching import found
from osler_site.fhir_http import Refusal, json_body, resource_response


def metadata(request: HttpRequest) -> HttpResponse:
    """What the interface can do; anyone may read it."""
    return resource_response(capability(_base()))


def plans(request: HttpRequest) -> HttpResponse:
    """The plans, or those that are looked for."""
    require(request, Scope.READ)
    return resource_response(found(request, _base()))


def plan(request: HttpRequest, resource_id: str) -> HttpResponse:
    """One plan, with all that it contains."""
    require(request, Scope.READ)
    return resource_response(held.pathway(resource_id).plan)


def activity(request: HttpRequest, resource_id: str) -> HttpResponse:
    """One activity of a plan."""
    require(request, Scope.READ)
    return resource_response({**held.activity(resource_id)[1], "id": resource_id})


def questionnaire(request: HttpRequest, resource_id: str) -> HttpResponse:
    """The questions of a plan, under its id."""
    require(request, Scope.READ)
    return resource_response(held.questionnaire(resource_id))


def apply_plan(
    request: HttpRequest, resource_id: str | None = None, shape: str = "careplan"
) -> HttpResponse:
    """Apply a plan of ours, or one that comes with the call."""
    require(request, Scope.ASK)
    known = held.pathway(resource_id) if resource_id is not None else None
    call = _called(request)
    if known is None and call.definition is None and call.canonical:
        known = held.by_address(call.canonical)
    if known is None:
        definitions = own_definitions(call, "PlanDefinition")
        return resource_response(applied(call, definitions, shape=shape, version=None))
    _refuse_definition(call)
    version = known.library_version
    return resource_response(applied(call, known.definitions, shape=shape, version=version))


def apply_activity(request: HttpRequest, resource_id: str | None = None) -> HttpResponse:
    """Apply an activity of a plan of ours, or one that comes with the call."""
    require(request, Scope.ASK)
    known = held.activity(resource_id) if resource_id is not None else None
    call = _called(request)
    if known is None:
        definitions = own_definitions(call, "ActivityDefinition")
        return resource_response(applied(call, definitions, shape="careplan", version=None))
    _refuse_definition(call)
    definitions = Definitions.from_resources(known[1])
    version = known[0].library_version
    return resource_response(applied(call, definitions, shape="careplan", version=version))


def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """No such address."""
    raise Refusal(404, "there is nothing here; /fhir/metadata tells what there is")


def _called(request: HttpRequest) -> Call:
    if request.method == "POST":
        return read_call(json_body(request))
    return from_query(request.GET)


def _refuse_definition(call: Call) -> None:
    """Raise InvalidResource where a call names one definition and sends another."""
    if call.definition is not None:
        details = "is not sent where the address names what is applied"
        issue = Issue(Severity.ERROR, "conflict", details, call.definition.path)
        raise InvalidResource([issue])


def _base() -> str:
    return f"{environment().base_url.rstrip('/')}/fhir"
