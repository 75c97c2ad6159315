"""Whom a dose of a table's row is for by its column: "Dose when clearance is 15 to 29 mL/min"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from osler.domain import Dosage
from osler.statements import read_group
from osler.statements.words.wording import readable


def column_group(claim: Mapping[str, Any], dosage: Dosage) -> str:
    """The header over a dose where it names people, as the source words it; else "".

    A claim that is made of a row has its cells as "header: cell; header: cell". A dose that does
    not stand in the claim's own words, or stands in a cell behind a semicolon, has no header here:
    it might be that of another cell.
    """
    text, at = claim["text"], dosage.amount_start
    if not dosage.text or text[dosage.start : dosage.end] != dosage.text:
        return ""  # read from the passage, not from the claim's own words
    for header, start, end in _cells(claim):
        if start <= at < end:
            return header if read_group(header).criteria else ""
    return ""


def _cells(claim: Mapping[str, Any]) -> Iterator[tuple[str, int, int]]:
    """Each header that the claim names, with where its cell begins and ends in the claim's text."""
    text, at = claim["text"], 0
    for context in claim["citations"][0]["context"] if claim["citations"] else ():
        if context["role"] != "header":
            continue
        header = readable(context["quote"])
        found = re.compile(rf"(?:^|(?<=[:;] )){re.escape(header)}: ").search(text, at)
        if found is None:
            continue
        start = found.end()
        end = text.find("; ", start)
        at = start
        yield header, start, len(text) if end < 0 else end
