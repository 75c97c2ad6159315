"""What a CDS client sends is read, or refused with the path of the fault."""

from __future__ import annotations

import io
import json
import tarfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hooks_requests import Json, call, condition, order
from hypothesis import given
from hypothesis import strategies as st

from osler.domain.errors import InvalidResource
from osler.pathways.hooks import Hook, context_of, fhir_access, read_request

CDC = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "cdc_opioid_2022"
ARCHIVE = CDC / "fhir_cds_artifacts.tar.gz"


def changed(body: Json, path: str, value: Any) -> Json:
    """A copy with the element at a path ("context.patientId") replaced; None removes it."""
    copy: Json = json.loads(json.dumps(body))
    holder, *names = copy, *path.split(".")
    for name in names[:-1]:
        holder = holder[name]
    if value is None:
        del holder[names[-1]]
    else:
        holder[names[-1]] = value
    return copy


VIEW = call("patient-view", condition("Pernicious anaemia"))
SELECT = call("order-select", orders=(order("Hydroxocobalamin", 1, "mg"),))
SERVER = {**VIEW, "fhirServer": "https://fhir.example/r4", "fhirAuthorization": {
    "access_token": "secret-token", "token_type": "Bearer", "expires_in": 300,
    "scope": "patient/*.read", "subject": "osler",
}}  # fmt: skip


@pytest.mark.parametrize("hook", list(Hook))
def test_each_hook_is_read(hook: Hook) -> None:
    request = read_request(call(hook, orders=(order("Metformin", 500, "mg"),)))
    assert request.hook == hook
    assert context_of(request) == {"userId": "Practitioner/dr", "patientId": "p1"}


@pytest.mark.parametrize(
    ("body", "path", "value", "fault"),
    [
        (VIEW, "hook", "encounter-start", "hook"),
        (VIEW, "hook", None, "hook"),
        (VIEW, "hookInstance", "7", "hookInstance"),
        (VIEW, "hookInstance", None, "hookInstance"),
        (VIEW, "context", None, "context"),
        (VIEW, "context", [], "context"),
        (VIEW, "context.patientId", None, "context.patientId"),
        (VIEW, "context.patientId", 7, "context.patientId"),
        (VIEW, "context.patientId", "../Patient", "context.patientId"),
        (VIEW, "context.patientId", "p1\n", "context.patientId"),
        (VIEW, "context.userId", "dr", "context.userId"),
        (VIEW, "context.encounterId", "a b", "context.encounterId"),
        (VIEW, "prefetch", [], "prefetch"),
        (VIEW, "prefetch.patient", "p1", "prefetch.patient"),
        (VIEW, "prefetch.patient", {"id": "p1"}, "prefetch.patient"),
        (SELECT, "context.selections", None, "context.selections"),
        (SELECT, "context.selections", [], "context.selections"),
        (SELECT, "context.selections", [7], "context.selections[0]"),
        (SELECT, "context.draftOrders", None, "context.draftOrders"),
        (SELECT, "context.draftOrders", {"resourceType": "List"}, "context.draftOrders"),
        (SELECT, "context.draftOrders.entry", {}, "context.draftOrders"),
        (SELECT, "context.draftOrders.entry", [{}] * 201, "context.draftOrders"),
        (SERVER, "fhirServer", "ftp://fhir.example", "fhirServer"),
        (SERVER, "fhirServer", "https://", "fhirServer"),
        (SERVER, "fhirServer", "https://user:x@fhir.example", "fhirServer"),
        (SERVER, "fhirServer", "https://fhir.example/?a=b", "fhirServer"),
        (SERVER, "fhirServer", "https://fhir.example:x/", "fhirServer"),
        (SERVER, "fhirServer", "{{fhirServerUrl}}", "fhirServer"),
        (SERVER, "fhirServer", None, "fhirServer"),
        (SERVER, "fhirAuthorization.access_token", "", "fhirAuthorization.access_token"),
        (SERVER, "fhirAuthorization.token_type", "Basic", "fhirAuthorization.token_type"),
        (SERVER, "fhirAuthorization.expires_in", 0, "fhirAuthorization.expires_in"),
        (SERVER, "fhirAuthorization.scope", None, "fhirAuthorization.scope"),
    ],
)
def test_a_fault_is_named_with_its_path(body: Json, path: str, value: Any, fault: str) -> None:
    with pytest.raises(InvalidResource) as caught:
        fhir_access(read_request(changed(body, path, value)))
    assert fault in [issue.path for issue in caught.value.issues]


