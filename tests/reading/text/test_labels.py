"""Tables whose labels stand level with the last lines of their cells, or under them."""

from __future__ import annotations

import pytest

from osler.reading import RawFile, read
from osler.statements import extract

LEVEL = """PAIN

Drug         Adult        Child
             60 mg fast   20 mg fast
Codeine      by mouth     by mouth
             50 mg slow   10 mg slow
Tramadol     by mouth     by mouth
             90 mg slow   30 mg slow
Tapentadol   by mouth     by mouth
"""
UNDER = """PAIN

Drug         Adult        Child
             60 mg        20 mg
Codeine
             50 mg        10 mg
Tramadol
             90 mg        30 mg
Tapentadol
"""
ALONE = """PAIN

Drug         Dose
             60 mg twice daily
Codeine
             50 mg twice daily
Tramadol
             90 mg twice daily
Tapentadol
"""
AGES = """PAIN

Drug         Under 12     Over 12
             Avoid        60 mg
Codeine
             50 mg        Avoid
Tramadol
"""
RULED = UNDER.replace("\n             60", "\n-----------  -----------  -----\n             60")
MARKDOWN = """# Pain

| Drug | Adult | Child |
|---|---|---|
| | 60 mg | 20 mg |
| Codeine | | |
| | 50 mg | 10 mg |
| Tramadol | | |
"""
PIPES = "PAIN\n\nDrug | Adult | Child\n | 60 mg | 20 mg\nCodeine | now | now\n | 50 mg | 10 mg\n"
BARS = """PAIN

Drug         Child        Adult
             Avoid        60 mg
Codeine
             50 mg        Avoid
Tramadol
"""


def doses_by_drug(name: str, text: str) -> dict[str, str]:
    """What is said of each drug: the statements with a dose that name it, or stand under it."""
    (document,) = read(RawFile(name, name, text.encode()))
    said: dict[str, str] = {}
    for each in extract(document):
        if each.dosages or "Avoid" in each.text:
            words = " ".join([each.text, *(context.quote for context in each.context)])
            for drug in ("Codeine", "Tramadol", "Tapentadol", "Torasemide", "Digoxin", "Sotalol"):
                if drug in words:
                    said[drug] = f"{said.get(drug, '')} {each.text}".strip()
    return said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", LEVEL),
        ("a.txt", UNDER),
        ("a.txt", RULED),
        ("a.txt", ALONE),
        ("a.txt", AGES),
        ("a.txt", PIPES),
        ("a.txt", BARS),
        ("a.md", MARKDOWN),
    ],
)
def test_no_row_has_the_doses_of_the_next(name: str, text: str) -> None:
    assert doses_by_drug(name, text) == {}


def test_a_caption_over_labelled_rows_stays_one() -> None:
    text = "| Drug | First | Next |\n|---|---|---|\n| | Day 1 | Day 2 |\n| Neonates | | |\n"
    (document,) = read(
        RawFile("a.md", "a.md", f"# A\n\n{text}| Codeine | 5 mg | 2 mg |\n".encode())
    )
    (row,) = (each for each in extract(document) if each.dosages)
    assert "Neonates" in [context.quote for context in row.context]


def test_a_lone_dose_is_not_of_the_row_above() -> None:
    text = (
        "FLUID\n\nDrug         Dose\nDigoxin      62.5 micrograms daily\n"
        "Torasemide   10 mg daily\n             {}\nSotalol\n"
    )
    for lone in ("80 mg twice daily", "1 to 2 g daily", "Initially 80 mg"):
        assert "80" not in str(said := doses_by_drug("a.txt", text.format(lone)))
        assert said["Torasemide"].endswith("10 mg daily")


@pytest.mark.parametrize("end", [",", " or", " then", " to"])
def test_a_dose_that_the_cell_above_leads_up_to_is_its_rest(end: str) -> None:
    text = (
        "FLUID\n\nDrug         Dose\nDigoxin      62.5 micrograms daily\n"
        f"Torasemide   10 mg{end}\n             20 mg daily\nSotalol      80 mg daily\n"
    )
    assert doses_by_drug("a.txt", text)["Torasemide"].endswith(f"10 mg{end} 20 mg daily")


def test_words_in_a_line_of_their_own_go_on_with_the_cell_above() -> None:
    text = (
        "FLUID\n\nDrug         Dose\nTorasemide   10 mg daily\n             with breakfast\n"
        "Sotalol      80 mg daily\n             max 160 mg\n"
    )
    said = doses_by_drug("a.txt", text)
    assert said["Torasemide"].endswith("10 mg daily with breakfast")
    assert said["Sotalol"].endswith("80 mg daily max 160 mg")


def test_a_tab_that_opens_some_of_the_rows_ends_a_blank_cell() -> None:
    text = "PAIN\n\nDrug\tAdult\tChild\n\t60 mg\t20 mg\nCodeine\tnow\tnow\n\t50 mg\t10 mg\n"
    assert doses_by_drug("a.txt", text) == {}
    (document,) = read(RawFile("a.txt", "a.txt", text.encode()))
    assert [each.text for each in extract(document) if each.dosages] == [
        "Adult: 60 mg; Child: 20 mg",
        "Adult: 50 mg; Child: 10 mg",
    ]
