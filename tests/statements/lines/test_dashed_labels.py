"""A label set off by a dash holds for what follows in its paragraph or item, as behind a colon."""

from pathlib import Path

import pytest

from osler.domain import Statement
from osler.library import Library
from osler.statements.lines.labels import label_of


def statements_of(folder: Path, text: str) -> dict[str, Statement]:
    (folder / "a.md").write_text(text, "utf-8")
    with Library.create(folder / "library") as library:
        library.add(folder / "a.md", workers=1)
        (source,) = library.sources()
        return {s.text: s for s in library.statements_of(source.id)}


def labels(statement: Statement) -> list[str]:
    return [c.quote for c in statement.context if c.role == "label"]


@pytest.mark.parametrize(
    ("label", "attribute"),
    [
        ("**Under 50 kg** –", "weight"),
        ("Over 65 years —", "age"),
        ("Severe renal impairment –", "condition"),
        ("Under 50 kg --", "weight"),
    ],
)
def test_it_holds_for_the_later_sentences(tmp_path: Path, label: str, attribute: str) -> None:
    found = statements_of(
        tmp_path, f"# Bovamol\n\n{label} give 500 mg. No more than 2 g in 24 hours.\n"
    )
    later = found["No more than 2 g in 24 hours."]
    assert labels(later) == [label.replace("*", "")]
    assert attribute in later.group.attributes


def test_another_of_its_kind_takes_its_place(tmp_path: Path) -> None:
    found = statements_of(
        tmp_path, "# Bovamol\n\nAdults – 500 mg daily. Children – 250 mg daily. Most 1 g daily.\n"
    )
    assert labels(found["Most 1 g daily."]) == ["Children –"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Adults 10 – 20 mg daily.",
        "Older adults – above all the frail – need less.",
        "Children are small – lower the dose.",
        "Give adults 500 mg – as above.",
    ],
)
def test_ranges_asides_and_sentences_are_no_labels(sentence: str) -> None:
    assert label_of(sentence, opens=False) == ""
