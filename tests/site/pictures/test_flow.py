"""The way through a pathway is drawn so that it can be read, whatever the tree."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.site.pictures.drawing import assert_readable, boxes, parsed

from osler_site.pictures import Flow, FlowStep, Way, to_svg

_TITLES = st.one_of(
    st.sampled_from(["Loading", "No neurological involvement", "Tablets are preferred"]),
    st.text(min_size=1, max_size=90),
)
_STEPS = st.recursive(
    st.builds(FlowStep, _TITLES, st.sampled_from(Way)),
    lambda inner: st.builds(
        FlowStep, _TITLES, st.sampled_from(Way), st.lists(inner, max_size=3).map(tuple)
    ),
    max_leaves=12,
)
TREE = Flow(
    "Vitamin B12 replacement",
    (
        FlowStep("Loading", Way.NOT_TAKEN, (FlowStep("Alternate days", Way.NOT_REACHED),)),
        FlowStep(
            "Maintenance",
            Way.TAKEN,
            (FlowStep("By injection", Way.TAKEN), FlowStep("By mouth", Way.OPEN)),
        ),
    ),
)


@given(st.lists(_STEPS, min_size=1, max_size=4).map(tuple))
@settings(max_examples=60, deadline=None)
def test_any_tree_can_be_read(steps: tuple[FlowStep, ...]) -> None:
    flow = Flow("A pathway", steps)
    assert_readable(to_svg(flow, "narrow", "f"))
    assert_readable(to_svg(flow, "wide", "f"))


def test_what_was_taken_is_told_without_colour() -> None:
    for width in ("narrow", "wide"):
        svg = to_svg(TREE, width, "f")
        bold = [
            e.text
            for e in parsed(svg).iter()
            if e.tag.endswith("text") and "font-weight" in e.attrib
        ]
        assert bold == ["Maintenance", "By injection"]
        assert svg.count('class="picture-way taken"') >= 4  # signs with ticks, and the line
        assert "?" in [box.text for box in boxes(parsed(svg))]


def test_a_reader_of_the_screen_is_told_the_way() -> None:
    description = next(
        e.text for e in parsed(to_svg(TREE, "wide", "f")).iter() if e.tag.endswith("desc")
    )
    assert description == "Taken today: Maintenance; By injection. Not known yet: By mouth."


def test_the_table_says_the_same() -> None:
    assert TREE.table.header == ("Step", "Today")
    assert [row.cells for row in TREE.table.rows] == [
        ("Loading", "not taken"),
        ("– Alternate days", "not reached"),
        ("Maintenance", "taken"),
        ("– By injection", "taken"),
        ("– By mouth", "not known yet"),
    ]
