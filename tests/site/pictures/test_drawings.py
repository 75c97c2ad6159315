"""Whatever the doses, a drawing is well-formed and can be read."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.site.pictures.bodies import body, claim, reference
from tests.site.pictures.drawing import assert_readable

from osler_site.pictures import regimens, schedule, to_svg
from osler_site.pictures.axis import axis_for
from osler_site.pictures.text import width, wrap

_UNITS = st.sampled_from(["micrograms", "mg", "g", "mg/kg", "units", "mL"])
_TIMES = st.sampled_from(
    ["daily", "twice daily", "every 1–3 months", "once a week", "on alternate days",
     "every 4–6 hours", "monthly for life", "once a year", "for 5 days", "once only",
     "on alternate days for seven doses, then 1 mg weekly until the count is normal"]
)  # fmt: skip
_ROUTES = st.sampled_from(["", "by mouth", "intramuscularly", "under the tongue", "rectally"])
_GROUPS = st.sampled_from(["", "Adults: ", "Children under 5 years: ", "Severe renal disease: "])
_LEADS = st.sampled_from(["", "Load with ", "For maintenance give ", "To prevent it give "])
_NUMBERS = st.one_of(st.integers(1, 99999), st.decimals("0.001", "9.999", places=3))


@st.composite
def claims(draw: st.DrawFn) -> dict[str, Any]:
    low = draw(_NUMBERS)
    amount = f"{low}" if draw(st.booleans()) else f"{low}–{low * 3}"
    text = f"{draw(_GROUPS)}{draw(_LEADS)}{amount} {draw(_UNITS)} {draw(_ROUTES)} {draw(_TIMES)}."
    return claim(
        text,
        *draw(st.lists(st.integers(1, 6), min_size=1, max_size=3, unique=True)),
        group=draw(st.one_of(st.none(), st.text(max_size=200))),
    )


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.lists(st.text(max_size=90), min_size=6, max_size=6))
    return body(
        *draw(st.lists(claims(), min_size=2, max_size=9)),
        references=tuple(reference(n, name) for n, name in enumerate(names, 1)),
    )


@given(answers())
@settings(max_examples=50, deadline=None)
def test_any_answer_gives_drawings_that_can_be_read(answer: dict[str, Any]) -> None:
    for picture in (regimens(answer), schedule(answer)):
        if picture is None:
            continue
        assert_readable(to_svg(picture, "narrow", "p1"))
        assert_readable(to_svg(picture, "wide", "p1"))


@given(answers())
@settings(max_examples=30, deadline=None)
def test_marks_lie_on_the_axis_in_the_order_of_their_amounts(answer: dict[str, Any]) -> None:
    picture = regimens(answer)
    if picture is None:
        return
    values = sorted({v for m in picture.marks for v in (m.low, m.high)})
    places = [picture.axis.place(v) for v in values]
    assert all(0 <= p <= 1 for p in places)
    assert places == sorted(places)
    assert all(m.low <= m.high for m in picture.marks)


@given(st.lists(st.fractions(Fraction(1, 10**5), 10**8), min_size=1, max_size=20))
@settings(deadline=None)
def test_an_axis_holds_all_its_values_between_round_ticks(values: list[Fraction]) -> None:
    axis = axis_for(values)
    assert axis.low <= min(values) <= max(values) <= axis.high
    assert axis.log == (max(values) > 20 * min(values))
    assert list(axis.ticks) == sorted(set(axis.ticks))
    assert (axis.ticks[0], axis.ticks[-1]) == (axis.low, axis.high)
    places = [axis.place(t) for t in axis.ticks]
    assert math.isclose(places[0], 0)
    assert math.isclose(places[-1], 1)
    assert all(a < b for a, b in pairwise(places))


@given(st.text(max_size=300), st.floats(60, 640), st.sampled_from([12.0, 13.0]), st.booleans())
@settings(deadline=None)
def test_no_line_is_wider_than_its_room(text: str, room: float, size: float, bold: bool) -> None:
    lines = wrap(text, room, size, bold=bold)
    assert all(width(line, size, bold=bold) <= room for line in lines)


def test_a_text_is_wrapped_between_words_and_loses_none() -> None:
    text = "1000–2000 µg every 1–3 months ≈ 333–2000 µg a month"
    lines = wrap(text, 100, 13)
    assert len(lines) > 2
    assert " ".join(lines) == text
