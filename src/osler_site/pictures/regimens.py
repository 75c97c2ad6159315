"""Each source's dose of one substance, as an amount in one time, on one axis."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext, gettext_noop

from osler.domain import Comparator, Dosage
from osler.dosage import to_base
from osler.statements.vocabulary.substances import base_of
from osler_site.pictures.axis import Axis, axis_for
from osler_site.pictures.candidates import (
    PHASES,
    Candidate,
    candidates,
    choose,
    is_continued,
    merged,
    same_base,
)
from osler_site.pictures.contract import Body, Source, Spoken, claims_of, sources_of
from osler_site.pictures.naming import kin, spelled
from osler_site.pictures.rates import TIMES, longest_interval, rate
from osler_site.pictures.table import Row, Table, cited
from osler_site.pictures.wording import (
    amount,
    capital,
    dose,
    rounded,
    route_name,
    span,
    unit_name,
)

_RATES = {
    "d": gettext_noop("%(unit)s a day"), "wk": gettext_noop("%(unit)s a week"),
    "mo": gettext_noop("%(unit)s a month"),
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


def regimens(body: Body) -> Regimens | None:
    """The picture of an answer's doses; None where fewer than two can be compared."""
    claims, sources = claims_of(body), sources_of(body)
    every = [c for claim in claims for c in candidates(claim, sources)]
    drawn = choose(every, body["question"])
    if len(drawn) < 2:
        return None
    rest = [c for c in every if c not in drawn and same_base(c, drawn[0])]
    return _picture(drawn, rest, claims, sources)


def _picture(
    chosen: list[Candidate],
    rest: list[Candidate],
    claims: tuple[Spoken, ...],
    sources: dict[int, Source],
) -> Regimens:
    longest = max(longest_interval(c.dosage) or Fraction(1) for c in chosen)
    time = "mo" if longest > 7 else "wk" if longest > 1 else "d"
    unit = _shown_unit(chosen)
    forms = {c.form for c in chosen}
    substance = forms.pop() if len(forms) == 1 else base_of(chosen[0].form)
    named = spelled(substance, claims)
    marks = _ordered([_mark(m, time, unit, substance, claims, sources) for m in merged(chosen)])
    per = f"/{chosen[0].dosage.per}" if chosen[0].dosage.per else ""
    shown_unit = unit_name(unit) + per
    phase = PHASES[chosen[0].phase]
    return Regimens(
        title=gettext("%(drug)s: %(phase)s in %(amount)s")
        % {"drug": capital(named), "phase": gettext(phase), "amount": _a_time(shown_unit, time)},
        substance=named,
        unit=shown_unit,
        time=TIMES[time],
        axis=axis_for([v for m in marks for v in (m.low, m.high)]),
        marks=marks,
        not_shown=_not_shown(rest, chosen[0], sources),
        note=_note(time),
        table=_table(marks, shown_unit, time),
    )


def _shown_unit(chosen: list[Candidate]) -> str:
    units = Counter(c.dosage.unit or "" for c in chosen)
    return max(units, key=lambda u: (units[u], -to_base(Decimal(1), u)[0]))


def _mark(
    members: list[Candidate],
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
    if is_continued(c):
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
    lead = gettext_noop("at least ") if at_least else ""
    return f"{sign} {gettext(lead) if lead else lead}{span(least, most)} {_a_time(unit, time)}"


def _a_time(unit: str, time: str) -> str:
    """A rate's unit: "µg a day"."""
    return gettext(_RATES[time]) % {"unit": unit}


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
    rest: list[Candidate], drawn: Candidate, sources: dict[int, Source]
) -> tuple[str, ...]:
    lines: dict[str, None] = {}
    for c in rest:
        reason = c.reason or _other(c, drawn)
        said = dose(c.dosage) or amount(c.dosage)
        names = _named([sources[n] for n in c.claim.references if n in sources])
        lines[f"{said} ({names}), because {reason}"] = None
    return tuple(lines)


def _other(c: Candidate, drawn: Candidate) -> str:
    if c.measure[1] != drawn.measure[1]:
        return f"it is a dose per {c.measure[1]}" if c.measure[1] else "it is a fixed dose"
    if c.measure[0] != drawn.measure[0]:
        return "it is in another kind of unit"
    if kin(c.form) != kin(drawn.form):
        return f"it is an amount of {c.form}"
    if c.phase is None:
        return f"its source does not say that it is a {PHASES[drawn.phase]}"
    return f"it is a {PHASES.get(c.phase, c.phase.value)}"


def _note(time: str) -> str:
    month = " A month is 30.4375 days." if time == "mo" else ""
    return (
        f"The amounts a {TIMES[time]} are arithmetic, not advice: the low amount at the longest "
        f"interval to the high amount at the shortest.{month} The dose to give is the one stated."
    )


def _table(marks: tuple[Mark, ...], unit: str, time: str) -> Table:
    header = (
        gettext("Route"), gettext("Patients"), gettext("Source"), gettext("Dose as stated"),
        _a_time(unit, time), gettext("Reference"),
    )  # fmt: skip
    return Table(
        header,
        tuple(
            Row(
                (
                    m.route,
                    m.group or "not specified here",
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
