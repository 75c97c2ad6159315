"""Trial reports on which experts marked the evidence, as Evidence Inference publishes them.

A folder with two files of JSON Lines, plain or gzipped:

- `articles.jsonl`: `_id` and `text` of each report;
- `annotations.jsonl`: one expert's answer a line: `prompt_id`, `pmcid` (the report), `outcome`,
  `intervention`, `comparator`, `label`, and the marked characters `start`, `end` of the text.

DeYoung, Lehman, Nye, Marshall, Wallace: Evidence Inference 2.0 (BioNLP 2020).
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from osler.answering.findings import Comparison, Direction
from osler.domain import Document, Span, Statement, StatementId
from osler.domain.errors import UsageError
from osler.evaluation.beir import json_rows, text_field
from osler.reading import RawFile, read
from osler.statements import extract

ARTICLES = "articles.jsonl"
ANNOTATIONS = "annotations.jsonl"
LABELS = {
    "significantly increased": Direction.INCREASED,
    "significantly increase": Direction.INCREASED,  # the first version's spelling
    "significantly decreased": Direction.DECREASED,
    "no significant difference": Direction.NO_DIFFERENCE,
}
_LAYOUT = "Expected is the layout of Evidence Inference: see osler evaluate findings --help."
_text = partial(text_field, layout=_LAYOUT)


@dataclass(frozen=True, slots=True)
class Judgment:
    """One expert's answer to one question: the direction, and the statements marked."""

    question: str  # its id; several experts may answer one question
    comparison: Comparison
    direction: Direction
    marked: frozenset[StatementId]  # empty where the marked text is no statement's


@dataclass(frozen=True, slots=True)
class TrialReport:
    """A report's statements in reading order, and what the experts answered on it."""

    id: str
    statements: tuple[Statement, ...]
    judgments: tuple[Judgment, ...]


def identifiers(folder: Path) -> list[str]:
    """The reports on which there are answers, sorted. Raises UsageError as `trial_reports`."""
    return sorted(_annotations(folder))


def trial_reports(folder: Path, wanted: frozenset[str] | None = None) -> Iterator[TrialReport]:
    """Read the reports, all or those wanted, as the library reads any document.

    Raises UsageError for a missing or malformed file.
    """
    annotations = _annotations(folder)
    for where, row in json_rows(_file(folder, ARTICLES), _LAYOUT):
        name = _text(row, "_id", where)
        text = _text(row, "text", where)
        answers = annotations.get(name, [])
        if not answers or (wanted is not None and name not in wanted):
            continue
        record = json.dumps({"_id": name, "text": text}).encode()
        for document in read(RawFile(f"{name}.jsonl", f"{name}.jsonl", record)):
            statements = extract(document)
            places = Places(text, document)
            judgments = [_judgment(where, row, places, statements) for where, row in answers]
            yield TrialReport(name, statements, tuple(judgments))


class Places:
    """Finds in a document the characters that stand at some place of the file it was read from.

    Reading changes white space, headings and marks of lists; so the characters other than white
    space are looked for, and of several places that hold them the one with as many before it.
    """

    def __init__(self, original: str, document: Document) -> None:
        self._original, self._at = _without_space(original)
        self._text, self._back = _without_space(document.text)

    def find(self, start: int, end: int) -> Span | None:
        """The span in the document's text, or None where reading has not kept it as it was."""
        first, last = bisect_left(self._at, start), bisect_left(self._at, end)
        wanted = self._original[first:last]
        if not wanted:
            return None
        found = self._text.find(wanted)
        for _ in range(self._original.count(wanted, 0, first)):
            following = self._text.find(wanted, found + 1)
            found = following if following >= 0 else found
        if found < 0:
            return None
        return Span(self._back[found], self._back[found + len(wanted) - 1] + 1)


def _judgment(
    where: str, row: dict[str, Any], places: Places, statements: Sequence[Statement]
) -> Judgment:
    label = _text(row, "label", where)
    start, end = row.get("start"), row.get("end")
    if label not in LABELS or not isinstance(start, int) or not isinstance(end, int):
        raise UsageError(f"{where}: no known label, or no start and end", help=_LAYOUT)
    span = places.find(start, end)
    marked = frozenset(
        statement.id
        for statement in statements
        if span is not None and statement.start < span.end and span.start < statement.end
    )
    comparison = Comparison(
        _text(row, "outcome", where),
        _text(row, "intervention", where),
        _text(row, "comparator", where),
    )
    return Judgment(str(row.get("prompt_id", where)), comparison, LABELS[label], marked)


def _annotations(folder: Path) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    answers: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for where, row in json_rows(_file(folder, ANNOTATIONS), _LAYOUT):
        answers.setdefault(_text(row, "pmcid", where), []).append((where, row))
    return answers


def _file(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise UsageError(f"there is no {name} or {name}.gz in {folder}", help=_LAYOUT)


def _without_space(text: str) -> tuple[str, list[int]]:
    """The characters other than white space, and where each stood."""
    at = [index for index, character in enumerate(text) if not character.isspace()]
    return "".join([text[index] for index in at]), at
