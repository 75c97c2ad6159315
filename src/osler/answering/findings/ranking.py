"""Which statements of a report are evidence on a comparison: a weighted sum of what each shows.

The features were reasoned. Their weights were fitted on half of the reports of Evidence Inference's
development set (annotations under MIT; DeYoung et al., BioNLP 2020) as a linear model of which
statement an expert marks, and rounded to halves; what each adds stands in docs/benchmarks.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from osler.answering.findings.model import Comparison
from osler.answering.findings.report import Line, Report, coverage


@dataclass(frozen=True, slots=True)
class Feature:
    """What a value in 0..1 counts, and how it is put to a reader."""

    weight: float
    reason: str


FEATURES = {
    "outcome": Feature(4.0, "names the outcome"),
    "outcome_near": Feature(3.0, "stands under or after words that name the outcome"),
    "outcome_wording": Feature(2.5, "names the outcome in the same words"),
    "arms": Feature(1.5, "names what is compared"),
    "tested": Feature(1.5, "states whether there is a difference"),
    "in_abstract_results": Feature(1.5, "stands among the abstract's results"),
    "p_value": Feature(1.0, "gives a p-value"),
    "compared": Feature(1.0, "compares or states a change"),
    "in_results": Feature(0.5, "stands among the results"),
    "arm": Feature(0.5, "speaks of a group"),
    "elsewhere": Feature(-1.0, "speaks of other work or of what may be"),
    "in_argument": Feature(-1.5, "stands in the introduction, discussion or conclusion"),
}
WEIGHTS = {name: feature.weight for name, feature in FEATURES.items()}


@dataclass(frozen=True, slots=True)
class Scored:
    """A line with its features and their weighted sum.

    `coverage` is the share of the outcome's words that the line, its headings or the line
    before it says, whichever says most.
    """

    line: Line
    score: float
    coverage: float
    features: dict[str, float]

    def reasons(self) -> tuple[str, ...]:
        """What counted, the weightiest first."""
        counted = [(abs(FEATURES[n].weight * v), FEATURES[n].reason) for n, v in self._counted()]
        return tuple(reason for _, reason in sorted(counted, key=lambda pair: -pair[0]))

    def _counted(self) -> list[tuple[str, float]]:
        return [(name, value) for name, value in self.features.items() if value]


def rank(
    report: Report, comparison: Comparison, weights: Mapping[str, float] = WEIGHTS
) -> list[Scored]:
    """Every line of the report, best first; of equals the one that stands first.

    `weights` is other than WEIGHTS only to measure what each feature adds.
    """
    outcome = report.wanted(comparison.outcome)
    arms = report.wanted(f"{comparison.intervention} {comparison.comparator}")
    own = [coverage(outcome, line.distinct) for line in report.lines]
    best = max(own, default=0.0)
    pairs = set(pairwise(outcome))
    scored = []
    for position, line in enumerate(report.lines):
        said = own[position]
        before = own[position - 1] if position else 0.0
        near = max(before, coverage(outcome, line.headings))
        features = {
            "outcome": said / best if best else 0.0,
            "outcome_near": max(near - said, 0.0),
            "outcome_wording": _kept_pairs(pairs, line.terms) if pairs else said,
            "arms": coverage(arms, line.distinct),
            **line.signs,
        }
        score = sum(weights[name] * value for name, value in features.items())
        scored.append(Scored(line, score, max(said, near), features))
    return sorted(scored, key=lambda each: -each.score)


def _kept_pairs(pairs: set[tuple[str, str]], said: Sequence[str]) -> float:
    """The share of the outcome's neighbouring terms that are neighbours in what is said."""
    return len(pairs.intersection(pairwise(said))) / len(pairs)
