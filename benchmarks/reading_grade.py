"""How hard an answer is to read as composed and as worded for patients, and what is lost.

    python benchmarks/reading_grade.py LIBRARY QUESTIONS.yaml [--part held_out] [--each]

Prints the Coleman–Liau grade (by textstat where it is installed, else by our own count, which a
test holds against it) of the whole page, of its claims alone, and of the claims as composed; then
how many claims are in other words, how many the gate refused, and every dose, conflict or warning
that the worded answer lacks (none may be).
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterable
from pathlib import Path

import yaml

from osler.answering import ask
from osler.domain import Answer, Audience, Claim
from osler.library import Library
from osler.readers import patient_text, reading_grade, worded
from osler.readers.gate import doses, equal
from osler.render import view

try:
    from textstat import coleman_liau_index as grade
except ImportError:
    grade = reading_grade


def lost(composed: Answer, patient: Answer) -> list[str]:
    """What the worded answer lacks of the doses, conflicts and warnings of the composed one."""
    held = [d for c in view.claims(patient) for d in doses(c.text)]
    missing = [
        d.text
        for c in view.claims(composed)
        for d in doses(c.text)
        if not any(equal(d, e) for e in held)
    ]
    if len(patient.conflicts) != len(composed.conflicts):
        missing.append("a conflict")
    kept = {c.warning for c in view.claims(patient)}
    missing += [c.warning for c in view.claims(composed) if c.warning and c.warning not in kept]
    if len(patient.bottom_line) != len(composed.bottom_line):
        missing.append("a bottom line")
    return missing


def sentences(claims: Iterable[Claim]) -> str:
    """Claims as running text, each with its full stop: what is composed is graded fairly."""
    return "\n".join(c.text if c.text[-1:] in ".!?" else f"{c.text}." for c in claims)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--part", default="tuned_on")
    parser.add_argument("--each", action="store_true", help="a line for each question")
    given = parser.parse_args()
    questions = yaml.safe_load(given.questions.read_text("utf-8"))[given.part]
    pages, claims, before, times, again = [], [], [], [], []
    reworded = stated = refused = 0
    losses: list[str] = []
    with Library.open(given.library) as library:
        for question in questions:
            answer = ask(library, question)
            if not answer.answered:
                print(f"abstained: {question}")
                continue
            start = time.perf_counter()
            patient = worded(answer, Audience.PATIENT)
            middle = time.perf_counter()
            worded(answer, Audience.PATIENT)
            times.append((middle - start) * 1000)
            again.append((time.perf_counter() - middle) * 1000)
            shown = [*patient.bottom_line, *(c for s in patient.sections for c in s.claims)]
            composed = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
            pages.append(grade(patient_text(patient)))
            claims.append(grade(sentences(shown)))
            before.append(grade(sentences(composed)))
            stated += len(shown)
            reworded += sum(c.text.rstrip(".") != (c.composed or c.text).rstrip(".") for c in shown)
            refused += patient.unworded
            losses += lost(answer, patient)
            if given.each:
                print(f"{pages[-1]:5.1f} {claims[-1]:5.1f} {before[-1]:5.1f}  {question}")
    over = sum(each > 8 for each in pages)
    print(f"{len(pages)} answers; grade by {grade.__module__.partition('.')[0]}")
    print(f"page      median {statistics.median(pages):.1f}  highest {max(pages):.1f}  > 8: {over}")
    print(f"claims    median {statistics.median(claims):.1f}  highest {max(claims):.1f}")
    print(f"composed  median {statistics.median(before):.1f}  highest {max(before):.1f}")
    print(f"claims in other words {reworded} of {stated}; refused by the gate {refused}")
    print(
        f"wording   median {statistics.median(times):.1f} ms, again {statistics.median(again):.1f}"
    )
    print(f"lost: {losses or 'nothing'}")


if __name__ == "__main__":
    main()
