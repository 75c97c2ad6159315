"""What CDS Hooks bear: calls at a steady rate, whether or not those before are answered.

    python benchmarks/cds_hooks_load.py --library library/demo --seconds 20

Starts `osler serve` itself, on loopback, with data of its own. The calls are those of a record
system: two pathways at `patient-view` and `order-sign` in turn, the record in the prefetch
(`--observations` laboratory values in it), every call for another patient.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import tempfile
import uuid
from pathlib import Path
from typing import Any

from site_load import Connection, Request, arrivals, load, memory, serving

Json = dict[str, Any]
ACTIVE = {"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}
UCUM = "http://unitsofmeasure.org"


def entry(kind: str, identifier: str, patient: str, **more: Any) -> Json:
    """One resource about a patient, as an entry of a Bundle."""
    subject = {"reference": f"Patient/{patient}"}
    return {"resource": {"resourceType": kind, "id": identifier, "subject": subject, **more}}


def observation(n: int, patient: str) -> Json:
    """An eGFR; each on a day of its own."""
    value = {"value": 25 + n % 70, "unit": "mL/min/1.73m2", "system": UCUM}
    return entry(
        "Observation", f"egfr{n}", patient, status="final",
        code={"coding": [{"system": "http://loinc.org", "code": "62238-1"}]},
        effectiveDateTime=f"{2026 - n // 300}-{1 + n // 28 % 11:02}-{1 + n % 28:02}",
        valueQuantity={**value, "code": "mL/min/{1.73_m2}"},
    )  # fmt: skip


def draft(drug: str, amount: int, unit: str, patient: str) -> Json:
    """An order that is being signed."""
    quantity = {"value": amount, "unit": unit, "system": UCUM, "code": unit}
    return entry(
        "MedicationRequest", "draft", patient, status="draft", intent="order",
        medicationCodeableConcept={"text": drug},
        dosageInstruction=[{
            "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
            "doseAndRate": [{"doseQuantity": quantity}],
        }],
    )  # fmt: skip


def body(n: int, hook: str, problem: str, order: tuple[str, int, str], observations: int) -> str:
    """One call, for a patient of its own."""
    patient = f"p{n}"
    context: Json = {"userId": "Practitioner/dr", "patientId": patient}
    if hook == "order-sign":
        drafted = [draft(*order, patient)]
        context["draftOrders"] = {"resourceType": "Bundle", "type": "collection", "entry": drafted}
    code = {"clinicalStatus": {"coding": [ACTIVE]}, "code": {"text": problem}}

    def found(*entries: Json) -> Json:
        return {"resourceType": "Bundle", "type": "searchset", "entry": list(entries)}

    return json.dumps(
        {
            "hook": hook,
            "hookInstance": str(uuid.uuid4()),
            "context": context,
            "prefetch": {
                "patient": {"resourceType": "Patient", "id": patient, "gender": "female",
                            "birthDate": f"19{40 + n % 50}-03-01"},
                "conditions": found(entry("Condition", "c", patient, **code)),
                **dict.fromkeys(
                    ("medications", "procedures", "statements", "administrations", "allergies")
                ),
                "observations": found(*(observation(i, patient) for i in range(observations))),
            },
        }
    )  # fmt: skip


CALLS = (
    ("vitamin-b12", "patient-view", "Pernicious anaemia", ("", 0, "")),
    ("vitamin-b12", "order-sign", "Pernicious anaemia", ("Hydroxocobalamin", 1000, "mg")),
    ("metformin", "patient-view", "Type 2 diabetes", ("", 0, "")),
    ("metformin", "order-sign", "Type 2 diabetes", ("Metformin", 1000, "mg")),
)


def calls(numbers: itertools.count[int], hooks: tuple[str, ...], observations: int) -> Request:
    """Calls of these hooks in turn."""
    chosen = [call for call in CALLS if call[1] in hooks]

    async def request(connection: Connection, headers: dict[str, str]) -> int:
        n = next(numbers)
        pathway, hook, problem, order = chosen[n % len(chosen)]
        sent = body(n, hook, problem, order, observations)
        path = f"/cds-services/{pathway}-{hook}"
        return (await connection.send("POST", path, sent, kind="application/json"))[0]

    return request


async def measure(port: int, process: int, rate: float, seconds: float, observations: int) -> None:
    """Print the figures of a running server."""
    numbers = itertools.count()
    hooks = ("patient-view", "order-sign")
    await load(port, 2, 2, calls(numbers, hooks, observations))  # connections and caches are warm
    before = memory(process)
    for asked in (("patient-view",), ("order-sign",), hooks):
        figures = await arrivals(port, rate, seconds, calls(numbers, asked, observations))
        print(f"  {' and '.join(asked):26}{figures}  p99 {figures.milliseconds(0.99):6.1f} ms")
    print(f"  memory {before:.0f} MB before, {memory(process):.0f} MB after")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--rate", type=float, default=50, help="calls a second")
    parser.add_argument("--seconds", type=float, default=20, help="of each of three runs")
    parser.add_argument("--observations", type=int, default=20, help="in each prefetch")
    arguments = parser.parse_args()
    os.environ["OSLER_HOOKS_PER_MINUTE"] = "0"
    os.environ["OSLER_STARTER_ARTICLES"] = "false"
    with tempfile.TemporaryDirectory() as temporary:
        data = Path(temporary) / "site"
        with serving(arguments.library, data, arguments.workers) as (port, process):
            size = len(body(0, "order-sign", "x", ("Metformin", 1, "mg"), arguments.observations))
            print(
                f"{arguments.workers} worker(s), {arguments.rate:.0f} calls a second of "
                f"{size / 1000:.1f} kB, load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
            asyncio.run(
                measure(port, process, arguments.rate, arguments.seconds, arguments.observations)
            )


if __name__ == "__main__":
    main()
