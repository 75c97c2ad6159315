"""The picture of doses on one axis, for a phone and for a page."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext, ngettext

from osler_site.pictures.canvas import LINE, SIZE, SMALL, Canvas, heights
from osler_site.pictures.regimens import Mark, Regimens
from osler_site.pictures.text import width
from osler_site.pictures.wording import number, route_name

_LEFT, _RIGHT = 10.0, 24.0  # room beside the outermost ticks: for a dot, and for an arrow
_BAR = 9.0
_GAP = 9.0


@dataclass(frozen=True, slots=True)
class _Form:
    """Where things stand. Beside each other on a page, one under the other on a phone."""

    kind: str
    width: float
    plot: tuple[float, float]
    label_room: float
    dose: float  # where the doses' column begins
    beside: bool


NARROW = _Form("narrow", 290, (0, 290), 290, 0, beside=False)
WIDE = _Form("wide", 640, (178, 430), 170, 442, beside=True)


def draw(r: Regimens, form: _Form, ident: str) -> str:
    """The picture as SVG; `ident` begins the ids of its title and description."""
    c = Canvas(form.width)
    y = _axis(c, r, form, 0.0)
    route = group = None
    several = len({m.route for m in r.marks}) > 1 or r.marks[0].route != route_name(None)
    grouped = any(m.group for m in r.marks)
    for mark in r.marks:
        if mark.route != route:
            route, group = mark.route, None
            if several:
                y = _route(c, form, y, route)
        if grouped and mark.group.casefold() != group:
            group = mark.group.casefold()
            name = mark.group or gettext("Patients not specified here")
            y = c.lines(0, y + 2, form.width, name, soft=True, bold=True)
        y = _row(c, r, form, y, mark)
    c.height = y
    return c.svg(ident, form.kind, r.title, _description(r))


def _description(r: Regimens) -> str:
    sources = len({n for m in r.marks for n in m.references})
    scale = gettext("a logarithmic axis") if r.axis.log else gettext("a linear axis")
    said = ngettext(
        "%(doses)s doses from %(sources)s source, in %(amount)s on %(axis)s, by route and "
        "patients. The table holds the same.",
        "%(doses)s doses from %(sources)s sources, in %(amount)s on %(axis)s, by route and "
        "patients. The table holds the same.",
        sources,
    )
    amount = r.table.header[4]
    return said % {"doses": len(r.marks), "sources": sources, "amount": amount, "axis": scale}


def _x(r: Regimens, form: _Form, value: Fraction) -> float:
    start, end = form.plot
    return start + _LEFT + r.axis.place(value) * (end - start - _LEFT - _RIGHT)


def _axis(c: Canvas, r: Regimens, form: _Form, y: float) -> float:
    caption = r.table.header[4] + (gettext(", log scale") if r.axis.log else "")
    y = c.lines(form.plot[0], y, form.plot[1] - form.plot[0], caption, soft=True)
    taken: list[tuple[float, float]] = []
    for tick in sorted(r.axis.ticks, key=lambda t: (r.axis.log and not _is_power(t), t)):
        left, right, anchor, x = _place(r, form, tick)
        if all(right + 6 <= start or left >= end + 6 for start, end in taken):
            c.text(x, y + LINE / 2, number(tick), soft=True, anchor=anchor)
            taken.append((left, right))
    return y + LINE + 3


def _is_power(tick: Fraction) -> bool:
    """Whether it is a power of ten: labelled first on a logarithmic axis."""
    return set(str(tick.numerator)) <= {"1", "0"} and set(str(tick.denominator)) <= {"1", "0"}


def _place(r: Regimens, form: _Form, tick: Fraction) -> tuple[float, float, str, float]:
    """A tick's label: its left and right edge, its anchor and where that stands."""
    x, room = _x(r, form, tick), width(number(tick), SMALL)
    start, end = form.plot
    if x - room / 2 < start:
        return start, start + room, "start", start
    if x + room / 2 > end:
        return end - room, end, "end", end
    return x - room / 2, x + room / 2, "middle", x


def _route(c: Canvas, form: _Form, y: float, name: str) -> float:
    c.line(0, y + 4, form.width, y + 4, "picture-line", stroke_width="1")
    return c.lines(0, y + 9, form.width, name, bold=True)


def _row(c: Canvas, r: Regimens, form: _Form, y: float, mark: Mark) -> float:
    said = [(mark.dose, SIZE)] + ([] if mark.same else [(mark.total, SMALL)])
    if form.beside:
        doses = heights(said, form.width - form.dose)
        labels = heights([(mark.label, SIZE)], form.label_room)
        bottom = y + max(doses, labels) + _GAP
        _grid(c, r, form, y, bottom)
        c.lines(0, y + _GAP / 2, form.label_room, mark.label)
        _doses(c, mark, form.dose, y + _GAP / 2, form.width - form.dose)
        _mark(c, r, form, y + _GAP / 2 + LINE / 2, mark)
        return bottom
    y = c.lines(0, y + 3, form.label_room, mark.label, soft=True)
    y = _doses(c, mark, 0, y, form.width)
    _grid(c, r, form, y, y + 2 * _BAR)
    _mark(c, r, form, y + _BAR, mark)
    return y + 2 * _BAR + 6


def _doses(c: Canvas, mark: Mark, x: float, y: float, room: float) -> float:
    y = c.lines(x, y, room, mark.dose)
    return y if mark.same else c.lines(x, y, room, mark.total, soft=True)


def _grid(c: Canvas, r: Regimens, form: _Form, top: float, bottom: float) -> None:
    for tick in r.axis.ticks:
        x = _x(r, form, tick)
        c.line(x, top, x, bottom, "picture-line", stroke_width="1")


def _mark(c: Canvas, r: Regimens, form: _Form, y: float, mark: Mark) -> None:
    low, high = _x(r, form, mark.low), _x(r, form, mark.high)
    kind = "picture-past" if mark.superseded else "picture-dose"
    c.open(" ".join(mark.claims))
    if mark.at_least:
        c.line(high, y, high + 18, y, kind, stroke_width="2")
        tip, back = high + 22, high + 15
        points = f"{tip:.1f},{y:.1f} {back:.1f},{y - 4:.1f} {back:.1f},{y + 4:.1f}"
        c.add("polygon", points=points, class_=kind, fill="currentColor")
    if mark.low == mark.high:
        c.add("circle", cx=low, cy=y, r=_BAR / 2 + 0.5, class_=kind, fill="currentColor")
    else:
        size = max(high - low, 3.0)
        c.add("rect", x=low, y=y - _BAR / 2, width=size, height=_BAR, rx=3, class_=kind,
              fill="currentColor")  # fmt: skip
    c.close()
