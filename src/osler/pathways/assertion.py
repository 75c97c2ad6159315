"""What a short text of a record says of the patient: not what it denies, doubts or says of others.

The rules are those of ConText (Harkema and others 2009, J Biomed Inform 42:839-851): cues turn
round what stands on one side of them, as far as the clause goes. They stand in `data/cues.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|\?+|[^\w\s]")
_ENDS = frozenset({";", ",", "(", ")", "[", "]", "|", "but", "however", "although", "except"})
_DASHES = frozenset({"-", "–", "—"})
_SENTENCE = frozenset({";", "."})
_ALONE = frozenset({"no", "not", "none", "never", "nil", "denied"})
_CLOSING = frozenset({"by", "on", "in", "per", "after", "since", "and"})
_FEW = 3  # words that may follow in a clause that is a cue and no more
_FAR = 40  # words that a cue reaches at most
_LONGEST = 1000  # characters that are looked at


class _Said(IntEnum):
    """What is said of a word; the higher outweighs the lower."""

    STATED, PAST, DOUBTED, ABSENT, RELATIVE = range(5)


@dataclass(frozen=True, slots=True)
class Asserted:
    """A text in parts, in lower case: each holds what is said in that way, "" where nothing is.

    `stated` is what the patient has or had, `present` that without what is past, `doubted` what
    is only suspected, planned or spoken of. Parts that were not side by side are divided by " | ".
    """

    stated: str
    present: str
    doubted: str

    @property
    def is_denied(self) -> bool:
        """Whether nothing of it is the patient's, not even in doubt."""
        return not self.stated and not self.doubted


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Cue:
    said: _Said | None  # None: it turns nothing round
    side: str
    first: int  # of its tokens, and the one after its last
    last: int


def asserted(text: str) -> Asserted:
    """What a text ("Type 2 diabetes without nephropathy") says of the patient."""
    lower = text[:_LONGEST].lower().replace("’", "'")
    tokens = [
        _Token(m[0], m.start(), m.end())
        for m in _TOKEN.finditer(lower)
        if m[0] not in _DASHES or _is_apart(lower, m.start(), m.end())
    ]
    phrases = _phrases()
    if not any(t.text in phrases or t.text[0] == "?" for t in tokens):
        whole = lower.strip()
        return Asserted(whole, whole, "")
    said = [_Said.STATED] * len(tokens)
    clauses = _clauses(lower, tokens)
    for number, (start, end) in enumerate(clauses):
        for cue in _cues(tokens, start, end):
            _turn(cue, number, clauses, tokens, said)
    return Asserted(
        _kept(lower, tokens, said, {_Said.STATED, _Said.PAST}),
        _kept(lower, tokens, said, {_Said.STATED}),
        _kept(lower, tokens, said, {_Said.DOUBTED}),
    )


def _clauses(text: str, tokens: list[_Token]) -> list[tuple[int, int]]:
    """From which token to before which each clause goes."""
    found, start = [], 0
    for at, token in enumerate(tokens):
        if _is_end(text, token):
            found.append((start, at))
            start = at + 1
    return [*found, (start, len(tokens))]


def _is_end(text: str, token: _Token) -> bool:
    if token.text == ".":
        return not text[token.end : token.end + 1].strip()
    return token.text in _ENDS or token.text in _DASHES


def _is_apart(text: str, start: int, end: int) -> bool:
    """Whether a dash stands between words, not within one ("end-stage")."""
    return text[max(start - 1, 0) : start].isspace() and text[end : end + 1].isspace()


def _cues(tokens: list[_Token], start: int, end: int) -> Iterator[_Cue]:
    """The cues of a clause; of two that begin at one word the longer, by each side of it."""
    at = start
    while at < end:
        if tokens[at].text[0] == "?":
            yield _asked(tokens, at, start, end)
        taken = 1
        if at + 1 == end and tokens[at].text in _ALONE:
            yield _Cue(_Said.ABSENT, "back", at, end)
        else:
            found = [
                (length, said, side)
                for words, said, side in _phrases().get(tokens[at].text, ())
                if at + (length := len(words)) <= end
                and all(t.text == w for t, w in zip(tokens[at : at + length], words, strict=True))
            ]
            taken = max((length for length, _, _ in found), default=1)
            longest = [(said, side) for length, said, side in found if length == taken]
            yield from (
                _Cue(said, side, at, at + taken) for said, side in _fitting(longest, at, start)
            )
        at += taken


