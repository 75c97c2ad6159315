"""The gate measured by generation: corruptions that it must catch, rewrites that it must pass.

Claims are made from raw sentences by `osler.evaluation.corruption` and
`osler.evaluation.rewrites`, which share no code with the gate.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from osler.checking import check_text
from osler.evaluation.corruption import Variant, corruptions
from osler.evaluation.corruption_sentences import RawSentence, raw_sentences
from osler.evaluation.rewrites import rewrites

SEED = 20
LONGEST = 600  # characters: a longer "sentence" is a table or a list run together


@dataclass(frozen=True, slots=True)
class Rate:
    """k right of n, with the 95 % Wilson score interval."""

    kind: str
    right: int
    total: int

    @property
    def interval(self) -> tuple[float, float]:
        """The bounds, as shares in 0..1."""
        return wilson(self.right, self.total)

    def __str__(self) -> str:
        if not self.total:
            return f"{self.kind}: 0/0"
        low, high = self.interval
        share = 100 * self.right / self.total
        return (
            f"{self.kind}: {self.right}/{self.total} = {share:.2f} % "
            f"({100 * low:.2f}–{100 * high:.2f})"
        )


@dataclass(frozen=True, slots=True)
class GateReport:
    """Rates a kind; `passed` are corruptions let through, `refused` rewrites held back."""

    corruptions: tuple[Rate, ...]
    rewrites: tuple[Rate, ...]
    passed: tuple[Variant, ...]
    refused: tuple[Variant, ...]

    @property
    def caught(self) -> Rate:
        """All corruptions together."""
        return _total("corruptions caught", self.corruptions)

    @property
    def accepted(self) -> Rate:
        """All rewrites together."""
        return _total("rewrites passed", self.rewrites)

    def lines(self, misses: int = 20) -> list[str]:
        """The report for a terminal, with up to `misses` misses of each sort."""
        lines = [str(self.caught), *(f"  {rate}" for rate in self.corruptions)]
        lines += [str(self.accepted), *(f"  {rate}" for rate in self.rewrites)]
        for title, variants in (
            ("corruptions that passed", self.passed),
            ("rewrites that were refused", self.refused),
        ):
            if variants and misses:
                lines.append(f"{title} ({min(misses, len(variants))} of {len(variants)}):")
                lines += [f"  {v.kind}: {v.change} | {v.passage}" for v in variants[:misses]]
        return lines


def evaluate_gate(
    data: Path, *, limit: int | None = None, progress: Callable[[int, int], None] | None = None
) -> GateReport:
    """Check every claim generated from NSTG and OpenStax under `data`.

    `limit` takes a seeded sample of so many corruptions and so many rewrites.
    Raises UsageError where the documents are absent.
    """
    wrong, same = generate(raw_sentences(data))
    return measure(_sample(wrong, limit), _sample(same, limit), progress=progress)


def generate(sentences: Iterable[RawSentence]) -> tuple[list[Variant], list[Variant]]:
    """All corruptions and all rewrites of sentences, a sentence's text taken once."""
    seen: set[str] = set()
    wrong: list[Variant] = []
    same: list[Variant] = []
    for sentence in sentences:
        if sentence.text in seen or len(sentence.text) > LONGEST:
            continue
        seen.add(sentence.text)
        wrong += corruptions(sentence)
        same += rewrites(sentence)
    return wrong, same


def measure(
    wrong: list[Variant],
    same: list[Variant],
    *,
    progress: Callable[[int, int], None] | None = None,
) -> GateReport:
    """Run the gate over claims that must fail and claims that must pass."""
    verdicts: list[bool] = []
    for number, variant in enumerate([*wrong, *same], start=1):
        verdicts.append(check_text(variant.claim, variant.passage, variant.context).supported)
        if progress is not None:
            progress(number, len(wrong) + len(same))
    passed = [v for v, supported in zip(wrong, verdicts, strict=False) if supported]
    refused = [
        v for v, supported in zip(same, verdicts[len(wrong) :], strict=True) if not supported
    ]
    return GateReport(_rates(wrong, passed), _rates(same, refused), tuple(passed), tuple(refused))


def wilson(right: int, total: int, z: float = 1.959964) -> tuple[float, float]:
    """95 % score interval of a proportion (Wilson, J Am Stat Assoc 1927; 22: 209-212)."""
    if total == 0:
        return 0.0, 1.0
    share = right / total
    centre = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def _rates(variants: list[Variant], wrong: list[Variant]) -> tuple[Rate, ...]:
    kinds = dict.fromkeys(v.kind for v in variants)
    return tuple(
        Rate(
            kind,
            sum(v.kind == kind for v in variants) - sum(v.kind == kind for v in wrong),
            sum(v.kind == kind for v in variants),
        )
        for kind in kinds
    )


def _total(kind: str, rates: tuple[Rate, ...]) -> Rate:
    return Rate(kind, sum(r.right for r in rates), sum(r.total for r in rates))


def _sample(variants: list[Variant], limit: int | None) -> list[Variant]:
    if limit is None or limit >= len(variants):
        return variants
    chosen = set(random.Random(SEED).sample(range(len(variants)), limit))
    return [v for index, v in enumerate(variants) if index in chosen]
