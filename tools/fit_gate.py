"""Fit the weights of `osler.checking.likelihood` and write them to its data file.

    python tools/fit_gate.py PAIRS.yaml[=SOURCES]... [--check] [--out FILE]

A good example is a faithful claim with words that its passage does not hold; a bad one a changed
claim that nothing but its words gives away, or a faithful claim with one word exchanged for a
random word of the other claims or for one near it in meaning. The word lists of the gate were
mended on many of these claims, which therefore hold hardly a word unknown to it: each pass takes
a random part of its synonyms and of its words of general English away. `--check` leaves out one
file after another and prints what passes and what is caught at the threshold.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from osler.checking import canonical, check_text, clauses, evidence, lexicon, likelihood, wording
from osler.checking.clauses import sentences
from osler.checking.evidence import Evidence
from osler.checking.tokens import Kind
from osler.domain import ProblemKind
from osler.evaluation.pairs import evaluate_pairs
from osler.library.embedders.static import StaticEmbedder

SEED = 3
PENALTY = 3.0  # L2, on features divided by their standard deviation
STEPS = 40
TAKEN_AWAY = (0.0, 0.5, 0.9, 0.5, 0.9)  # of the synonyms, in each pass
TAKEN_OF_NEUTRAL = 0.3  # so much of that share, of words longer than LONGEST_KEPT letters
LONGEST_KEPT = 4
EXCHANGES = 2  # of a word, for each faithful claim in each pass
NEAR = 40  # words that one may be exchanged for as near in meaning
NO_SYNONYM = 0.5  # cosine; what is nearer may mean the same
THRESHOLD = 0.8
OUT = Path(__file__).parents[1] / "src/osler/checking/data/likelihood.toml"
HEAD = """# What each feature of uncovered words counts, in logits, and the probability from which a
# claim passes: see osler/checking/likelihood.py. Written by tools/fit_gate.py; not by hand.

"""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Written:
    """A claim that a person has written, against a passage."""

    file: str
    claim: str
    passage: str
    context: str
    faithful: bool


@dataclass(frozen=True)
class Example:
    """The features of a claim with uncovered words."""

    file: str
    good: bool
    values: dict[str, float]


def written(path: Path, sources: Path | None) -> Iterator[Written]:
    """The pairs of a file, in either of the two forms of tests/checking."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(entries, list):
        for p in evaluate_pairs(path, sources=sources).pairs:
            yield Written(str(path), p.claim, p.passage, p.context, p.label == "pass")
        return
    for entry in entries:
        passage, context = entry["passage"], entry.get("context", "")
        changed = [
            c for cs in entry["changed"].values() for c in ([cs] if isinstance(cs, str) else cs)
        ]
        for claims, faithful in ((entry["faithful"], True), (changed, False)):
            for claim in claims:
                yield Written(str(path), claim, passage, context, faithful)


class Exchanger:
    """Puts another word in the place of one word of a claim."""

    def __init__(self, all_: Sequence[Written], chance: random.Random) -> None:
        tokens = [t for w in all_ for s in sentences(w.claim) for t in s.tokens]
        named = [t for t in tokens if t.kind is Kind.WORD and t.text.isalpha()]
        self._chance = chance
        self._conditions = [t.text for t in named if t.condition]
        self._others = [t.text for t in named if not t.condition]
        self._words = sorted({t.text for t in named})
        self._embedder = StaticEmbedder.packaged()
        self._vectors = self._embedder.embed(self._words)
        self._synonyms = lexicon.synonyms()

    def exchanged(self, pair: Written) -> str | None:
        """The claim with one word exchanged, None where the passage holds the new one too."""
        tokens = [t for s in sentences(pair.claim) for t in s.tokens]
        tokens = [t for t in tokens if t.kind is Kind.WORD and t.text.isalpha()]
        if not tokens:
            return None
        token = self._chance.choice(tokens)
        if self._chance.random() < 0.5:
            alike = self._vectors @ self._embedder.embed([token.text])[0]
            near = [i for i in np.argsort(-alike)[:NEAR] if alike[i] < NO_SYNONYM]
            word = self._words[self._chance.choice(near)] if near else ""
        else:
            word = self._chance.choice(self._conditions if token.condition else self._others)
        stated = Evidence.of(pair.passage, pair.context)
        stem = lexicon.stem(word.lower())
        meanings = {n for w in stated.vocabulary for n in self._synonyms.get(w, ())}
        if stem in stated.vocabulary or not meanings.isdisjoint(self._synonyms.get(stem, ())):
            return None
        return pair.claim.replace(token.text, word, 1)


