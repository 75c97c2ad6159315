"""What a wording may move, and what has then changed places."""

from __future__ import annotations

import pytest

from osler.writing.placing import places_kept


@pytest.mark.parametrize(
    ("claim", "wording"),
    [
        ("Give A in the morning, and rest.", "In the morning give A, and rest."),
        (
            "Avoid cyanocobalamin in renal dysfunction because cyanide may accumulate.",
            "Because cyanide may accumulate, cyanocobalamin is avoided in renal dysfunction.",
        ),
        (
            "Metformin: Avoid in severe renal impairment and reduce the dose when it is moderate.",
            "Avoid metformin in severe renal impairment, and reduce the dose when it is moderate.",
        ),
        (
            "After gastrectomy, vitamin B12 1 mg orally once daily is continued.",
            "Vitamin B12 1 mg once daily orally is continued after gastrectomy.",
        ),
    ],
)
def test_whole_clauses_and_one_phrase_may_move(claim: str, wording: str) -> None:
    assert places_kept(wording, claim)


@pytest.mark.parametrize(
    ("claim", "wording"),
    [
        (
            "Metformin: Avoid in severe renal impairment and reduce the dose when it is moderate.",
            "Avoid metformin in moderate renal impairment, and reduce the dose when it is severe.",
        ),
        (
            "The dose is 7 mg/kg of ideal weight; in an underweight patient actual weight is used.",
            "The dose is 7 mg/kg of actual weight; in an underweight patient ideal weight is used.",
        ),
        (
            "Anaphylactic shock has followed the injection.",
            "The injection has followed anaphylactic shock.",
        ),
        ("Metformin 500 mg or gliclazide 80 mg.", "Gliclazide 500 mg or metformin 80 mg."),
        ("Adults take 500 mg and children 250 mg.", "Children take 500 mg and adults 250 mg."),
    ],
)
def test_nothing_may_change_places(claim: str, wording: str) -> None:
    assert not places_kept(wording, claim)


CELLS = ("Gentamicin", "45–65 kg 60 mg", "66–85 kg 80 mg", "Interval every 24 hours")
ROW = "Gentamicin: 45–65 kg 60 mg, 66–85 kg 80 mg, Interval every 24 hours"


@pytest.mark.parametrize(
    ("wording", "kept"),
    [
        ("Gentamicin at 45–65 kg is 60 mg, at 66–85 kg 80 mg, interval every 24 hours.", True),
        ("At an interval of every 24 hours, 60 mg at 45–65 kg and 80 mg at 66–85 kg.", True),
        ("Gentamicin at 45–65 kg is 80 mg, at 66–85 kg 60 mg, interval every 24 hours.", False),
        ("Gentamicin at 45–65 kg is 60 mg every 24 hours, at 66–85 kg 80 mg, interval.", False),
    ],
)
def test_a_row_is_made_of_its_cells(wording: str, kept: bool) -> None:
    assert places_kept(wording, ROW, CELLS) is kept
