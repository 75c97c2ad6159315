"""Does a model's wording say what the claim says: nothing more, and nothing less?

Every sentence passes the same gate as a composed claim, against each statement that is cited. A
wording then has to be supported by the claim, and the claim by the wording, so that what it
leaves out is found like what it adds. Words, their places and doses are compared on their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from osler.answering.advising.agreement import same_dosages
from osler.answering.candidates.candidate import Candidate
from osler.answering.candidates.wording import dosages_of
from osler.answering.composing.compose import gate
from osler.checking import check_text
from osler.domain import Claim, Dosage
from osler.readers.claims import pointed
from osler.readers.gate import read_back
from osler.writing.neutral import in_short
from osler.writing.offering import Offered
from osler.writing.placing import places_kept
from osler.writing.pointing import points_the_same
from osler.writing.rows import row_of
from osler.writing.sameness import same_words

# A wording may be so much longer than the claim: this many times, and these characters on top.
_TIMES_LONGER = 1.5
_LONGER = 40
_PLAIN = re.compile(r"[A-Za-z0-9 .,;:()'’–-]")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A wording with the words of the claim, and the claim, both as they are compared."""

    wording: str
    claim: str
    cells: tuple[str, ...] = ()  # lead-in and cells, where the claim is the row of a table


def reworded_claim(text: str, offered: Offered) -> Claim | None:
    """The claim in these words, where they say just what it says; else None."""
    claim = offered.claim
    if text == claim.text:
        return claim
    if not is_plain(text, claim.text) or not says_the_same(text, offered):
        return None
    dosages = dosages_of(offered.candidates[0], text)
    if not same_dosages(dosages, claim.dosages):
        dosages = pointed(claim.dosages, text)
    return replace(claim, text=text, composed=claim.composed or claim.text, dosages=dosages)


def says_the_same(text: str, offered: Offered) -> bool:
    """Whether a text says just what a claim says, in one of the ways to read the two."""
    return any(_agree(reading, offered) for reading in _readings(text, offered.claim))


def _readings(text: str, claim: Claim) -> Iterator[_Reading]:
    """A wording read against the claim in its reader's words, and as composed.

    Plain phrases are read back to the terms that the claim uses, by the readers' glossary, and
    phrases of the closed list to the one that stands for all, on both sides.
    """
    for said in dict.fromkeys(filter(None, (claim.text, claim.composed))):
        row = row_of(claim, said)
        wording = read_back(text, said)
        if row is None:
            yield _Reading(in_short(wording), in_short(said))
            continue
        wording = row.with_units_in_heads(wording)
        cells = row.texts(wording)
        full = ": ".join(filter(None, (cells[0], ", ".join(cells[1:]))))
        yield _Reading(in_short(wording), in_short(full), tuple(map(in_short, cells)))


def _agree(reading: _Reading, offered: Offered) -> bool:
    wording, claim = reading.wording, reading.claim
    heads = max(len(reading.cells) - 1, 0)
    if not (
        same_words(wording, claim, heads=heads)
        and places_kept(wording, claim, reading.cells)
        and points_the_same(wording, claim)
    ):
        return False
    candidate = offered.candidates[0]
    return (
        same_dosages(_doses(wording, reading, candidate), _doses(claim, reading, candidate))
        and all(gate(wording, c).supported for c in offered.candidates)
        and _says_only(wording, claim, offered)
        # No heading counts here: a drug or a group that the claim names is to be named again.
        and check_text(claim, wording).supported
    )


def _doses(text: str, reading: _Reading, candidate: Candidate) -> tuple[Dosage, ...]:
    """The doses of a text; of a row each by itself, as its cells are compared by themselves."""
    found = dosages_of(candidate, text)
    if not reading.cells:
        return found
    return tuple(replace(dosage, phase=None, maximum=None) for dosage in found)


def _says_only(wording: str, claim: str, offered: Offered) -> bool:
    """Whether the claim itself supports a wording, under the headings of its first statement."""
    candidate = offered.candidates[0]
    above = [candidate.source.title, *(c.quote for c in candidate.headings)]
    return check_text(wording, claim, "\n".join(above)).supported


def is_plain(text: str, claim: str) -> bool:
    """Whether a text is one line of plain characters, or of such as the claim has itself."""
    return (
        bool(text)
        and len(text) <= _TIMES_LONGER * len(claim) + _LONGER
        and all(_PLAIN.match(character) or character in claim for character in text)
    )
