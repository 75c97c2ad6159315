"""Each source's dose of one substance, as an amount in one time, on one axis."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from osler.domain.dosage import Comparator, Dosage, Phase
from osler.dosage import find_phases, to_base
from osler.statements.substances import base_of
from osler_site.pictures.axis import Axis, axis_for
from osler_site.pictures.comparable import why_not
from osler_site.pictures.contract import Body, Source, Spoken, claims_of, sources_of
from osler_site.pictures.naming import bases_asked, form_of, kin, phases_asked, spelled
from osler_site.pictures.patients import Whom, place_of, whom
from osler_site.pictures.rates import TIMES, longest_interval, rate
from osler_site.pictures.table import Row, Table, cited
from osler_site.pictures.wording import (
    amount,
    capital,
    dose,
    number,
    rounded,
    route_name,
    span,
    unit_name,
)

_PHASES: dict[Phase | None, str] = {
    Phase.MAINTENANCE: "maintenance dose", None: "dose", Phase.PROPHYLAXIS: "preventive dose",
    Phase.CONTINUATION: "continued dose", Phase.START: "starting dose",
    Phase.LOADING: "loading dose", Phase.TAPER: "dose while tapering",
    Phase.TITRATION: "dose while titrating",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """One dose on the axis. `low` and `high` are in the picture's unit and time."""

    route: str
    group: str
    source: str
    references: tuple[int, ...]
    form: str  # the salt or form, where the picture holds several
    detail: str
    dose: str
    total: str
    low: Fraction
    high: Fraction
    at_least: bool
    superseded: bool
    same: bool  # the total says no more than the dose
    claims: tuple[str, ...]

    @property
    def label(self) -> str:
        """Who says it, and of which form or which step."""
        extra = [part for part in (self.form, self.detail) if part]
        if self.superseded:
            extra.append("superseded")
        return " · ".join((self.source, *extra))


@dataclass(frozen=True, slots=True)
class Regimens:
    """The picture: its marks in the order in which they are drawn."""

    title: str
    substance: str
    unit: str  # "µg", "mg/kg"
    time: str  # "day", "week", "month"
    axis: Axis
    marks: tuple[Mark, ...]
    not_shown: tuple[str, ...]
    note: str
    table: Table


_CONTINUED = re.compile(r"\bcontinued as\b", re.I)
_Key = tuple[str, Phase | None, tuple[str, str]]  # form, phase, measure


@dataclass(frozen=True, slots=True)
class _Candidate:
    dosage: Dosage
    claim: Spoken
    form: str
    phase: Phase | None
    step: int  # 0 where the dose is no step of a sequence
    whom: Whom
    reason: str | None

    @property
    def measure(self) -> tuple[str, str]:
        """What must be equal for two doses to have one axis, their forms apart."""
        return to_base(Decimal(1), self.dosage.unit or "")[1], self.dosage.per or ""


def regimens(body: Body) -> Regimens | None:
    """The picture of an answer's doses; None where fewer than two can be compared."""
    claims, sources = claims_of(body), sources_of(body)
    every = [c for claim in claims for c in _candidates(claim, sources)]
    chosen = _chosen(every, body["question"])
    if len(chosen) < 2:
        return None
    rest = [c for c in every if c not in chosen and _same_base(c, chosen[0])]
    return _picture(chosen, rest, claims, sources)


def _candidates(claim: Spoken, sources: dict[int, Source]) -> Iterable[_Candidate]:
    steps = {s.text: i for d in claim.dosages for i, s in enumerate(d.steps, 2)}
    for d in claim.dosages:
        at = place_of(d, claim)
        who = Whom("", "") if at is None else whom(d, claim, at)
        yield _Candidate(
            d,
            claim,
            form_of(d, claim, at) if at is not None else d.substance or "",
            _phase(d, who),
            1 if d.steps else steps.get(d.text, 0),
            who,
            why_not(d, claim, at, sources),
        )


def _phase(d: Dosage, who: Whom) -> Phase | None:
    if d.phase is not None:
        return d.phase
    if d.duration is not None and d.duration.for_life:
        return Phase.MAINTENANCE
    if who.detail.casefold() in ("start", "starting", "initial"):
        return Phase.START
    named = find_phases(who.detail)
    return named[0].value if named else None


