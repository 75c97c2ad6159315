"""The way through a pathway: boxes from left to right, or a tree down the phone.

What became of a step is told by its sign (a tick, a dash, a question mark), by the line that leads
to it (thick, thin, broken) and by the weight of its words; the colour only repeats it.
"""

from __future__ import annotations

from dataclasses import dataclass

from osler_site.pictures.canvas import LINE, SIZE, Canvas, heights
from osler_site.pictures.flow import Flow, FlowStep, Way, walk

_WIDE, _NARROW = 640.0, 290.0
_MOST_COLUMNS = 4  # that a page holds beside each other
_BETWEEN = 26.0  # columns, room for the lines
_APART = 8.0  # boxes of a column
_INSIDE = 7.0  # from a box's edge to its words
_SIGN = 7.0  # radius
_INDENT = 17.0
_DEEPEST = 5  # indents that a phone has room for


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the boxes of each depth stand."""

    count: int

    @property
    def width(self) -> float:
        return (_WIDE - _BETWEEN * (self.count - 1)) / self.count

    def x(self, depth: int) -> float:
        return depth * (self.width + _BETWEEN)


def draw(flow: Flow, width: str, ident: str) -> str:
    """The flow as SVG."""
    c = Canvas(_WIDE if width == "wide" else _NARROW)
    if width == "wide" and flow.depth <= _MOST_COLUMNS:
        columns, y = _Columns(max(2, flow.depth)), 2.0
        for step in flow.steps:
            _, y = _boxes(c, columns, step, 0, y)
    else:
        y = _tree(c, flow.steps, 0, 2.0)
    c.height = y
    return c.svg(ident, width, flow.title, _description(flow))


def _description(flow: Flow) -> str:
    taken = [step.title for _, step in walk(flow.steps) if step.way is Way.TAKEN]
    unknown = [step.title for _, step in walk(flow.steps) if step.way is Way.OPEN]
    parts = [f"Taken today: {'; '.join(taken) or 'none'}."]
    if unknown:
        parts.append(f"Not known yet: {'; '.join(unknown)}.")
    return " ".join(parts)


def _boxes(
    c: Canvas, columns: _Columns, step: FlowStep, depth: int, y: float
) -> tuple[float, float]:
    """A step with what stands within it: the height of its middle, and where the next begins."""
    x, room = columns.x(depth), columns.width
    words = room - 2 * _INSIDE - 2 * _SIGN - 6
    # As high as its words in bold, so that a box does not change its size with the answers.
    size = SIZE * 1.18
    height = max(heights([(step.title, size)], words), LINE) + 2 * _INSIDE - 2
    c.open(f"{step.title}: {step.way.value}")
    kind = "picture-box" + (" taken" if step.way is Way.TAKEN else "")
    dashes = {} if step.way in (Way.TAKEN, Way.NOT_TAKEN) else {"stroke_dasharray": "4 3"}
    thick = 2 if step.way is Way.TAKEN else 1
    c.add("rect", x=x + 1, y=y, width=room - 2, height=height, rx=6, class_=kind, fill="none",
          stroke="currentColor", stroke_width=thick, **dashes)  # fmt: skip
    middle = y + height / 2
    _sign(c, step.way, x + _INSIDE + _SIGN, y + _INSIDE + LINE / 2 - 1)
    left = x + _INSIDE + 2 * _SIGN + 6
    c.lines(left, y + _INSIDE - 1, words, step.title,
            bold=step.way is Way.TAKEN, soft=step.way is not Way.TAKEN)  # fmt: skip
    c.close()
    below = y
    for child in step.steps:
        entry, below_child = _boxes(c, columns, child, depth + 1, below)
        _elbow(c, child.way, x + room - 1, middle, columns.x(depth + 1) + 1, entry)
        below = below_child
    return middle, max(y + height + _APART, below)


def _elbow(c: Canvas, way: Way, x1: float, y1: float, x2: float, y2: float) -> None:
    """The line to a step within another."""
    turn = (x1 + x2) / 2
    _line(c, way, f"M{x1:.1f} {y1:.1f}H{turn:.1f}V{y2:.1f}H{x2:.1f}")


def _tree(
    c: Canvas, steps: tuple[FlowStep, ...], depth: int, y: float, above: float = 0.0
) -> float:
    """Steps under each other, those within a step set in; `above` is the height of its sign."""
    x = min(depth, _DEEPEST) * _INDENT + _SIGN + 1
    left = x + _SIGN + 6
    for step in steps:
        sign = y + LINE / 2
        if depth:
            rail = (min(depth, _DEEPEST) - 1) * _INDENT + _SIGN + 1
            _line(c, step.way, f"M{rail:.1f} {above + _SIGN:.1f}V{sign:.1f}H{x - _SIGN:.1f}")
        c.open(f"{step.title}: {step.way.value}")
        _sign(c, step.way, x, sign)
        taken = step.way is Way.TAKEN
        y = c.lines(left, y, c.width - left, step.title, bold=taken, soft=not taken)
        if not taken:
            y = c.lines(left, y - 2, c.width - left, step.way.value, soft=True)
        c.close()
        y = _tree(c, step.steps, depth + 1, y + 5, sign)
    return y


def _line(c: Canvas, way: Way, path: str) -> None:
    taken = way is Way.TAKEN
    dashes = {} if way in (Way.TAKEN, Way.NOT_TAKEN) else {"stroke_dasharray": "4 3"}
    c.add("path", d=path, class_="picture-way" + (" taken" if taken else ""), fill="none",
          stroke="currentColor", stroke_width=2.5 if taken else 1, **dashes)  # fmt: skip


def _sign(c: Canvas, way: Way, x: float, y: float) -> None:
    taken = way is Way.TAKEN
    kind = "picture-way" + (" taken" if taken else "")
    dashes = {} if way in (Way.TAKEN, Way.NOT_TAKEN) else {"stroke_dasharray": "3 2"}
    c.add("circle", cx=x, cy=y, r=_SIGN, class_=kind, fill="none", stroke="currentColor",
          stroke_width=2 if taken else 1, **dashes)  # fmt: skip
    if taken:
        c.add("path", d=f"M{x - 3.2:.1f} {y:.1f}l2.4 2.6 4-5", class_=kind, fill="none",
              stroke="currentColor", stroke_width=2)  # fmt: skip
    elif way is Way.OPEN:
        c.text(x, y, "?", soft=True, anchor="middle")
    else:
        c.line(x - 3, y, x + 3, y, "picture-way", stroke_width="1")
