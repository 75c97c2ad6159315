"""Names as a picture writes them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation

from osler.dosage import differences, parse_dosages, parse_spanish
from osler_site.pictures.wording import capital, dose, number, route_name, short_route


@pytest.mark.parametrize(
    ("written", "shown"),
    [("renal function", "Renal function"), ("eGFR", "eGFR"), ("pH of urine", "pH of urine"),
     ("INR", "INR"), ("x", "X"), ("", "")],
)  # fmt: skip
def test_a_first_letter_is_made_a_capital_but_in_a_name_that_has_none(
    written: str, shown: str
) -> None:
    assert capital(written) == shown


@pytest.mark.parametrize(
    "text",
    [
        "1000–2000 micrograms every 1–3 months",
        "500 mg three times a day",
        "at least 5 mg daily",
        "2.5 mg/kg every 8 hours",
        "25 mg on alternate days",
        "40 mg/kg per day in 3 divided doses",
        "1 g once",
        "15 mg once weekly",
    ],
)
def test_a_dose_in_spanish_reads_back_as_itself(text: str) -> None:
    (stated,) = parse_dosages(text)
    with translation.override("es"):
        said = dose(stated)
    assert said != dose(stated)
    (read, *_) = parse_spanish(said)
    assert not differences(read, stated)
    assert not differences(stated, read)


def test_what_has_no_spanish_wording_stays_english() -> None:
    (stated,) = parse_dosages("500 mg twice daily until the fever has gone")
    unknown = replace(stated, unit="{blister}")
    english = dose(unknown)
    with translation.override("es"):
        assert dose(unknown) == english


def test_a_route_is_named_in_the_pages_language() -> None:
    assert route_name("intramuscular") == "Intramuscular"
    with translation.override("es"):
        assert route_name("oral") == "Por la boca"
        assert route_name(None) == "Vía no indicada"
        assert short_route("oral") == "por la boca"
    assert short_route("intramuscular") == "IM"


def test_decimals_have_the_sign_of_the_language() -> None:
    assert number(Decimal("2.50")) == "2.5"
    with translation.override("es"):
        assert number(Decimal("2.50")) == "2,5"
        assert number(Decimal("12500")) == "12\u202f500"
