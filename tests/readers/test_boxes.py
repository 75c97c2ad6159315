"""Safety notices: never a dose, and shown by route, class and words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from osler.domain import Answer, Audience, BoxKind, Section
from osler.dosage import ROUTES, may_state_dosage, parse_dosages, parse_targets
from osler.readers import languages, translator
from osler.readers.boxes import _notices, boxes_for, texts
from osler.statements.vocabulary.substances import canonical, is_class, is_substance


@pytest.mark.parametrize("language", languages())
def test_no_notice_holds_a_number_or_a_dose(language: str) -> None:
    translate = translator(language)
    for text in map(translate, texts()):
        assert not re.search(r"\d", text), text
        assert not may_state_dosage(text) or not parse_dosages(text), text
        assert not parse_targets(text), text


def test_rules_name_routes_and_drugs_that_exist() -> None:
    _, rules = _notices()
    assert len(rules) > 80
    for rule in rules:
        assert rule.routes <= set(ROUTES), rule
        for name in rule.drugs:
            known = is_class(name) or is_substance(name) or is_class(canonical(name))
            assert known, name
        conditions = (rule.routes, rule.drugs, rule.cue, rule.with_doses, rule.with_conflicts)
        assert any(conditions) is not rule.always, rule


def lines(answer: Answer, audience: Audience, kind: BoxKind) -> str:
    return "\n".join(
        line for box in boxes_for(answer, audience) if box.kind is kind for line in box.lines
    )


def test_a_nurse_is_told_how_each_route_is_given(maintenance: Answer) -> None:
    giving = lines(maintenance, Audience.NURSE, BoxKind.GIVING)
    assert "Into a muscle" in giving
    assert "By mouth" in giving
    assert "Into a vein" not in giving
    assert "micrograms and milligrams" in giving


def test_what_to_watch_goes_by_the_class_of_the_drug(answers: tuple[Answer, ...]) -> None:
    gentamicin = next(a for a in answers if "gentamicin" in a.question.text)
    folic = next(a for a in answers if "folic" in a.question.text)
    assert "Kidney and hearing" in lines(gentamicin, Audience.NURSE, BoxKind.WATCHING)
    assert "Kidney and hearing" not in lines(folic, Audience.NURSE, BoxKind.WATCHING)


def test_a_conflict_is_explained_to_a_patient(maintenance: Answer) -> None:
    told = "Experts do not all agree"
    assert told in lines(maintenance, Audience.PATIENT, BoxKind.MEANING)
    agreed = replace(maintenance, conflicts=())
    assert told not in lines(agreed, Audience.PATIENT, BoxKind.MEANING)


def test_an_abstention_still_says_when_to_get_help(maintenance: Answer) -> None:
    from osler.domain import Abstention

    silent = replace(maintenance, bottom_line=(), abstention=Abstention("nothing", ""))
    assert [b.kind for b in boxes_for(silent, Audience.PATIENT)] == [BoxKind.HELP]


def about(answer: Answer, question: str, drug: str, text: str) -> Answer:
    """An answer to a question on a drug, whose one line is this text."""
    claim = answer.bottom_line[0]
    doses = tuple(replace(d, substance=drug) for d in parse_dosages(text))
    line = replace(claim, text=text, composed=None, dosages=doses, statements=())
    asked = replace(answer.question, text=question, terms=())
    return replace(answer, question=asked, bottom_line=(line,), sections=(), conflicts=())


def test_insulin_in_an_emergency_does_not_wait_for_food(maintenance: Answer) -> None:
    meal = about(maintenance, "insulin in diabetes", "insulin", "Insulin 4 units SC with meals.")
    assert "food is planned" in lines(meal, Audience.NURSE, BoxKind.WATCHING)
    for question in ("insulin for hyperkalaemia", "insulin in diabetic ketoacidosis"):
        urgent = about(maintenance, question, "insulin", "Insulin 10 units IV over 15 minutes.")
        watched = lines(urgent, Audience.NURSE, BoxKind.WATCHING)
        assert "food is planned" not in watched
        assert "does not wait for food" in watched


@pytest.mark.parametrize(
    ("drug", "question"), [("adrenaline", "anaphylaxis"), ("naloxone", "opioid overdose")]
)
def test_what_saves_a_life_has_no_brake(maintenance: Answer, drug: str, question: str) -> None:
    answer = about(maintenance, question, drug, f"{drug} 0.4 mg IM.")
    giving = lines(answer, Audience.NURSE, BoxKind.GIVING)
    assert "Into a muscle: choose the site" in giving
    assert "bleeding tendency" not in giving
    vaccine = about(maintenance, "ceftriaxone", "ceftriaxone", "Ceftriaxone 1 g IM.")
    assert "bleeding tendency" in lines(vaccine, Audience.NURSE, BoxKind.GIVING)


def test_a_vinca_alkaloid_is_fatal_by_another_route(maintenance: Answer) -> None:
    answer = about(maintenance, "lymphoma", "vincristine", "Vincristine 1.4 mg/m2 IV weekly.")
    for audience, kind in (
        (Audience.NURSE, BoxKind.GIVING),
        (Audience.PHARMACIST, BoxKind.DISPENSING),
    ):
        assert "FATAL" in lines(answer, audience, kind).splitlines()[0]
        assert "FATAL" not in lines(maintenance, audience, kind)


def test_a_weekly_drug_of_high_danger_is_told_to_be_weekly(maintenance: Answer) -> None:
    told = "once a WEEK only"
    weekly = about(maintenance, "methotrexate", "methotrexate", "Methotrexate 15 mg once weekly.")
    assert told in lines(weekly, Audience.PATIENT, BoxKind.MEANING).splitlines()[0]
    daily = about(maintenance, "methotrexate", "methotrexate", "Methotrexate 15 mg/m2 daily.")
    assert told not in lines(daily, Audience.PATIENT, BoxKind.MEANING)
    other = about(maintenance, "vitamin D", "colecalciferol", "Colecalciferol 1 mg once weekly.")
    assert told not in lines(other, Audience.PATIENT, BoxKind.MEANING)


def test_routes_are_those_of_every_line(maintenance: Answer) -> None:
    first = about(maintenance, "methotrexate", "methotrexate", "Methotrexate 15 mg orally weekly.")
    spine = about(maintenance, "x", "methotrexate", "Methotrexate 12 mg intrathecally.")
    answer = replace(first, sections=(Section("Dosing", spine.bottom_line),))
    assert "Into the spine" in lines(answer, Audience.NURSE, BoxKind.GIVING)
    assert "Into the spine" not in lines(first, Audience.NURSE, BoxKind.GIVING)
