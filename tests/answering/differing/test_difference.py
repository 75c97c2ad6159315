"""What changed between two answers is said claim by claim, and nothing else is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.answering import ask, difference, to_json
from osler.answering.differing import Change, ClaimChange
from osler.domain import ProblemKind
from osler.library import Library

from .bodies import Body, Claim, body_of, claim_of

ONCE = "The maintenance dose of allopurinol is 100 mg orally once daily."
MORE = "The maintenance dose of allopurinol is 300 mg orally once daily."


def only(before: Body, after: Body) -> ClaimChange:
    (change,) = difference(before, after).changes
    return change


def test_a_stored_answer_is_no_different_from_itself(starter: Library) -> None:
    body = json.loads(json.dumps(to_json(ask(starter, "maintenance dose of B12"), starter)))
    found = difference(body, body)
    assert not found.changed
    assert found.changes == found.whole == ()
    assert found.unchanged >= 5


def test_what_changes_with_every_asking_is_no_difference() -> None:
    body = body_of(claim_of(ONCE, "t_1"), elapsed_ms=1.0, library_version=2)
    again = {**body, "elapsed_ms": 9.0, "library_version": 3, "follow_ups": ["Why?"]}
    assert not difference(body, again).changed


def test_the_same_statement_in_other_words_is_reworded() -> None:
    change = only(
        body_of(claim_of("Give allopurinol 100 mg orally once daily.", "t_1")),
        body_of(claim_of("Allopurinol 100 mg orally once a day is given.", "t_1")),
    )
    assert change.changes == (Change.REWORDED,)
    assert "→" in change.summary


def test_the_same_dose_in_other_units_is_no_other_dose() -> None:
    change = only(
        body_of(claim_of("Hydroxocobalamin 1 mg intramuscularly every 3 months.", "t_1")),
        body_of(
            claim_of("Hydroxocobalamin 1000 micrograms intramuscularly every 3 months.", "t_9")
        ),
    )
    assert Change.REWORDED in change.changes
    assert Change.DOSE not in change.changes


@pytest.mark.parametrize("statement", ["t_1", "t_2"])  # the same line, or that of a new edition
def test_another_dose_is_told_with_both(statement: str) -> None:
    change = only(body_of(claim_of(ONCE, "t_1")), body_of(claim_of(MORE, statement)))
    assert change.changes[0] is Change.DOSE
    assert change.differs == (ProblemKind.AMOUNT,)
    assert change.before is not None
    assert change.before["text"] == ONCE
    assert change.after is not None
    assert change.after["text"] == MORE
    assert "100 mg" in change.summary
    assert "300 mg" in change.summary
    assert "\n" not in change.summary


def test_another_route_and_timing_are_another_dose() -> None:
    change = only(
        body_of(claim_of("Give vitamin B12 1 mg orally once daily.", "t_1")),
        body_of(claim_of("Give vitamin B12 1 mg intramuscularly once weekly.", "t_1")),
    )
    assert change.changes == (Change.DOSE,)
    assert set(change.differs) == {ProblemKind.ROUTE, ProblemKind.TIMING}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Metformin is given in renal failure.", "Metformin is not given in renal failure."),
        ("Check the lithium level every 3 months.", "Check the lithium level every 6 months."),
        ("Stop metformin if eGFR is below 30.", "Stop metformin if eGFR is below 45."),
        ("Statins can be considered after 75.", "Statins must be given after 75."),
    ],
)
def test_what_says_otherwise_is_not_called_reworded(before: str, after: str) -> None:
    change = only(body_of(claim_of(before, "t_1")), body_of(claim_of(after, "t_1")))
    assert change.changes == (Change.MEANING,)


def test_gone_and_new() -> None:
    left = claim_of("Check renal function every 6 months.", "t_1")
    right = claim_of("Avoid alcohol during treatment.", "t_2")
    found = difference(body_of(left), body_of(right))
    assert [c.changes for c in found.changes] == [(Change.NEW,), (Change.GONE,)]
    assert [c.summary for c in found.changes] == [
        "New: Avoid alcohol during treatment.",
        "No longer said: Check renal function every 6 months.",
    ]


def test_other_patients_and_other_drugs_are_not_the_same_claim_changed() -> None:
    adults = claim_of("Amoxicillin 500 mg three times a day for adults.", "t_1", group="adults")
    children = claim_of("Amoxicillin 250 mg three times a day for children.", "t_2", group="child")
    found = difference(body_of(adults), body_of(children))
    assert {c.changes for c in found.changes} == {(Change.NEW,), (Change.GONE,)}


def test_who_it_is_for_may_be_said_by_the_title_of_one_edition_alone() -> None:
    before, after = claim_of(ONCE, "t_1", group="gout"), claim_of(MORE, "t_2")
    assert only(body_of(before), body_of(after)).changes[0] is Change.DOSE
    children = claim_of("In children, give allopurinol 50 mg orally once daily.", "t_2")
    found = difference(body_of(claim_of(ONCE, "t_1", group="adults")), body_of(children))
    assert {c.changes for c in found.changes} == {(Change.NEW,), (Change.GONE,)}


def test_what_is_disputed_now_and_what_is_settled() -> None:
    plain, disputed = body_of(claim_of(ONCE, "t_1")), claim_of(ONCE, "t_1")
    conflict = body_of(disputed, positions=[disputed, claim_of(MORE, "t_2")])
    there = difference(plain, conflict)
    assert [c.changes for c in there.changes] == [
        (Change.DISPUTED,),
        (Change.NEW, Change.DISPUTED),
    ]
    back = difference(conflict, plain)
    assert [c.changes for c in back.changes] == [(Change.SETTLED,), (Change.GONE,)]


def test_what_opens_the_answer_and_no_longer_does() -> None:
    item = claim_of(ONCE, "t_1")
    below = body_of(sections={"Dosing": [item]})
    assert only(below, body_of(item)).changes == (Change.OPENS,)
    assert only(body_of(item), below).changes == (Change.BELOW,)


def test_another_strength_and_other_sources_are_told() -> None:
    strong, weak = (claim_of(ONCE, "t_1", strength=s) for s in ("strong", "weak"))
    marked = only(body_of(strong), body_of(weak))
    assert marked.changes == (Change.MARKED,)
    assert "strong → weak" in marked.summary
    change = only(body_of(claim_of(ONCE, "t_1", "t_2")), body_of(claim_of(ONCE, "t_1")))
    assert change.changes == (Change.SOURCES,)


def test_an_answer_that_is_no_longer_given() -> None:
    silent = body_of(answered=False, abstention={"reason": "Nothing is held.", "nearby": []})
    found = difference(body_of(claim_of(ONCE, "t_1")), silent)
    assert found.changed
    assert [(w.what, w.before, w.after) for w in found.whole] == [("answered", True, False)]
    assert "Nothing is held." in found.whole[0].summary
    assert [w.what for w in difference(body_of(yes_no="yes"), body_of(yes_no="no")).whole] == [
        "yes_no"
    ]


def test_the_json_can_be_stored_and_leaves_out_what_is_unchanged() -> None:
    kept, old, new = claim_of("Keep it.", "t_0"), claim_of(ONCE, "t_1"), claim_of(MORE, "t_1")
    written = difference(body_of(kept, old), body_of(kept, new)).to_json()
    assert json.loads(json.dumps(written)) == written
    assert (written["changed"], written["unchanged"]) == (True, 1)
    (change,) = written["changes"]
    assert (change["changes"], change["differs"]) == (["dose changed"], ["amount"])


TEXTS = st.sampled_from(
    [
        ONCE,
        MORE,
        "Give allopurinol 100 mg by mouth each day.",
        "Check urate every 4 weeks.",
        "Check urate every 6 weeks.",
        "Do not start allopurinol during an attack.",
        "Start allopurinol during an attack.",
        "",
    ]
)
CLAIMS = st.builds(
    lambda text, cited, group: claim_of(text, *sorted(cited), group=group),
    TEXTS,
    st.sets(st.sampled_from(["t_1", "t_2", "t_3", "t_4"]), max_size=2),
    st.sampled_from([None, "adults", "pregnancy"]),
)


def _body(bottom: list[Claim], inside: list[Claim], disputed: list[Claim]) -> Body:
    return body_of(*bottom, sections={"Dosing": inside}, positions=disputed)


BODIES = st.builds(_body, *[st.lists(CLAIMS, max_size=4)] * 3)


def texts(changes: tuple[ClaimChange, ...], what: Change, side: str) -> list[Any]:
    return sorted(
        json.dumps(getattr(c, side), sort_keys=True) for c in changes if what in c.changes
    )


@settings(max_examples=60, deadline=None)
@given(BODIES)
def test_no_answer_differs_from_itself(body: Body) -> None:
    assert not difference(body, body).changed


@settings(max_examples=60, deadline=None)
@given(BODIES, BODIES)
def test_what_is_gone_one_way_is_new_the_other_way(one: Body, two: Body) -> None:
    there, back = difference(one, two), difference(two, one)
    assert there.changed is back.changed
    assert there.unchanged == back.unchanged
    for what, other in ((Change.GONE, Change.NEW), (Change.NEW, Change.GONE)):
        side, mirror = ("before", "after") if what is Change.GONE else ("after", "before")
        assert texts(there.changes, what, side) == texts(back.changes, other, mirror)
    for what in (Change.DOSE, Change.MEANING, Change.REWORDED):
        assert texts(there.changes, what, "before") == texts(back.changes, what, "after")


@settings(max_examples=60, deadline=None)
@given(BODIES, BODIES)
def test_every_claim_of_both_is_told_of_once(one: Body, two: Body) -> None:
    found = difference(one, two).claims
    for body, side in ((one, "before"), (two, "after")):
        told = [json.dumps(c, sort_keys=True) for f in found if (c := getattr(f, side))]
        everything = [
            *body["bottom_line"],
            *(c for s in body["sections"] for c in s["claims"]),
            *(p["claim"] for c in body["conflicts"] for p in c["positions"]),
        ]
        assert len(told) == len(set(told))
        assert set(told) == {json.dumps(c, sort_keys=True) for c in everything}
