"""Fit the weights of `osler.answering.judging.likelihood` and write them to its data file.

    python tools/fit_likelihood.py LIBRARY=QUESTIONS.yaml... [--check] [--out FILE]

Every question of every file is asked of the library named before it. An example is a candidate
statement; it is a good one where it carries a required fact of its question, as
`osler evaluate answers` tells it (a dose of the amount, or half of the words, in a document that
the fact names). `--check` leaves out one file of questions after another, wherever it is asked,
and prints what the eight likeliest statements hold of its required doses.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from osler.answering.engine import questions_in
from osler.answering.judging.eligibility import may_be_shown
from osler.answering.judging.likelihood import all_features
from osler.answering.judging.relevance import judge, prepare
from osler.answering.retrieving.retrieve import retrieve
from osler.answering.understanding.poisoning import suits_poisoning
from osler.evaluation.fact_match import split
from osler.evaluation.questions import ExpectedFact, load_questions
from osler.evaluation.reasons import carriers, share_in
from osler.library import Library

PENALTY = 3.0  # L2, on features divided by their standard deviation
STEPS = 40
NEARLY = 0.15  # how far below the best share of words a carrier of a dose may be
SHOWN = 8
OUT = Path(__file__).parents[1] / "src/osler/answering/data/likelihood.toml"
HEAD = """# What each feature of a statement counts, in logits: see answering/judging/likelihood.py.
# Written by tools/fit_likelihood.py; not by hand.

[weights]
"""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Asking:
    """The candidates of one question, and those that carry each of its facts."""

    file: str
    statements: tuple[str, ...]
    features: Floats  # (statements, features)
    doses: tuple[frozenset[str], ...]
    others: tuple[frozenset[str], ...]

    @property
    def good(self) -> Floats:
        """1 for each candidate that carries a fact."""
        needed = frozenset().union(*self.doses, *self.others)
        return np.array([float(s in needed) for s in self.statements])


def askings(library: Library, questions: Path, names: list[str]) -> Iterator[Asking]:
    """Ask every question; fills `names` with the names of the features."""
    for item in load_questions(questions):
        found: dict[str, dict[str, float]] = {}
        for question in questions_in(library, item.question):
            asked = prepare(question, library.idf, library.frequency)
            judged = [
                (f.candidate, r)
                for f in retrieve(library, question)
                if suits_poisoning(f.candidate, question) and (r := judge(f, asked)) is not None
            ]
            for (candidate, relevance), values in zip(
                judged, all_features(judged, asked), strict=True
            ):
                if may_be_shown(candidate, relevance, asked):
                    found.setdefault(candidate.statement.id, values)
        if not found:
            continue
        names[:] = list(next(iter(found.values())))
        doses, others = split(item)
        yield Asking(
            str(questions),
            tuple(found),
            np.array([list(values.values()) for values in found.values()]),
            _carriers(library, doses),
            _carriers(library, others),
        )


def _carriers(library: Library, facts: Sequence[ExpectedFact]) -> tuple[frozenset[str], ...]:
    """For each fact the statements that carry it, those whose words are nearest to its own."""
    found = []
    for fact in facts:
        shares = {s.id: share_in(fact, s) for s in carriers(library, fact)}
        best = max(shares.values(), default=0.0)
        found.append(frozenset(i for i, share in shares.items() if share >= best - NEARLY))
    return tuple(found)


def fit(askings_: Sequence[Asking]) -> Floats:
    """The weights by Newton's method, the features scaled to unit deviation while fitting."""
    x = np.vstack([a.features for a in askings_])
    y = np.concatenate([a.good for a in askings_])
    scale = np.where(x.std(axis=0) > 0, x.std(axis=0), 1.0)
    x = x / scale
    penalty = np.full(x.shape[1], PENALTY)
    penalty[0] = 1e-6  # the bias
    w = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + penalty * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        w -= np.linalg.solve(hessian, gradient)
    return w / scale


def check(all_: Sequence[Asking]) -> None:
    """Leave one file out after another."""
    for file in dict.fromkeys(a.file for a in all_):
        w = fit([a for a in all_ if a.file != file])
        held, total, said, facts = 0, 0, 0, 0
        for a in (a for a in all_ if a.file == file):
            order = np.argsort(-(a.features @ w), kind="stable")[:SHOWN]
            shown = {a.statements[i] for i in order}
            held += sum(bool(fact & shown) for fact in a.doses)
            total += len(a.doses)
            said += sum(bool(fact & shown) for fact in a.others)
            facts += len(a.others)
        print(
            f"{file}: {held}/{total} required doses and {said}/{facts} other facts among the "
            f"{SHOWN} likeliest"
        )


def main() -> None:
    """Read the arguments, ask, fit and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("asked", nargs="+", metavar="LIBRARY=QUESTIONS.yaml")
    parser.add_argument("--check", action="store_true", help="leave out one file after another")
    parser.add_argument("--out", type=Path, default=OUT, help="the file of weights to write")
    given = parser.parse_args()
    names: list[str] = []
    all_: list[Asking] = []
    for pair in given.asked:
        library, _, questions = pair.partition("=")
        all_ += askings(Library.open(library), Path(questions), names)
    if given.check:
        check(all_)
    lines = [f'"{n}" = {w:.3f}' for n, w in zip(names, fit(all_), strict=True)]
    given.out.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(all_)} askings, {sum(len(a.statements) for a in all_)} statements → {given.out}")


if __name__ == "__main__":
    main()
