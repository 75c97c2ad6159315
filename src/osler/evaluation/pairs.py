"""The gate on written pairs of passage and claim: which must pass, which must fail."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from osler.checking import check_text
from osler.domain import Problem
from osler.domain.errors import UsageError
from osler.evaluation.gate import Rate
from osler.evaluation.questions import validated
from osler.reading import read, walk


class Pair(BaseModel):
    """A passage, a claim, and whether the claim must pass ("pass") or not ("fail").

    `kind` says what was done to the claim. `context` is what the passage stands under (title
    and headings); `source` the file whose title it is instead.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    id: str
    passage: str
    claim: str
    label: Literal["pass", "fail"]
    kind: str = ""
    context: str | None = None
    source: str | None = None


class PairFile(BaseModel):
    """The YAML file: a version and its pairs."""

    model_config = ConfigDict(extra="allow", frozen=True)

    version: int = 1
    pairs: list[Pair]


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A pair with what the gate says of it."""

    id: str
    kind: str
    label: str
    right: bool
    problems: tuple[Problem, ...]
    claim: str
    passage: str
    context: str


@dataclass(frozen=True, slots=True)
class PairsReport:
    """All pairs; rates by label and by kind."""

    pairs: tuple[JudgedPair, ...]

    @property
    def caught(self) -> Rate:
        """Claims that must fail, and do."""
        return _rate("changed claims caught", [p for p in self.pairs if p.label == "fail"])

    @property
    def passed(self) -> Rate:
        """Claims that must pass, and do."""
        return _rate("faithful claims passed", [p for p in self.pairs if p.label == "pass"])

    @property
    def kinds(self) -> tuple[Rate, ...]:
        """By label and kind, in the order of the files."""
        names = dict.fromkeys((p.label, p.kind) for p in self.pairs)
        return tuple(
            _rate(kind, [p for p in self.pairs if (p.label, p.kind) == (label, kind)])
            for label, kind in names
        )

    def lines(self) -> list[str]:
        """The report for a terminal, with every pair that was judged wrongly."""
        lines = [str(self.caught), str(self.passed), *(f"  {rate}" for rate in self.kinds)]
        for pair in self.pairs:
            if pair.right:
                continue
            lines.append(f"{pair.id} ({pair.kind}): must {pair.label}")
            lines.append(f"  claim: {pair.claim}")
            lines.append(f"  passage: {' '.join(pair.passage.split())}  [{pair.context}]")
            lines += [f"  {p.kind.value}: {p.claim!r} against {p.passage!r}" for p in pair.problems]
        return lines


def evaluate_pairs(*files: Path, sources: Path | None = None) -> PairsReport:
    """Put every pair of some YAML files through the gate.

    `sources` is the folder with the files that pairs name as their `source`. Raises UsageError
    where a file cannot be read, or a named source is not in the folder.
    """
    pairs = [pair for file in files for pair in validated(file, PairFile).pairs]
    raw_files = walk(sources) if sources else ()
    titles = {d.source.file: d.source.title for raw in raw_files for d in read(raw)}
    return PairsReport(tuple(_judged(pair, _context(pair, titles)) for pair in pairs))


def _context(pair: Pair, titles: dict[str, str]) -> str:
    if pair.context is not None or pair.source is None:
        return pair.context or ""
    if titles and pair.source not in titles:
        raise UsageError(f"pair {pair.id}: there is no source {pair.source}")
    return titles.get(pair.source, "")


def _judged(pair: Pair, context: str) -> JudgedPair:
    verdict = check_text(pair.claim, pair.passage, context)
    return JudgedPair(
        id=pair.id,
        kind=pair.kind,
        label=pair.label,
        right=verdict.supported == (pair.label == "pass"),
        problems=verdict.problems,
        claim=pair.claim,
        passage=pair.passage,
        context=context,
    )


def _rate(name: str, pairs: list[JudgedPair]) -> Rate:
    return Rate(name, sum(p.right for p in pairs), len(pairs))
