"""The same facts for every reader: nothing lost, nothing changed, all of it again the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osler.answering import to_json
from osler.domain import Answer, Audience, BoxKind, Claim
from osler.domain.errors import UsageError
from osler.library import Library
from osler.readers import worded
from osler.readers.gate import doses, equal
from osler.render import view

EVERYBODY = tuple(Audience)


def claims(answer: Answer) -> list[Claim]:
    return list(view.claims(answer))


def bare(claim: Claim) -> tuple[object, ...]:
    """What a claim says of doses, wherever its text has them."""
    return tuple(
        replace(d, text="", start=0, end=0, amount_start=0, amount_end=0, steps=())
        for d in claim.dosages
    )


def test_for_a_physician_nothing_changes(answers: tuple[Answer, ...]) -> None:
    for answer in answers:
        assert worded(answer, Audience.PHYSICIAN) == answer


@pytest.mark.parametrize("audience", EVERYBODY)
def test_every_dose_is_one_of_the_composed_and_none_is_missing(
    answers: tuple[Answer, ...], audience: Audience
) -> None:
    stated = 0
    for answer in answers:
        ours = [d for c in claims(worded(answer, audience)) for d in doses(c.text)]
        theirs = [d for c in claims(answer) for d in doses(c.text)]
        assert all(any(equal(d, e) for e in theirs) for d in ours)
        assert all(any(equal(d, e) for e in ours) for d in theirs)
        stated += len(theirs)
    assert stated > 60


@pytest.mark.parametrize("audience", EVERYBODY)
def test_bottom_line_conflicts_and_warnings_stand(
    answers: tuple[Answer, ...], audience: Audience
) -> None:
    for answer in answers:
        new = worded(answer, audience)
        assert [bare(c) for c in new.bottom_line] == [bare(c) for c in answer.bottom_line]
        assert [len(c.positions) for c in new.conflicts] == [
            len(c.positions) for c in answer.conflicts
        ]
        assert {c.warning for c in claims(new)} == {c.warning for c in claims(answer)}
        assert new.abstention == answer.abstention
        assert new.references == answer.references


@pytest.mark.parametrize("audience", EVERYBODY)
def test_a_worded_claim_keeps_its_composed_text_and_its_citations(
    answers: tuple[Answer, ...], audience: Audience
) -> None:
    for answer in answers:
        before = {(c.text, c.citations) for c in claims(answer)}
        for claim in claims(worded(answer, audience)):
            assert (claim.composed or claim.text, claim.citations) in before
            assert claim.composed != claim.text
            for dosage in claim.dosages:
                held = claim.text[dosage.start : dosage.end] == dosage.text
                assert held or dosage.start == dosage.end == 0 or claim.composed is None


def test_a_patient_reads_plain_words(maintenance: Answer) -> None:
    patient = worded(maintenance, Audience.PATIENT)
    text = patient.bottom_line[0].text
    assert "by injection into a muscle or deep under the skin once a month for life" in text
    assert "intramuscular" in (patient.bottom_line[0].composed or "")
    assert [box.kind for box in patient.boxes] == [BoxKind.MEANING, BoxKind.HELP]
    assert patient.sections[0].title == "How much and how often"


def test_each_reader_has_boxes_of_their_own(maintenance: Answer) -> None:
    kinds = {a: [box.kind for box in worded(maintenance, a).boxes] for a in EVERYBODY}
    assert kinds == {
        Audience.PHYSICIAN: [],
        Audience.STUDENT: [BoxKind.LEARNING],
        Audience.NURSE: [BoxKind.GIVING, BoxKind.WATCHING],
        Audience.PHARMACIST: [BoxKind.DISPENSING],
        Audience.PATIENT: [BoxKind.MEANING, BoxKind.HELP],
    }


def test_the_same_again(answers: tuple[Answer, ...]) -> None:
    for answer in answers:
        assert worded(answer, Audience.PATIENT) == worded(answer, Audience.PATIENT)


def test_what_the_gate_refuses_stands_as_composed_and_is_counted(maintenance: Answer) -> None:
    forgotten = replace(
        maintenance,
        bottom_line=tuple(replace(c, statements=()) for c in maintenance.bottom_line),
        sections=(),
        conflicts=(),
    )
    new = worded(forgotten, Audience.PATIENT)
    assert [c.text for c in new.bottom_line] == [c.text for c in maintenance.bottom_line]
    assert all(c.composed is None for c in new.bottom_line)
    assert new.unworded == len(new.bottom_line)


def test_json_has_both_texts_and_the_boxes(starter: Library, maintenance: Answer) -> None:
    body = to_json(worded(maintenance, Audience.PATIENT), starter)
    first = body["bottom_line"][0]
    assert "into a muscle" in first["text"]
    assert "intramuscular" in first["composed"]
    assert {box["kind"] for box in body["boxes"]} == {"meaning", "help"}
    assert (body["language"], body["audience"], body["unworded"]) == ("en", "patient", 0)
    assert first["language"] is None
    assert first["dose_lines"] == []


def test_a_language_without_texts_is_refused(maintenance: Answer) -> None:
    with pytest.raises(UsageError, match="no texts in the language 'xx'"):
        worded(maintenance, Audience.PATIENT, language="xx")
