"""Worded claims through the gate: plain words are understood, and every change is still caught."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from osler.domain import Answer, Audience, Claim, Source
from osler.readers import worded
from osler.readers.gate import agrees, read_back, same_doses, same_weight
from osler.render import view

# What a reader's version might wrongly say instead.
CHANGES = (
    (r"\bby mouth\b", "into a vein"),
    (r"\bby injection into a muscle\b", "by mouth"),
    (r"\binto a muscle\b", "under the skin"),
    (r"\bunder the tongue\b", "into a vein"),
    (r"\bmicrograms\b", "mg"),
    (r"\bmg\b", "micrograms"),
    (r"\bonce a day\b", "twice a day"),
    (r"\btwice a day\b", "three times a day"),
    (r"\bonce a month\b", "once a week"),
    (r"\bmonths\b", "weeks"),
    (r"\bdaily\b", "weekly"),
    (r"\b(\d+)0\b", r"\g<1>00"),
    (r"\bdo not\b", "do"),
    (r"\bChildren\b", "Adults"),
    (r"\bweeks\b", "months"),
    (r"\bhours\b", "days"),
    (r"\bbefore\b", "after"),
    (r"\bwithout\b", "with"),
    (r"\bAvoid\b", "Give"),
    (r"\bmore\b", "less"),
)


def patient_versions(answers: tuple[Answer, ...]) -> list[tuple[Claim, dict[str, Source]]]:
    found = []
    for answer in answers:
        sources = {r.source.id: r.source for r in answer.references}
        found += [(c, sources) for c in view.claims(worded(answer, Audience.PATIENT)) if c.composed]
    return found


def test_every_worded_claim_passes_and_every_changed_one_fails(
    answers: tuple[Answer, ...],
) -> None:
    versions = patient_versions(answers)
    assert len(versions) > 60
    changed = 0
    for claim, sources in versions:
        assert agrees(claim.text, claim, sources), claim.text
        for pattern, instead in CHANGES:
            text = re.sub(pattern, instead, claim.text, count=1)
            if text == claim.text:
                continue
            changed += 1
            assert not agrees(text, claim, sources), text
    assert changed > 100


@pytest.mark.parametrize(
    ("text", "composed", "same"),
    [
        ("1 mg by mouth twice a day", "1 mg PO bd", True),
        ("1 mg by mouth three times a day", "1 mg PO bd", False),
        ("1 mg into a vein twice a day", "1 mg PO bd", False),
        ("1 mg twice a day", "1 mg PO bd", False),  # the route is lost
        ("1 mg by mouth", "1 mg PO bd", False),  # the frequency is lost
        ("1 mg PO bd", "1 mg PO", False),
        ("10 micrograms into the nose", "10 µg intranasally", True),
        ("5 mg breathed in as a mist every 4 hours", "5 mg nebulised 4 hourly", True),
        ("5 mg breathed in every 4 hours", "5 mg nebulised 4 hourly", False),
        ("Rest.", "Rest; then 5 mg daily", False),
    ],
)
def test_doses_are_compared_both_ways(text: str, composed: str, same: bool) -> None:
    assert same_doses(text, composed) is same


@pytest.mark.parametrize(
    ("text", "composed", "same"),
    [
        ("From 6 weeks – 6 weeks: 120 mg", "From 6 weeks – 6 months: 120 mg", False),
        ("Pre-operatively 1 g", "Postoperatively 1 g", True),  # of words like these the gate judges
        ("After the operation 1 g", "pre-operatively 1 g", False),
        ("5 mg 1 hour after sleep", "5 mg 1 hour before sleep", False),
        ("Treatment with drugs", "Non-drug treatment", False),
        ("1 mg by injection under the skin every 8 hours", "1 mg SC 8 hourly", True),
        ("It may be given", "It must be given", False),
        ("Give 5 mg, and 5 mg", "Give 5 mg", False),
    ],
)
def test_numbers_times_directions_and_denials_are_counted(
    text: str, composed: str, same: bool
) -> None:
    assert same_weight(text, composed) is same


def test_a_plain_phrase_is_read_as_the_term_of_the_passage() -> None:
    passage = "Arterial hypertension and HTN emergencies."
    assert read_back("high blood pressure", passage) == "Arterial hypertension"
    assert read_back("high blood pressure", "in CKD with HTN") == "HTN"
    assert read_back("high blood pressure", "hypotension") == "high blood pressure"
    assert read_back("high blood pressure", "high blood pressure, hypertension") == (
        "high blood pressure"
    )


def test_another_illness_is_not_the_same(maintenance: Answer) -> None:
    sources = {r.source.id: r.source for r in maintenance.references}
    claim = maintenance.bottom_line[0]
    text = claim.text.replace("pernicious anaemia", "low blood pressure")
    assert text != claim.text
    assert not agrees(text, claim, sources)


def test_without_its_statement_or_source_nothing_passes(maintenance: Answer) -> None:
    sources = {r.source.id: r.source for r in maintenance.references}
    claim = maintenance.bottom_line[0]
    assert agrees(claim.text, claim, sources)
    assert not agrees(claim.text, claim, {})
    assert not agrees(claim.text, replace(claim, statements=()), sources)
