"""The three addresses of CDS Hooks 2.0: discovery, a service, its feedback."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from osler.domain.errors import RecordUnavailable
from osler.pathways.hooks import Service, gather, read_request, respond, respond_beside
from osler_site.cds_hooks.callers import caller
from osler_site.cds_hooks.feedback import keep
from osler_site.cds_hooks.fhir_server import completed
from osler_site.cds_hooks.origins import from_allowed_origins
from osler_site.cds_hooks.services import services
from osler_site.environment import environment
from osler_site.fhir_http import Refusal, interface, json_body, resource_response, within_limit

JSON = "application/json"


@from_allowed_origins("GET")
@interface("GET")
def discovery(request: HttpRequest) -> HttpResponse:
    """Every service. What it says is public, so nobody needs to say who asks."""
    address = request.META.get("REMOTE_ADDR", "")
    within_limit(f"hooks {address}", environment().hooks_per_minute)
    described = [service.described() for service in services().values()]
    return resource_response({"services": described}, media_type=JSON)


@from_allowed_origins("POST")
@interface("POST")
def call(request: HttpRequest, service_id: str) -> HttpResponse:
    """The cards of a service for a patient."""
    caller(request, request.path)
    service = _service(service_id)
    asked = read_request(json_body(request))
    if asked.hook != service.hook:
        raise Refusal(400, f"this service is for the hook {service.hook}", path="hook")
    if not service.concerns(asked):
        beside = respond_beside(service, asked, base=environment().base_url)
        return resource_response(beside, media_type=JSON)
    try:
        gathered = completed(asked, gather(asked, service.templates))
    except RecordUnavailable as error:
        raise Refusal(412, f"{error}. {error.help}") from error
    cards = respond(service, asked, gathered, now=timezone.now(), base=environment().base_url)
    return resource_response(cards, media_type=JSON)


@from_allowed_origins("POST")
@interface("POST")
def feedback(request: HttpRequest, service_id: str) -> HttpResponse:
    """What became of cards of a service. A token may be for the service or for this address."""
    client = caller(request, request.path, request.path.removesuffix("/feedback"))
    service = _service(service_id)
    keep(json_body(request), service=service.id, client=client)
    return HttpResponse(status=200)


def _service(service_id: str) -> Service:
    found = services().get(service_id)
    if found is None:
        raise Refusal(404, f"there is no service {service_id}; they are listed at /cds-services")
    return found
