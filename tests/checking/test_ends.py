"""Until something comes about is not from then on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.checking import check_text

MAIN = (
    "Keep the intensive course going", "Give 1 mg on alternate days", "Continue the infusion",
    "Repeat salbutamol 5 mg every 20 minutes",
)  # fmt: skip
EVENTS = (
    "neurology improves", "there is no further improvement", "the fever has settled",
    "surgery", "the eGFR is above 45",
)  # fmt: skip
OTHERS = ("when", "once", "after", "before", "if", "from when", "from the time that", "as soon as")


@given(st.sampled_from(MAIN), st.sampled_from(EVENTS), st.sampled_from(OTHERS), st.booleans())
def test_an_end_is_no_beginning(main: str, event: str, other: str, is_turned: bool) -> None:
    end, beginning = f"{main} until {event}.", f"{main} {other} {event}."
    said, held = (end, beginning) if is_turned else (beginning, end)
    assert not check_text(said, held).supported
    assert check_text(held, held).supported


def test_the_event_may_come_first() -> None:
    passage = "Continue the intensive course until neurology improves."
    assert check_text("Until neurology improves, continue the intensive course.", passage).supported
    claim = "When neurology improves, continue the intensive course."
    (problem,) = check_text(claim, passage).problems
    assert (problem.claim, problem.passage) == ("When", "until")


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            "Hydroxocobalamin 1 mg every 2 months once there is no further improvement.",
            "Hydroxocobalamin 1 mg on alternate days until there is no further improvement, "
            "then 1 mg every 2 months.",
        ),
        (
            "Do not start folic acid before vitamin B12 is replaced.",
            "Do not start folic acid until vitamin B12 is replaced.",
        ),
        (
            "Continue the infusion for 24 hours after the last seizure.",
            "Continue the infusion until 24 hours after the last seizure.",
        ),
        (
            "From week 12, aspirin 75 mg is taken daily.",
            "Aspirin 75 mg is taken daily from week 12 until birth.",
        ),
    ],
)
def test_what_is_done_from_then_on_is_another_matter(claim: str, passage: str) -> None:
    assert check_text(claim, passage).problems == ()


def test_what_is_put_off_is_not_done_before_it() -> None:
    passage = "Do not drive until the dose is stable."
    assert not check_text("Do not drive from when the dose is stable.", passage).supported
