"""What is suspicious of a dose, and what is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from osler.plausibility import Dose, judge, registered
from osler.plausibility.judging import amounts

Doses = Callable[[str], tuple[Dose, ...]]


@pytest.fixture
def reason(doses: Doses) -> Callable[..., str | None]:
    """Why the one dose of a text is suspicious, beside those of the others."""

    def why(text: str, *others: str) -> str | None:
        (dose,) = doses(text)
        return judge(dose, registered(dose.drug), [d for other in others for d in doses(other)])

    return why


@pytest.mark.parametrize(
    "text",
    [
        "Zoledronic acid 400 mg intravenously once a month.",
        "Amlodipine 500 mg orally once daily.",
        "Levothyroxine 100 mg orally once daily.",
        "Metformin 500 micrograms orally twice daily.",
        "Digoxin 250 mg orally once daily.",
        "Amoxicillin 500 g orally every 8 hours.",
        "Amlodipine 5 units orally once daily.",
        "Heparin 5,000 mg subcutaneously every 12 hours.",
        "Prednisolone 40 mg/kg orally once daily.",
        "Glyceryl trinitrate 10 g/minute intravenously.",
        "Paracetamol 500 micrograms - 1 g orally every 6 hours.",
    ],
)
def test_a_dose_beyond_every_registered_product_is_suspicious(
    text: str, reason: Callable[..., str | None]
) -> None:
    assert reason(text)


@pytest.mark.parametrize(
    "text",
    [
        "Zoledronic acid 4 mg intravenously once a month.",
        "Amlodipine 10 mg orally once daily.",
        "Prednisolone 60 mg orally once daily.",  # by several tablets
        "Paracetamol 15 mg/kg orally every 6 hours.",
        "Glyceryl trinitrate 10 micrograms/minute intravenously.",
        "Pyrazinamide 2 g orally once daily.",
        "Heparin 5,000 units subcutaneously every 12 hours.",
        "Miconazole 5 g intravaginally at night.",  # of a cream
        "Children: amoxicillin 62.5 mg orally every 8 hours.",
    ],
)
def test_a_usual_dose_is_not(text: str, reason: Callable[..., str | None]) -> None:
    assert reason(text) is None


def test_the_reason_names_the_figures(reason: Callable[..., str | None]) -> None:
    why = reason("Zoledronic acid 400 mg intravenously once a month.")
    assert why is not None
    assert "400 mg of zoledronic acid" in why
    assert "80 times" in why
    assert "4 to 5 mg" in why


def test_other_statements_can_bear_out_a_dose_beyond_the_register(
    reason: Callable[..., str | None],
) -> None:
    assert reason("Folic acid 20 mg orally once daily.")
    others = [f"Folic acid {n} mg orally once daily." for n in (15, 18, 20)]
    assert reason("Folic acid 20 mg orally once daily.", *others) is None


def test_other_statements_alone_can_speak_against_a_dose(
    reason: Callable[..., str | None],
) -> None:
    others = [f"Carbimazole {n} mg orally once daily." for n in (5, 10, 15, 40)]
    assert not registered("carbimazole")
    assert reason("Carbimazole 20 mg orally once daily.", *others) is None
    assert "4 other statements" in (reason("Carbimazole 400 mg orally once daily.", *others) or "")


def test_a_drug_of_which_nothing_is_known_is_not_suspicious(
    reason: Callable[..., str | None],
) -> None:
    assert reason("Carbimazole 4,000 mg orally once daily.") is None


def test_one_misprint_among_many_does_not_widen_the_range(
    doses: Doses, reason: Callable[..., str | None]
) -> None:
    others = [f"Carbimazole {n} mg orally once daily." for n in range(5, 30)]
    assert reason("Carbimazole 3 g orally once daily.", *others, "Carbimazole 5 g orally once.")


def test_the_order_of_the_others_does_not_matter(doses: Doses) -> None:
    (dose,) = doses("Amlodipine 80 mg orally once daily.")
    others = [d for n in (5, 10, 20) for d in doses(f"Amlodipine {n} mg orally once daily.")]
    lines = registered("amlodipine")
    assert judge(dose, lines, others) == judge(dose, lines, others[::-1])


def test_a_small_dose_is_judged_more_leniently_for_a_child(doses: Doses) -> None:
    (dose,) = doses("Paracetamol 40 mg orally every 6 hours.")
    others = [d for n in (120, 250, 500, 1000) for d in doses(f"Paracetamol {n} mg orally.")]
    lines = registered("paracetamol")
    assert judge(dose, lines, others)
    assert judge(replace(dose, child=True), lines, others) is None


@pytest.mark.parametrize(
    ("low", "high", "unit", "words"),
    [
        (4000, 5000, "ug", "4 to 5 mg"),
        (500_000, 1_000_000, "ug", "500 mg to 1 g"),
        (25, 25, "ug", "25 micrograms"),
        (5000, 25_000, "U", "5,000 to 25,000 units"),
    ],
)
def test_amounts_are_written_as_a_reader_writes_them(
    low: float, high: float, unit: str, words: str
) -> None:
    assert amounts(low, high, unit) == words


def test_the_register_is_whole() -> None:
    lines = registered("zoledronic acid")
    assert [(n.route, n.unit, n.smallest, n.largest) for n in lines] == [
        ("injected", "ug", 4000, 5000)
    ]
    assert registered("zoledronic") == registered("") == ()
    assert {n.unit for n in registered("heparin")} == {"U"}


def test_doses_for_a_kilogram_are_held_against_each_other_as_they_stand(
    reason: Callable[..., str | None],
) -> None:
    others = (
        "Praziquantel 40 mg/kg orally once.",
        "Praziquantel 60 mg/kg orally in divided doses.",
        "Praziquantel 20 mg/kg orally three times in a day.",
    )
    assert reason("Praziquantel 30 mg/kg orally once.", *others) is None
    assert "for a kg" in (reason("Praziquantel 300 mg/kg orally once.", *others) or "")


def test_a_child_is_not_given_more_than_any_adult(reason: Callable[..., str | None]) -> None:
    others = [
        f"Adults: amlodipine {dose} orally once daily." for dose in ("5 mg", "10 mg", "2.5 mg")
    ]
    assert reason("Adults: amlodipine 12.5 mg orally once daily.", *others) is None
    assert reason("Children 6 to 12 years: amlodipine 12.5 mg orally once daily.", *others)
    assert reason("Children 6 to 12 years: amlodipine 5 mg orally once daily.", *others) is None


def test_a_single_loading_dose_may_be_large(reason: Callable[..., str | None]) -> None:
    others = [f"Pyrimethamine {n} mg orally once daily." for n in (25, 30, 50, 60, 75)]
    assert reason("Pyrimethamine 200 mg orally once.", *others) is None
    assert reason("Pyrimethamine 2000 mg orally once.", *others) is not None


def test_a_newborns_dose_is_for_a_newborns_weight(reason: Callable[..., str | None]) -> None:
    assert reason("Neonates: caffeine citrate 20 mg/kg intravenously once.") is None


def test_a_dose_over_an_adults_weight_is_no_childs(doses: Doses) -> None:
    texts = ("Over 85 kg: ustekinumab 520 mg.", "Under 20 kg: ustekinumab 130 mg.")
    assert [dose.child for text in texts for dose in doses(text)] == [False, True]
