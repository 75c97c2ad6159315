"""A record system and a server in a process of its own: tokens, a FHIR server, long bodies."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.test import Client
from fhir_server import FhirServer
from hooks_clients import ISSUER, SIGNERS
from hooks_requests import bundle, call, condition, egfr, patient, taking
from site_server import Server, run, start

from osler.domain.errors import UsageError
from osler.pathways.measurements import codes_of
from osler_site.operations.serving import _refuse_what_is_unsafe

VIEW = "/cds-services/metformin-patient-view"
PREPARE = "from osler_site.operations.preparing import prepare; prepare(print)"
OBSERVED = ",".join(codes_of("egfr"))


@pytest.fixture
def served(
    migrated_file: Path, starter_library: Path, tmp_path: Path, fhir: FhirServer
) -> Iterator[Server]:
    """A server that believes one client, and may ask one FHIR server."""
    data = tmp_path / "site"
    data.mkdir()
    if migrated_file.is_file():
        shutil.copy(migrated_file, data / "osler-site.db")
    run(PREPARE, data)
    clients = tmp_path / "clients.json"
    clients.write_text(json.dumps([{"issuer": ISSUER, "jku": f"{fhir.origin}/jwks.json"}]))
    server = start(
        data, tmp_path / "log", workers=1, OSLER_HOOKS_CLIENTS=str(clients),
        OSLER_HOOKS_OPEN="false", OSLER_FHIR_HOSTS=fhir.origin,
        OSLER_HOOKS_ORIGINS="https://ehr.hospital.example",
    )  # fmt: skip
    yield server
    server.stop()
    assert server.process.stdout is not None
    server.process.stdout.close()


def test_a_record_system_is_served(served: Server, fhir: FhirServer) -> None:
    signer = SIGNERS["ES384"]
    fhir.serve("/jwks.json", {"keys": [signer.jwk]})
    fhir.serve("/fhir/Patient/p1", patient())
    fhir.serve("/fhir/Condition?patient=p1", bundle(condition("Type 2 diabetes")))
    for kind in ("AllergyIntolerance", "MedicationStatement", "Procedure"):
        fhir.serve(f"/fhir/{kind}?patient=p1", bundle())
    fhir.serve("/fhir/MedicationRequest?patient=p1", bundle(taking()))
    fhir.serve(f"/fhir/Observation?patient=p1&code={OBSERVED}", bundle(egfr(25)))
    body: dict[str, Any] = {**call("patient-view"), "fhirServer": fhir.url}
    del body["prefetch"]
    with httpx.Client(base_url=served.url, timeout=60) as ehr:
        listed = ehr.get("/cds-services").json()["services"]
        assert VIEW.rpartition("/")[2] in [service["id"] for service in listed]
        assert ehr.post(VIEW, json=body).status_code == 401
        headers = signer.headers(VIEW, aud=f"{served.url.rstrip('/')}{VIEW}")  # where it is served
        answer = ehr.post(VIEW, json=body, headers=headers)
        first = answer.json()["cards"][0]
        assert first["summary"] == "Stop metformin: eGFR 25 mL/min/1.73m2 (20 November 2026)"
        assert first["links"][0]["url"] == f"{served.url.rstrip('/')}/pathways/metformin/"
        again = ehr.post(VIEW, json=body, headers=headers)
        assert (again.status_code, again.json()["resourceType"]) == (401, "OperationOutcome")
        told = {"card": answer.json()["cards"][0]["uuid"], "outcome": "overridden",
                "outcomeTimestamp": "2026-11-30T09:00:00Z"}  # fmt: skip
        path = f"{VIEW}/feedback"
        allowed = signer.headers(path, aud=f"{served.url.rstrip('/')}{path}")
        kept = ehr.post(path, json={"feedback": [told]}, headers=allowed)
        assert kept.status_code == 200
        asked = {"Origin": "https://ehr.hospital.example", "Access-Control-Request-Method": "POST"}
        assert ehr.options(VIEW, headers=asked).status_code == 204
        for path in (VIEW, "/fhir/PlanDefinition/$apply"):
            long = ehr.post(path, content=b" " * 10_000_001)
            assert long.status_code == 413
            assert long.headers["Content-Type"] == "application/fhir+json"
            assert long.json()["issue"][0]["code"] == "too-long"
    assert "p1" not in served.logged()
    assert headers["Authorization"] not in served.logged()


def test_a_list_of_clients_that_is_wrong_keeps_it_from_starting(
    client: Client, tmp_path: Path, told: Any
) -> None:
    file = tmp_path / "clients.json"
    file.write_text("[{}]")
    told(OSLER_HOOKS_CLIENTS=str(file))
    with pytest.raises(UsageError, match="OSLER_HOOKS_CLIENTS"):
        _refuse_what_is_unsafe()
