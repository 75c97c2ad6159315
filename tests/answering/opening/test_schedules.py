"""An opening that tells the first and a later step of a schedule tells those between."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask

ROWS = """## Presumed hepatic encephalopathy

| Days | Treatment |
|---|---|
| 1–2 | rifaximin 400 mg by mouth three times a day |
| 3–5 | rifaximin 200 mg by mouth three times a day |
| 6 onwards | rifaximin 100 mg by mouth three times a day, or go on as before |

## Prevention

Low risk: rifaximin 550 mg by mouth twice daily.
"""
ITEMS = """## Raising lamotrigine in bipolar depression

- Weeks 1 and 2: lamotrigine 25 mg by mouth once daily
- Weeks 3 and 4: lamotrigine 50 mg by mouth once daily
- Week 5: lamotrigine 100 mg by mouth once daily
- Week 6 onwards: lamotrigine 200 mg by mouth once daily
"""


@pytest.mark.parametrize(
    ("title", "text", "question", "doses"),
    [
        ("Hepatic encephalopathy", ROWS, "Dose of rifaximin in hepatic encephalopathy?",
         ["400 mg", "200 mg", "100 mg"]),
        ("Bipolar depression", ITEMS, "How is lamotrigine raised in bipolar depression?",
         ["25 mg", "50 mg", "100 mg"]),
    ],
)  # fmt: skip
def test_no_step_between_two_is_left_out(
    tmp_path: Path, title: str, text: str, question: str, doses: list[str]
) -> None:
    with library_of(tmp_path, {"title": title, "text": text}) as library:
        answer = ask(library, question)
    told = [d for claim in answer.bottom_line for d in doses if d in claim.text]
    assert told == doses


def test_what_is_repeated_is_told_first(tmp_path: Path) -> None:
    text = "## First line\n\nGive lorazepam 4 mg intravenously. Repeat once after 10 minutes.\n"
    with library_of(tmp_path, {"title": "Status epilepticus", "text": text}) as library:
        answer = ask(library, "First-line treatment of status epilepticus?")
    texts = [claim.text for claim in answer.bottom_line]
    dose = next(at for at, told in enumerate(texts) if "4 mg" in told)
    assert all(at >= dose for at, told in enumerate(texts) if "Repeat once" in told)


DAYS = """## Starting buprenorphine for opioid dependence

| Day | Dose |
|---|---|
| 1 | buprenorphine 4 mg under the tongue |
| 2 | buprenorphine 8 mg under the tongue |
| 3 | buprenorphine 12 mg under the tongue |
| 4 | buprenorphine 16 mg under the tongue |
"""


@pytest.mark.parametrize(
    "question",
    [
        "Opioid dependence: buprenorphine dose on day 1 and day 4?",
        "Opioid dependence: buprenorphine dose on days 1 and 4?",
    ],
)
def test_a_step_that_opened_gives_way_to_none_between(tmp_path: Path, question: str) -> None:
    with library_of(tmp_path, {"title": "Opioid dependence", "text": DAYS}) as library:
        answer = ask(library, question)
    told = " ".join(claim.text for claim in answer.bottom_line)
    assert "4 mg" in told
    assert "16 mg" in told


def test_a_step_that_the_question_names_gives_way_to_none(tmp_path: Path) -> None:
    with library_of(tmp_path, {"title": "Bipolar depression", "text": ITEMS}) as library:
        answer = ask(library, "How is lamotrigine raised in bipolar depression, to week 6?")
    assert any("200 mg" in claim.text for claim in answer.bottom_line)
