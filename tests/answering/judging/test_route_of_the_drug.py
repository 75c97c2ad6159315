"""Of several routes in a question, that of the drug that is asked about counts."""

from __future__ import annotations

import pytest
from tests.answering.documents import library_of

from osler.answering import ask, understand
from osler.library import Library


@pytest.mark.parametrize(
    ("question", "route"),
    [
        ("Wheezy, not settling with three nebulisers. IV magnesium dose?", "intravenous"),
        ("PR diazepam given twice, IV phenytoin dose?", "intravenous"),
        ("Oral paracetamol not enough, IV paracetamol dose?", "intravenous"),
        ("On oral morphine and vomiting. SC morphine dose?", "subcutaneous"),
        ("Vancomycin dose, oral, in C difficile?", "oral"),
        ("Wheezy, nebulisers not working. What dose of magnesium sulfate?", None),
        ("How much magnesium sulfate in asthma not responding to nebulisers?", None),
        ("Iron deficiency, oral failed, ferric carboxymaltose dose?", None),
        ("Seizure, no response to IM lorazepam, phenytoin loading dose?", None),
        ("Psoriasis, failed topicals, methotrexate starting dose?", None),
        (
            "Nebulised budesonide dose in croup that is not responding to dexamethasone?",
            "nebulised",
        ),
        ("Adrenaline dose, IM or IV?", None),
        ("IV then oral flucloxacillin doses?", None),
        ("Ileus, has an NG tube. Vancomycin dose, by which routes?", None),
    ],
)
def test_the_route_beside_the_dose_or_the_drug_counts(question: str, route: str | None) -> None:
    assert understand(question).route == route


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(
        tmp_path_factory.mktemp("routes"),
        {
            "title": "Wheeze in children",
            "text": "- Salbutamol 2.5 mg nebulised every 20 minutes.\n"
            "- Salbutamol 15 micrograms/kg IV over 10 minutes.\n"
            "- Prednisolone 20 mg by mouth once daily for 3 days.\n",
        },
        {
            "title": "Agitation",
            "text": "Haloperidol (adult: 1 mg by mouth or by intramuscular injection every "
            "6 hours; child (2 to 12 years): 20 micrograms/kg by mouth twice daily).\n",
        },
        {
            "title": "Gentamicin",
            "text": "- Gentamicin 0.3% eye drops: 1 drop into the eye every 2 hours.\n"
            "- Gentamicin 5 mg/kg IV once daily.\n",
        },
    )


def _opening(library: Library, question: str) -> str:
    return " ".join(claim.text for claim in ask(library, question).bottom_line)


def test_a_route_beside_one_drug_is_not_that_of_the_other(library: Library) -> None:
    told = _opening(library, "Wheezy child of 4: salbutamol neb dose, and how much prednisolone?")
    assert "2.5 mg nebulised" in told
    assert "20 mg by mouth" in told
    assert "15 micrograms/kg" not in told


def test_an_adults_route_is_no_childs(library: Library) -> None:
    assert "1 mg" in _opening(library, "Adult of 40, agitated: IM haloperidol dose?")
    assert not _opening(library, "Child of 6, agitated: IM haloperidol dose?")


def test_drops_are_no_dose_by_weight(library: Library) -> None:
    told = _opening(library, "Adult, gentamicin dose in mg/kg?")
    assert "5 mg/kg" in told
    assert "drop" not in told
