"""What a question finds among many documents: lines that hold few of its words, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from osler.answering import ask
from osler.answering.retrieving.retrieve import naming_first, retrieve
from osler.answering.understanding.understand import understand
from osler.domain import Question
from osler.library import Library

MANY = 60
CHAPTER = "\n\n".join(
    f"### Note {n}\n\nIn harrow fever the dose of rest for an adult is a matter of choice: the "
    f"first dose of harrow fever care in an adult is patience, and ward {n} keeps a diary."
    for n in range(MANY)
)
HARROW = f"# Harrow fever\n\n{CHAPTER}\n\n### Medicines\n\n- Amoxicillin 500 mg every 8 hours\n"
TABLETS = "\n\n".join(
    f"# Iron tablets {n}\n\nAcid from the stomach helps folic, ferric and ferrous tablets; acid, "
    f"acid and more acid is what leaflet {n} asks the stomach for."
    for n in range(MANY)
)
FOLIC = "# Moor anaemia\n\nThe ward gives folic acid 5 mg by mouth once daily for 4 months.\n"
SHARED = "Ward anaemia is treated with folic acid 5 mg by mouth once daily for 4 months."


def made(folder: Path, **documents: str) -> Library:
    (folder / "in").mkdir()
    for name, text in documents.items():
        (folder / "in" / f"{name}.md").write_text(text, "utf-8")
    with Library.create(folder / "library") as library:
        library.add(folder / "in", workers=1)
    return Library.open(folder / "library")


def asked(library: Library, text: str) -> Question:
    return understand(text, frequency_of=library.frequency, other_names=library.other_names)


def test_of_a_long_chapter_on_the_problem_a_line_with_a_dose_is_found(tmp_path: Path) -> None:
    library = made(tmp_path, harrow=HARROW)
    question = asked(library, "first choice and dose for an adult with harrow fever")
    found = [f.candidate.statement.text for f in retrieve(library, question)]
    assert any("500 mg" in text for text in found)


def test_what_holds_a_whole_name_of_the_drug_comes_before_parts_of_it(tmp_path: Path) -> None:
    library = made(tmp_path, tablets=TABLETS, folic=FOLIC)
    hits = library.search("folic acid dose", k=MANY + 1, words_only=True)
    ordered = naming_first(hits, asked(library, "folic acid dose"))
    assert "folic acid 5 mg" in ordered[0].passage.text
    assert len(ordered) == len(hits)


def test_what_bars_a_class_of_the_drug_counts_as_naming_it(tmp_path: Path) -> None:
    bar = "# Kidneys\n\nEvery nonsteroidal anti-inflammatory drug is to be avoided there.\n"
    library = made(tmp_path, kidneys=bar, other="# Rest\n\nRest is to be avoided there.\n")
    hits = library.search("avoided there", k=5, words_only=True)
    ordered = naming_first(tuple(reversed(hits)), asked(library, "ibuprofen dose"))
    assert ordered[0].passage.title == "Kidneys"


def test_a_claim_that_the_second_question_takes_from_more_documents_lists_them_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    best = "# Ward anaemia\n\nIn ward anaemia the dose of folic acid is 10 mg once daily.\n"
    one, other = (f"# Ward {n}\n\n{SHARED}\n" for n in ("north", "south"))
    library = made(tmp_path, best=best, one=one, other=other)
    title_of = {source.id: source.title for source in library.sources()}

    def one_document_apart(library: Library, question: Question) -> object:
        left_out = "Ward anaemia" if "months" in question.text else "Ward south"
        found = retrieve(library, question)
        return tuple(f for f in found if title_of[f.candidate.source.id] != left_out)

    monkeypatch.setattr("osler.answering.engine.retrieve", one_document_apart)
    answer = ask(
        library,
        "What is the dose of folic acid in ward anaemia? "
        "What dose of folic acid in ward anaemia for how many months?",
    )
    cited = {c.source_id for claim in answer.bottom_line for c in claim.citations}
    assert {title_of[i] for i in cited} == {"Ward anaemia", "Ward north", "Ward south"}
    assert cited <= {reference.source.id for reference in answer.references}
