"""Overviews and summaries: a bottom line, sections in order, nothing torn apart or said twice."""

from __future__ import annotations

from pathlib import Path

from osler.answering import overview, summarize
from osler.domain import Answer
from osler.library import Library

from .documents import library_of

HEADED = """## Starting

The starting dose of methotrexate is 5 mg orally once weekly.

It can be raised to 20 mg.

## Folic acid

At least 5 mg once weekly, most often the day after methotrexate.

## Checks

- FBC every 3 months
- Creatinine every 6 months
"""
TABLE = """| eGFR (mL/min/1.73 m²) | What to do |
|---|---|
| 60 or above | Inventine 20 mg once daily; check renal function yearly |
| 30 to 59 | Lower inventine to 10 mg once daily |
| below 30 | Stop inventine |

Inventine is given with food.
"""
LISTED = """Women at low risk take inventine 400 micrograms daily before conception.

Doctors prescribe inventine 5 mg daily for women at raised risk. That group is:

- diabetes
- epilepsy medicines
"""
CHECKED = """Monitor calcium every 6 months in patients on inventine.

Toxicity usually appears from 1.5 mmol/L.
"""
PRODUCTS = """| Product | Prophylaxis | Treatment |
|---|---|---|
| Inventine 200 mg tablet | 1 tablet daily | 1 tablet three times a day |
"""


def summary_of(folder: Path, text: str, **known: str) -> Answer:
    library = library_of(folder, {"title": "Treatment", "text": text, **known})
    return summarize(library, "Treatment")


def titles(answer: Answer) -> list[str]:
    return [section.title for section in answer.sections]


def opening(answer: Answer) -> list[str]:
    return [claim.text for claim in answer.bottom_line]


def everything(answer: Answer) -> list[str]:
    return [*opening(answer), *(c.text for s in answer.sections for c in s.claims)]


def under(answer: Answer, title: str) -> str:
    (section,) = (s for s in answer.sections if s.title == title)
    return " | ".join(claim.text for claim in section.claims)


def test_a_summary_follows_the_headings_of_its_document(tmp_path: Path) -> None:
    answer = summary_of(tmp_path, HEADED)
    assert titles(answer) == ["Starting", "Folic acid", "Checks"]
    assert under(answer, "Checks").index("FBC") < under(answer, "Checks").index("Creatinine")


def test_the_bottom_line_is_the_dose_and_can_be_read_alone(tmp_path: Path) -> None:
    answer = summary_of(tmp_path, HEADED)
    assert opening(answer) == ["The starting dose of methotrexate is 5 mg orally once weekly."]
    # "It can be raised" goes on about another sentence; under "Folic acid" no drug is named.
    assert "raised to 20 mg" in under(answer, "Starting")


def test_what_opens_is_not_said_again(tmp_path: Path) -> None:
    said = everything(summary_of(tmp_path, HEADED))
    assert len(said) == len(set(said)) == 5


def test_a_table_stays_together_whatever_its_rows_say(tmp_path: Path) -> None:
    answer = summary_of(tmp_path, TABLE)
    rows = [text for text in opening(answer) if "eGFR" in text]
    assert [r.partition("; ")[0].rpartition(": ")[2] for r in rows] == [
        "60 or above",
        "30 to 59",
        "below 30",
    ]


def test_a_list_stands_with_what_leads_it_in(tmp_path: Path) -> None:
    answer = summary_of(tmp_path, LISTED)
    assert "400 micrograms" in opening(answer)[0]
    assert "5 mg daily" in opening(answer)[1]
    (section,) = answer.sections
    assert [c.text.rpartition(": ")[2] for c in section.claims] == [
        "diabetes",
        "epilepsy medicines",
    ]
    assert not [text for text in everything(answer) if text.endswith(":")]


def test_every_column_of_a_row_is_shown(tmp_path: Path) -> None:
    (row,) = everything(summary_of(tmp_path, PRODUCTS))
    assert "Prophylaxis: 1 tablet daily; Treatment: 1 tablet three times a day" in row


def test_a_short_document_is_told_whole(tmp_path: Path) -> None:
    text = "Inventine 5 mg is given once daily.\n\nNo live vaccines.\n\nFasting is not needed."
    said = everything(summary_of(tmp_path, text))
    assert any("No live vaccines." in line for line in said)
    assert any("Fasting is not needed." in line for line in said)


def test_a_summary_of_what_is_superseded_opens_and_says_so(tmp_path: Path) -> None:
    answer = summary_of(tmp_path, "Give inventine 5 mg orally once daily.", status="superseded")
    assert [claim.currency is not None for claim in answer.bottom_line] == [True]


def test_what_is_only_measured_is_not_what_the_next_sentence_is_about(tmp_path: Path) -> None:
    said = everything(summary_of(tmp_path, CHECKED))
    toxic = next(text for text in said if "1.5 mmol/L" in text)
    assert not toxic.startswith("Calcium")


def test_an_overview_of_an_illness_holds_nothing_of_a_neighbouring_one(starter: Library) -> None:
    answer = overview(starter, "scurvy")  # a deficiency of vitamin C; not of B12
    assert opening(answer)[0] == "Adults with scurvy: at least 300–500 mg of vitamin C a day."
    assert [r.source.file for r in answer.references] == ["vitamin-c--scurvy-summary.md"]


def test_an_overview_asks_for_no_facts_of_a_patient(starter: Library) -> None:
    answer = overview(starter, "gentamicin")
    assert (answer.missing, answer.follow_ups) == ((), ())
    assert "7 mg/kg" in opening(answer)[0]
    bands = under(answer, "Kidney function")
    assert "40–60 mL/min: every 36 hours" in bands
    assert "below 20 mL/min: do not use extended intervals" in bands
