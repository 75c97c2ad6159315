"""Small libraries for tests: documents of a few lines, with what is known of their sources."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library

TINZAPARIN = """# Tinzaparin

## Treatment of pulmonary embolism

Tinzaparin 175 units/kg subcutaneously once daily.

## Prophylaxis after surgery

Tinzaparin 4500 units subcutaneously once daily, unless weight is below 50 kg, when 3500 units \
once daily is given.

## Do not use in

- Heparin-induced thrombocytopenia
- Bacterial endocarditis

| Creatinine clearance (mL/min) | Treatment dose |
|---|---|
| 20 or more | 175 units/kg once daily |
| Below 20 | Do not use; give unfractionated heparin |
"""


def library_of(folder: Path, *documents: Mapping[str, str | int]) -> Library:
    """A library of Markdown documents: `text`, and front matter under its own keys."""
    files = folder / "files"
    files.mkdir(parents=True)
    for number, document in enumerate(documents):
        known = {"title": f"Document {number}", "kind": "guideline", **document}
        text = known.pop("text")
        head = "\n".join(f"{key}: {value}" for key, value in known.items())
        (files / f"{number}.md").write_text(f"---\n{head}\n---\n\n{text}\n", "utf-8")
    with Library.create(folder / "library") as library:
        library.add([files])
    return Library.open(folder / "library")


def told(answer: Answer) -> str:
    """The texts of all claims of an answer, those that open it first."""
    claims = [*answer.bottom_line, *(c for part in answer.sections for c in part.claims)]
    return " | ".join(claim.text for claim in claims)


def opening_of(folder: Path, question: str, *documents: Mapping[str, str | int]) -> str:
    """What opens the answer to a question that is asked of a library of these documents."""
    with library_of(folder, *documents) as library:
        return " ".join(claim.text for claim in ask(library, question).bottom_line)
