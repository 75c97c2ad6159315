"""The words around an answer."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from osler_site.presenting.tags import days_ago, end_of, in_words, moment, start_of, took


@pytest.mark.parametrize(("ms", "said"), [(0.4, "0 ms"), (23.2, "23 ms"), (1400, "1.4 s")])
def test_the_time_taken(ms: float, said: str) -> None:
    assert took(ms) == said


@pytest.mark.parametrize(("days", "said"), [(0, "today"), (1, "1 day ago"), (9, "9 days ago")])
def test_how_long_ago(days: int, said: str) -> None:
    assert days_ago(days) == said


def test_a_time_of_the_library_is_told_in_the_sites_time_zone() -> None:
    with timezone.override(ZoneInfo("Europe/Paris")):
        assert f"{moment('2026-07-01T22:30:00+00:00'):%d %H:%M}" == "02 00:30"


@pytest.mark.parametrize(
    ("facts", "said"),
    [("", ""), ("age=78,sex=female", "78 years · female"), ("age=old", "age=old")],
)
def test_a_patient_in_words(facts: str, said: str) -> None:
    assert in_words(facts) == said


@pytest.mark.parametrize(
    ("before", "shown"),
    [("", ""), ("One.\n\nTwo.\n\n\nThree. ", "Two.\nThree. "), ("Title\n\n", "Title\n")],
)
def test_what_stands_before_a_passage(before: str, shown: str) -> None:
    assert end_of(before, 2) == shown


@pytest.mark.parametrize(
    ("after", "shown"), [("", ""), (", and more.\n\nNext.", ", and more.\nNext."), ("\n\nA", "\nA")]
)
def test_what_stands_after_a_passage(after: str, shown: str) -> None:
    assert start_of(after, 3) == shown
