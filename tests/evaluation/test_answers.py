"""Answers compared with what is expected: counts, reasons, and what must not count."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from osler.answering import ask
from osler.cli.app import app
from osler.domain import Derivation, DosageRole
from osler.domain.errors import UsageError
from osler.dosage import parse_dosages
from osler.evaluation.answers import claims_of, compare, evaluate_answers
from osler.evaluation.answers_report import QuestionResult
from osler.evaluation.dose_match import states, states_range
from osler.evaluation.questions import ExpectedAnswer, ExpectedDose, ExpectedFact
from osler.evaluation.recheck import recheck
from osler.evaluation.top_doses import explained_by, forbidden_shown
from osler.evaluation.who_and_what import wrong_drug, wrong_group
from osler.library import Library

ADULT = "Amoxicillin dose for an adult with pneumonia?"


def dose(substance: str, high: float, unit: str, **more: str) -> dict[str, Any]:
    return {"substance": substance, "low": high, "high": high, "unit": unit, **more}


def expecting(question: str, *facts: dict[str, Any], **more: Any) -> ExpectedAnswer:
    expected = [{"fact": f"{f['high']} {f['unit']}", "dose": f, "sources": []} for f in facts]
    layout = {"id": "q", "topic": "t", "question": question, "expected": expected, **more}
    return ExpectedAnswer.model_validate(layout)


def result(library: Library, item: ExpectedAnswer) -> QuestionResult:
    return compare(item, ask(library, item.question), library)


def test_an_expected_dose_of_the_drug_for_the_patient_counts(wards: Library) -> None:
    item = expecting(
        ADULT, dose("amoxicillin", 500, "mg", route="oral", frequency="tds", population="adults")
    )
    found = result(wards, item)
    assert (found.doses, found.doses_shown, found.doses_in_bottom_line) == (1, 1, 1)
    assert found.citations == found.citations_right > 0
    assert not found.misses
    assert not found.unexpected_doses


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"population": "children"}, "for another group"),
        ({"substance": "cefalexin"}, "of another drug (amoxicillin)"),
        ({"route": "intravenous"}, "by another route (oral)"),
        ({"frequency": "once daily"}, "at another frequency"),
    ],
)
def test_a_dose_that_differs_does_not_count_and_the_reason_is_told(
    wards: Library, changed: dict[str, str], reason: str
) -> None:
    wanted = dose("amoxicillin", 500, "mg", route="oral", frequency="tds", population="adults")
    item = expecting(ADULT, wanted | changed)
    found = result(wards, item)
    assert found.doses_shown == 0
    assert reason in found.explained[0].reason


def test_drug_and_group_are_what_the_lenient_count_does_not_look_at(wards: Library) -> None:
    item = expecting(ADULT, dose("cefalexin", 500, "mg", population="children"))
    found = result(wards, item)
    assert (found.doses_shown, found.doses_shown_leniently) == (0, 1)


def test_a_dose_for_people_of_whom_nothing_is_asked_does_not_count(wards: Library) -> None:
    question = "I have diabetes and am planning pregnancy. What dose of folic acid?"
    claim = next(c for c in claims_of(ask(wards, question)) if c.dosages[0].low == 5)
    item = expecting(
        "folic acid dose, BMI 34, planning pregnancy",
        dose("folic acid", 5, "mg", population="planning pregnancy, BMI >=30"),
    )
    fact = item.expected[0]
    assert "of which nothing is asked" in (
        wrong_group(item, fact, claim, claim.dosages[0]) or "the group was not found wrong"
    )
    asked = expecting(
        "folic acid dose with diabetes, planning pregnancy",
        dose("folic acid", 5, "mg", population="diabetes"),
    )
    assert wrong_group(asked, asked.expected[0], claim, claim.dosages[0]) is None


def test_another_form_of_a_substance_is_another_drug(wards: Library) -> None:
    claim = ask(wards, ADULT).bottom_line[0]
    dosage = claim.dosages[0]

    def wrong(expected: str, stated: str) -> str | None:
        fact = ExpectedFact.model_validate({"fact": "", "dose": dose(expected, 1, "mg")})
        return wrong_drug(fact, claim, replace(dosage, substance=stated))

    assert wrong("hydroxocobalamin", "cyanocobalamin") == "cyanocobalamin"
    assert wrong("vitamin B12", "cyanocobalamin") is None
    assert wrong("elemental iron", "ferrous sulfate") is None


def test_why_a_fact_is_missed(wards: Library) -> None:
    def why(question: str, wanted: dict[str, Any], source: str) -> str:
        fact = {"fact": "amoxicillin 250 mg", "dose": wanted, "sources": [source]}
        layout = {"id": "q", "question": question, "expected": [fact]}
        return result(wards, ExpectedAnswer.model_validate(layout)).explained[0].reason

    child = dose("amoxicillin", 250, "mg", population="1 to 4 years")
    assert "judged ineligible (it is for other patients (adult" in why(ADULT, child, "chest.md")
    assert "it is for other patients" in why(ADULT, child, "absent.md"), "found by its words"
    unread = dose("amoxicillin", 125, "mg")
    assert "no statement of its sources" in why(ADULT, unread | {"high": 7}, "hospital.md")
    shown = "What is the dose of folic acid for a woman planning pregnancy?"
    other = why(shown, child, "chest.md")
    assert "not retrieved" in other or "on another drug" in other


@pytest.mark.parametrize(
    ("fact", "stated"),
    [
        ("No: only 5 days for adults with pneumonia", True),
        ("Our hospital: five days of amoxicillin in adults", True),
        ("7 days for adults with pneumonia", False),
        ("Adults with pneumonia have a chest radiograph", False),
    ],
)
def test_a_fact_without_a_dose_is_looked_for_by_its_words_and_numbers(
    wards: Library, fact: str, stated: bool
) -> None:
    layout = {"id": "q", "question": ADULT, "expected": [{"fact": fact}]}
    found = result(wards, ExpectedAnswer.model_validate(layout))
    assert found.facts_shown == stated


def test_an_expected_range_may_stand_in_a_claim_as_its_two_ends() -> None:
    wanted = ExpectedDose.model_validate({"low": 50, "high": 80, "unit": "mg/kg"})
    assert states_range(wanted, parse_dosages("50 mg/kg once daily, up to 80 mg/kg if severe"))
    assert not states_range(wanted, parse_dosages("50 mg/kg once daily, up to 90 mg/kg"))
    drops = ExpectedDose.model_validate({"low": 2, "high": 3, "unit": "[drp]"})
    assert states(drops, parse_dosages("2 - 3 drops 4 times daily")[0])


def test_a_unit_of_millions_is_read_together_with_its_number() -> None:
    expected = ExpectedDose(low=Decimal("5.5"), high=Decimal("7.5"), unit="MIU")
    assert states(expected, parse_dosages("5.5 to 7.5 MIU a day")[0])
    assert states(expected, parse_dosages("5 500 000 to 7 500 000 IU a day")[0])
    assert not states(expected, parse_dosages("5.5 to 7.5 IU a day")[0])


def test_an_unexpected_dose_of_the_drug_in_the_bottom_line_is_listed(wards: Library) -> None:
    item = expecting(ADULT, dose("amoxicillin", 1000, "mg"))
    found = result(wards, item)
    assert found.bottom_line_doses == 1
    assert "500 mg" in found.unexpected_doses[0]
    known = {"fact": "500 mg is the usual dose", "required": False}
    facts = [fact.model_dump() for fact in item.expected]
    explained = ExpectedAnswer.model_validate(item.model_dump() | {"expected": [*facts, known]})
    assert result(wards, explained).unexpected_doses == ()


def test_forbidden_sentences_are_reported_only_in_their_own_words(wards: Library) -> None:
    answer = ask(wards, ADULT)

    def shown(*phrases: str) -> list[str]:
        return list(forbidden_shown(expecting(ADULT, forbidden=list(phrases)), answer))

    assert shown("500 mg", "50 mg") == ["500 mg"]
    stated = "Adults take amoxicillin 500 mg three times daily"
    assert shown("amoxicillin 500 mg three times daily for adults with pneumonia") != []
    assert shown(stated.replace("500", "50"), "do not give amoxicillin to adults") == []


def test_a_conflict_counts_when_all_its_sources_stand_in_one(wards: Library) -> None:
    question = "Folic acid dose for a woman planning pregnancy, no other risks?"
    files = ["hospital.md", "clinic.md"]
    found = result(wards, expecting(question, conflict=True, conflict_sources=files))
    assert found.conflict_shown
    assert found.conflict_complete
    more = [*files, "chest.md"]
    found = result(wards, expecting(question, conflict=True, conflict_sources=more))
    assert found.conflict_shown
    assert not found.conflict_complete


def test_a_quote_or_a_claim_that_its_source_does_not_bear_is_found(wards: Library) -> None:
    claim = next(claims_of(ask(wards, ADULT)))
    assert recheck(wards, (claim,)).right == len(claim.citations)
    tenfold = replace(claim, text=claim.text.replace("500", "5000"))
    assert "amount" in recheck(wards, (tenfold,)).unsupported[0]
    moved = tuple(replace(c, start=c.start + 1) for c in claim.citations)
    checked = recheck(wards, (replace(claim, citations=moved),))
    assert (checked.right, len(checked.stale)) == (0, len(moved))
    wrong = Derivation("5 mg/kg × 10 kg", {"weight": "10 kg"}, "500 mg", claim.citations[0])
    checked = recheck(wards, (replace(claim, derivations=(wrong,)),))
    assert (checked.derivations, checked.derivations_right) == (1, 0)
    assert "500 mg" in checked.miscalculated[0]


def test_a_ceiling_in_the_wording_of_a_fact_is_expected() -> None:
    item = expecting(ADULT, dose("amoxicillin", 500, "mg"))
    fact = item.expected[0].model_copy(update={"fact": "500 mg tds, maximum 3 g a day"})
    item = item.model_copy(update={"expected": [fact]})
    ceiling = next(
        d for d in parse_dosages("The maximum is 3000 mg a day") if d.role is DosageRole.MAXIMUM
    )
    assert explained_by(item, ceiling)
    assert not explained_by(item, replace(ceiling, low=None, high=Decimal(30_000)))


def write(path: Path, *questions: dict[str, Any]) -> Path:
    path.write_text(yaml.safe_dump({"version": 1, "questions": list(questions)}), "utf-8")
    return path


def test_several_files_are_counted_by_topic(wards: Library, tmp_path: Path) -> None:
    fact = {"fact": "500 mg", "dose": dose("amoxicillin", 500, "mg")}
    one = write(
        tmp_path / "a.yaml", {"id": "a", "topic": "chest", "question": ADULT, "expected": [fact]}
    )
    no = {"id": "b", "topic": "none", "question": "Dose of zorbium?", "answerable": False}
    two = write(tmp_path / "b.yaml", no)
    report = evaluate_answers(wards, one, two)
    assert list(report.topics) == ["chest", "none"]
    assert report.totals["required doses shown"] == "1/1"
    assert report.totals["unanswerable abstained"] == "1/1"
    text = "\n".join(report.lines())
    assert "chest: required doses shown 1/1" in text
    assert "1.000 (0.207 to 1.000)" in text, "Wilson's interval of 1/1"
    assert [r.id for r in evaluate_answers(wards, one, two, only=["none"]).results] == ["b"]
    assert [r.id for r in evaluate_answers(wards, one, two, exclude=["none"]).results] == ["a"]
    with pytest.raises(UsageError, match="'a'"):
        evaluate_answers(wards, one, one)
    with pytest.raises(UsageError, match="'nowhere'"):
        evaluate_answers(wards, one, only=["nowhere"])


def test_the_command_prints_topics_and_totals(wards: Library, tmp_path: Path) -> None:
    fact = {"fact": "500 mg", "dose": dose("cefalexin", 500, "mg")}
    file = write(
        tmp_path / "q.yaml", {"id": "a", "topic": "chest", "question": ADULT, "expected": [fact]}
    )
    command = ["evaluate", "answers", "--library", str(wards.folder), "--questions", str(file)]
    shown = CliRunner().invoke(app, command)
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.startswith(
        "chest: required doses shown 0/1; required doses shown, whatever drug and group 1/1;"
    )
    assert "shown of another drug (amoxicillin)" in shown.stdout
    report = json.loads(CliRunner().invoke(app, [*command, "--format", "json"]).stdout)
    assert report["totals"]["required doses shown"] == "0/1"
    assert report["rates"][0] | {"low": 0, "high": 0} == {
        "kind": "required doses shown", "right": 0, "total": 1, "low": 0, "high": 0
    }  # fmt: skip
    assert list(report["topics"]) == ["chest"]
    assert report["questions"][0]["explained"][0]["kind"] == "missed"
