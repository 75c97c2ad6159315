"""How much of what tells who a patient is gets hidden, and what is hidden that tells nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from osler.domain.identifier import Identifier, IdentifierKind
from osler.evaluation.identified import Identified
from osler.privacy import find_identifiers, is_installed
from osler.statements import find_conditions, find_substances
from osler.statements.vocabulary.conditions import find_tests


@dataclass(frozen=True, slots=True)
class Missed:
    """An identifier of which a letter or digit stayed."""

    question: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Needless:
    """Something hidden that tells of no patient; `clinical` names the drug, condition or test."""

    question: str
    text: str
    kind: str
    clinical: str | None


@dataclass(frozen=True, slots=True)
class PrivacyReport:
    """Identifiers found and missed, questions hidden wholly, and what was hidden needlessly."""

    with_model: bool
    questions: int
    identifiers: int
    found: int
    by_kind: dict[str, tuple[int, int]]  # found, of how many
    whole: int  # questions of which every identifier is hidden
    plain: int  # questions without identifiers
    missed: tuple[Missed, ...]
    needless: tuple[Needless, ...]
    p50_ms: float  # of one question

    @property
    def recall(self) -> float:
        """Identifiers of which every letter and digit is hidden."""
        return self.found / self.identifiers if self.identifiers else 1.0

    def lines(self, misses: int) -> list[str]:
        """The report for a terminal, with so many misses of each sort."""
        clinical = sum(n.clinical is not None for n in self.needless)
        return [
            f"recognisers        {'ours and the model' if self.with_model else 'ours alone'}",
            f"identifiers found  {self.found} of {self.identifiers} ({self.recall:.3f})",
            *(f"  {kind:<28} {hit} of {of}" for kind, (hit, of) in self.by_kind.items()),
            f"questions hidden   {self.whole} of {self.questions} wholly",
            f"hidden needlessly  {len(self.needless)} in {self.plain:,} questions without "
            f"identifiers, {clinical} of them a drug, condition or test",
            f"p50                {self.p50_ms:.2f} ms a question",
            *(f"missed: {m.text!r} ({m.kind}) in: {m.question}" for m in self.missed[:misses]),
            *(f"needless: {n.text!r} ({n.kind}) in: {n.question}" for n in self.needless[:misses]),
        ]


def evaluate_privacy(identified: Iterable[Identified], plain: Iterable[str]) -> PrivacyReport:
    """Measure on questions with identifiers, and on questions without any."""
    total: Counter[IdentifierKind] = Counter()
    hit: Counter[IdentifierKind] = Counter()
    missed: list[Missed] = []
    needless: list[Needless] = []
    times: list[float] = []
    questions = whole = without = 0

    def found_in(text: str) -> tuple[Identifier, ...]:
        begun = perf_counter()
        found = find_identifiers(text)
        times.append(perf_counter() - begun)
        return found

    for question in identified:
        questions += 1
        found = found_in(question.text)
        left = 0
        for planted in question.planted:
            total[planted.kind] += 1
            if _is_hidden(question.text, planted.start, planted.end, found):
                hit[planted.kind] += 1
                continue
            left += 1
            said = question.text[planted.start : planted.end]
            missed.append(Missed(question.text, said, planted.kind.value))
        whole += not left
    for text in plain:
        without += 1
        needless += [
            Needless(text, one.text, one.kind.value, _clinical(text, one)) for one in found_in(text)
        ]
    return PrivacyReport(
        with_model=is_installed(),
        questions=questions,
        identifiers=sum(total.values()),
        found=sum(hit.values()),
        by_kind={kind.value: (hit[kind], total[kind]) for kind in IdentifierKind if total[kind]},
        whole=whole,
        plain=without,
        missed=tuple(missed),
        needless=tuple(needless),
        p50_ms=round(median(times) * 1000, 2) if times else 0.0,
    )


def _is_hidden(text: str, start: int, end: int, found: tuple[Identifier, ...]) -> bool:
    covered = {at for one in found for at in range(one.start, one.end)}
    return all(at in covered or not text[at].isalnum() for at in range(start, end))


def _clinical(text: str, one: Identifier) -> str | None:
    for find in (find_substances, find_conditions, find_tests):
        for named in find(text):
            if named.start < one.end and one.start < named.end:
                return named.name
    return None
