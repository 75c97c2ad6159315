"""Safety notices: never a dose, and shown by route, class and words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from osler.domain import Answer, Audience, BoxKind
from osler.dosage import ROUTES, may_state_dosage, parse_dosages, parse_targets
from osler.readers import languages, translator
from osler.readers.boxes import _notices, boxes_for, texts
from osler.statements.substances import canonical, is_class, is_substance


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
