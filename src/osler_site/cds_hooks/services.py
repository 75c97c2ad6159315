"""The services of this site: made once for each version of the library."""

from __future__ import annotations

import threading
from typing import Any
from uuid import UUID

from django.utils import timezone

from osler.pathways import Pathway
from osler.pathways.hooks import Service, gather, read_request, respond, services_of
from osler_site.pathways.loaded import loaded

_lock = threading.Lock()
_made: tuple[dict[str, Pathway], dict[str, Service]] | None = None


def services() -> dict[str, Service]:
    """Every service by its id. Raises LibraryError."""
    global _made
    pathways = loaded().pathways
    with _lock:
        if _made is None or _made[0] is not pathways:
            made = services_of(pathways.values())
            _warm(made)
            _made = pathways, made
        return _made[1]


def _warm(made: dict[str, Service]) -> None:
    """Ask each once: expressions are compiled, and doses read, before a clinician waits."""
    patient = {"resourceType": "Patient", "id": "nobody"}
    for service in made.values():
        body: dict[str, Any] = {
            "hook": service.hook.value,
            "hookInstance": str(UUID(int=0)),
            "context": {"userId": "Practitioner/nobody", "patientId": "nobody"},
            "prefetch": {template.key: None for template in service.templates},
        }
        body["prefetch"]["patient"] = patient
        if service.hook.holds_orders:
            drafted = {"resource": {"resourceType": "MedicationRequest", "id": "none"}}
            body["context"]["draftOrders"] = {"resourceType": "Bundle", "entry": [drafted]}
            body["context"]["selections"] = ["MedicationRequest/none"]
        request = read_request(body)
        _ = service.known, service.substances
        respond(service, request, gather(request, service.templates), now=timezone.now(), base="")
