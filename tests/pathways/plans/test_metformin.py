"""Every combination of the inputs of metformin by renal function."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from typing import Any

import numpy as np
import pytest

from osler.library import Library
from osler.pathways import Pathway, Step, apply, load_pathway, read_record
from osler.pathways.deciding import Deciding
from osler.pathways.loading import read_plan
from osler.render import view

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
PLAN = read_plan("metformin")
DECIDING = Deciding(PLAN)
Json = dict[str, Any]


@pytest.fixture(scope="module")
def pathway(starter: Library) -> Pathway:
    return load_pathway("metformin", starter)


def taken(steps: tuple[Step, ...]) -> dict[str, Step]:
    found = {}
    for step in steps:
        if step.taken:
            found |= {step.id: step} | taken(step.steps)
    return found


@pytest.fixture(scope="module")
def outcomes(pathway: Pathway) -> list[tuple[dict[str, str], dict[str, Step]]]:
    """Every combination, really applied."""
    record = read_record({"resourceType": "Patient", "id": "p"}, now=NOW)
    found = []
    for at in product(*(range(len(axis.values)) for axis in DECIDING.axes)):
        application = apply(pathway.definitions, record, now=NOW, answers=DECIDING.response(at))
        assert application.issues == record.issues  # the birth date is missing, and no more
        chosen = {a.link_id: a.values[i] for a, i in zip(DECIDING.axes, at, strict=True)}
        found.append((chosen, taken(application.steps)))
    assert len(found) == DECIDING.combinations == 4050
    return found


Outcomes = list[tuple[dict[str, str], dict[str, Step]]]


def orders(steps: dict[str, Step]) -> list[Json]:
    return [
        step.request
        for step in steps.values()
        if step.request and step.request["resourceType"] == "MedicationRequest"
    ]


def test_below_30_metformin_is_stopped_and_never_ordered(outcomes: Outcomes) -> None:
    for chosen, steps in outcomes:
        below = chosen["egfr"] == "below 30"
        assert ("stop" in steps) is (below and chosen["use"] == "taking")
        assert ("stop-if-taken" in steps) is (below and chosen["use"] == "unknown")
        assert ("stopped" in steps) is (below and chosen["use"] == "new")
        if chosen["egfr"] == "below 30":
            assert orders(steps) == []
            assert not {"no-bar", "carry-on", "going-up"} & set(steps)


def test_at_30_to_44_it_is_not_started_and_lowered_if_taken(outcomes: Outcomes) -> None:
    for chosen, steps in outcomes:
        if chosen["egfr"] == "30":
            assert orders(steps) == []
            assert ("do-not-start" in steps) is (chosen["use"] != "taking")
            assert ("lower" in steps) is (chosen["use"] == "taking")
            assert ("lower-if-taken" in steps) is (chosen["use"] == "unknown")
    lower = next(steps["lower"] for _, steps in outcomes if "lower" in steps)
    assert "for example by 50%" in lower.description


def test_while_acute_injury_is_likely_nothing_is_started_raised_or_called_safe(
    outcomes: Outcomes,
) -> None:
    for chosen, steps in outcomes:
        if chosen["acute"] == "yes":
            assert orders(steps) == []
            assert not {"no-bar", "carry-on", "going-up"} & set(steps)
            assert ("withheld" in steps) is (chosen["egfr"] in ("60", "45"))


def test_an_egfr_that_is_not_known_is_asked_for_and_never_called_no_bar(outcomes: Outcomes) -> None:
    for chosen, steps in outcomes:
        assert ("ask-egfr" in steps) is (chosen["egfr"] == "unknown")
        if chosen["egfr"] == "unknown":
            assert not {"no-bar", "carry-on", "start", "going-up", "monitoring"} & set(steps)


def test_what_is_not_known_shows_both_sides_and_the_question(outcomes: Outcomes) -> None:
    found = {tuple(chosen.values()): set(steps) for chosen, steps in outcomes}
    for chosen, steps in outcomes:
        if chosen["use"] == "unknown":
            sides = [found[tuple((chosen | {"use": use}).values())] for use in ("new", "taking")]
            both = {f"{step}-if-taken" if step in ("stop", "lower") else step
                    for step in sides[0] | sides[1]}  # fmt: skip
            assert both - {"stopped"} <= set(steps)  # "stop-if-taken" says as much
            assert "ask-use" in steps


def test_nothing_is_started_in_type_1_diabetes(outcomes: Outcomes) -> None:
    for chosen, steps in outcomes:
        assert ("type-1" in steps) is (chosen["diabetes"] == "1")
        if chosen["diabetes"] == "1":
            assert orders(steps) == []
            assert "going-up" not in steps


def test_after_a_reaction_nothing_is_started_or_raised_and_it_is_said(outcomes: Outcomes) -> None:
    for chosen, steps in outcomes:
        assert ("reaction" in steps) is (chosen["reaction"] == "yes")
        if chosen["reaction"] == "yes":
            assert orders(steps) == []
            assert "going-up" not in steps


def test_who_takes_it_already_is_offered_no_start(outcomes: Outcomes) -> None:
    for chosen, steps in outcomes:
        if chosen["use"] == "taking":
            assert orders(steps) == []


def test_nothing_is_ordered_without_an_egfr_or_an_age(outcomes: Outcomes) -> None:
    for chosen, steps in outcomes:
        if "unknown" in (chosen["egfr"], chosen["age"]):
            assert orders(steps) == []
            assert "ask-egfr" in steps or "ask-age" in steps


def test_extended_release_is_for_adults_and_no_dose_is_for_under_10(outcomes: Outcomes) -> None:
    for chosen, steps in outcomes:
        if chosen["age"] != "adult":
            assert not {"start-extended-low", "start-extended-high"} & set(steps)
        if chosen["age"] in ("below 10", "17"):
            assert orders(steps) == []
            assert "below-10" in steps or "silence-17" in steps


def test_every_combination_says_something(outcomes: Outcomes) -> None:
    said = {"ask-egfr", "stop", "stop-if-taken", "stopped", "do-not-start", "lower", "carry-on",
            "start-at-45", "no-bar", "withheld"}  # fmt: skip
    assert all(said & set(steps) for _, steps in outcomes)


def test_kidneys_are_checked_again_when_their_band_says(outcomes: Outcomes) -> None:
    dates = {"60": "2027-11-30", "45": "2027-02-28", "30": "2027-02-28"}
    for chosen, steps in outcomes:
        name = f"check-{chosen['egfr']}"
        if name in steps:
            request = steps[name].request
            assert request is not None
            assert request["occurrenceTiming"]["event"] == [dates[chosen["egfr"]]]


def test_acute_kidney_injury_calls_for_care_unless_it_is_ruled_out(outcomes: Outcomes) -> None:
    for chosen, steps in outcomes:
        assert ("extra-care" in steps) is (chosen["acute"] != "no")


def test_the_arrays_tell_what_applying_does(outcomes: Outcomes) -> None:
    decisions = DECIDING.decisions()
    lengths = [len(axis.values) for axis in DECIDING.axes]
    places = list(product(*(range(len(axis.values)) for axis in DECIDING.axes)))
    for at, (_, steps) in zip(places, outcomes, strict=True):
        expected = [
            d.step.id
            for d in decisions
            if not d.besides and np.broadcast_to(d.applies, lengths)[at]
        ]
        assert list(steps) == expected


def test_who_says_so_is_told_as_the_library_tells_it(pathway: Pathway) -> None:
    sources = {r.source.file: r.source for r in pathway.references}
    for artifact in PLAN["relatedArtifact"]:
        source = sources[artifact["url"].rpartition(":")[2]]
        assert artifact["citation"] == f"{view.position(source)} · {view.held(source)}"
