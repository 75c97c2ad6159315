"""The time line, along the page or down the phone."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext

from osler_site.pictures.canvas import LINE, SIZE, Canvas, heights
from osler_site.pictures.checks import Check
from osler_site.pictures.schedule import Courses, Schedule, Step
from osler_site.pictures.table import cited
from osler_site.pictures.text import wrap

_WIDE, _NARROW = 640.0, 290.0
_MOST_ALONG = 4  # steps that a page holds beside each other
_RAIL = 30.0  # the text's distance from a rail that runs down
_BAR = 12.0
_LANE = {False: 56.0, True: 110.0}  # of a check's rhythm, beside its words


def draw(s: Schedule | Courses, width: str, ident: str) -> str:
    """The time line as SVG; of several, one under the other."""
    c = Canvas(_WIDE if width == "wide" else _NARROW)
    courses = s.courses if isinstance(s, Courses) else (s,)
    y = 0.0
    for course in courses:
        y = _course(c, course, y + (0 if course is courses[0] else 10), width)
    y = c.lines(0, y + 4, c.width, gettext("Not to scale"), soft=True)
    c.height = y
    return c.svg(ident, width, s.title, " ".join(map(_description, courses)))


def _course(c: Canvas, s: Schedule, y: float, width: str) -> float:
    head = " · ".join(part for part in (s.group, s.source) if part)
    y = c.lines(0, y, c.width, head, soft=True) + 6
    if s.steps and width == "wide" and len(s.steps) <= _MOST_ALONG:
        y = _along(c, s.steps, y)
    else:
        for i, step in enumerate(s.steps):
            y = _down(c, step, y, last=i == len(s.steps) - 1)
    for check in s.checks:
        y = _check(c, check, y)
    return y


def _description(s: Schedule) -> str:
    parts = [s.source] if s.source else []
    parts += [f"{step.name}: {step.dose}, {step.how_long}" for step in s.steps]
    parts += [f"{gettext('Check')}: {check.text}" for check in s.checks]
    return ". ".join(parts) + "."


def _along(c: Canvas, steps: tuple[Step, ...], y: float) -> float:
    room = c.width / len(steps)
    inner = room - 12
    named = [f"{step.name} {cited(step.references)}" for step in steps]
    above = max(
        len(wrap(name, inner, SIZE, bold=True)) * LINE + heights([(step.dose, SIZE)], inner)
        for name, step in zip(named, steps, strict=True)
    )
    rail = y + above + _BAR
    bottom = rail
    for i, step in enumerate(steps):
        x = i * room
        top = c.lines(x, y, inner, named[i], bold=True)
        c.lines(x, top, inner, step.dose)
        c.open(step.claim)
        _stretch(c, step, (x, rail), (x + room - 6, rail))
        c.close()
        bottom = max(bottom, c.lines(x, rail + _BAR, inner, step.how_long, soft=True))
    return bottom + 6


def _down(c: Canvas, step: Step, y: float, *, last: bool) -> float:
    room = c.width - _RAIL
    top = y
    y = c.lines(_RAIL, y, room, f"{step.name} {cited(step.references)}", bold=True)
    y = c.lines(_RAIL, y, room, step.dose)
    y = c.lines(_RAIL, y, room, step.how_long, soft=True)
    c.open(step.claim)
    _stretch(c, step, (_BAR / 2 + 4, top + 2), (_BAR / 2 + 4, y + 2))
    c.close()
    return y + (10 if last else 6)


def _stretch(c: Canvas, step: Step, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A block where the dose is daily or the time is stated, else dots: a rhythm and no count.

    As many dots as doses where their number is stated; an arrow where no end is.
    """
    (x1, y1), (x2, y2) = start, end
    along = y1 == y2
    room = (x2 - x1) + (y2 - y1) - (10.0 if step.open_ended else 0.0)
    if step.count is None and (step.bounded or (step.interval or 2) <= 1):
        _block(c, start, (x1 + room, y2) if along else (x2, y1 + room))
    else:
        c.line(x1, y1, x2, y2, "picture-line", stroke_width="2")
        _dots(c, step, start, room, along=along)
    if step.open_ended:
        _arrow(c, x2, y2, along=along)


def _dots(c: Canvas, step: Step, start: tuple[float, float], room: float, *, along: bool) -> None:
    apart = _apart(step.interval)
    count = step.count or max(1, int((room - _BAR) / apart) + 1)
    if count > 1:
        apart = min(apart, (room - _BAR) / (count - 1))
    size = min(_BAR / 2 - 0.5, apart / 2 - 0.4)
    for i in range(count):
        at = _BAR / 2 + i * apart
        x, y = (start[0] + at, start[1]) if along else (start[0], start[1] + at)
        c.add("circle", cx=x, cy=y, r=size, class_="picture-dose", fill="currentColor")


def _apart(interval: Fraction | None) -> float:
    """How far dots stand apart: a hint at the rhythm and no scale."""
    if interval is None or interval > 7:
        return 34.0
    return 16.0 if interval <= 3 else 22.0


def _block(c: Canvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    (x1, y1), (x2, y2) = start, end
    along = y1 == y2
    c.add(
        "rect",
        x=x1 if along else x1 - _BAR / 2,
        y=y1 - _BAR / 2 if along else y1,
        width=x2 - x1 if along else _BAR,
        height=_BAR if along else y2 - y1,
        rx=4,
        class_="picture-dose",
        fill="currentColor",
    )


def _arrow(c: Canvas, x: float, y: float, *, along: bool) -> None:
    if along:
        points = f"{x:.1f},{y:.1f} {x - 8:.1f},{y - 5:.1f} {x - 8:.1f},{y + 5:.1f}"
    else:
        points = f"{x:.1f},{y:.1f} {x - 5:.1f},{y - 8:.1f} {x + 5:.1f},{y - 8:.1f}"
    c.add("polygon", points=points, class_="picture-dose", fill="currentColor")


def _check(c: Canvas, check: Check, y: float) -> float:
    lane = _LANE[c.width == _WIDE]
    c.open(check.claim)
    x, middle = 2.0, y + LINE / 2 + 2
    share = (lane - 14) / max(1, len(check.every))
    for i, every in enumerate(check.every):
        while x <= share * (i + 1):
            c.line(x, middle - 6, x, middle + 6, "picture-check", stroke_width="2")
            x += _spread(every)
    c.close()
    text = f"{check.text} {cited(check.references)}"
    return c.lines(lane, y + 2, c.width - lane, text) + 4


def _spread(every: Fraction) -> float:
    """How far checks stand apart: the rarer, the farther, and no scale."""
    for limit, room in ((7, 5.0), (31, 9.0), (92, 14.0), (183, 20.0)):
        if every <= limit:
            return room
    return 28.0
