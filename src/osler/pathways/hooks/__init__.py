"""CDS Hooks 2.0 (https://cds-hooks.hl7.org/2.0/) without HTTP: requests in, cards out."""

from osler.pathways.hooks.prefetch import (
    Gathered,
    Placed,
    Template,
    check_patient,
    gather,
    next_page,
    resources_in,
)
from osler.pathways.hooks.request import Hook, HookRequest, context_of, path_of, read_request
from osler.pathways.hooks.responding import respond
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
    "gather",
    "next_page",
    "path_of",
    "read_request",
    "resources_in",
    "respond",
    "services_of",
]
