"""How long `$apply` takes in one process: p50, p95, p99 and the first, cold, application.

    python benchmarks/apply.py [PLAN PATIENT] [--rounds 500]

The record is read anew for each round and timed apart: a service reads it once a request. The
second line of each is the processor's time, which the load of the machine leaves alone.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from osler.pathways import Definitions, apply, read_record
from osler.pathways.reading import from_json

FIXTURES = Path(__file__).parents[1] / "tests" / "pathways" / "fixtures"
NOW = datetime(2026, 3, 31, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plan", nargs="?", type=Path, default=FIXTURES / "inventol.json")
    parser.add_argument("patient", nargs="?", type=Path, default=FIXTURES / "bo.json")
    parser.add_argument("--rounds", type=int, default=500)
    given = parser.parse_args()
    began = time.perf_counter()
    definitions = Definitions.from_json(from_json(given.plan.read_bytes()))
    patient = from_json(given.patient.read_bytes())
    result = apply(definitions, read_record(patient, now=NOW), now=NOW)
    print(f"cold, with reading the plan  {1000 * (time.perf_counter() - began):8.2f} ms")
    show("reading the record", given.rounds, lambda: read_record(patient, now=NOW))
    record = read_record(patient, now=NOW)
    show("$apply", given.rounds, lambda: apply(definitions, record, now=NOW))
    steps, taken = count(result.steps)
    print(f"{steps} actions, {taken} taken; {len(record.resources)} resources in the record")


def show(what: str, rounds: int, run: Callable[[], Any]) -> None:
    for clock, name in ((time.perf_counter, ""), (time.process_time, " (processor)")):
        times = []
        for _ in range(rounds):
            began = clock()
            run()
            times.append(1000 * (clock() - began))
        times.sort()
        p50, p95, p99 = (times[min(rounds - 1, int(rounds * at))] for at in (0.5, 0.95, 0.99))
        print(f"{what + name:32} p50 {p50:6.2f} ms  p95 {p95:6.2f} ms  p99 {p99:6.2f} ms")


def count(steps: Any) -> tuple[int, int]:
    inner = [count(step.steps) for step in steps]
    all_ = len(steps) + sum(number for number, _ in inner)
    return all_, sum(step.taken for step in steps) + sum(taken for _, taken in inner)


if __name__ == "__main__":
    main()
