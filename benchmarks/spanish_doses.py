"""How many dosed sentences of a library can be said in Spanish, and that each reads back the same.

    python benchmarks/spanish_doses.py LIBRARY [--each] [--missing]

Every statement that states a dose counts as a claim of its own, worded as an answer for no one
in particular words it and with the drug that its headings name. A line is held against its
statement once more, beside the check that made it: the Spanish, read back, must state a dose of
the sentence, and every figure of the line must be one of the sentence's. Exit status 1 where
one does not.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from osler.answering.candidates.candidate import candidate_of
from osler.answering.candidates.wording import claim_text, dosages_of
from osler.domain import Claim, Patient, Source, Statement, Verdict
from osler.dosage import parse_spanish
from osler.dosage.spanish import to_english
from osler.library import Library
from osler.readers.dose_lines import in_spanish
from osler.readers.gate import doses, equal

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def is_same(line: str, text: str) -> bool:
    """Whether a line, read back, states a dose of the text and no figure that it lacks."""
    said = re.sub(r" \((?!máximo)[^()]*(?:\([^()]*\)[^()]*)*\)$", "", line).partition(": ")[2]
    read = parse_spanish(said)
    stated = doses(text)
    held = {figure.replace(",", "") for figure in _FIGURE.findall(text)}
    held |= {f"{n.normalize():f}" for d in stated for n in (d.low, d.high) if n is not None}
    held |= {str(day) for d in stated if d.frequency for day in d.frequency.on}
    held |= set("123456789") | {"10"}  # "three doses"
    figures = {figure.replace(",", "") for figure in _FIGURE.findall(to_english(said))}
    return bool(read) and any(equal(read[0], d) for d in stated) and figures <= held


def claim_of(statement: Statement, source: Source) -> Claim:
    """The claim that a statement makes by itself."""
    candidate = candidate_of(statement, source, ())
    text = claim_text(candidate, Patient()) or statement.text
    dosages = dosages_of(candidate, text)
    return Claim(text, (), Verdict(), dosages=dosages, statements=(statement,))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("--each", action="store_true", help="print every line")
    parser.add_argument("--missing", action="store_true", help="print every sentence without one")
    given = parser.parse_args()
    dosed = said = 0
    wrong: list[str] = []
    with Library.open(given.library) as library:
        sources = {source.id: source for source in library.sources()}
        for source in sources.values():
            for statement in library.statements_of(source.id):
                if not statement.dosages:
                    continue
                dosed += 1
                claim = claim_of(statement, source)
                lines = in_spanish(claim, sources)
                said += bool(lines)
                wrong += [f"{claim.text}\n  {x}" for x in lines if not is_same(x, claim.text)]
                if lines and given.each:
                    print(claim.text, *(f"    {line}" for line in lines), sep="\n")
                if not lines and given.missing:
                    print(claim.text)
    print(f"{said} of {dosed} dosed sentences of {len(sources)} sources have a line in Spanish")
    print(f"lines that do not read back as their sentence: {len(wrong)}", *wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
