"""What is given when, and what is checked when: one regimen of one source, as a time line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from osler.domain import Comparator, Dosage, Duration, Phase
from osler.statements.vocabulary.substances import base_of
from osler_site.pictures.checks import Check, check_of
from osler_site.pictures.comparable import not_advised
from osler_site.pictures.contract import Body, Source, Spoken, claims_of, sources_of
from osler_site.pictures.naming import bases_asked, phases_asked, spelled
from osler_site.pictures.patients import place_of, stated_group, whom
from osler_site.pictures.rates import days, longest_interval
from osler_site.pictures.spoken import spoken_length
from osler_site.pictures.table import Row, Table, cited
from osler_site.pictures.wording import capital, dose, short_route

_ORDER = (Phase.LOADING, Phase.START, Phase.CONTINUATION, Phase.MAINTENANCE)
_NAMES = {
    Phase.LOADING: _("Loading"), Phase.START: _("Start"), Phase.CONTINUATION: _("Continuation"),
    Phase.MAINTENANCE: _("Maintenance"), Phase.PROPHYLAXIS: _("Prevention"),
    Phase.TAPER: _("Taper"),
}  # fmt: skip
_TREATMENT = _("Treatment")
_OVER_TIME = {
    "doses and checks": _("doses and checks over time"), "doses": _("doses over time"),
    "checks": _("checks over time"),
}  # fmt: skip
_STATED = (None, Comparator.ABOUT, Comparator.AT_LEAST)
_ASKS_CHECKS = re.compile(r"\b(?:monitor\w*|check\w*|tests?|levels?|follow[ -]?up)\b", re.I)
_CONTINUES = re.compile(r"\bcontinu\w+", re.I)
_MOST_DOTS = 9  # that can be told apart
_LEAD = re.compile(r"^for\s+", re.I)


@dataclass(frozen=True, slots=True)
class Step:
    """What is given in one stretch of time. `length` is in the claim's own words."""

    name: str
    dose: str
    length: str | None
    open_ended: bool
    bounded: bool  # by a stretch of time
    count: int | None  # doses, where their number is what is stated
    interval: Fraction | None  # days from one dose to the next
    references: tuple[int, ...]
    claim: str

    @property
    def how_long(self) -> str:
        """The length, or that none is stated."""
        return self.length or gettext("how long is not stated")


@dataclass(frozen=True, slots=True)
class Schedule:
    """The picture: steps in their order, and the checks beside them."""

    title: str
    source: str
    group: str
    substance: str
    steps: tuple[Step, ...]
    checks: tuple[Check, ...]
    references: tuple[int, ...]
    not_drawn: tuple[str, ...]
    note: str
    table: Table


@dataclass(frozen=True, slots=True)
class Courses:
    """Several time lines in one picture; each says in `source` what it is."""

    title: str
    courses: tuple[Schedule, ...]
    note: str
    table: Table


@dataclass(frozen=True, slots=True)
class _Given:
    """The doses of one claim for one group: one, or the steps of a course."""

    claim: Spoken
    group: str
    phase: Phase | None
    dosages: tuple[Dosage, ...]


@dataclass(frozen=True, slots=True)
class _Course:
    """What one source says to one group."""

    reference: int
    group: str
    given: tuple[_Given, ...]
    beside: tuple[_Given, ...]  # alternatives, which a line cannot show
    checks: tuple[tuple[Spoken, Check], ...]

    @property
    def claims(self) -> tuple[Spoken, ...]:
        return (*(g.claim for g in self.given), *(claim for claim, _ in self.checks))

    def worth(self, of_checks: bool) -> tuple[int, int, int, int, int]:
        """What is drawn first: checks if they are asked about, kinds of thing, intervals."""
        general = sum(not claim.dosages for claim, _ in self.checks)
        kinds = len({g.phase for g in self.given}) + bool(self.checks)
        spaced = any((longest_interval(d) or 0) > 1 for g in self.given for d in g.dosages)
        leads = sum(c.leads for c in self.claims)
        return general if of_checks else 0, kinds, int(spaced), leads, general


def schedule(body: Body) -> Schedule | None:
    """The time line of an answer; None where no source says enough of one."""
    claims, sources = claims_of(body), sources_of(body)
    asked, phases = bases_asked(body["question"]), phases_asked(body["question"])
    found = [c for c in _courses(claims, sources, asked) if _worth_drawing(c)]
    if phases:
        to_the_point = [c for c in found if {g.phase for g in c.given} & set(phases)]
        found = to_the_point or [c for c in found if not c.given]
    if not found:
        return None
    of_checks = _ASKS_CHECKS.search(body["question"]) is not None
    best = max(found, key=lambda c: c.worth(of_checks))
    return _schedule(best, asked, claims, sources)


def _worth_drawing(c: _Course) -> bool:
    elements = sum(len(g.dosages) for g in c.given) + len(c.checks)
    return elements > 1 and (bool(c.given) or any(claim.leads for claim in c.claims))


def _courses(
    claims: tuple[Spoken, ...], sources: dict[int, Source], asked: tuple[str, ...]
) -> Iterator[_Course]:
    given: dict[tuple[int, str], list[_Given]] = defaultdict(list)
    checks: dict[int, list[tuple[str, Spoken, Check]]] = defaultdict(list)
    for claim in claims:
        for item in _given(claim, sources, asked):
            for number in claim.references:
                given[number, item.group.casefold()].append(item)
        check = check_of(claim)
        if check is not None:
            for number in claim.references:
                checks[number].append((stated_group(claim).casefold(), claim, check))
    for number, group in dict.fromkeys((*given, *((n, "") for n in checks))):
        items = given.get((number, group), [])
        line, beside = _in_line(items)
        fit = [(claim, check) for g, claim, check in checks[number] if g in ("", group)]
        fit.sort(key=lambda pair: pair[0].start)
        name = items[0].group if items else ""
        yield _Course(number, name, line, beside, tuple(fit))


