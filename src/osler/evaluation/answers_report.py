"""The measures of answers, question by question, by topic and in all."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from osler.evaluation.gate import Rate

# What a clinician at the bedside has time for; an answer beyond one of these is counted.
MOST_CLAIMS = 10
MOST_WORDS = 200
MOST_SENTENCES = 3  # in the bottom line
ALWAYS_TOLD = 11  # of the measures, for each topic; the others only where they are not full
LENIENTLY = ", whatever drug and group"


@dataclass(frozen=True, slots=True)
class Miss:
    """An expected fact that is not where it should be: what is wrong, and the reason."""

    kind: str  # "missed", "not in the bottom line"
    fact: str
    reason: str


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question: k of n counts and every miss in words."""

    id: str
    topic: str
    question: str
    answerable: bool
    answered: bool
    doses: int
    doses_read: int | None  # given by some one statement of their sources; None: not looked into
    doses_shown: int  # of the expected drug, for the expected people
    doses_shown_leniently: int  # of whatever drug and for whomever
    doses_in_bottom_line: int
    doses_in_bottom_line_leniently: int
    facts: int
    facts_shown: int  # by the words and numbers of the whole answer
    facts_shown_in_one_claim: int
    claims: int
    words: int
    bottom_line_claims: int
    bottom_line_sentences: int
    conflict_expected: bool
    conflict_shown: bool
    conflict_complete: bool
    citations: int
    citations_right: int
    stale_citations: int
    unsupported_claims: int
    derivations: int  # doses worked out for the patient
    derivations_right: int
    wrong_citations: tuple[str, ...]
    forbidden_shown: tuple[str, ...]
    bottom_line_doses: int  # of a drug that an expected fact names
    unexpected_doses: tuple[str, ...]
    misses: tuple[str, ...]
    explained: tuple[Miss, ...]
    elapsed_ms: float

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing that a person should look at."""
        wrong_abstention = self.answered is not self.answerable
        return not (
            wrong_abstention
            or self.misses
            or self.explained
            or self.forbidden_shown
            or self.unexpected_doses
            or self.wrong_citations
            or (self.conflict_expected and not self.conflict_complete)
        )


@dataclass(frozen=True, slots=True)
class AnswersReport:
    """All questions of some files, with the totals as counts."""

    results: tuple[QuestionResult, ...]

    @property
    def topics(self) -> dict[str, tuple[QuestionResult, ...]]:
        """The questions of each topic, in the order of the files."""
        names = dict.fromkeys(r.topic for r in self.results)
        return {name: tuple(r for r in self.results if r.topic == name) for name in names}

    @property
    def rates(self) -> tuple[Rate, ...]:
        """Every measure that is a count of so many."""
        return rates(self.results)

    @property
    def totals(self) -> dict[str, float | int | str]:
        """Counts as "k/n", medians as numbers."""
        answered = [r for r in self.results if r.answered]
        counted: dict[str, float | int | str] = {
            rate.kind: f"{rate.right}/{rate.total}" for rate in self.rates
        }
        return counted | {
            "forbidden shown in the bottom line": sum(len(r.forbidden_shown) for r in self.results),
            "unexpected doses in the bottom line": sum(
                len(r.unexpected_doses) for r in self.results
            ),
            "claims that failed the gate": sum(r.unsupported_claims for r in self.results),
            "citations not equal to their source": sum(r.stale_citations for r in self.results),
            "median claims": statistics.median([r.claims for r in answered] or [0]),
            "most claims": max((r.claims for r in answered), default=0),
            "median words": statistics.median([r.words for r in answered] or [0]),
            "most words": max((r.words for r in answered), default=0),
            "longest bottom line (claims)": max(
                (r.bottom_line_claims for r in answered), default=0
            ),
            "longest bottom line (sentences)": max(
                (r.bottom_line_sentences for r in answered), default=0
            ),
            "median ms": statistics.median([r.elapsed_ms for r in self.results] or [0.0]),
        }

    def lines(self) -> list[str]:
        """The report for a terminal: topic by topic with every miss, then the totals."""
        lines: list[str] = []
        for topic, results in self.topics.items():
            lines.append(f"{topic or 'no topic'}: {'; '.join(_counts(rates(results)))}")
            for result in results:
                lines += _of_question(result)
            lines.append("")
        intervals = {rate.kind: rate for rate in self.rates}
        for name, value in self.totals.items():
            rate = intervals.get(name)
            lines.append(f"{name:<58} {value!s:<9} {_interval(rate)}".rstrip())
        return lines


def rates(results: Iterable[QuestionResult]) -> tuple[Rate, ...]:
    """The counts of some questions, measure by measure."""
    everything = list(results)
    yes = [r for r in everything if r.answerable]
    no = [r for r in everything if not r.answerable]
    answered = [r for r in everything if r.answered]
    conflicts = [r for r in yes if r.conflict_expected]
    agreed = [r for r in answered if r.answerable and not r.conflict_expected]
    doses = sum(r.doses for r in yes)
    looked_into = [r for r in yes if r.doses_read is not None]
    return (
        Rate("required doses shown", sum(r.doses_shown for r in yes), doses),
        Rate(f"required doses shown{LENIENTLY}", sum(r.doses_shown_leniently for r in yes), doses),
        Rate(
            "required doses that one statement gives, as read",
            sum(r.doses_read or 0 for r in looked_into),
            sum(r.doses for r in looked_into),
        ),
        Rate(
            "required doses in the bottom line",
            sum(r.doses_in_bottom_line for r in yes),
            doses,
        ),
        Rate(
            f"required doses in the bottom line{LENIENTLY}",
            sum(r.doses_in_bottom_line_leniently for r in yes),
            doses,
        ),
        Rate(
            "required other facts shown (by words)",
            sum(r.facts_shown for r in yes),
            sum(r.facts for r in yes),
        ),
        Rate(
            "required other facts in one claim (by words)",
            sum(r.facts_shown_in_one_claim for r in yes),
            sum(r.facts for r in yes),
        ),
        Rate("answerable answered", sum(r.answered for r in yes), len(yes)),
        Rate("unanswerable abstained", sum(not r.answered for r in no), len(no)),
        Rate("conflicts surfaced", sum(r.conflict_shown for r in conflicts), len(conflicts)),
        Rate(
            "conflicts with all their sources in one",
            sum(r.conflict_complete for r in conflicts),
            len(conflicts),
        ),
        Rate(
            "no conflict where none is expected",
            sum(not r.conflict_shown for r in agreed),
            len(agreed),
        ),
        Rate(
            "citations right",
            sum(r.citations_right for r in everything),
            sum(r.citations for r in everything),
        ),
        Rate(
            "doses worked out that come out again",
            sum(r.derivations_right for r in everything),
            sum(r.derivations for r in everything),
        ),
        Rate(
            "bottom-line doses that are expected",
            sum(r.bottom_line_doses - len(r.unexpected_doses) for r in everything),
            sum(r.bottom_line_doses for r in everything),
        ),
        Rate(
            f"answers of at most {MOST_CLAIMS} claims",
            sum(r.claims <= MOST_CLAIMS for r in answered),
            len(answered),
        ),
        Rate(
            f"answers of at most {MOST_WORDS} words",
            sum(r.words <= MOST_WORDS for r in answered),
            len(answered),
        ),
        Rate(
            f"bottom lines of at most {MOST_SENTENCES} sentences",
            sum(r.bottom_line_sentences <= MOST_SENTENCES for r in answered),
            len(answered),
        ),
    )


def _counts(measured: tuple[Rate, ...]) -> list[str]:
    """What a topic has as k/n: the first measures always, the others where something lacks.

    A lenient measure is told only where it differs from the strict one before it.
    """
    counts: list[str] = []
    before: Rate | None = None
    for place, rate in enumerate(measured):
        same = before is not None and (before.right, before.total) == (rate.right, rate.total)
        told = place < ALWAYS_TOLD or rate.right < rate.total
        if (
            rate.total
            and told
            and not (same and rate.kind.endswith((LENIENTLY, "in one claim (by words)")))
        ):
            counts.append(f"{rate.kind} {rate.right}/{rate.total}")
        before = rate
    return counts


def _interval(rate: Rate | None) -> str:
    if rate is None or not rate.total:
        return ""
    low, high = rate.interval
    return f"{rate.right / rate.total:.3f} ({low:.3f} to {high:.3f})"


def _of_question(result: QuestionResult) -> list[str]:
    lines = [f"  {'ok' if result.is_clean else '--'} {result.id}  {result.question}"]
    if result.answered is not result.answerable:
        lines.append(f"     {'answered' if result.answered else 'abstained'}, and should not have")
    lines += [f"     {m.kind}: {m.fact}\n       {m.reason}" for m in result.explained]
    if result.conflict_expected and not result.conflict_complete:
        what = "not with all its sources in one" if result.conflict_shown else "not shown"
        lines.append(f"     conflict {what}")
    lines += [f"     forbidden, in the bottom line: {text}" for text in result.forbidden_shown]
    lines += [f"     unexpected dose in the bottom line: {d}" for d in result.unexpected_doses]
    lines += [f"     wrong citation: {text}" for text in result.wrong_citations]
    return lines
