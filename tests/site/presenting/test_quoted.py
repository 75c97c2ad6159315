"""Words of an answer inside a drawing are marked as English; the drawing's own are not."""

from __future__ import annotations

from osler_site.presenting.quoted import quoted_in, with_english_marked

BODY = {"sections": [{"claims": [{"text": "Give 5 mg daily & check.", "group": "adults"}]}]}


def test_what_the_answer_says_is_english() -> None:
    cells = {"Give 5 mg daily & check.", "Adults", "adultos", "5 mg cada día", "Adults, 2022 [5]"}
    assert quoted_in(cells, BODY) == {"Give 5 mg daily & check.", "Adults", "Adults, 2022 [5]"}


def test_only_that_is_marked_in_a_drawing_and_nothing_is_lost() -> None:
    svg = '<svg><text x="1">Give 5 mg daily &amp; check…</text><text>5 mg cada día</text></svg>'
    assert with_english_marked(svg, BODY) == svg.replace('x="1"', 'x="1" lang="en"')
