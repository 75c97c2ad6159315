"""Names and numbers told by what stands beside them, and drugs in the same places that are none."""

from __future__ import annotations

import pytest

from osler.domain.identifier import IdentifierKind
from osler.privacy import find_identifiers

Kind = IdentifierKind


@pytest.fixture(autouse=True)
def _ours_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("osler.privacy.finding.is_installed", lambda: False)
    find_identifiers.cache_clear()


@pytest.mark.parametrize(
    ("text", "kind", "hidden"),
    [
        ("Tolulope Vankova 6/5/61 on warfarin", Kind.NAME, "Tolulope Vankova"),
        ("Tolulope Vankova 6/5/61 on warfarin", Kind.BIRTH, "6/5/61"),
        ("MRN 4471920 / Oonagh Etxeberria / INR 6", Kind.NAME, "Oonagh Etxeberria"),
        ("VANKOVA 12/03/1946: trimethoprim?", Kind.NAME, "VANKOVA"),
        ("Oonagh Etxeberria <oe@post.example> asks on B12", Kind.NAME, "Oonagh Etxeberria"),
        ("seen Mr Vankova, 93, new AF", Kind.AGE, "93"),
        ("DOB 3/4/1950, Q.R., T2DM, dose?", Kind.NAME, "Q.R."),
        ("script for Mrs Q. Vankova", Kind.NAME, "Q. Vankova"),
        ("INR 8 - Q Vankova, bed 4", Kind.NAME, "Q Vankova"),
        ("my name is oonagh vankova, is tramadol safe?", Kind.NAME, "oonagh vankova"),
        ("does maria vankova need a statin", Kind.NAME, "maria vankova"),
        ("NOTE LÓPEZ, José admitted with sepsis", Kind.NAME, "LÓPEZ, José"),
        ("give Małgorzata her metformin", Kind.NAME, "Małgorzata"),
        ("DOB 3 / 4 / 1950: B12?", Kind.BIRTH, "DOB 3 / 4 / 1950"),
        ("prednisolone, started 3.4.25, stop?", Kind.DATE, "3.4.25"),
        ("pt 5520914 on lithium", Kind.RECORD, "pt 5520914"),
        ("insurance QX-55120-77 asks on dose", Kind.ACCOUNT, "insurance QX-55120-77"),
        ("oxygen at home, sw18 4ud", Kind.POSTCODE, "sw18 4ud"),
        (
            "Flat 2, Heron House, Lime Street: oxygen",
            Kind.ADDRESS,
            "Flat 2, Heron House, Lime Street",
        ),
        ("at 12 Ffordd y Felin, COPD", Kind.ADDRESS, "12 Ffordd y Felin"),
        ("70F from Derby, on apixaban", Kind.ADDRESS, "Derby"),
    ],
)
def test_it_is_found(text: str, kind: IdentifierKind, hidden: str) -> None:
    assert (kind, hidden) in [(i.kind, i.text) for i in find_identifiers(text)]


@pytest.mark.parametrize(
    "text",
    [
        "pt on Stalevo 50, eGFR 24, dose?",
        "Combivent, 84 kg, dose?",
        "it's Combivent she takes",
        "is it safe to give Targiniq her usual 5 mg?",
        "patient on sertraline and St John's Wort",
        "re: St John's wort and the pill",
        "brand name is xeljanzo or tofacitinib?",
        "pt 10000 units of heparin",
        "moved from Lantus to Toujeo",
        "man from Nigeria with malaria",
        "vitamin d3 5yr old, t4 2nd dose",
        "Hamilton 22: venlafaxine 150 mg?",
        "E. Coli and S. Aureus, C. Difficile: dose?",
        "amlodipine/valsartan 2/10/20 mg started 5/10/20 mg",
    ],
)
def test_a_drug_a_place_or_a_dose_there_stays(text: str) -> None:
    assert find_identifiers(text) == ()
    find_identifiers.cache_clear()


@pytest.mark.parametrize("text", ["stopped Combivent 12/03/2024", "Combivent in bed 4, next dose?"])
def test_a_drug_before_a_day_or_a_bed_is_no_name(text: str) -> None:
    assert Kind.NAME not in {i.kind for i in find_identifiers(text)}
