"""What a request lacks comes from its FHIR server, with its token, if that may be asked."""

from __future__ import annotations

import io
import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.test import Client
from fhir_server import FhirServer
from hooks_requests import Json, bundle, call, condition, egfr, patient

from osler.pathways.measurements import codes_of
from osler_site.cds_hooks import fhir_server

pytestmark = pytest.mark.usefixtures("site")

SERVICE = "/cds-services/metformin-patient-view"
TOKEN = "a-very-secret-token"
DIABETES = condition("Type 2 diabetes mellitus")
CODES = ",".join(codes_of("egfr"))
ALL = (
    "Patient, AllergyIntolerance, Condition, MedicationRequest, MedicationStatement, Observation, "
    "Procedure"
)
QUERIES = {
    "patient": "/fhir/Patient/p1",
    "allergies": "/fhir/AllergyIntolerance?patient=p1",
    "conditions": "/fhir/Condition?patient=p1",
    "medications": "/fhir/MedicationRequest?patient=p1",
    "statements": "/fhir/MedicationStatement?patient=p1",
    "observations": f"/fhir/Observation?patient=p1&code={CODES}",
    "procedures": "/fhir/Procedure?patient=p1",
}


@pytest.fixture
def filled(fhir: FhirServer, told: Callable[..., None]) -> FhirServer:
    """A server that is listed and holds a patient with diabetes and an eGFR of 25."""
    told(OSLER_FHIR_HOSTS=fhir.origin)
    fhir.serve(QUERIES["patient"], patient())
    fhir.serve(QUERIES["conditions"], bundle(DIABETES))
    for key in ("allergies", "medications", "statements", "procedures"):
        fhir.serve(QUERIES[key], bundle())
    fhir.serve(QUERIES["observations"], bundle(egfr(25)))
    return fhir


def body(fhir: FhirServer, *, scope: str | None = "patient/*.read", **more: Any) -> Json:
    made = {**call("patient-view"), "fhirServer": fhir.url, **more}
    if "prefetch" not in more:
        del made["prefetch"]
    if scope is not None:
        made["fhirAuthorization"] = {
            "access_token": TOKEN, "token_type": "Bearer", "expires_in": 60, "scope": scope,
            "subject": "osler",
        }  # fmt: skip
    return made


def post(client: Client, sent: Json) -> Any:
    return client.post(SERVICE, sent, content_type="application/json")


def refused(client: Client, sent: Json) -> str:
    answer = post(client, sent)
    assert answer.status_code == 412
    assert answer.json()["resourceType"] == "OperationOutcome"
    return str(answer.json()["issue"][0]["details"]["text"])


def test_what_is_missing_is_fetched_with_the_clients_token(
    client: Client, filled: FhirServer
) -> None:
    answer = post(client, body(filled))
    assert answer.status_code == 200
    assert answer.json()["cards"][0]["summary"].startswith("Stop metformin")
    assert {path for path, _ in filled.asked} == set(QUERIES.values())
    assert {headers["Authorization"] for _, headers in filled.asked} == {f"Bearer {TOKEN}"}


def test_what_was_prefetched_is_not_fetched(client: Client, filled: FhirServer) -> None:
    sent = {"patient": patient(), "conditions": bundle(DIABETES), "medications": None}
    sent |= {"allergies": None, "statements": None, "procedures": None}
    assert post(client, body(filled, prefetch=sent)).status_code == 200
    assert [path for path, _ in filled.asked] == [QUERIES["observations"]]


def test_with_all_prefetched_no_server_is_asked(client: Client, filled: FhirServer) -> None:
    answer = post(client, {**call("patient-view", DIABETES, egfr(25)), "fhirServer": filled.url})
    assert answer.json()["cards"][0]["summary"].startswith("Stop metformin")
    assert not filled.asked


def test_every_page_of_a_search_is_read(client: Client, filled: FhirServer) -> None:
    second = "/fhir/Observation?page=2"
    filled.serve(QUERIES["observations"], {
        **bundle(), "link": [{"relation": "next", "url": f"{filled.origin}{second}"}],
    })  # fmt: skip
    filled.serve(second, bundle(egfr(25)))
    assert post(client, body(filled)).json()["cards"][0]["summary"].startswith("Stop metformin")


def test_a_next_page_elsewhere_is_not_asked_for(client: Client, filled: FhirServer) -> None:
    for url, why in (
        ("https://elsewhere.example/2", "leads to another host"),
        ("http://169.254.169.254/", "leads to another host"),
        ("file:///etc/passwd", "the address of the FHIR server is not one"),
    ):
        filled.serve(QUERIES["observations"], {
            **bundle(), "link": [{"relation": "next", "url": url}],
        })  # fmt: skip
        assert why in refused(client, body(filled))
    assert {path for path, _ in filled.asked} <= set(QUERIES.values())


def test_pages_without_end_are_given_up(client: Client, filled: FhirServer) -> None:
    filled.serve(QUERIES["observations"], {
        **bundle(), "link": [{"relation": "next", "url": filled.origin + QUERIES["observations"]}],
    })  # fmt: skip
    assert "more than 20 pages" in refused(client, body(filled))


def test_without_prefetch_and_server_the_request_is_refused(client: Client) -> None:
    sent = call("patient-view")
    del sent["prefetch"]
    said = refused(client, sent)
    for key in ("patient", "conditions", "medications", "observations"):
        assert key in said
    half = {**call("patient-view"), "prefetch": {"patient": patient()}}
    assert (
        "prefetch lacks allergies, conditions, medications, statements, observations, procedures"
        in refused(client, half)
    )