def test_every_fault_is_named() -> None:
    body = changed(changed(VIEW, "hookInstance", "7"), "context.patientId", None)
    with pytest.raises(InvalidResource) as caught:
        read_request(body)
    assert [i.path for i in caught.value.issues] == ["hookInstance", "context.patientId"]


def test_references_and_wrapped_entries_of_older_clients_are_read() -> None:
    body = changed(VIEW, "context.patientId", "Patient/p1")
    body["context"]["encounterId"] = "Encounter/e1"
    body["prefetch"]["patient"] = {"response": {"status": "200 OK"}, "resource": {
        "resourceType": "Patient", "id": "p1"}}  # fmt: skip
    request = read_request(body)
    assert context_of(request) == {
        "userId": "Practitioner/dr", "patientId": "p1", "encounterId": "e1",
    }  # fmt: skip
    assert request.prefetch is not None
    assert request.prefetch["patient"] == {"resourceType": "Patient", "id": "p1"}


def test_a_token_is_not_shown_by_accident() -> None:
    request = read_request(SERVER)
    assert "secret-token" not in repr(request)
    assert "secret-token" not in str(request.model_dump())
    body = changed(SERVER, "fhirAuthorization.token_type", "Basic")
    with pytest.raises(InvalidResource) as caught:
        fhir_access(read_request(body))
    assert "secret-token" not in str(caught.value)


def test_a_server_is_looked_at_only_where_something_is_fetched() -> None:
    for path, value in (("fhirServer", "ftp://x"), ("fhirAuthorization.expires_in", 0)):
        assert read_request(changed(SERVER, path, value)).context.patient_id == "p1"


def test_extensions_and_unknown_fields_are_left_alone() -> None:
    read = read_request({**VIEW, "extension": {"com.example.a": 1}, "more": []})
    assert read.context == read_request(VIEW).context


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.sampled_from(sorted(SERVER)), JSON)
def test_whatever_stands_in_a_field_is_read_or_refused(name: str, value: Any) -> None:
    with suppress(InvalidResource):
        assert read_request({**SERVER, name: value}).hook == Hook.PATIENT_VIEW


@given(JSON)
def test_whatever_is_sent_is_refused_with_a_reason(value: Any) -> None:
    with pytest.raises(InvalidResource):
        read_request(value)


@pytest.mark.skipif(not ARCHIVE.is_file(), reason="the shared CDC artifacts are not here")
def test_real_requests_are_read_or_refused_with_a_reason() -> None:
    read, refused = [], {}
    with tarfile.open(ARCHIVE) as archive:
        for member in archive:
            if "/images/requests/" not in f"/{member.name}" or not member.name.endswith(".json"):
                continue
            held = archive.extractfile(member)
            assert held is not None
            text = io.TextIOWrapper(held, "utf-8-sig").read()
            body, _ = json.JSONDecoder().raw_decode(text.lstrip())  # a response may follow
            name = member.name.rpartition("/")[2]
            try:
                read_request(body)
                read.append(name)
            except InvalidResource as error:
                refused[name] = [issue.path for issue in error.issues]
    assert len(read) == 65
    assert refused == {
        "request-example-rec-08-order-sign-mme-doseRange.json": ["hookInstance"],
        "request-example-rec-10-pos-sickle-cell-exclusion.json": ["context.draftOrders"],
    }
