"""Which way an outcome went, read from one statement.

Words of change, of comparison and of no difference are cues. The one nearest to the outcome
decides; then the test that follows it (a p-value above .05 is no difference), and which arm it is
said of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from osler.answering.findings.arms import Arms
from osler.answering.findings.cues import Cue, Mention, Way, find_cues, mention_of
from osler.answering.findings.lexicon import lexicon
from osler.answering.findings.model import Comparison, Direction
from osler.answering.findings.report import Report, plain
from osler.answering.findings.significance import Test, number, tests_in, without_tests
from osler.patterns import lazy

_FAR = 12  # words beyond which a cue of no difference yields to a significant test
_APART = 15  # words beyond which a cue does not say where its test stands
_LEAD = 60  # characters before a value in which its arm is named
# What is no measurement: denominators, numbers of patients, deviations, tables, times.
_NO_VALUE = lazy(
    r"\d+\s*/\s*\d+|\bn\s*=\s*\d+|(?:table|fig\w*)\s*\d+|±\s*\d+(?:[.·]\d+)?|"
    r"\(\s*\d+(?:[.·]\d+)?\s*\)|\d+[- ](?:second|minute|hour|day|week|month|year)s?\b"
)
_VALUE = lazy(r"(?<![\w.-])-?\d+(?:,\d{3})*(?:[.·]\d+)?")


@dataclass(frozen=True, slots=True)
class Reading:
    """A direction, and what it was read from."""

    direction: Direction
    because: str


def read_direction(report: Report, comparison: Comparison, text: str) -> Reading:
    """Read what one line of the report says became of the outcome.

    `text` is the line's plain text (see `Line`). UNCLEAR where it holds neither a cue nor a
    significant test between two values.
    """
    outcome = mention_of(report.wanted(comparison.outcome), text)
    cues = find_cues(text, outcome)
    nearest = min(cues, key=_by_distance, default=None)
    test = _test_of(nearest, outcome, tests_in(text))
    if nearest and nearest.way is Way.NONE and not _outweighed(nearest, test):
        return Reading(Direction.NO_DIFFERENCE, repr(nearest.text))
    if test and not test.significant:
        return Reading(Direction.NO_DIFFERENCE, repr(test.text))
    arms = Arms.of(report, comparison)
    pointing = min((cue for cue in cues if cue.way is not Way.NONE), key=_by_distance, default=None)
    if pointing is None:
        return _by_values(text, arms) if test else Reading(Direction.UNCLEAR, "no word says it")
    turned = arms.turned(text, pointing.start, pointing.end)
    up = _points_up(pointing.way, comparison) != (turned is not None)
    return Reading(_direction(up), ", ".join(filter(None, (repr(pointing.text), turned))))


def _direction(up: bool) -> Direction:
    return Direction.INCREASED if up else Direction.DECREASED


def _by_distance(cue: Cue) -> tuple[int, int]:
    return cue.distance, cue.start


def _outweighed(none: Cue, test: Test | None) -> bool:
    """Whether a far cue of no difference yields to a significant test of the outcome."""
    return test is not None and test.significant and none.distance > _FAR


def _points_up(way: Way, comparison: Comparison) -> bool:
    """Whether the outcome rises; an unwanted one that improves goes down."""
    if way in {Way.BETTER, Way.WORSE}:
        unwanted = lexicon().unwanted.search(plain(comparison.outcome)) is not None
        return (way is Way.BETTER) != unwanted
    return way is Way.UP


def _test_of(cue: Cue | None, outcome: Mention, tests: Sequence[Test]) -> Test | None:
    """The first test after the outcome and its cue, else the last of the line."""
    after = outcome.end
    if cue and cue.distance < _APART:
        after = max(after, cue.end)
    following = (test for test in tests if test.start >= after - 1)
    return next(following, tests[-1] if tests else None)


def _by_values(text: str, arms: Arms) -> Reading:
    """Compare the first two values: "26% in the statin group and 45% with placebo (P = .01)".

    The first belongs to the arm named before it, else to the one named after it, else to the
    intervention.
    """
    measured = _NO_VALUE.sub(lambda match: " " * len(match.group()), without_tests(text))
    values = list(_VALUE.finditer(measured))[:2]
    if len(values) < 2:
        return Reading(Direction.UNCLEAR, "no word says it")
    one, other = values
    because = f"{one.group()} and {other.group()}"
    first, second = number(one.group()), number(other.group())
    if first == second:
        return Reading(Direction.UNCLEAR, because)
    before = arms.lean(measured[max(0, one.start() - _LEAD) : one.start()])
    turned = (before or arms.lean(measured[one.end() : other.start()])) < 0
    return Reading(_direction((first > second) != turned), because)
