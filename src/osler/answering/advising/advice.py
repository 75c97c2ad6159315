"""What a claim advises, one value for each respect in which two claims can differ."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from osler.answering.candidates.subject import relation
from osler.domain import Phase

UNBOUNDED = Decimal(10) ** 9
ROUNDING = Decimal("1.02")  # 30-day months, 7-day weeks
ROUNDED = Decimal("1.05")  # ends of a target, rounded where units are converted
SHIFTED = Decimal("1.1")  # by how much both ends of a range are higher where it is another one
WITHIN = Decimal("1.9")  # over 15 and over 20 minutes are one; over 6 and over 12 hours are not
A_DOSE = " a dose"  # ends the unit of an amount that nothing says how often is given
DAILY_PERHAPS = "daily, perhaps"  # the `action` of a dose "for 5 days" of no stated frequency
OF_THE_DOSE = "of the dose"  # the unit of a change: halved is 0.5
ANY_TEST = "any test"  # ends the unit of a check that no lexicon has a name of
IN_THOSE = "in those"  # the case of a bar that only names whom it is for
OF_CHECKS = "of checks"  # the `action` of a duration that is no course's
SCHEDULE = "days of the doses"  # the unit of a timing whose `action` lists the days
WAIT = "wait"  # the `action` of a timing that says to begin later, or at once
_Range = tuple[Decimal, Decimal]
_APART = {Phase.START, Phase.TITRATION, Phase.MAXIMUM, Phase.TAPER}


class Respect(StrEnum):
    """In what two claims can differ, as a reader is told."""

    DOSE = "dose"
    MAXIMUM = "maximum dose"
    DURATION = "duration"
    COURSE = "one dose or a course"
    TIMING = "timing"
    OVER = "time over which it is given"
    TARGET = "target"
    LIMIT = "kidney function at which it is avoided"
    USE = "whether to use it"
    ADJUSTMENT = "dose adjustment"
    CONVERSION = "conversion"
    THRESHOLD = "what to do at this value"
    INTERVAL = "interval of checks"
    CHECK = "whether it is checked"
    CHOICE = "first choice"
    ROUTE = "route"


@dataclass(frozen=True, slots=True)
class Advice:
    """One value: a range `low`–`high` in `unit`, or where `unit` is empty a yes or no.

    Two are comparable where all of what they name (drugs, routes, phase, checks) can be the
    same. `amount` is the dose that a duration or a day belongs to.
    """

    respect: Respect
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    unit: str = ""
    yes: bool = True
    names: frozenset[str] = frozenset()  # drugs; of a check, the tests
    routes: frozenset[str] = frozenset()
    phase: Phase | None = None
    amount: tuple[Decimal, Decimal, str] | None = None
    by_weight: bool = False  # worked out for the patient from an amount per kilogram
    # What is done from a threshold on; that a bar is for a case; what a duration is of; the days
    # of a SCHEDULE.
    action: str = ""


def differ(a: Advice, b: Advice) -> bool | None:
    """Whether two values differ; None where they are not about the same."""
    if a.respect is not b.respect or not _units_meet(a, b) or not _steps_meet(a, b):
        return None
    if a.respect is Respect.ROUTE:
        return a.yes != b.yes or None if a.routes & b.routes else None
    if a.routes and b.routes and not a.routes & b.routes:
        return None
    if a.respect is Respect.CHOICE:
        return _choose_differently(a, b)
    if a.names and b.names and not _related(a.names, b.names):
        return None
    if a.respect in (Respect.DOSE, Respect.MAXIMUM) and bool(a.names) != bool(b.names):
        return None  # of a drug that is not known
    if a.respect is Respect.THRESHOLD:
        return _act_differently(a, b)
    if a.unit == SCHEDULE:
        return _days_differ(a.action.split(), b.action.split())
    if "{" in a.unit and not a.names & b.names:
        return None  # tablets of one salt are not tablets of another
    if not a.unit or a.respect is Respect.CHECK:
        return a.yes != b.yes
    if a.amount and b.amount and (a.amount[2] != b.amount[2] or _apart(a.amount[:2], b.amount[:2])):
        return None
    # An amount listed for a band of weights is rounded from one per kilogram.
    near = SHIFTED if a.by_weight is not b.by_weight else ROUNDING
    near = WITHIN if a.respect is Respect.OVER else near
    apart = _apart((a.low, a.high), (b.low, b.high), near)
    if a.respect is Respect.DURATION:
        return apart or _ends_early(a, b) or _ends_early(b, a)
    if a.respect is Respect.DOSE:
        if DAILY_PERHAPS in (a.action, b.action) and (a.action == b.action or _is_multiple(a, b)):
            return None
        return apart or _is_shifted(a, b) or _begin_apart(a, b)
    if a.respect is Respect.TARGET:
        return apart or a.yes != b.yes or _bounds_differ(a, b)
    return apart


def _choose_differently(a: Advice, b: Advice) -> bool | None:
    """Whether different drugs come first; None where one only tells what does not come first."""
    alike = _related(a.names, b.names)
    if a.yes != b.yes:
        return True if alike else None
    return not alike if a.yes else None


def _act_differently(a: Advice, b: Advice) -> bool | None:
    """Whether one acts at a value (1, else 0) and the other not, or does another thing."""
    if a.action == b.action:
        return a.low != b.low
    return True if a.low == b.low == 1 and a.names and b.names else None


def _days_differ(left: list[str], right: list[str]) -> bool | None:
    """Whether two schedules of days differ; None where one may go on as the other does."""
    shorter = min(len(left), len(right))
    if left[:shorter] == right[:shorter]:
        return False if len(left) == len(right) else None
    return True


def _apart(left: _Range, right: _Range, near: Decimal = ROUNDING) -> bool:
    return left[1] * near < right[0] or right[1] * near < left[0]


def _bounds_differ(a: Advice, b: Advice) -> bool:
    """Whether both aim below, above or between bounds, and not the same ones."""
    closed = all(0 < t.low < t.high < UNBOUNDED for t in (a, b))
    for x, y, compared in (
        (a.low, b.low, a.high == b.high == UNBOUNDED or closed),
        (a.high, b.high, a.low == b.low == 0 or closed),
    ):
        near = ROUNDED if closed else ROUNDING
        if compared and min(x, y) * near < max(x, y):
            return True
    return False


def _ends_early(a: Advice, b: Advice) -> bool:
    """Whether a dose may end ("for at least 3 months") long before the other tells to."""
    dosed = bool(a.amount and a.names and b.names)
    return dosed and a.high == UNBOUNDED > b.high and a.low * WITHIN <= b.low


def _begin_apart(a: Advice, b: Advice) -> bool:
    """Whether one starts at half the other or less, or up to twice as high.

    "Start 12.5 to 25 mg" is not "start 25 mg"; nor is a bolus of 20 to 40 mg one of 40 mg.
    """
    first = a.phase is b.phase is Phase.START or a.unit.endswith(A_DOSE)
    low, high = sorted((a.low, b.low))
    lower, higher = sorted((a.high, b.high))
    return first and (low * 2 <= high or lower * 2 <= higher)


def _is_shifted(a: Advice, b: Advice) -> bool:
    """Whether a range is higher than the other at both ends: "25 to 50", "12.5 to 25"."""
    if a.low >= a.high or b.low >= b.high:
        return False
    lower, higher = sorted((a, b), key=lambda advice: advice.low)
    return lower.low * SHIFTED <= higher.low and lower.high * SHIFTED <= higher.high


def _is_multiple(a: Advice, b: Advice) -> bool:
    """Whether one is so many times the other that both may be the same, given so often."""
    low, high = sorted((a.high, b.high))
    return low > 0 and high / low in (2, 3, 4)


def _related(left: frozenset[str], right: frozenset[str]) -> bool:
    return any(relation(x, y) or relation(y, x) for x in left for y in right)


def _units_meet(a: Advice, b: Advice) -> bool:
    """Whether both are in one unit; a test that no lexicon has may be any that is done then."""
    if a.unit == b.unit:
        return True
    if a.respect is not Respect.CHECK:
        return False
    one, other = sorted((a, b), key=lambda advice: not advice.unit.endswith(ANY_TEST))
    when = one.unit.removesuffix(ANY_TEST)
    return when != one.unit and other.unit.startswith(when) and bool(a.names or b.names)


def _steps_meet(a: Advice, b: Advice) -> bool:
    """Whether both are of one step; what is given by the dose begins with any of its doses."""
    single = a.respect is Respect.DOSE and a.unit.endswith(A_DOSE)
    if single and {a.phase, b.phase} == {None, Phase.START}:
        return True
    return phases_meet(a.phase, b.phase)


def phases_meet(x: Phase | None, y: Phase | None) -> bool:
    """The same phase; a dose of no stated phase may be the usual one, none of the others."""
    if x == y:
        return True
    return None in (x, y) and not {x, y} & _APART
