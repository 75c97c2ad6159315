"""Codes that everybody shares, rows of values and eponyms of several words are not hidden."""

from __future__ import annotations

import pytest

from osler.domain.identifier import IdentifierKind
from osler.privacy import find_identifiers, hide


@pytest.fixture(autouse=True)
def _ours_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("osler.privacy.finding.is_installed", lambda: False)
    find_identifiers.cache_clear()


@pytest.mark.parametrize(
    "text",
    [
        "ATC B01AF02 is which anticoagulant?",
        "is NDC 0003-0894-21 apixaban 5 mg?",
        "BAY 94-8862 is finerenone, dose in CKD?",
        "Montreal A3L2B1, azathioprine?",
        "K 6.8-6.1-5.4 on salbutamol, stop?",
        "platelets 210-120-48 on heparin, argatroban?",
        "BP 171/98, 166/92, 159/90: add amlodipine?",
        "head of bed 45 degrees in ventilated patients?",
        "Ivor Lewis day 3, feed rate?",
        "Sister Mary Joseph nodule, which primary?",
        "Lady Windermere syndrome, macrolide dose?",
        "ASCEND used aspirin 100 mg in diabetes?",
        "trade name is zelnaro or tofacitinib?",
        "Jack-knife position after spinal?",
    ],
)
def test_what_everybody_shares_stays(text: str) -> None:
    assert hide(text).text == text


@pytest.mark.parametrize(
    ("text", "kind", "hidden"),
    [
        ("Mr Ivor Lewis, metformin dose?", IdentifierKind.NAME, "Ivor Lewis"),
        ("Sister Mary Okafor asks on heparin", IdentifierKind.NAME, "Mary Okafor"),
        ("pt P. F. in bed 4, K 6.1", IdentifierKind.NAME, "P. F."),
        ("account QX 4471 9023 6: Ozempic?", IdentifierKind.ACCOUNT, "QX 4471 9023 6"),
        ("lives at House 3, Road 9, Block B, COPD", IdentifierKind.ADDRESS, "Road 9, Block B"),
        ("carer from 7 bis, rue de la Paix", IdentifierKind.ADDRESS, "7 bis, rue de la Paix"),
        ("home visit Rua das Flores, 41: ulcer", IdentifierKind.ADDRESS, "Rua das Flores, 41"),
        ("from holly cottage, mill lane, frail", IdentifierKind.ADDRESS, "holly cottage, mill"),
        ("Mr Obi lives in Whanganui, gout", IdentifierKind.ADDRESS, "Whanganui"),
    ],
)
def test_what_looks_the_same_and_tells_of_somebody_is_hidden(
    text: str, kind: IdentifierKind, hidden: str
) -> None:
    found = find_identifiers(text)
    assert [i.kind for i in found if hidden in i.text] == [kind], found