def _chosen(every: list[_Candidate], question: str) -> list[_Candidate]:
    asked, phases = bases_asked(question), phases_asked(question)
    sets: dict[_Key, list[_Candidate]] = defaultdict(list)
    for c in every:
        if (
            c.reason is None
            and c.form
            and c.phase in _PHASES
            and (not asked or base_of(c.form) in asked)
        ):
            sets[kin(c.form), c.phase, c.measure].append(c)
    order: tuple[Phase | None, ...] = phases or tuple(_PHASES)

    def worth(key: _Key) -> tuple[bool, bool, int, int, int, int]:
        form, phase, (_, per) = key
        members = sets[key]
        leading = len({c.claim.text for c in members if c.claim.leads})
        return (
            len({c.claim.text for c in members}) < 2,  # one claim compares no sources
            bool(per),
            order.index(phase) if phases or phase is Phase.MAINTENANCE else 1,
            -leading,
            -len(_merged(members)),
            asked.index(base_of(form)) if asked else 0,
        )

    fit = [key for key, members in sets.items() if key[1] in order and _fits(members)]
    return sets[min(fit, key=worth)] if fit else []


def _fits(members: list[_Candidate]) -> bool:
    """Whether the answer turns on these doses, and there are two, not only steps of one course."""
    one_course = len({c.claim.text for c in members}) == 1 and all(c.step for c in members)
    leads = any(c.claim.leads for c in members)
    return leads and not one_course and len(_merged(members)) > 1


def _same_base(c: _Candidate, other: _Candidate) -> bool:
    return base_of(c.form) == base_of(other.form) and bool(c.dosage.low)


def _merged(members: list[_Candidate]) -> list[list[_Candidate]]:
    """One mark for what one source says more than once."""
    same: dict[tuple[Any, ...], list[_Candidate]] = defaultdict(list)
    for c in members:
        least = rate(c.dosage, "d")
        key = (c.claim.references, c.dosage.route, c.whom, c.form, least, c.dosage.comparator)
        same[key].append(c)
    for key in [k for k in same if k[1] is None]:
        routed = [k for k in same if k[1] is not None and (k[0], *k[2:]) == (key[0], *key[2:])]
        if routed:
            same[routed[0]] += same.pop(key)
    return list(same.values())


def _picture(
    chosen: list[_Candidate],
    rest: list[_Candidate],
    claims: tuple[Spoken, ...],
    sources: dict[int, Source],
) -> Regimens:
    longest = max(longest_interval(c.dosage) or Fraction(1) for c in chosen)
    time = "mo" if longest > 7 else "wk" if longest > 1 else "d"
    unit = _shown_unit(chosen)
    forms = {c.form for c in chosen}
    substance = forms.pop() if len(forms) == 1 else base_of(chosen[0].form)
    named = spelled(substance, claims)
    marks = _ordered([_mark(m, time, unit, substance, claims, sources) for m in _merged(chosen)])
    per = f"/{chosen[0].dosage.per}" if chosen[0].dosage.per else ""
    shown_unit = unit_name(unit) + per
    phase = _PHASES[chosen[0].phase]
    return Regimens(
        title=f"{capital(named)}: {phase} in {shown_unit} a {TIMES[time]}",
        substance=named,
        unit=shown_unit,
        time=TIMES[time],
        axis=axis_for([v for m in marks for v in (m.low, m.high)]),
        marks=marks,
        not_shown=_not_shown(rest, chosen[0], sources),
        note=_note(time),
        table=_table(marks, shown_unit, time),
    )


def _shown_unit(chosen: list[_Candidate]) -> str:
    units = Counter(c.dosage.unit or "" for c in chosen)
    return max(units, key=lambda u: (units[u], -to_base(Decimal(1), u)[0]))


