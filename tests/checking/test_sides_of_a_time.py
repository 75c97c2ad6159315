"""Within 6 hours is not after 6 hours."""

from __future__ import annotations

import pytest

from osler.checking import check_text
from osler.domain import ProblemKind


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Start within 6 hours.", "Start after 6 hours."),
        ("Start after 6 hours.", "Start within 6 hours."),
        (
            "Give aspirin within 24 hours of thrombolysis.",
            "Give aspirin after 24 hours of thrombolysis.",
        ),
        (
            "Take levothyroxine by 4 hours after calcium.",
            "Take levothyroxine at least 4 hours after calcium.",
        ),
        ("Check the INR before 5 days.", "Check the INR after 5 days."),
        (
            "Remove the catheter within 12 hours of the last dose.",
            "Do not remove the catheter within 12 hours of the last dose.",
        ),
        (
            "Enoxaparin is started up to 12 hours after surgery.",
            "Enoxaparin is started not before 12 hours after surgery.",
        ),
        (
            "Repeat the ferritin in the first 8 weeks.",
            "Repeat the ferritin after 8 weeks.",
        ),
        (
            "Acetylcysteine is begun after 8 hours of ingestion.",
            "Acetylcysteine is begun no later than 8 hours of ingestion.",
        ),
    ],
)
def test_the_other_side_of_a_time_is_caught(claim: str, passage: str) -> None:
    assert not check_text(claim, passage).supported


def test_the_two_sides_are_named() -> None:
    problems = check_text("Start within 6 hours.", "Start after 6 hours.").problems
    assert [(p.kind, p.claim, p.passage) for p in problems] == [
        (ProblemKind.COMPARISON, "within 6 hours", "after 6 hours")
    ]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Start within 6 hours.", "Start within 6 hours."),
        ("Aspirin is started after 24 hours.", "Do not start aspirin within 24 hours."),
        (
            "Iron and levothyroxine are separated by 4 hours or more.",
            "Take levothyroxine at least 4 hours before iron.",
        ),
        (
            "If there is no response after 48 hours, change to co-amoxiclav.",
            "If there is no response within 48 hours, change to co-amoxiclav.",
        ),
        ("Recheck potassium after 2 hours.", "Recheck the potassium after 2 hours."),
        (
            "Give ceftriaxone within 1 hour.",
            "Give ceftriaxone within 1 hour. Repeat lactate after 1 hour.",
        ),
        ("Wait 6 hours, then give apixaban.", "Wait 6 hours, then give apixaban."),
        ("Take the missed dose within 12 hours.", "Take the missed dose up to 12 hours late."),
    ],
)
def test_the_same_side_passes(claim: str, passage: str) -> None:
    assert not any(p.kind is ProblemKind.COMPARISON for p in check_text(claim, passage).problems)
