"""Fit what tells names in questions and write it to the data files of `osler.privacy`.

    python tools/name_texts.py DATA OUT   # once: what is learned from, see there
    python tools/fit_names.py OUT/PLAIN.txt OUT/DRUGS.txt OUT/CONDITIONS.txt [--sets dev,heldout,…]

PLAIN.txt has questions and sentences that name nobody, one a line; the others names of drugs and
of conditions. Sentences are made of the frames of tools/name_frames.toml and of the sets named,
with names of the packaged lists. Three names in ten are taken for unlisted, and so are three drugs
in ten and some ordinary words: what is learned must hold for what no list has. The same input
gives the same weights. No set is read but those that are named; a set to measure on is not.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from name_sentences import Example, Maker
from numpy.typing import NDArray

from osler.evaluation import identified
from osler.library.embedders.static import frequent_words
from osler.privacy import likeness
from osler.privacy.clinical import clinical_spans, is_word, named_after
from osler.privacy.evidence import evidence, sort_of_word, sorts_of
from osler.privacy.finding import find_others
from osler.privacy.lists import listed
from osler.privacy.tokens import TokenKind, tokens_of
from osler.statements.vocabulary.conditions import words_of_conditions
from osler.statements.vocabulary.substances import words_of_names

HERE = Path(__file__).parent
DATA = HERE.parent / "src/osler/privacy/data"
HEAD = "# {}, in hundredths of a logit.\n# Written by tools/{}; not by hand.\n"
ROUNDS, RATE, PENALTY = 250, 0.1, 2e-6  # of Adam; L2
LEAST, LEAST_LETTERS = 0.08, 0.15  # logits; smaller weights are left out
SEEN, SEEN_LETTERS = 12, 6  # how often at least
TIMES, TIMES_OTHERS = 50, 60  # sentences a frame
UNKNOWN_WORD = 0.03  # of ordinary words are taken for unknown
ENGLISH = 9_000  # words of everyday English to tell names' letters from
Row = tuple[str, ...]


def arguments() -> argparse.Namespace:
    """The lists of texts, the sets to fit on and where the weights go."""
    parser = argparse.ArgumentParser()
    for name in ("plain", "drugs", "conditions"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--sets", default=",".join(identified.SETS))
    parser.add_argument("--out", type=Path, default=DATA)
    return parser.parse_args()


def main() -> None:
    """Fit the letters, then the evidence, which has their likeness in it."""
    args = arguments()
    plain, drugs, conditions = (
        path.read_text("utf-8").splitlines() for path in (args.plain, args.drugs, args.conditions)
    )
    rng = random.Random(1)
    if args.out == DATA:  # which tell of words, not of sets
        _fit_letters([*plain, *drugs, *conditions], rng)
    drugs += [brand for brand in sorted(listed("brands")) for _ in range(3)]
    frames = tomllib.loads(HERE.joinpath("name_frames.toml").read_text("utf-8"))
    maker = Maker(frames, plain, drugs, conditions, rng)
    made = [maker.example(f) for f in frames["people"] for _ in range(TIMES)]
    made += [maker.example(f) for f in frames["others"] for _ in range(TIMES_OTHERS)]
    made += [maker.styled(q, ()) for q in plain]
    made += maker.of_sets(args.sets.split(","))
    unlisted = frozenset(
        w for d in drugs for w in d.lower().split() if len(w) > 3 and _is_unlisted(w)
    )
    rows: list[Row] = []
    good: list[bool] = []
    for example in made:
        for row, is_name in _rows(example, rng, unlisted):
            rows.append(row)
            good.append(is_name)
    print(f"{len(made):,} sentences")
    write("name_weights", "What evidence counts for a name", fit(rows, good, SEEN, LEAST), args.out)


def _is_unlisted(word: str) -> bool:
    return crc32(word.encode()) % 10 < 3


def _fit_letters(texts: Iterable[str], rng: random.Random) -> None:
    words = set(re.findall(r"[a-z]{3,}", " ".join(texts).lower()))
    words |= {
        w
        for w in (*frequent_words(10_000), *words_of_names(), *words_of_conditions())
        if w.isalpha() and is_word(w)
    }
    words |= set(rng.sample(sorted(listed("english")), ENGLISH))
    names = sorted(listed("given_names") | listed("surnames"))
    names = [n for n in names if len(n) > 2 and not _is_unlisted(n)]
    others = sorted({w for w in words if len(w) > 2 and not _is_unlisted(w)}.difference(names))
    # As many of the one as of the other, or rare words would all be names.
    share = max(1, round(len(names) / len(others)))
    rows = [("", *likeness.runs(w)) for w in [*names, *others * share]]
    good = [at < len(names) for at in range(len(rows))]
    weights = fit(rows, good, SEEN_LETTERS, LEAST_LETTERS)
    write("name_letters", "What runs of letters count for a name", weights)
    likeness.letter_weights.cache_clear()
    sort_of_word.cache_clear()


def _rows(
    example: Example, rng: random.Random, drugs: frozenset[str]
) -> Iterable[tuple[Row, bool]]:
    text = example.text
    tokens = tokens_of(text, find_others(text))
    names = [any(s < t.end and t.start < e for s, e in example.names) for t in tokens]
    sorts = sorts_of(tokens, [*clinical_spans(text), *named_after(text)])
    for at, token in enumerate(tokens):
        word = token.bare.lower()
        if token.kind is not TokenKind.WORD or len(word) < 3:
            continue
        if names[at]:
            if any(map(_is_unlisted, re.split(r"[-'’]", word))):
                sorts[at] = sort_of_word(token.bare, listed_names=False)
            elif sorts[at] == "c":
                sorts[at] = sort_of_word(token.bare)
        elif (
            word in drugs
            or (sorts[at][0] in "op" and _is_unlisted(word))
            or (sorts[at] in ("v", "e") and rng.random() < UNKNOWN_WORD)
        ):
            sorts[at] = f"u{likeness.likeness(word)}"
    return [(row, name) for row, name in zip(evidence(tokens, sorts), names, strict=True) if row]


def fit(
    rows: Sequence[Row], good: Sequence[bool], seen: int, least: float, penalty: float = PENALTY
) -> dict[str, float]:
    """Weights of a logistic regression, by Adam on all rows at once."""
    counts = Counter(f for row in rows for f in row)
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= seen))}
    cells = [[index[f] for f in row if f in index] for row in rows]
    lengths = np.array([len(c) for c in cells])
    flat: NDArray[np.int64] = np.fromiter((i for c in cells for i in c), np.int64, lengths.sum())
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    owner = np.repeat(np.arange(len(cells)), lengths)
    y = np.array(good, float)
    w, mean, spread = (np.zeros(len(index)) for _ in range(3))
    z = y
    for step in range(1, ROUNDS + 1):
        z = np.add.reduceat(w[flat], starts)
        error = (1 / (1 + np.exp(-z)) - y) / len(y)
        gradient = np.bincount(flat, error[owner], len(w)) + penalty * w
        mean = 0.9 * mean + 0.1 * gradient
        spread = 0.98 * spread + 0.02 * gradient**2
        w -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.98**step)) + 1e-8)
    print(f"{len(rows):,} rows, {len(index):,} features, wrong {((z > 0) != (y > 0)).mean():.4f}")
    return {f: float(w[i]) for f, i in index.items() if abs(w[i]) >= least}


def write(name: str, what: str, weights: dict[str, float], folder: Path = DATA) -> None:
    """Write weights as `osler.privacy.likeness.weights_of` reads them."""
    lines = (f"{round(w * 100)}\t{f}" for f, w in sorted(weights.items()))
    folder.joinpath(f"{name}.tsv").write_text(
        HEAD.format(what, Path(sys.argv[0]).name) + "\n".join(lines) + "\n", "utf-8"
    )
    print(name, len(weights))


if __name__ == "__main__":
    main()
