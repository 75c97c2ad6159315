"""A long claim as several sentences, each of which still names the drug of its doses."""

from __future__ import annotations

import re
from functools import lru_cache

from osler.dosage import may_state_dosage, parse_dosages
from osler.statements.sentences import sentence_spans
from osler.statements.substances import find_substances, is_class

# Where a sentence may be cut, outside brackets.
_CUT = re.compile(r";\s+|,\s+(?=(?:and\s+)?then\b)|,\s+(?=followed by\b)")
_LEAD = re.compile(r"(?:and\s+)?(then|followed by)\s+", re.I)
_FEWEST = 4  # words; a shorter piece is no sentence


@lru_cache(maxsize=4096)
def split(text: str) -> str:
    """The text cut at semicolons and before "then", each piece a sentence.

    A piece that states a dose and names no drug takes the drug of the text, where that names
    exactly one; where it names several, or a piece is too short, the text stays whole.
    """
    drugs = [f for f in find_substances(text) if not is_class(f.name)]
    names = {f.name for f in drugs}
    pieces = _pieces(text)
    if len(pieces) < 2:
        return _ended(text)
    out: list[str] = []
    for number, piece in enumerate(pieces):
        if len(piece.split()) < _FEWEST:
            return _ended(text)
        doses = may_state_dosage(piece) and parse_dosages(piece)
        named = any(not is_class(f.name) for f in find_substances(piece))
        if number and doses and not named:
            if len(names) != 1:
                return _ended(text)
            piece = _with_drug(piece, drugs[0].text)
        out.append(_ended(piece[:1].upper() + piece[1:]))
    return " ".join(out)


def _with_drug(piece: str, drug: str) -> str:
    lead = _LEAD.match(piece)
    if lead is None:
        return f"{drug} {piece[:1].lower()}{piece[1:]}"
    word = "then" if lead[1].lower() == "then" else "followed by"
    return f"{word} {drug} {piece[lead.end() :]}"


def _pieces(text: str) -> list[str]:
    pieces = []
    at = 0
    for match in _CUT.finditer(text):
        before = text[: match.start()]
        if before.count("(") != before.count(")"):
            continue
        pieces.append(text[at : match.start()])
        at = match.end()
    pieces.append(text[at:])
    return [piece.strip() for piece in pieces if piece.strip()]


def _ended(sentence: str) -> str:
    """The sentence with a full stop, unless it ends with a mark or leads on."""
    return sentence if sentence[-1:] in ".!?:;…" or not sentence else f"{sentence}."


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentence_spans(text)]
