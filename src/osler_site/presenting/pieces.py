"""A claim's text in runs, its doses set off, its last word kept beside the marks."""

from __future__ import annotations

from osler_site.presenting.view import Json, Piece

_LONGEST_DOSE = 96  # characters; of a longer span only the amount is set off


def pieces(claim: Json) -> tuple[Piece, ...]:
    """Cut a claim's text into runs, those that state a dose set off from the rest."""
    text, at = claim["text"], 0
    out: list[Piece] = []
    for start, end in _dose_spans(claim):
        if start > at:
            out.append(Piece(text[at:start], dose=False))
        out.append(Piece(text[start:end], dose=True))
        at = end
    if at < len(text):
        out.append(Piece(text[at:], dose=False))
    return tuple(out)


def parted(runs: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The runs without the last word, and the last word."""
    if not runs:
        return (), ()
    *head, last = runs
    before, space, word = last.text.rpartition(" ")
    if not space:
        return tuple(head), (last,)
    return (*head, Piece(before + space, last.dose)), (Piece(word, last.dose),)


def _dose_spans(claim: Json) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for d in claim["dosages"]:
        start, end = d["amount_start"], d["end"]
        if end - start > _LONGEST_DOSE:
            end = d["amount_end"]
        if not 0 <= start < end <= len(claim["text"]):
            continue
        if d["text"] and claim["text"][d["start"] : d["end"]] != d["text"]:
            continue  # read from the passage, not from the claim's own words
        spans.append((start, end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
