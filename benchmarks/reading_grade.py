"""How hard an answer is to read as composed and as worded for patients, and what is lost.

    python benchmarks/reading_grade.py LIBRARY QUESTIONS.yaml [--part held_out] [--each]
    python benchmarks/reading_grade.py LIBRARY QUESTIONS.yaml... --sample 20 --seed 2026
    python benchmarks/reading_grade.py LIBRARY --articles

Questions are a part of a file of the readers' tests, the questions of an evaluation, or lines of
conditions (`.txt`: "How is ... treated?"); `--articles` takes the starter articles.

Prints the Coleman–Liau grade (by textstat where it is installed, else by our own count, which a
test holds against it) of the whole page, of its claims alone, and of the claims as composed; then
how many claims are in other words, how many the gate refused, and every dose, conflict or warning
that the worded answer lacks (none may be).
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle
from pathlib import Path

import yaml

from osler.answering import ask, overview, summarize
from osler.domain import Answer, Audience, Claim
from osler.library import Library
from osler.readers import patient_text, reading_grade, worded
from osler.readers.gate import doses, equal
from osler.render import view
from osler_site.seeding.entries import entries

try:
    from textstat import coleman_liau_index as grade
except ImportError:
    grade = reading_grade


def lost(composed: Answer, patient: Answer) -> list[str]:
    """What the worded answer lacks of the doses, conflicts and warnings of the composed one."""
    held = [d for c in view.claims(patient) for d in doses(c.text)]
    as_they_were = {c.text.rstrip(".") for c in view.claims(patient)}
    missing = [
        d.text
        for c in view.claims(composed)
        if c.text.rstrip(".") not in as_they_were
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


def asked(path: Path, part: str) -> list[str]:
    """The questions of a file."""
    if path.suffix == ".txt":
        names = (line.strip().removesuffix(".txt") for line in path.read_text("utf-8").splitlines())
        return [f"How is {name.lower()} treated?" for name in names if name]
    held = yaml.safe_load(path.read_text("utf-8"))
    return held[part] if part in held else [each["question"] for each in held["questions"]]


def starter() -> Iterator[tuple[str, Callable[[Library, str], Answer]]]:
    """What each starter article is about, and what composes it."""
    compose = {"answer": ask, "overview": overview, "summary": summarize}
    for entry in entries():
        yield entry.about, compose[entry.kind]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("questions", type=Path, nargs="*")
    parser.add_argument("--articles", action="store_true", help="the starter articles")
    parser.add_argument("--sample", type=int, help="so many of the questions, by the seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--part", default="tuned_on")
    parser.add_argument("--each", action="store_true", help="a line for each question")
    given = parser.parse_args()
    questions = [q for path in given.questions for q in asked(path, given.part)]
    if given.sample:
        questions = random.Random(given.seed).sample(sorted(questions), given.sample)
    pages, claims, before, times, again = [], [], [], [], []
    reworded = stated = refused = 0
    losses: list[str] = []
    with Library.open(given.library) as library:
        for question, compose in starter() if given.articles else zip(questions, cycle([ask])):
            answer = compose(library, question)
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
    ninth = sorted(pages)[int(0.9 * (len(pages) - 1))]
    print(
        f"page      median {statistics.median(pages):.1f}  90 % {ninth:.1f}  "
        f"highest {max(pages):.1f}  > 8: {over}"
    )
    print(f"claims    median {statistics.median(claims):.1f}  highest {max(claims):.1f}")
    print(f"composed  median {statistics.median(before):.1f}  highest {max(before):.1f}")
    print(f"claims in other words {reworded} of {stated}; refused by the gate {refused}")
    print(
        f"wording   median {statistics.median(times):.1f} ms, again {statistics.median(again):.1f}"
    )
    print(f"lost: {losses or 'nothing'}")


if __name__ == "__main__":
    main()
