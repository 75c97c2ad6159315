"""What a request did not bring, from the FHIR server that it names (CDS Hooks 2.0, "FHIR
Resource Access").

The client's token is passed on to that server alone, and neither kept nor logged.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin

from osler.domain.errors import InvalidResource, RecordUnavailable
from osler.domain.issue import Issue
from osler.pathways.hooks import (
    Gathered,
    HookRequest,
    Placed,
    Template,
    check_patient,
    context_of,
    fhir_access,
    is_whole,
    matches_in,
    next_page,
    resources_in,
)
from osler_site.cds_hooks.fetching import Source, within
from osler_site.cds_hooks.hosts import is_listed
from osler_site.environment import environment

SECONDS = 5.0  # for all that is fetched for one call
MOST_PAGES = 20  # of one search
_AT_ONCE = 4
_READS = frozenset({"read", "*"})


def completed(request: HookRequest, gathered: Gathered) -> Gathered:
    """With what the request lacks, from its FHIR server.

    Raises RecordUnavailable where there is no such server, where it may not be asked, or where
    it does not give what is asked.
    """
    if not gathered.missing:
        return gathered
    access = fhir_access(request)
    server, authorization = access.fhir_server, access.fhir_authorization
    keys = ", ".join(template.key for template in gathered.missing)
    if server is None:
        raise RecordUnavailable(f"prefetch lacks {keys}, and no fhirServer was given")
    listed = environment().fhir_hosts
    if authorization is None and not is_listed(server, listed):
        raise RecordUnavailable(f"prefetch lacks {keys}, and no fhirAuthorization was given")
    token, lasts = None, SECONDS
    if authorization is not None:
        _check_scope(authorization.scope, gathered.missing)
        token = authorization.access_token.get_secret_value()
        lasts = min(SECONDS, authorization.expires_in)
    deadline = time.monotonic() + lasts
    unread, opened = list(gathered.unread), list[Source]()

    def fetch() -> list[Placed]:
        with Source(server, listed, deadline=deadline) as source:
            opened.append(source)
            return _fetched(source, server, request, gathered.missing, token, unread)

    def give_up() -> None:
        for source in opened:
            source.close()

    try:
        fetched = within(lasts, fetch, give_up)
    except InvalidResource as error:
        raise RecordUnavailable(f"the FHIR server gave what is no record: {error}") from error
    return Gathered((*gathered.resources, *fetched), (), tuple(unread))


def _check_scope(scope: str, templates: Sequence[Template]) -> None:
    """Raise RecordUnavailable where the token is not for all that is asked (SMART v1 and v2)."""
    allowed = set()
    for word in scope.split():
        if "?" in word:
            continue  # for a part of the type, which may not be the part that is asked for
        resource, _, permissions = word.rpartition(".")
        level, _, kind = resource.partition("/")
        reads = permissions in _READS or {"r", "s"} <= set(permissions) <= set("cruds")
        if level in ("patient", "user", "system") and reads:
            allowed.add(kind)
    lacking = [t.kind for t in templates if not allowed & {t.kind, "*"}]
    if lacking:
        kinds = ", ".join(lacking)
        raise RecordUnavailable(f"the scope of fhirAuthorization does not hold {kinds}")


def _fetched(
    source: Source,
    server: str,
    request: HookRequest,
    templates: Sequence[Template],
    token: str | None,
    unread: list[Issue],
) -> list[Placed]:
    context = context_of(request)
    base = f"{server}/"

    def one(template: Template) -> list[Placed]:
        url: str | None = urljoin(base, template.filled(context))
        found: list[Placed] = []
        matched = 0
        for _ in range(MOST_PAGES):
            assert url is not None
            value = source.get(url, token=token)
            if not isinstance(value, dict) or value.get("resourceType") == "OperationOutcome":
                raise RecordUnavailable(f"the FHIR server gave no {template.kind}")
            found += resources_in(value, f"fhirServer.{template.key}", unread)
            matched += len(matches_in(value))
            url = next_page(value)
            if url is None:
                if not is_whole(value, matched):
                    raise RecordUnavailable(f"the FHIR server gave a part of {template.kind} only")
                return found
            url = urljoin(base, url)
        raise RecordUnavailable(f"there are more than {MOST_PAGES} pages of {template.kind}")

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = [placed for group in pool.map(one, templates) for placed in group]
    for placed in found:
        if placed.resource["resourceType"] == "Patient":
            check_patient(placed, request)
    return found