def _given(claim: Spoken, sources: dict[int, Source], asked: tuple[str, ...]) -> Iterator[_Given]:
    fit: list[tuple[Dosage, str]] = []
    for d in claim.dosages:
        at = place_of(d, claim)
        if at is None or d.comparator not in _STATED or d.frequency is None:
            continue
        if not_advised(d, claim, at, sources) or (
            asked and base_of(d.substance or "") not in asked
        ):
            continue
        fit.append((d, whom(d, claim, at).group))
    if not fit:
        return
    first, group = fit[0]
    followers = {s.text for s in first.steps}
    steps = tuple(d for d, _ in fit[1:] if d.text in followers)
    if len(fit) == 1 or (steps and len(steps) == len(fit) - 1 == len(first.steps)):
        yield _Given(claim, group, first.phase, (first, *steps))


def _in_line(items: list[_Given]) -> tuple[tuple[_Given, ...], tuple[_Given, ...]]:
    """One claim for each phase, in the order of the phases; what else there is stands beside."""
    line: list[_Given] = []
    beside: list[_Given] = []
    for phase in _ORDER:
        of_phase = [i for i in items if i.phase is phase]
        if not of_phase:
            continue
        follows = [i for i in of_phase[1:] if _CONTINUES.search(i.claim.text)]
        line += [of_phase[0], *follows[:1]]
        beside += [i for i in of_phase[1:] if i not in follows[:1]]
    if not line:  # a course of several steps need not name its phase
        line = [i for i in items if len(i.dosages) > 1][:1]
    beside += [i for i in items if i not in line and i not in beside]
    return tuple(line), tuple(beside)


def _schedule(
    c: _Course, asked: tuple[str, ...], claims: tuple[Spoken, ...], sources: dict[int, Source]
) -> Schedule:
    steps = _told_apart([s for g in c.given for s in _steps(g, claims)])
    checks = tuple(check for _, check in c.checks)
    names = [g.dosages[0].substance or "" for g in c.given]
    substance = spelled(names[0] if names else asked[0] if asked else "", claims)
    source = sources[c.reference].name
    what = "doses and checks" if steps and checks else "doses" if steps else "checks"
    said = gettext(_OVER_TIME[what])
    title = f"{capital(substance)}: {said}" if substance else capital(said)
    mine = [c.reference, *(n for s in steps for n in s.references)]
    mine += [n for check in checks for n in check.references]
    return Schedule(
        title=title,
        source=f"{source} {cited((c.reference,))}",
        group=c.group,
        substance=substance,
        steps=steps,
        checks=checks,
        references=tuple(dict.fromkeys(mine)),
        not_drawn=tuple(
            f"{dose(d)} {cited(g.claim.references)}, because {_why_beside(g)}"
            for g in c.beside
            for d in g.dosages[:1]
        ),
        note="One source's regimen, as far as this answer holds it. Not to scale.",
        table=_table(steps, checks),
    )


def _told_apart(steps: list[Step]) -> tuple[Step, ...]:
    names = [s.name for s in steps]
    return tuple(
        replace(s, name=gettext("%(name)s, continued") % {"name": s.name})
        if s.name in names[:i]
        else s
        for i, s in enumerate(steps)
    )


def _why_beside(g: _Given) -> str:
    if g.phase in _ORDER:
        return "it is another way to give the same phase"
    return "its claim does not say where in the course it stands"


def _steps(g: _Given, claims: tuple[Spoken, ...]) -> Iterator[Step]:
    several = len(g.dosages) > 1
    forms = {d.substance for d in g.dosages}
    for i, d in enumerate(g.dosages, 1):
        name = gettext(_NAMES.get(g.phase, _TREATMENT) if g.phase else _TREATMENT)
        said = dose(d)
        if len(d.routes) == 1:
            said = f"{said} {short_route(d.routes[0])}"
        if len(forms) > 1 and d.substance:
            said = f"{spelled(d.substance, claims)} {said}"
        name = (
            gettext("%(name)s, step %(number)s") % {"name": name, "number": i} if several else name
        )
        yield stretch(name, said, d, g.claim.references, g.claim.text)


def stretch(name: str, said: str, d: Dosage, references: tuple[int, ...], claim: str) -> Step:
    """A dose in its stretch of time, as long as it states."""
    stated = d.duration
    length = None if stated is None else _LEAD.sub("", stated.text).strip() or None
    if stated is not None and stated.for_life:
        length = gettext("for life")
    length = spoken_length(d) or length
    return Step(
        name=name,
        dose=said,
        length=length,
        open_ended=stated is None or stated.for_life,
        bounded=stated is not None and days(Decimal(1), stated.unit or "") is not None,
        count=_count(stated),
        interval=longest_interval(d),
        references=references,
        claim=claim,
    )


def _count(stated: Duration | None) -> int | None:
    if stated is None or stated.unit != "{dose}" or stated.low is None:
        return None
    return int(stated.low) if stated.low == stated.high and stated.low <= _MOST_DOTS else None


def _table(steps: tuple[Step, ...], checks: tuple[Check, ...]) -> Table:
    rows = [Row((s.name, s.dose, s.how_long, cited(s.references)), s.references) for s in steps] + [
        Row((gettext("Check"), k.text, gettext("as stated"), cited(k.references)), k.references)
        for k in checks
    ]
    return Table(
        (gettext("Part"), gettext("What is stated"), gettext("How long"), gettext("Reference")),
        tuple(rows),
    )
