"""Cells under the names of drugs are statements on these drugs, each on its own alone."""

from __future__ import annotations

from osler.domain import Statement
from osler.reading import RawFile, read
from osler.statements import extract
from osler.statements.tables.rows import header_and_cell


def rows(*lines: str) -> list[Statement]:
    head, *body = lines
    rule = "|" + "---|" * (head.count("|") - 1)
    text = "\n".join(["# Ward notes", "", head, rule, *body, ""])
    (document,) = read(RawFile("a.md", "a.md", text.encode()))
    found = [s for s in extract(document) if s.block.value == "row"]
    for each in found:
        assert each.quote == document.text[each.start : each.end]
        assert all(c.quote == document.text[c.start : c.end] for c in each.context)
    return found


def test_each_cell_is_of_the_drug_of_its_column() -> None:
    first, second = rows(
        "| Age | Macrogol sachets | Lactulose, if macrogol is refused | Review |",
        "| 6 to 11 years | 2 a day | 5 to 20 mL twice a day | at 2 weeks |",
    )
    assert first.text == "Age: 6 to 11 years; Macrogol sachets: 2 sachets a day; Review: at 2 weeks"
    assert [d.substance for d in first.dosages] == ["macrogol"]
    assert [d.substance for d in second.dosages] == ["lactulose"]
    assert second.quote == "5 to 20 mL twice a day"
    assert [(c.attribute, c.low, c.high) for c in second.group.criteria] == [("age", 6, 11)]
    assert header_and_cell(first)[:2] == (
        ("Age", "6 to 11 years"),
        ("Macrogol sachets", "2 sachets a day"),
    )
    assert "6 to 11 years" in {c.quote for c in second.context}


def test_a_cell_that_names_another_drug_keeps_it() -> None:
    found = rows(
        "| Block | Sugammadex | Neostigmine |",
        "| Deep | 4 mg/kg | 50 micrograms/kg with glycopyrronium 10 micrograms/kg |",
    )
    assert [[d.substance for d in s.dosages] for s in found] == [
        ["sugammadex"],
        ["neostigmine", "glycopyrronium"],
    ]


def test_what_a_further_column_doses_is_of_its_own_drug() -> None:
    found = rows(
        "| Age | Ceftriaxone | Vancomycin | Also give |",
        "| Adult | 2 g | 15 mg/kg | Thiamine 100 mg |",
    )
    assert [{d.text.split(" ")[0]: d.substance for d in s.dosages} for s in found] == [
        {"2": "ceftriaxone", "100": "thiamine"},
        {"15": "vancomycin", "100": "thiamine"},
    ]


def test_rows_of_drugs_stay_whole() -> None:
    (row,) = rows("| Drug | Adult | Child |", "| Ibuprofen | 400 mg | 5 mg/kg |")
    assert row.text == "Drug: Ibuprofen; Adult: 400 mg; Child: 5 mg/kg"
    (row,) = rows(
        "| Week | Lamotrigine | With valproate |", "| 1 and 2 | 25 mg daily | 12.5 mg daily |"
    )
    assert len(row.dosages) == 2
    (row,) = rows("| Drug | With rifampicin | With fluconazole |", "| Warfarin | 10 mg | 3 mg |")
    assert {d.substance for d in row.dosages} == {"warfarin"}


def test_a_cell_over_the_columns_of_several_drugs_is_said_of_each() -> None:
    drugs = ("Ramipril", "Losartan", "Aliskiren")
    head = "".join(f"<th>{drug}</th>" for drug in ("", *drugs))
    doses = "<th>Hypertension</th><td>5 mg daily</td><td>50 mg daily</td><td>150 mg daily</td>"
    bar = '<th>Pregnancy</th><td colspan="3">Contraindicated. Use labetalol.</td>'
    page = f"<h1>Notes</h1><table><tr>{head}</tr><tr>{doses}</tr><tr>{bar}</tr></table>"
    (document,) = read(RawFile("a.html", "a.html", page.encode()))
    barred = [s for s in extract(document) if s.polarity.value == "negative"]
    assert [s.text for s in barred] == [
        f"Pregnancy; {drug}: Contraindicated. Use labetalol." for drug in drugs
    ]
    assert [s.substances[0] for s in barred] == ["ramipril", "losartan", "aliskiren"]
    assert all(s.group.criteria[0].value == "pregnant" for s in barred)