def examples(all_: Sequence[Written]) -> list[Example]:
    """The claims with uncovered words, word lists thinned differently in each pass."""
    chance = random.Random(SEED)
    exchanger = Exchanger(all_, chance)
    synonyms, neutral = lexicon.synonyms(), lexicon.neutral()
    sets = sorted({number for numbers in synonyms.values() for number in numbers})
    found = []
    for share in TAKEN_AWAY:
        kept = frozenset(n for n in sets if chance.random() >= share)
        plain = frozenset(
            w
            for w in sorted(neutral)
            if len(w) <= LONGEST_KEPT or chance.random() >= share * TAKEN_OF_NEUTRAL
        )
        thinned = {word: numbers & kept for word, numbers in synonyms.items() if numbers & kept}
        _use(thinned, plain)
        for pair in all_:
            if pair.faithful:
                found += _example(pair.file, pair.claim, pair, good=True)
                for _ in range(EXCHANGES):
                    claim = exchanger.exchanged(pair)
                    found += _example(pair.file, claim, pair, good=False) if claim else []
            elif _is_told_by_words(pair):
                found += _example(pair.file, pair.claim, pair, good=False)
    _use(synonyms, neutral)
    return found


def _use(synonyms: dict[str, frozenset[int]], neutral: frozenset[str]) -> None:
    """Let the gate read with these word lists."""
    lexicon.synonyms = lambda: synonyms  # type: ignore[assignment]
    lexicon.neutral = lambda: neutral  # type: ignore[assignment]
    for cached in (canonical.read, clauses.sentences, evidence._evidence):
        cached.cache_clear()


def _is_told_by_words(pair: Written) -> bool:
    """Whether no check but that of words finds the claim changed."""
    problems = check_text(pair.claim, pair.passage, pair.context).problems
    return all(problem.kind is ProblemKind.UNSUPPORTED for problem in problems)


def _example(file: str, claim: str, pair: Written, *, good: bool) -> list[Example]:
    """The example that a claim gives, none where it has no uncovered word."""
    stated = Evidence.of(pair.passage, pair.context)
    missing = wording.uncovered(sentences(claim), stated)
    missing = [token for token in missing if wording.may_be_put_otherwise(token, stated)]
    if not missing:
        return []
    return [Example(file, good, likelihood.features(sentences(claim), missing, stated))]


def fit(x: Floats, y: Floats) -> Floats:
    """The weights by Newton's method, good and bad examples counting alike as a whole."""
    scale = np.where(x.std(axis=0) > 0, x.std(axis=0), 1.0)
    x = x / scale
    penalty = np.full(x.shape[1], PENALTY)
    penalty[0] = 1e-6  # the bias
    counts = np.where(y > 0, len(y) / (2 * y.sum()), len(y) / (2 * (1 - y).sum()))
    w = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (counts * (p - y)) + penalty * w
        hessian = (x * (counts * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        w -= np.linalg.solve(hessian, gradient)
    return w / scale


def check(files: Sequence[str], x: Floats, y: Floats) -> None:
    """Leave one file out after another."""
    of = np.array(files)
    p = np.zeros(len(y))
    for file in dict.fromkeys(files):
        out = of == file
        p[out] = 1 / (1 + np.exp(-x[out] @ fit(x[~out], y[~out])))
        passed, caught = p[out & (y > 0)] >= THRESHOLD, p[out & (y == 0)] < THRESHOLD
        print(f"{file}: passed {passed.sum()}/{len(passed)}, caught {caught.sum()}/{len(caught)}")
    good, bad = p[y > 0], p[y == 0]
    area = np.mean([np.mean(one > bad) + np.mean(one == bad) / 2 for one in good])
    print(f"all: passed {np.mean(good >= THRESHOLD):.3f}, caught {np.mean(bad < THRESHOLD):.3f}")
    print(f"a faithful claim is likelier than a changed one in {area:.3f} of all couples")


def main() -> None:
    """Read the arguments and the pairs, fit and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", nargs="+", metavar="PAIRS.yaml[=SOURCES]")
    parser.add_argument("--check", action="store_true", help="leave out one file after another")
    parser.add_argument("--out", type=Path, default=OUT, help="the file of weights to write")
    given = parser.parse_args()
    likelihood.is_likely = lambda *_: False  # what is being fitted decides nothing meanwhile
    all_: list[Written] = []
    for named in given.pairs:
        path, _, sources = named.partition("=")
        all_ += written(Path(path), Path(sources) if sources else None)
    found = examples(all_)
    names = list(found[0].values)
    x = np.array([[e.values[name] for name in names] for e in found])
    y = np.array([float(e.good) for e in found])
    if given.check:
        check([e.file for e in found], x, y)
    lines = [f"threshold = {THRESHOLD}", "", "[weights]"]
    lines += [f'"{n}" = {w:.3f}' for n, w in zip(names, fit(x, y), strict=True)]
    given.out.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{int(y.sum())} good and {int((1 - y).sum())} bad examples → {given.out}")


if __name__ == "__main__":
    main()