def test_a_server_that_is_not_listed_and_private_is_not_asked(
    client: Client, filled: FhirServer, told: Callable[..., None]
) -> None:
    told(OSLER_FHIR_HOSTS="")
    said = refused(client, body(filled))
    assert "OSLER_FHIR_HOSTS" in said
    assert not filled.asked


def test_without_a_token_only_listed_servers_are_asked(
    client: Client, filled: FhirServer, told: Callable[..., None]
) -> None:
    assert post(client, body(filled, scope=None)).status_code == 200
    assert all("Authorization" not in headers for _, headers in filled.asked)
    sent = {**body(filled, scope=None), "fhirServer": "https://fhir.example"}
    assert "no fhirAuthorization" in refused(client, sent)


@pytest.mark.parametrize(
    ("scope", "lacks"),
    [
        ("patient/*.read", ""),
        ("user/*.*", ""),
        ("system/*.rs", ""),
        ("launch patient/*.cruds", ""),
        (
            "patient/Patient.read patient/Condition.r patient/Condition.rs "
            "patient/MedicationRequest.read user/Observation.read patient/Procedure.rs "
            "patient/MedicationStatement.read patient/AllergyIntolerance.read",
            "",
        ),
        ("patient/Patient.read", ALL.removeprefix("Patient, ")),
        ("patient/*.write", ALL),
        ("patient/*.c", ALL),
        ("", ALL),
        (
            "patient/Patient.rs patient/Condition.rs patient/MedicationRequest.rs "
            "patient/Procedure.rs patient/MedicationStatement.rs patient/AllergyIntolerance.rs "
            "patient/Observation.rs?category=vital-signs",
            "Observation",
        ),
    ],
)
def test_no_more_is_asked_than_the_scope_allows(
    client: Client, filled: FhirServer, scope: str, lacks: str
) -> None:
    sent = body(filled, scope=scope)
    if not lacks:
        assert post(client, sent).status_code == 200
        return
    assert f"does not hold {lacks}" in refused(client, sent)
    assert not filled.asked


@pytest.mark.parametrize(
    ("key", "answer", "status", "why"),
    [
        ("patient", {}, 404, "answered 404"),
        ("patient", {}, 401, "answered 401"),
        ("patient", patient(id="p2"), 200, "is not the patient of the context"),
        ("conditions", {"resourceType": "OperationOutcome"}, 200, "gave no Condition"),
        ("conditions", [], 200, "gave no Condition"),
        ("conditions", {"resourceType": "Bundle", "entry": 7}, 200, "entry: must be a list"),
        ("conditions", b"<html>", 200, "something other than JSON"),
        ("conditions", {}, 302, "answered 302"),
    ],
)
def test_a_server_that_does_not_give_a_record_is_told(
    client: Client, filled: FhirServer, key: str, answer: Any, status: int, why: str
) -> None:
    filled.serve(QUERIES[key], answer, status)
    assert why in refused(client, body(filled))


def test_a_server_that_drips_is_given_up(
    client: Client, told: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each byte comes soon; the head of the answer never ends. The connection is cut."""
    monkeypatch.setattr(fhir_server, "SECONDS", 0.5)
    cut = threading.Event()

    def drip(asked: socket.socket) -> None:
        with asked, suppress(OSError):
            asked.sendall(b"HTTP/1.1 200 OK\r\n")
            while not cut.wait(0.05):
                asked.sendall(b"X: a\r\n")
        cut.set()

    def accept() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=drip, args=(listening.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        origin = f"http://127.0.0.1:{listening.getsockname()[1]}"
        told(OSLER_FHIR_HOSTS=origin)
        threading.Thread(target=accept, daemon=True).start()
        sent = {**body(FhirServer(url=f"{origin}/fhir"))}
        assert "in time" in refused(client, sent)
        assert cut.wait(10)


def test_a_server_that_says_nothing_is_given_up(
    client: Client, filled: FhirServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fhir_server, "SECONDS", 0.3)
    released = threading.Event()

    def drip() -> Any:
        released.wait(5)
        return 200, {}, b"{}"

    filled.answers[QUERIES["conditions"]] = drip
    try:
        assert "in time" in refused(client, body(filled))
    finally:
        released.set()


def test_a_part_of_what_there_is_is_refused(client: Client, filled: FhirServer) -> None:
    filled.serve(QUERIES["observations"], {**bundle(egfr(25)), "total": 2})
    assert "a part of Observation" in refused(client, body(filled))


def test_an_entry_that_cannot_be_read_is_left_out_and_told(
    client: Client, filled: FhirServer
) -> None:
    found = bundle(egfr(25))
    found["entry"].append({"fullUrl": "x"})
    filled.serve(QUERIES["observations"], found)
    cards = post(client, body(filled)).json()["cards"]
    assert any("could not be checked" in card["summary"] for card in cards)
    assert any(card["summary"].startswith("Stop metformin") for card in cards)


def test_the_token_is_in_no_log_and_no_answer(client: Client, filled: FhirServer) -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        said = [post(client, body(filled)).content]
        filled.serve(QUERIES["patient"], {}, 401)
        said.append(post(client, body(filled)).content)
        bad = body(filled)
        bad["fhirAuthorization"]["expires_in"] = "soon"
        said.append(post(client, bad).content)
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
    assert TOKEN not in written.getvalue()
    assert all(TOKEN.encode() not in text for text in said)
