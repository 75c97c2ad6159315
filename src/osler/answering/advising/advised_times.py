"""For how long, when and in how many doses a claim advises to give a drug."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from osler.answering.advising.advice import OF_CHECKS, SCHEDULE, UNBOUNDED, Advice, Respect
from osler.answering.advising.advised_doses import (
    DAYS,
    amount_of,
    denies,
    doses_given,
    drugs_of,
    named_in,
    routes_of,
)
from osler.answering.advising.steps import phase_of
from osler.domain import Claim, Comparator, Dosage, Duration, Phase, StatementKind
from osler.dosage import find_durations, find_frequencies, per_day
from osler.dosage.numbers import NUMBER, read_number
from osler.patterns import lazy
from osler.statements.vocabulary.substances import find_substances

_TOTAL = lazy(r"\ba total of\s$", re.I)
_UNTIL = lazy(r"\buntil\b", re.I)


_THEN_MORE = lazy(r"\b(?:then|followed by)\b", re.I)


def course_advice(claim: Claim) -> Iterator[Advice]:
    """Whether a drug is given once or as a course; nothing where a claim has both, or no end."""
    repeated: dict[str, set[str]] = {}
    for dosage in doses_given(claim):
        if dosage.substance is None or dosage.per_time:
            continue
        once = dosage.frequency is not None and dosage.frequency.once
        once = once or _TOTAL.search(claim.text[: dosage.amount_start]) is not None
        lasts = dosage.duration is not None or _UNTIL.search(claim.text[dosage.amount_end :])
        if once or per_day(dosage) is not None:
            kind = "once" if once else "course" if lasts else "open"
            repeated.setdefault(dosage.substance, set()).add(kind)
    for drug, kinds in repeated.items():
        then = _THEN_MORE.search(claim.text) is not None  # "1 g once, then 500 mg daily for 2 days"
        if kinds in ({"once"}, {"course"}) or (kinds == {"once", "course"} and then):
            yield Advice(Respect.COURSE, yes="course" in kinds, names=frozenset({drug}))


_DAYS_OF_A_COURSE = lazy(r"\bdays?\W{1,3}(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})\b", re.I)
# "Dose: 400 mg twice daily; Days: 5", "400 mg twice daily, course: 5 days".
_LABELLED = lazy(
    r"(?:(?:^|;\s)days\b[^:;\d]{0,15}:\s|\b(?:course|duration|length)\b(?:\sof\s\w+)?:?\s)"
    r"(?P<n>\d{1,3})(?:\s*(?:-|–|to)\s*(?P<m>\d{1,3}))?(?:\s*(?P<unit>day|week|month)s?\b|(?=;|\.?$))",
    re.I,
)


def _labelled(text: str) -> tuple[Decimal, Decimal] | None:
    """The days that a label says a course takes, where a text has one."""
    found = list(_LABELLED.finditer(text))
    if len(found) != 1:
        return None
    days = DAYS[{"d": "d", "w": "wk", "m": "mo"}[(found[0]["unit"] or "day")[0].lower()]]
    return Decimal(found[0]["n"]) * days, Decimal(found[0]["m"] or found[0]["n"]) * days


def duration_advice(claim: Claim, weight_kg: Decimal | None) -> Iterator[Advice]:
    """For how many days, each with the dose that it belongs to."""
    doses = doses_given(claim)
    if denies(claim):
        if not doses:  # "stop after 14 days"
            yield from _courses(claim, lengths_told(claim.text))
        return
    course = _DAYS_OF_A_COURSE.search(claim.text)
    days = Decimal(int(course[2]) - int(course[1]) + 1) if course else None
    whole = (days, days) if days else _labelled(claim.text)
    for dosage in doses:
        amount = amount_of(claim, dosage, weight_kg)
        span = whole or _days(dosage.duration) or _told_behind(claim, dosage)
        if span is not None:
            yield Advice(
                Respect.DURATION, span[0], span[1], "d", True, named_in(dosage), routes_of(dosage),
                phase_of(claim, dosage), amount,
            )  # fmt: skip
    if not doses and not any(s.kind is StatementKind.MONITORING for s in claim.statements):
        found = find_durations(claim.text)
        spans = [(span, f.start) for f in found if (span := _days(f.value)) is not None]
        if spans:
            for span, start in spans:
                yield from _courses(claim, [span], _which_goes_on(claim.text, start))
        else:
            yield from _courses(claim, lengths_told(claim.text))


# "Warfarin is started and enoxaparin goes on for at least 5 days".
_GOES_ON = lazy(
    r"\s(?:(?:is|are|should be|must be)\s)?(?:goes|go|given|taken|kept|run|runs|lasts?|continu\w+)"
    r"(?:\son)?\s\Z",
    re.I,
)


def _which_goes_on(text: str, start: int) -> frozenset[str]:
    """The drug that is said, right before a duration, to go on for so long."""
    named = [found for found in find_substances(text) if found.end <= start]
    if named and _GOES_ON.fullmatch(text, named[-1].end, start):
        return frozenset({named[-1].name})
    return frozenset()


def _courses(
    claim: Claim, spans: list[tuple[Decimal, Decimal]], of: frozenset[str] = frozenset()
) -> Iterator[Advice]:
    # "Weekly for 18 weeks, then every 2 weeks": how often something is done that is no dose.
    action = OF_CHECKS if len(find_frequencies(claim.text)) > 1 else ""
    names, phase = of or drugs_of(claim), _whole(claim)
    for span in spans:
        yield Advice(Respect.DURATION, *span, "d", names=names, phase=phase, action=action)


# "Five days are enough", "stop after 14 days": how long it is given, though no dose is there.
_LENGTH = lazy(
    rf"\b(?P<n>{NUMBER})(?:\s*(?:-|–|to)\s*(?P<m>{NUMBER}))?[\s-]*(?P<unit>day|week|month)s?"
    r"(?:\s+course|\s+of\s+(?:treatment|therapy|it))?\s+(?:is|are|will be)\s+"
    r"(?:usually\s+)?(?:enough|sufficient|adequate)\b|"
    rf"\bstop(?:ped)?\s+after\s+(?P<after>{NUMBER})\s*(?P<of>day|week|month)s?\b",
    re.I,
)


def lengths_told(text: str) -> list[tuple[Decimal, Decimal]]:
    """The days that are said to be enough, from and to."""
    found = []
    for m in _LENGTH.finditer(text):
        unit = (m["unit"] or m["of"]).lower()
        days = DAYS[{"day": "d", "week": "wk", "month": "mo"}[unit]]
        low = read_number(m["n"] or m["after"])
        found.append((low * days, (read_number(m["m"]) if m["m"] else low) * days))
    return found


def _whole(claim: Claim) -> Phase | None:
    phase = claim.statements[0].phase if claim.statements else None
    return None if phase is Phase.MAXIMUM else phase  # "for no more than 3 days" is of any step


def _days(duration: Duration | None) -> tuple[Decimal, Decimal] | None:
    """A course in days; hours are of one administration, and no course."""
    if duration is None:
        return None
    if duration.for_life:
        return UNBOUNDED, UNBOUNDED
    if duration.low is None or duration.unit not in DAYS or duration.unit == "h":
        return None
    low, high = (n * DAYS[duration.unit] for n in (duration.low, duration.high or duration.low))
    if duration.comparator in (Comparator.AT_LEAST, Comparator.GREATER):
        high = UNBOUNDED
    if duration.comparator in (Comparator.AT_MOST, Comparator.LESS):
        low = Decimal(0)
    return low, high


# "250 mg twice daily for 2 years after splenectomy": a course, and no time until it.
_FROM_AN_EVENT = lazy(
    rf"[^.;:]{{0,40}}?\bfor\s+(?:at least\s+)?(?P<n>{NUMBER})"
    rf"(?:\s*(?:-|–|to)\s*(?P<m>{NUMBER}))?\s*"
    r"(?P<unit>day|week|month|year)s?\s+(?:after|from|following)\b",
    re.I,
)


# "200 mg once a day, 21 days": the length of a course at the end of its cell or sentence.
_BEHIND = lazy(
    rf"[^.;:]{{0,60}}?,\s(?P<n>{NUMBER})(?:\s*(?:-|–|to)\s*(?P<m>{NUMBER}))?\s*"
    r"(?P<unit>day|week|month)s?\s*(?=[.;)]|\Z)",
    re.I,
)


def _told_behind(claim: Claim, dosage: Dosage) -> tuple[Decimal, Decimal] | None:
    """For how long a dose is given after something or in all, which is no duration of its own."""
    found = _FROM_AN_EVENT.match(claim.text, dosage.amount_end)
    found = found or _BEHIND.match(claim.text, dosage.amount_end)
    if found is None:
        return None
    unit = DAYS[{"d": "d", "w": "wk", "m": "mo", "y": "a"}[found["unit"][0].lower()]]
    low = read_number(found["n"]) * unit
    return low, (read_number(found["m"]) * unit if found["m"] else low)


_AWAY = lazy(
    rf"(?P<least>at least\s+|minimum of\s+)?(?:(?P<the>the\s+)|(?P<n>\b{NUMBER})"
    rf"(?:\s*(?:-|–|to)\s*(?P<m>{NUMBER}))?\s*)(?P<unit>hours?|days?|weeks?|months?)\s+"
    r"(?P<where>before|after|prior to)\b",
    re.I,
)
# "Take it at least 2 hours before or 6 hours after antacids": how far apart two are taken.
_APART = lazy(
    r"\b(?:take|taken|taking|give|given|swallow\w*|separat\w+|apart|leave|space\w*)\b", re.I
)


def _gaps(claim: Claim) -> Iterator[Advice]:
    """The shortest time before and after something else is taken, where a claim doses nothing."""
    if not _APART.search(claim.text) or claim.dosages:
        return
    for m in _AWAY.finditer(claim.text):
        if not m["n"] or m["unit"][0].lower() not in "hd":
            continue
        least = read_number(m["n"]) * DAYS["h" if m["unit"][0].lower() == "h" else "d"]
        where = "after" if m["where"].lower() == "after" else "before"
        yield Advice(Respect.TIMING, least, least, f"d {where}, at least", names=drugs_of(claim))


_STOPS = lazy(
    r"\b(?:stop|stopped|withh[eo]ld|omit|omitted|discontinued?|(?:last|final) dose)\b", re.I
)


# "On days 0, 3, 7 and 14", "at 0, 1 and 6 months": when the doses of a series are given.
_LIST = r"\d+(?:\s*,\s*\d+)+(?:\s*,?\s*(?:and|&)\s*\d+)?|\d+\s*(?:and|&)\s*\d+"
_SERIES = lazy(
    rf"\b(?:on|at)\s+(?P<before>day|week|month)s?\s+(?P<days>{_LIST})|"
    rf"\b(?:at|doses?\s+(?:at|are given at))\b:?\s*(?P<list>{_LIST})\s+"
    r"(?P<after>day|week|month)s?\b",
    re.I,
)
# "Repeated after 30 minutes", "20 mg after 20 minutes": until the next dose is given.
_AGAIN = lazy(
    rf"\b(?:repeat\w*|again|another|second dose)\b[^.;:]{{0,25}}?\b(?:after|every|in)\s+"
    rf"(?P<n>{NUMBER})(?:\s*(?:-|–|to)\s*(?P<m>{NUMBER}))?\s*"
    r"(?P<unit>min|hour|h\b|day|week|month)",
    re.I,
)
_DAY = Decimal(24 * 60)
_MINUTES = {
    "mi": Decimal(1),
    "ho": Decimal(60),
    "h": Decimal(60),
    "da": _DAY,
    "we": 7 * _DAY,
    "mo": 30 * _DAY,
}
_NEXT = lazy(rf"\s*(?:\w+\s+)?after\s+(?P<n>{NUMBER})\s+(?:more\s+)?(?P<unit>min|hour)", re.I)


_CELL_END = lazy(r"(?:[.]|;(?!\s(?:and\s|then\s)?(?:repeat|again)))\s", re.I)


def series_advice(claim: Claim) -> Iterator[Advice]:
    """On which days the doses of a series are given, and how long until a dose is repeated."""
    for m in _SERIES.finditer(claim.text):
        numbers = re.findall(r"\d+", m["days"] or m["list"])
        days = DAYS[{"d": "d", "w": "wk", "m": "mo"}[(m["before"] or m["after"])[0].lower()]]
        listed = " ".join(str(int(n) * int(days)) for n in numbers)
        yield Advice(Respect.TIMING, unit=SCHEDULE, names=drugs_of(claim), action=listed)
    for dosage in doses_given(claim):
        cell = _CELL_END.split(claim.text[dosage.amount_end :], maxsplit=1)[0]
        again = _AGAIN.search(cell) or _NEXT.match(cell)
        if again is None:
            continue
        minutes = _MINUTES[again["unit"][:2].lower()]
        low = read_number(again["n"]) * minutes
        most = again.groupdict().get("m")
        high = read_number(most) * minutes if most else low
        yield Advice(
            Respect.TIMING, low, high, "min until the next dose", True, named_in(dosage),
            routes_of(dosage),
        )  # fmt: skip


def timing_advice(claim: Claim, weight_kg: Decimal | None) -> Iterator[Advice]:
    """How long before or after something: when a drug is stopped, on which day it is given."""
    stops = _STOPS.search(claim.text) is not None
    doses = doses_given(claim)
    if not stops and not doses:
        yield from _gaps(claim)
        return
    for m in _AWAY.finditer(claim.text):
        unit = DAYS[{"h": "h", "d": "d", "w": "wk", "m": "mo"}[m["unit"][0].lower()]]
        low = read_number(m["n"]) * unit if m["n"] else unit
        high = (
            UNBOUNDED if m["least"] and not stops else read_number(m["m"]) * unit if m["m"] else low
        )
        where = "after" if m["where"].lower() == "after" else "before"
        kept = f"d {where}{' it is stopped' if stops else ''}"
        for dosage in [None] if stops else doses:
            amount = amount_of(claim, dosage, weight_kg) if dosage else None
            if amount or stops:
                names = named_in(dosage) if dosage else drugs_of(claim)
                yield Advice(Respect.TIMING, low, high, kept, True, names, amount=amount)
