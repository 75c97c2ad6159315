"""CDS Hooks 2.0 (https://cds-hooks.hl7.org/2.0/) without HTTP: requests in, cards out."""

from osler.pathways.hooks.prefetch import (
    Gathered,
    Placed,
    Template,
    check_patient,
    gather,
    is_whole,
    matches_in,
    next_page,
    resources_in,
)
from osler.pathways.hooks.request import (
    Hook,
    HookRequest,
    context_of,
    fhir_access,
    path_of,
    read_request,
)
from osler.pathways.hooks.responding import respond, respond_beside
from osler.pathways.hooks.service import Service, services_of

__all__ = [
    "Gathered",
    "Hook",
    "HookRequest",
    "Placed",
    "Service",
    "Template",
    "check_patient",
    "context_of",
    "fhir_access",
    "gather",
    "is_whole",
    "matches_in",
    "next_page",
    "path_of",
    "read_request",
    "resources_in",
    "respond",
    "respond_beside",
    "services_of",
]
