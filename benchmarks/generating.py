"""Generated passages of clinical-like text, the same for the same seed.

Words come with the frequencies that they have in the real corpora (Zipfian therefore), read at run
time. Every passage of some hundred words holds one sentence on a drug's dose, from a template;
drugs, conditions and doses are drawn so that a few are common and most are rare.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from osler.statements.vocabulary.substances import all_names, is_class

SEED = 1849
WORDS_A_PASSAGE = 100
PASSAGES_A_DOCUMENT = 20
DOCUMENTS_A_FILE = 200
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_SENTENCE = (6, 20)  # words
_AMOUNTS = ("5", "10", "20", "25", "40", "50", "75", "100", "150", "200", "250", "400", "500")
_UNITS = ("mg", "mg", "mg", "micrograms", "g")
_ROUTES = ("orally", "by intravenous infusion", "intramuscularly", "subcutaneously", "orally")
_TIMES = ("once daily", "twice daily", "every 8 hours", "every 6 hours", "weekly", "at night")
_DURATIONS = ("", " for 5 days", " for 7 days", " for 14 days", " for 3 months", "")
_GROUPS = ("Adults", "Children", "Pregnant women", "Patients over 65 years", "Adults")
_TEMPLATES = (
    "{group} with {condition}: {drug} {amount} {unit} {route} {time}{duration}.",
    "For {condition}, give {drug} {amount} {unit} {route} {time}{duration}.",
    "The recommended dose of {drug} in {condition} is {amount} {unit} {route} {time}{duration}.",
    "{group} should receive {drug} {amount} {unit} {route} {time}{duration} for {condition}.",
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words with their cumulated frequencies, most frequent first; drugs and conditions."""

    words: NDArray[np.str_]
    cumulated: NDArray[np.float64]
    drugs: tuple[str, ...]
    conditions: tuple[str, ...]


def vocabulary(texts: Iterable[str], conditions: Iterable[str]) -> Vocabulary:
    """The vocabulary of real texts; the engine's lexicon gives the drugs."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_WORD.findall(text.lower()))
    ordered = counts.most_common()
    weights = np.array([count for _, count in ordered], np.float64)
    drugs = sorted(name for name in set(all_names()) if name.isalpha() and not is_class(name))
    rng = np.random.default_rng(SEED)
    return Vocabulary(
        np.array([word for word, _ in ordered]),
        np.cumsum(weights) / weights.sum(),
        tuple(str(drug) for drug in rng.permutation(drugs)),
        tuple(sorted(conditions)),
    )


def write_files(folder: Path, known: Vocabulary, passages: int) -> list[Path]:
    """About `passages` passages as JSON Lines files in `folder`; the files, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    documents = max(1, passages // PASSAGES_A_DOCUMENT)
    paths = []
    for number, first in enumerate(range(0, documents, DOCUMENTS_A_FILE)):
        # Each file has a seed of its own: the first files of a larger set are those of a smaller.
        rng = np.random.default_rng([SEED, number])
        path = folder / f"generated-{number:05}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for n in range(first, min(first + DOCUMENTS_A_FILE, documents)):
                file.write(json.dumps(_document(rng, known, n)) + "\n")
        paths.append(path)
    return paths


def questions(known: Vocabulary, count: int) -> list[str]:
    """Questions on doses and treatments that the generated passages speak of."""
    rng = np.random.default_rng([SEED, 1])
    asked: dict[str, None] = {}
    while len(asked) < count:
        drug, condition = _rare(rng, known.drugs), _rare(rng, known.conditions)
        asked[f"dose of {drug} in {condition}"] = None
        asked[f"treatment of {condition}"] = None
        asked[f"What is the recommended dose of {drug} for {condition} in adults?"] = None
    return list(asked)[:count]


def _document(rng: np.random.Generator, known: Vocabulary, number: int) -> dict[str, str]:
    size = PASSAGES_A_DOCUMENT * WORDS_A_PASSAGE
    positions = np.searchsorted(known.cumulated, rng.random(size))
    words = known.words[np.minimum(positions, len(known.words) - 1)].tolist()
    condition = _rare(rng, known.conditions)
    paragraphs = [
        " ".join((*_sentences(rng, words[start : start + WORDS_A_PASSAGE - 16]), _dose(rng, known)))
        for start in range(0, size, WORDS_A_PASSAGE)
    ]
    return {
        "_id": f"g{number}",
        "title": f"{condition.capitalize()}: note {number}",
        "text": "\n\n".join(paragraphs),
    }


def _sentences(rng: np.random.Generator, words: list[str]) -> Iterator[str]:
    start = 0
    while start < len(words):
        end = start + int(rng.integers(*_SENTENCE))
        yield " ".join(words[start:end]).capitalize() + "."
        start = end


def _dose(rng: np.random.Generator, known: Vocabulary) -> str:
    def one(choices: tuple[str, ...]) -> str:
        return choices[int(rng.integers(len(choices)))]

    return one(_TEMPLATES).format(
        group=one(_GROUPS),
        condition=_rare(rng, known.conditions),
        drug=_rare(rng, known.drugs),
        amount=one(_AMOUNTS),
        unit=one(_UNITS),
        route=one(_ROUTES),
        time=one(_TIMES),
        duration=one(_DURATIONS),
    )


def _rare(rng: np.random.Generator, names: tuple[str, ...]) -> str:
    """One of `names`; the nth is about n times as rare as the first."""
    return names[int(len(names) ** rng.random()) - 1]