def _mark(
    members: list[_Candidate],
    time: str,
    unit: str,
    substance: str,
    claims: tuple[Spoken, ...],
    sources: dict[int, Source],
) -> Mark:
    c = members[0]
    rates = rate(c.dosage, time)
    assert rates is not None  # a candidate without a reason has one
    one = Fraction(to_base(Decimal(1), unit)[0])
    low, high = rates[0] / one, rates[1] / one
    numbers = tuple(dict.fromkeys(n for m in members for n in m.claim.references))
    known = [sources[n] for n in numbers if n in sources]
    per = f"/{c.dosage.per}" if c.dosage.per else ""
    at_least = c.dosage.comparator is Comparator.AT_LEAST
    detail = c.whom.detail
    if c.dosage.phase is Phase.LOADING and _CONTINUED.search(c.claim.text):
        detail = ", ".join(part for part in (detail, "continued") if part)
    if c.step:
        detail = ", ".join(part for part in (detail, f"step {c.step}") if part)
    return Mark(
        route=route_name(c.dosage.route),
        group=c.whom.group,
        source=_named(known),
        references=numbers,
        form=spelled(c.form, claims) if c.form != substance else "",
        detail=detail,
        dose=dose(c.dosage),
        total=_total(low, high, unit_name(unit) + per, time, at_least),
        low=low,
        high=high,
        at_least=at_least,
        superseded=bool(known) and all(s.status == "superseded" for s in known),
        same=_is_total(c.dosage, time) and c.dosage.unit == unit,
        claims=tuple(dict.fromkeys(m.claim.text for m in members)),
    )


def _named(sources: list[Source]) -> str:
    """Each source with its number; several of one organisation and year under one name."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for source in sources:
        numbers[source.name].append(source.number)
    return "; ".join(f"{name} {cited(tuple(n))}" for name, n in numbers.items())


def _is_total(d: Dosage, time: str) -> bool:
    f = d.frequency
    once_a_time = f is not None and (f.count, f.count_high, f.period_unit) == (1, None, time)
    return d.per_time == time or (
        f is not None and once_a_time and f.period_low == 1 and (f.period_high or 1) == 1
    )


def _total(low: Fraction, high: Fraction, unit: str, time: str, at_least: bool) -> str:
    (least, exact), (most, exact_too) = rounded(low), rounded(high)
    sign = "=" if exact and exact_too else "≈"
    lead = "at least " if at_least else ""
    return f"{sign} {lead}{span(least, most)} {unit} a {TIMES[time]}"


def _ordered(marks: list[Mark]) -> tuple[Mark, ...]:
    """By route, then by group, each where it first appears; who has no group comes first."""
    routes = list(dict.fromkeys(m.route for m in marks))
    groups = list(dict.fromkeys(m.group.casefold() for m in marks))
    return tuple(
        sorted(
            marks,
            key=lambda m: (routes.index(m.route), bool(m.group), groups.index(m.group.casefold())),
        )
    )


def _not_shown(
    rest: list[_Candidate], drawn: _Candidate, sources: dict[int, Source]
) -> tuple[str, ...]:
    lines: dict[str, None] = {}
    for c in rest:
        reason = c.reason or _other(c, drawn)
        said = dose(c.dosage) or amount(c.dosage)
        names = _named([sources[n] for n in c.claim.references if n in sources])
        lines[f"{said} ({names}), because {reason}"] = None
    return tuple(lines)


def _other(c: _Candidate, drawn: _Candidate) -> str:
    if c.measure[1] != drawn.measure[1]:
        return f"it is a dose per {c.measure[1]}" if c.measure[1] else "it is a fixed dose"
    if c.measure[0] != drawn.measure[0]:
        return "it is in another kind of unit"
    if kin(c.form) != kin(drawn.form):
        return f"it is an amount of {c.form}"
    if c.phase is None:
        return f"its source does not say that it is a {_PHASES[drawn.phase]}"
    return f"it is a {_PHASES.get(c.phase, c.phase.value)}"


def _note(time: str) -> str:
    month = f" A month is {number(Decimal('30.4375'))} days." if time == "mo" else ""
    return (
        f"The amounts a {TIMES[time]} are arithmetic, not advice: the low amount at the longest "
        f"interval to the high amount at the shortest.{month} The dose to give is the one stated."
    )


def _table(marks: tuple[Mark, ...], unit: str, time: str) -> Table:
    header = ("Route", "Patients", "Source", "Dose as stated", f"{unit} a {TIMES[time]}",
              "Reference")  # fmt: skip
    return Table(
        header,
        tuple(
            Row(
                (
                    m.route,
                    m.group or "not stated",
                    " · ".join(p for p in (m.source, m.form, m.detail) if p),
                    m.dose,
                    m.total,
                    cited(m.references),
                ),
                m.references,
            )
            for m in marks
        ),
    )
