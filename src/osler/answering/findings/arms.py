"""Which arm of a comparison a piece of text names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from osler.answering.findings.lexicon import lexicon
from osler.answering.findings.model import Comparison
from osler.answering.findings.report import Report
from osler.library.terms import terms
from osler.patterns import lazy

_END = lazy(r"[,;()]|\bp\s*[<=>]|\bbut\b|\bwhile\b|\bwhereas\b")
_PLACE = lazy(r"\b(?:in|for|with|by|after|following|among|under|on|during)\s+([^,;()]*)")
_NEXT_ARM = lazy(r"\b(?:than|and|compared|versus|vs|or)\b")
_FAR = 160  # characters between a cue and the words of reference that belong to it
_NEAR = 80  # characters between a cue and the arm that it is said of


@dataclass(frozen=True, slots=True)
class Arms:
    """The terms by which each arm, and only that arm, is known; with their report's weights."""

    report: Report
    intervention: frozenset[str]
    comparator: frozenset[str]

    @classmethod
    def of(cls, report: Report, comparison: Comparison) -> Arms:
        """Terms of one arm that the other lacks, and the names that any report may use.

        "Control group" means the comparator, unless the intervention itself is called so.
        """
        words = lexicon()
        one = frozenset(report.wanted(comparison.intervention))
        other = frozenset(report.wanted(comparison.comparator))
        usual_one = (
            frozenset[str]() if other & words.intervention_names else words.intervention_names
        )
        usual_other = frozenset[str]() if one & words.comparator_names else words.comparator_names
        return cls(report, (one - other) | usual_one, (other - one) | usual_other)

    def lean(self, text: str) -> float:
        """Above 0 where the text names the intervention rather than the comparator."""
        said = frozenset(terms(text))
        weigh = self.report.weight
        one, other = sorted(said & self.intervention), sorted(said & self.comparator)
        return sum(map(weigh, one)) - sum(map(weigh, other))

    def turned(self, text: str, start: int, end: int) -> str | None:
        """Why the cue at `start:end` speaks of the comparator; None where it does not.

        Looked at in this order, and the first that names an arm decides: what the outcome is
        compared with ("lower than with X"), the same before the cue ("compared with X, ..."),
        the arm in which ("lower in X"), the words before the cue ("X had lower").
        """
        words = lexicon()
        after = words.reference.search(text, end)
        if after and after.start() - end < _FAR:
            compared = _until(text, after.end(), _END)
            lean = self.lean(compared)
            if lean:
                return f"compared with {compared.strip()!r}" if lean > 0 else None
        leading = words.leading_reference.search(text, 0, start)
        if leading:
            compared = _until(text[:start], leading.end(), _END)
            lean = self.lean(compared)
            if lean:
                return f"compared with {compared.strip()!r}" if lean > 0 else None
        place = _PLACE.search(text, end)
        if place and place.start() - end < _NEAR:
            arm = _NEXT_ARM.split(place[1])[0][:_NEAR]
            lean = self.lean(arm)
            if lean:
                return f"in {arm.strip()!r}" if lean < 0 else None
        subject = text[max(0, start - 100) : start]
        return f"of {subject.strip()!r}" if self._names_only_the_comparator(subject) else None

    def _names_only_the_comparator(self, text: str) -> bool:
        said = frozenset(terms(text))
        return bool(said & self.comparator) and not said & self.intervention


def _until(text: str, start: int, end: re.Pattern[str]) -> str:
    found = end.search(text, start + 1)
    return text[start : found.start() if found else len(text)][:120]
