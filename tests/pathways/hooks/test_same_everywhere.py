"""The same call has the same cards in every process: none of the order of Python's sets shows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hooks_requests import Json, call, condition, egfr, order

from osler.pathways.hooks import Service

ANSWER = """
import json, sys
from datetime import UTC, datetime
from osler.library import Library
from osler.pathways import load_pathways
from osler.pathways.hooks import gather, read_request, respond, services_of

services = services_of(load_pathways(Library.open(sys.argv[1]))[0])
for name, body in json.load(sys.stdin):
    request = read_request(body)
    found = gather(request, services[name].templates)
    now = datetime(2026, 11, 30, 9, tzinfo=UTC)
    print(json.dumps(respond(services[name], request, found, now=now, base="http://x")))
"""


def hba1c() -> Json:
    code = {"coding": [{"system": "http://loinc.org", "code": "4548-4"}]}
    quantity = {"value": 8.1, "unit": "%", "system": "http://unitsofmeasure.org", "code": "%"}
    return {**egfr(1), "id": "hba1c", "code": code, "valueQuantity": quantity}


CALLS = [
    ("metformin-patient-view",
     call("patient-view", condition("Type 2 diabetes"), egfr(25), hba1c())),
    ("metformin-order-sign",
     call("order-sign", condition("Type 2 diabetes"), egfr(25), hba1c(),
          orders=(order("Metformin", 1000, "mg", every=(2, 1, "d")),))),
    ("vitamin-b12-patient-view", call("patient-view", condition("Pernicious anaemia"), egfr(40))),
    ("vitamin-b12-order-sign",
     call("order-sign", condition("Pernicious anaemia"), egfr(40),
          orders=(order("Hydroxocobalamin", 1000, "mg"),
                  order("Cyanocobalamin", 1, "mg", id="b")))),
]  # fmt: skip


def test_the_cards_do_not_depend_on_the_process(
    services: dict[str, Service], starter_folder: Path
) -> None:
    assert {name for name, _ in CALLS} <= set(services)
    found = [answered(starter_folder, seed) for seed in ("1", "2", "3")]
    assert all('"cards": [{' in line for line in found[0].splitlines())
    assert found[0] == found[1] == found[2]


def answered(folder: Path, seed: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", ANSWER, str(folder)],
        input=json.dumps(CALLS),
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        pytest.fail(run.stderr)
    return run.stdout
