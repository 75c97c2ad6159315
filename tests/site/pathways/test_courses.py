"""The schedule of a result, whatever was answered, can be read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.site.pictures.drawing import assert_nothing_covered, assert_readable

from osler_site.pathways.courses import courses
from osler_site.pathways.gathering import Gathered, Sources
from osler_site.pathways.naming import Names
from osler_site.pathways.orders import medication
from osler_site.pathways.page import answered
from osler_site.pathways.questions import questions_of
from osler_site.pathways.shown import Treatment
from osler_site.pictures import Courses, to_svg

pytestmark = pytest.mark.usefixtures("site")
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
TODAY = NOW.date()


def drawn_for(name: str, **answers: str) -> Courses | None:
    from django.http import QueryDict

    from osler_site.pathways.loaded import loaded

    pathway = loaded().named(name)
    form = QueryDict(mutable=True)
    form.update({f"a-{link}": said for link, said in answers.items()})
    applied = answered(pathway, form, now=NOW).applied
    assert applied is not None
    names = Names.of(pathway.plan, questions_of(pathway.questionnaire))
    found = Gathered(Sources(pathway), names, TODAY)
    found.take(applied.steps, ())
    return courses(found)


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("vitamin-b12", {}),
        ("vitamin-b12", {"phase": "nothing", "neurology": "no", "cause": "pernicious"}),
        ("vitamin-b12", {"phase": "nothing", "neurology": "yes", "country": "US"}),
        ("vitamin-b12", {"phase": "running", "neurology": "no"}),
        ("vitamin-b12", {"phase": "finished", "cause": "bypass", "renal": "impaired"}),
        ("vitamin-b12", {"deficiency": "none", "cause": "diet"}),
        ("metformin", {"egfr": "60", "use": "new", "age": "adult"}),
        ("metformin", {"egfr": "30", "use": "taking", "age": "adult"}),
    ],
)
def test_every_schedule_can_be_read(name: str, answers: dict[str, str]) -> None:
    course = drawn_for(name, **answers)
    assert course is not None
    for width in ("narrow", "wide"):
        svg = to_svg(course, width, "c")  # type: ignore[arg-type]
        assert_readable(svg)
        assert_nothing_covered(svg)


def test_where_nothing_is_given_or_checked_there_is_no_schedule() -> None:
    assert drawn_for("metformin", egfr="below 30", use="taking", age="adult") is None


class Found:
    """A result with one treatment."""

    today = TODAY
    choices: tuple[Any, ...] = ()
    checks: tuple[Any, ...] = ()

    def __init__(self, *dosages: dict[str, Any]) -> None:
        request = {
            "medicationCodeableConcept": {"text": "hydroxocobalamin"},
            "dosageInstruction": [{**d, "sequence": n} for n, d in enumerate(dosages, 1)],
        }
        self.treatments = [Treatment("", medication(request), "", (), (), ())]


def dose(phase: str = "", **repeat: Any) -> dict[str, Any]:
    said = [{"url": "urn:osler:dosage:phase", "valueString": phase}] if phase else []
    return {
        "extension": said,
        "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "mg", "code": "mg",
                                          "system": "http://unitsofmeasure.org"}}],
        "timing": {"repeat": {"frequency": 1, **repeat}},
    }  # fmt: skip


def weeks(count: int) -> dict[str, Any]:
    return {
        "value": count, "unit": "wk", "code": "wk", "system": "http://unitsofmeasure.org",
    }  # fmt: skip


def test_a_step_begins_where_the_one_before_ends() -> None:
    found = Found(
        dose("loading", period=2, periodUnit="d", boundsDuration=weeks(2)),
        dose("maintenance", period=2, periodUnit="mo"),
    )
    course = courses(found)  # type: ignore[arg-type]
    assert course is not None
    assert [row.cells[1:4] for row in course.table.rows] == [
        ("Loading, step 1", "hydroxocobalamin 1 mg every 2 days for 2 weeks",
         "from 30 November 2026 to 14 December 2026"),
        ("Maintenance, step 2", "hydroxocobalamin 1 mg every 2 months", "from 14 December 2026"),
    ]  # fmt: skip


def test_after_a_step_without_a_stated_end_no_day_is_made_up() -> None:
    found = Found(
        dose(period=2, periodUnit="d"), dose(period=2, periodUnit="mo"),
    )  # fmt: skip
    course = courses(found)  # type: ignore[arg-type]
    assert course is not None
    assert [row.cells[3] for row in course.table.rows] == ["from 30 November 2026", "after that"]
