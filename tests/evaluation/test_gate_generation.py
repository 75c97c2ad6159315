"""Corruptions change one thing and the meaning; rewrites change the writing alone."""

from __future__ import annotations

import pytest

from osler.evaluation.corruption import corruptions
from osler.evaluation.corruption_sentences import (
    RawSentence,
    cnxml_sentences,
    plain,
    text_sentences,
)
from osler.evaluation.rewrites import rewrites


def sentence(text: str, context: str = "") -> RawSentence:
    return RawSentence("ours.txt", 0, len(text), text, context)


def claims(kind: str, text: str, context: str = "") -> list[str]:
    return [v.claim for v in corruptions(sentence(text, context)) if v.kind == kind]


def rewritten(text: str) -> list[str]:
    return [v.claim for v in rewrites(sentence(text))]


@pytest.mark.parametrize(
    ("kind", "text", "claim"),
    [
        ("amount ×10", "Exampline 10-20 mg daily", "Exampline 100-200 mg daily"),
        ("amount ×10", "Exampline 1,500 units daily", "Exampline 15,000 units daily"),
        ("amount ÷10", "Exampline 5 mg daily", "Exampline 0.5 mg daily"),
        ("unit", "Exampline 5 mg daily", "Exampline 5 mcg daily"),
        ("unit", "Exampline 5 mg/kg daily", "Exampline 5 mg daily"),
        ("range edge", "Exampline 10–20 mg daily", "Exampline 10–30 mg daily"),
        (
            "exchange",
            "Exampline 5 mg in the morning and 2 mg at night",
            "Exampline 2 mg in the morning and 5 mg at night",
        ),
        ("route", "Exampline 5 mg orally", "Exampline 5 mg intravenously"),
        ("route", "Exampline 5 mg IM", "Exampline 5 mg IV"),
        ("timing", "Exampline 5 mg twice daily", "Exampline 5 mg three times daily"),
        ("timing", "Exampline 5 mg every 8 hours", "Exampline 5 mg every 6 hours"),
        ("duration", "Exampline 5 mg daily for 5 days", "Exampline 5 mg daily for 5 weeks"),
        ("duration", "Exampline 5 mg daily for 7 days", "Exampline 5 mg daily for 14 days"),
        ("comparator", "Exampline up to 60 mg daily", "Exampline at least 60 mg daily"),
        ("comparator", "Exampline 5 mg where age ≥ 65", "Exampline 5 mg where age < 65"),
        ("population", "Adults: exampline 5 mg", "Children: exampline 5 mg"),
        ("population", "Under 5 years: exampline 5 mg", "Over 5 years: exampline 5 mg"),
        ("polarity", "Do not give exampline", "Give exampline"),
        ("polarity", "Exampline should not be used", "Exampline should be used"),
        ("polarity", "Increase the dose slowly", "Decrease the dose slowly"),
    ],
)
def test_one_thing_is_corrupted(kind: str, text: str, claim: str) -> None:
    assert claim in claims(kind, text)


@pytest.mark.parametrize(
    ("kind", "text", "context"),
    [
        ("amount ×10", "Exampline 5 mg, or 50 mg in severe disease", ""),
        ("route", "Exampline 5 mg intravenously or intramuscularly", ""),
        ("route", "Exampline 5 mg orally", "Intravenous and oral treatment"),
        ("population", "Adults: 5 mg", "Children and adults"),
        ("population", "Adults 5 mg, children 5 mg", ""),
        ("polarity", "Doses may be increased or decreased by 5 mg", ""),
    ],
)
def test_what_another_part_makes_true_is_left_out(kind: str, text: str, context: str) -> None:
    wrong = claims(kind, text, context)
    assert not [claim for claim in wrong if "50 mg, or" in claim or kind != "amount ×10"]


def test_laboratory_values_are_no_doses() -> None:
    assert claims("amount ×10", "Glucose above 10 mg/dL or 5 mmol/L, eGFR 30 mL/min") == []


def test_a_list_of_strengths_has_nothing_to_exchange() -> None:
    assert claims("exchange", "Exampline tablets of 5 mg or 10 mg") == []


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Exampline 5 mcg daily", "Exampline 5 micrograms daily"),
        ("Exampline 5 mg orally", "Exampline 5 mg by mouth"),
        ("Exampline 5 mg twice daily", "Exampline 5 mg bd"),
        ("Exampline 5 mg every 8 hours", "Exampline 5 mg 8-hourly"),
        ("Exampline 5 mg orally twice daily", "Exampline 5 mg twice daily orally"),
        ("Exampline 0.5 g daily", "Exampline 500 mg daily"),
        ("Exampline 1000 mg daily", "Exampline 1,000 mg daily"),
        ("Exampline 5 mg for 5 days", "Exampline 5 mg for five days"),
        ("Exampline 10-20 mg daily", "Exampline 10 to 20 mg daily"),
        ("Exampline 5 mg daily", "Exampline 5mg daily"),
    ],
)
def test_the_same_in_other_words(text: str, claim: str) -> None:
    assert claim in rewritten(text)


def test_half_of_a_frequency_is_not_rewritten() -> None:
    assert not [claim for claim in rewritten("Exampline 5 mg once or twice daily") if "bd" in claim]


def test_items_of_a_text_file_stand_under_title_heading_and_lead_in() -> None:
    raw = (
        "EXAMPLE FEVER\nDrug Treatment\n• First choice:\n- Exampline 5 mg orally every 8 hours"
        " for five days and then\n10 mg daily\n"
    )
    (item,) = (s for s in text_sentences("a.txt", raw) if "Exampline" in s.text)
    assert item.text == "Exampline 5 mg orally every 8 hours for five days and then 10 mg daily"
    assert item.context.splitlines() == ["EXAMPLE FEVER", "Drug Treatment", "First choice"]
    assert plain(raw[item.start : item.end]) == item.text


def test_a_table_cell_stands_under_the_first_cell_of_its_row() -> None:
    raw = (
        "<document><title>Examples</title><table><row><entry><term>Exampline</term></entry>"
        "<entry>5&#160;mg <emphasis>orally</emphasis> daily.</entry></row></table></document>"
    )
    (cell,) = (s for s in cnxml_sentences("m.cnxml", raw) if "mg" in s.text)
    assert cell.text == "5 mg orally daily."
    assert cell.context.splitlines() == ["Examples", "Exampline"]
