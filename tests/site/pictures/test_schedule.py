"""What is drawn along a time line, and what is never made up."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from tests.site.pictures.bodies import body, claim
from tests.site.pictures.drawing import SVG, assert_readable

from osler.domain import Phase
from osler_site.pictures import Schedule, schedule, to_svg

LOAD = claim("Load with vitamin B12 1 mg intramuscularly on alternate days for 2 weeks.", 1,
             substance="vitamin b12", phase=Phase.LOADING)  # fmt: skip
KEEP = claim("Maintain with vitamin B12 1 mg intramuscularly every 2 months.", 1,
             substance="vitamin b12", phase=Phase.MAINTENANCE)  # fmt: skip
CHECK = claim("Serum vitamin B12 is checked every 3 months until steady and yearly after.", 1)
OTHER = claim("Maintain with vitamin B12 2 mg intramuscularly every 3 months.", 2,
              substance="vitamin b12", phase=Phase.MAINTENANCE)  # fmt: skip
QUESTION = "vitamin B12 injections, how are they given"


def drawn(*claims: dict[str, object], question: str = QUESTION) -> Schedule:
    picture = schedule(body(*claims, question=question))
    assert picture is not None
    return picture


def test_loading_comes_before_maintenance_and_checks_stand_beside() -> None:
    picture = drawn(KEEP, LOAD, CHECK)
    assert [(s.name, s.dose, s.how_long) for s in picture.steps] == [
        ("Loading", "1 mg on alternate days IM", "2 weeks"),
        ("Maintenance", "1 mg every 2 months IM", "how long is not stated"),
    ]
    assert [c.intervals for c in picture.checks] == [("every 3 months", "yearly")]
    assert picture.references == (1,)
    assert {s.claim for s in picture.steps} == {LOAD["text"], KEEP["text"]}


def test_sources_are_not_mixed() -> None:
    picture = drawn(LOAD, KEEP, OTHER)
    assert picture.references == (1,)
    assert OTHER["text"] not in {s.claim for s in picture.steps}


def test_groups_are_not_mixed() -> None:
    group = {**KEEP, "group": "pregnancy", "text": "In pregnancy, " + str(KEEP["text"])}
    assert schedule(body(LOAD, group, question=QUESTION)) is None


def test_no_end_that_is_not_stated_is_drawn() -> None:
    picture = drawn(LOAD, KEEP)
    assert [s.open_ended for s in picture.steps] == [False, True]
    for width in ("narrow", "wide"):
        svg = to_svg(picture, width)
        assert svg.count("<polygon") == 1
        assert "how long is not stated" in svg


def test_as_many_dots_as_doses_that_are_stated() -> None:
    counted = claim("Load with vitamin B12 1 mg on alternate days for seven doses.", 1,
                    substance="vitamin b12", phase=Phase.LOADING)  # fmt: skip
    root = ElementTree.fromstring(to_svg(drawn(counted, {**CHECK}), "wide"))
    assert len(list(root.iter(f"{SVG}circle"))) == 7


def test_alternatives_of_one_phase_are_not_put_one_after_the_other() -> None:
    tablets = claim("Maintain with vitamin B12 1 mg by mouth daily.", 1,
                    substance="vitamin b12", phase=Phase.MAINTENANCE)  # fmt: skip
    picture = drawn(LOAD, KEEP, tablets)
    assert [s.name for s in picture.steps] == ["Loading", "Maintenance"]
    assert picture.not_drawn == (
        "1 mg daily [1], because it is another way to give the same phase",
    )


def test_the_steps_of_one_claim_follow_each_other() -> None:
    course = claim("Give vitamin C 300 mg daily for 10 days, then 150 mg daily for a month.", 1,
                   substance="ascorbic acid")  # fmt: skip
    picture = drawn(course, question="vitamin C for scurvy")
    assert [(s.name, s.how_long) for s in picture.steps] == [
        ("Treatment, step 1", "10 days"),
        ("Treatment, step 2", "a month"),
    ]


def test_checks_alone_are_drawn_where_they_are_what_is_answered() -> None:
    first = claim("Lithium level: weekly until steady.", 1, start=10)
    then = claim("Lithium level: then every 3 months for the first year.", 1, start=40)
    picture = drawn(then, first, question="lithium monitoring")
    assert [c.text for c in picture.checks] == [
        "Lithium level: weekly until steady",
        "Lithium level: then every 3 months for the first year",
    ]
    assert not picture.steps
    assert picture.title == "Lithium: checks over time"


@pytest.mark.parametrize(
    "claims",
    [
        (),
        (KEEP,),
        (claim("Give influenza vaccine every year.", 1),),
        (claim("The blood sample is taken 12 hours after the last dose.", 1),),
    ],
)
def test_nothing_is_drawn_of_too_little(claims: tuple[dict[str, object], ...]) -> None:
    assert schedule(body(*claims, question=QUESTION)) is None


def test_it_is_readable_and_says_that_it_is_not_to_scale() -> None:
    for width in ("narrow", "wide"):
        svg = to_svg(drawn(LOAD, KEEP, CHECK), width)
        assert_readable(svg)
        assert "Not to scale" in svg


def test_the_table_says_what_the_picture_shows() -> None:
    table = drawn(LOAD, KEEP, CHECK).table
    assert [row.cells[0] for row in table.rows] == ["Loading", "Maintenance", "Check"]
    assert all(row.cells[-1] == "[1]" for row in table.rows)