def _fitting(
    found: list[tuple[_Said | None, str]], at: int, start: int
) -> list[tuple[_Said | None, str]]:
    """What opens a clause turns round what follows, what comes later what stands before it."""
    sides = {side for _, side in found}
    if {"on", "back"} <= sides:
        keep = "on" if at == start else "back"
        return [(said, side) for said, side in found if side in (keep, "here")]
    return found


def _asked(tokens: list[_Token], at: int, start: int, end: int) -> _Cue:
    """A question mark doubts what it is written to ("?CKD 4", "CKD 4?"), else what follows."""
    after = at > start and tokens[at - 1].end == tokens[at].start
    return _Cue(_Said.DOUBTED, "back" if after or at + 1 == end else "on", at, at + 1)


def _turn(
    cue: _Cue, number: int, clauses: list[tuple[int, int]], tokens: list[_Token], said: list[_Said]
) -> None:
    if cue.said is None:
        return
    start, end = clauses[number]
    first, last = cue.first, cue.last
    if cue.side == "on":
        last = _reach(cue.said, number, clauses, tokens)
    elif cue.side == "back":
        first = start
    if number and cue.side != "here" and cue.first == start and _is_all(cue, end, tokens):
        first = clauses[number - 1][0]  # "AKI, ruled out", "Dialysis (mother)"
    for at in range(max(first, cue.first - _FAR), min(last, cue.last + _FAR)):
        said[at] = max(said[at], cue.said)


def _is_all(cue: _Cue, end: int, tokens: list[_Token]) -> bool:
    """Whether a clause says no more than the cue: "resolved", "ruled out by biopsy"."""
    if cue.last == end:
        return True
    following = tokens[cue.last].text
    return following.isdigit() or (following in _CLOSING and end - cue.last <= _FEW)


def _reach(said: _Said, number: int, clauses: list[tuple[int, int]], tokens: list[_Token]) -> int:
    """How far a cue turns round what follows: its clause, and a list that it opens.

    "No AKI, CKD or dialysis" denies all three; of relatives the rest of the sentence is told.
    """
    last = clauses[number][1]
    for start, end in clauses[number + 1 :]:
        between = tokens[start - 1].text
        if between in _SENTENCE or between not in (",", "/"):
            break
        is_list = said is _Said.ABSENT and _has_or(tokens, start)
        if not is_list and said is not _Said.RELATIVE:
            break
        last = end
    return last


def _has_or(tokens: list[_Token], start: int) -> bool:
    """Whether names are joined by "or" in what follows; "stage 4 or 5" joins none."""
    return any(
        tokens[at].text in ("or", "nor") and not tokens[at - 1].text[-1].isdigit()
        for at in range(start + 1, _sentence_end(start, tokens))
    )


def _sentence_end(start: int, tokens: list[_Token]) -> int:
    ends = (at for at in range(start, len(tokens)) if tokens[at].text in _SENTENCE)
    return next(ends, len(tokens))


def _kept(text: str, tokens: list[_Token], said: list[_Said], wanted: set[_Said]) -> str:
    """The parts of a text of which one of these is said."""
    parts: list[list[int]] = []
    before = -2
    for at, token in enumerate(tokens):
        if said[at] in wanted:
            if before == at - 1:
                parts[-1][1] = token.end
            else:
                parts.append([token.start, token.end])
            before = at
    found = (text[start:end].strip(" ,;.|") for start, end in parts)
    return " | ".join(part for part in found if any(c.isalnum() for c in part))


_Phrase = tuple[tuple[str, ...], _Said | None, str]


@cache
def _phrases() -> dict[str, tuple[_Phrase, ...]]:
    """Each cue by its first word."""
    lines = Path(__file__).with_name("data").joinpath("cues.tsv").read_text("utf-8").splitlines()
    found: dict[str, list[_Phrase]] = {}
    for line in lines:
        if line.startswith("#"):
            continue
        name, side, phrases = line.split("\t")
        said = None if name == "same" else _Said[name.upper()]
        for phrase in phrases.split("|"):
            words = tuple(phrase.split())
            found.setdefault(words[0], []).append((words, said, side))
    return {word: tuple(each) for word, each in found.items()}
