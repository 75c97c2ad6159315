"""How long `$apply` takes in one process: p50, p95, p99 and the first, cold, application.

    python benchmarks/apply.py [PLAN PATIENT] [--rounds 500]

Without a plan, one of 60 actions and then every packaged pathway: for a patient of whom nothing is
known, and with the first of the answers to every question. The record is read anew for each round
and timed apart: a service reads it once a request. The second line of each is the processor's
time, which the load of the machine leaves alone.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from osler.pathways import Definitions, apply, pathway_names, read_record
from osler.pathways.loading import read_plan
from osler.pathways.reading import from_json

FIXTURES = Path(__file__).parents[1] / "tests" / "pathways" / "fixtures"
PATIENT = {"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1960-05-01"}
NOW = datetime(2026, 3, 31, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plan", nargs="?", type=Path, default=FIXTURES / "inventol.json")
    parser.add_argument("patient", nargs="?", type=Path, default=FIXTURES / "bo.json")
    parser.add_argument("--rounds", type=int, default=500)
    given = parser.parse_args()
    plan, patient = (from_json(path.read_bytes()) for path in (given.plan, given.patient))
    measure(given.plan.stem, plan, patient, None, given.rounds)
    if given.plan == parser.get_default("plan"):
        for name in pathway_names():
            packaged = read_plan(name)
            for what, answers in (("nothing known", None), ("answered", first_answers(packaged))):
                measure(f"{name}, {what}", packaged, PATIENT, answers, given.rounds)


def measure(name: str, plan: Any, patient: Any, answers: Any, rounds: int) -> None:
    """Print the figures of a plan for a patient."""
    print(name)
    began = time.perf_counter()
    definitions = Definitions.from_json(plan)
    record = read_record(patient, now=NOW)
    result = apply(definitions, record, now=NOW, answers=answers)
    print(f"  cold, with reading the plan  {1000 * (time.perf_counter() - began):8.2f} ms")
    show("reading the record", rounds, lambda: read_record(patient, now=NOW))
    show("$apply", rounds, lambda: apply(definitions, record, now=NOW, answers=answers))
    steps, taken = count(result.steps)
    made = len(result.bundle["entry"])
    held = len(record.resources)
    print(f"  {steps} actions, {taken} taken; {made} resources made of {held} in the record")


def first_answers(plan: Any) -> Any:
    """To every question of a plan, the first of its answers."""
    questionnaire = next(r for r in plan["contained"] if r["resourceType"] == "Questionnaire")
    items = [
        {"linkId": item["linkId"], "answer": [{"valueCoding": option["valueCoding"]}]}
        for item in questionnaire["item"]
        for option in item.get("answerOption", ())[:1]
    ]
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": items}


def show(what: str, rounds: int, run: Callable[[], Any]) -> None:
    for clock, name in ((time.perf_counter, ""), (time.process_time, " (processor)")):
        times = []
        for _ in range(rounds):
            began = clock()
            run()
            times.append(1000 * (clock() - began))
        times.sort()
        p50, p95, p99 = (times[min(rounds - 1, int(rounds * at))] for at in (0.5, 0.95, 0.99))
        print(f"  {what + name:30} p50 {p50:6.2f} ms  p95 {p95:6.2f} ms  p99 {p99:6.2f} ms")


def count(steps: Any) -> tuple[int, int]:
    inner = [count(step.steps) for step in steps]
    all_ = len(steps) + sum(number for number, _ in inner)
    return all_, sum(step.taken for step in steps) + sum(taken for _, taken in inner)


if __name__ == "__main__":
    main()
