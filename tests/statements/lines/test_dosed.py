"""Which drug a dose is of, and what other drugs of a sentence are."""

from __future__ import annotations

import pytest

from osler.domain import Statement
from osler.dosage import parse_dosages
from osler.reading import RawFile, read
from osler.statements import extract
from osler.statements.lines.dosed import dosed_names, only_beside
from osler.statements.lines.focus import topic_of


def statements_of(text: str) -> tuple[Statement, ...]:
    (document,) = read(RawFile("a.txt", "a.txt", text.encode()))
    return extract(document)


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("Dapsone 100 mg daily plus rifampicin 600 mg daily", ["dapsone", "rifampicin"]),
        ("Give 2 g of ceftriaxone and 400 mg doxycycline", ["ceftriaxone", "doxycycline"]),
        ("Give a 500 mg dose of amoxicillin", ["amoxicillin"]),
        ("50 units in 50 mL sodium chloride 0.9% at 4 mL/h", [None] * 4),
        (
            "Insulin 50 units in 50 mL sodium chloride 0.9% at 4 mL/h",
            ["insulin", None, None, "insulin"],
        ),
        ("Sodium chloride 0.9% 500 mL over 15 minutes", ["sodium chloride"] * 2),
        ("If furosemide is needed, 40 mg once daily by mouth", ["furosemide"]),
        ("When methotrexate is stopped, give 5 mg once daily", [None]),
        ("Adults begin on 50 mg daily, two hours away from milk and antacids", [None]),
        ("If the patient must have fluconazole, bring it down to 20 mg weekly", [None]),
        ("With potent inducers (rifampicin, phenytoin) or colestyramine, 21 mg/kg daily", [None]),
        ("Women given cyclophosphamide: 3.75 mg every four weeks", [None]),
        ("At most 4 mg/kg where it is due to aniline or dapsone", [None]),
        ("In those on diuretics 1.25 mg once daily", [None]),
        ("Change to oral rivaroxaban at 20 mg daily", ["rivaroxaban"]),
        ("Bolus, followed by heparin at 18 units/kg/hour", ["heparin"]),
        ("5 mg the day after methotrexate", [None]),
        # An alternative has its own dose, and what may be of either is of neither.
        ("Cefalexin, or if cefuroxime is preferred, 250 mg twice daily", ["cefuroxime"]),
        ("Celecoxib or, when etoricoxib is chosen, 60 mg once daily", ["etoricoxib"]),
        ("Sertraline, if fluoxetine is selected, 20 mg once daily", ["fluoxetine"]),
        ("Loratadine or, if cetirizine is easier to get, 10 mg once daily", ["cetirizine"]),
        ("Lamotrigine, if valproate is taken, 25 mg daily", [None]),
        ("Bisoprolol when verapamil is given 1.25 mg daily; carvedilol 3 mg", [None, "carvedilol"]),
        ("Naproxen if aspirin fails or if ibuprofen is not tolerated, 250 mg", [None]),
        ("Lamotrigine: if valproate is taken, 25 mg daily", ["lamotrigine"]),
        ("Sertraline, or if fluoxetine has failed, 100 mg once daily", [None]),
        ("Digoxin, when amiodarone is given, is started at 62.5 micrograms", ["digoxin"]),
        ("Ketamine, if propofol drops the pressure, 0.5 mg/kg", ["ketamine"]),
        # Examples of what acts on the drug are not dosed.
        ("Strong inducers, such as phenytoin, call for 800 mg twice daily", [None]),
        ("With a CYP3A inhibitor such as itraconazole or clarithromycin: 150 mg weekly", [None]),
        ("Proton pump inhibitors such as omeprazole 20 mg daily", ["omeprazole"]),
        ("Where there is an inhibitor (erythromycin): 300 micrograms once daily", [None]),
        ("If an inhibitor is taken (fluconazole, verapamil), 1 mg once daily", [None]),
        ("When there is an inducer on board (rifampicin): 40 mg daily", [None]),
        ("Inducers (carbamazepine): 400 mg daily", [None]),
        ("If an interacting drug is given, such as ciclosporin, 10 mg daily", [None]),
        ("Strong CYP3A4 inhibitors (itraconazole): 2 mg daily", [None]),
        ("ACE inhibitor (ramipril): 2.5 mg daily", ["ramipril"]),
        ("If a proton pump inhibitor is wanted (omeprazole): 20 mg daily", ["omeprazole"]),
        ("Darunavir needs an inhibitor (ritonavir): 100 mg once daily", ["ritonavir"]),
        ("Ritonavir as a strong inhibitor (ritonavir): 100 mg daily", ["ritonavir"]),
        # A bound is on what it is said of.
        ("Vasopressin, once noradrenaline is above 0.2 mcg/kg/min", ["noradrenaline"]),
        ("Esmolol, until labetalol has come down to below 2 mg/min", ["labetalol"]),
    ],
)
def test_the_drug_of_each_dose(text: str, drugs: list[str | None]) -> None:
    assert list(dosed_names(text, parse_dosages(text))) == drugs


def test_a_statement_keeps_the_drug_with_the_dose() -> None:
    (statement,) = statements_of("Isoniazid 5 mg/kg daily, with pyridoxine 10 mg daily.")
    assert [d.substance for d in statement.dosages] == ["isoniazid", "pyridoxine"]


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("25 mg daily, away from antacids", True),
        ("Treat with ceftriaxone: 1 g daily", False),
        ("Dose of heparin for a clot: 80 units/kg", False),
    ],
)
def test_what_only_stands_beside_a_dose(text: str, beside: bool) -> None:
    assert only_beside(text, parse_dosages(text)) is beside


def test_what_a_dose_is_kept_away_from_is_not_what_the_text_goes_on_about() -> None:
    text = (
        "Eltrombopag is given as tablets. Adults begin on 50 mg once daily, two hours away from "
        "antacids. The ceiling is 75 mg once daily."
    )
    *_, begin, ceiling = statements_of(text)
    for statement in (begin, ceiling):
        focus = [c.quote for c in statement.context if c.role == "focus"]
        assert focus == ["Eltrombopag is given as tablets."]


def test_a_drug_that_is_said_to_be_of_a_class_is_the_topic() -> None:
    assert topic_of("Lansoprazole is the preferred proton pump inhibitor.") == "lansoprazole"


def test_a_dose_expressed_as_one_of_two_drugs_is_of_that_one() -> None:
    text = "L-dopa/carbidopa (dose expressed as levodopa): 50 mg orally every 6 hours"
    assert dosed_names(text, parse_dosages(text)) == ("levodopa",)
