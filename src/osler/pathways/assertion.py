"""What a short text of a record says of the patient: not what it denies, doubts or says of others.

The rules are those of ConText (Harkema and others 2009, J Biomed Inform 42:839-851): cues turn
round what stands on one side of them, as far as the clause or a word that ends it (`cues`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from osler.pathways.cues import Phrase, Said, bounds, phrases

_TOKEN = re.compile(r"\bno\.(?=\s*\d)|[^\W_]+(?:['’][^\W_]+)?|\?+|[^\w\s]")
_ENDS = frozenset({";", ",", "(", ")", "[", "]", "|", "but", "however", "although", "except"})
_DASHES = frozenset({"-", "–", "—"})
_OPENING = _DASHES | {"(", "["}
_SENTENCE = frozenset({";", "."})
_ALONE = frozenset({"no", "not", "none", "never", "nil", "denied"})
_CLOSING = frozenset({"by", "on", "in", "per", "after", "since", "and"})
_ADJECTIVE = re.compile(r"(?:ic|al|ed|ous|ive|ent|ant|ar|ary)$")
_FEW = 3  # words that may follow in a clause that is a cue and no more
_LONGEST = 1000  # characters that are looked at


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
    phrase: Phrase
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
    if not any(t.text in phrases() or t.text[0] == "?" for t in tokens):
        whole = lower.strip()
        return Asserted(whole, whole, "")
    said = [Said.STATED] * len(tokens)
    clauses = _clauses(lower, tokens)
    for number, (start, end) in enumerate(clauses):
        for cue in _cues(tokens, start, end):
            _turn(cue, number, clauses, tokens, said)
    return Asserted(
        _kept(lower, tokens, said, {Said.STATED, Said.PAST}),
        _kept(lower, tokens, said, {Said.STATED}),
        _kept(lower, tokens, said, {Said.DOUBTED}),
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
            yield _cue(Said.ABSENT, "back", at)
        else:
            found = [
                phrase
                for phrase in phrases().get(tokens[at].text, ())
                if _stands(phrase.words, tokens, at, end)
                and _may_stand(phrase, tokens, at, start, end)
            ]
            taken = max((len(phrase.words) for phrase in found), default=1)
            longest = [phrase for phrase in found if len(phrase.words) == taken]
            yield from (_Cue(phrase, at, at + taken) for phrase in _fitting(longest, at, start))
        at += taken


def _cue(said: Said, side: str, at: int) -> _Cue:
    return _Cue(Phrase((), said, side, _LONGEST, spares=False), at, at + 1)


def _stands(words: Sequence[str], tokens: list[_Token], at: int, end: int) -> bool:
    """Whether words stand at a token, before the end."""
    return at + len(words) <= end and all(
        token.text == word for token, word in zip(tokens[at:end], words, strict=False)
    )


def _may_stand(phrase: Phrase, tokens: list[_Token], at: int, start: int, end: int) -> bool:
    if phrase.side == "alone":
        return at == start and at + len(phrase.words) == end
    return phrase.side != "first" or at == 0 or tokens[at - 1].text in _SENTENCE


def _fitting(found: list[Phrase], at: int, start: int) -> list[Phrase]:
    """What opens a clause turns round what follows, what comes later what stands before it."""
    if {"on", "back"} <= {phrase.side for phrase in found}:
        keep = "on" if at == start else "back"
        return [phrase for phrase in found if phrase.side in (keep, "here")]
    return found


def _asked(tokens: list[_Token], at: int, start: int, end: int) -> _Cue:
    """A question mark doubts what it is written to ("?CKD 4", "CKD 4?"), else what follows."""
    after = at > start and tokens[at - 1].end == tokens[at].start
    return _cue(Said.DOUBTED, "back" if after or at + 1 == end else "on", at)


def _turn(
    cue: _Cue, number: int, clauses: list[tuple[int, int]], tokens: list[_Token], said: list[Said]
) -> None:
    phrase = cue.phrase
    if phrase.said is None:
        return
    start, end = clauses[number]
    first, last = cue.first, cue.last
    if phrase.side == "alone":
        first, last = _beside(cue, number, clauses, tokens)
    elif phrase.side == "back":
        first = _back(start, cue.first, tokens)
    elif phrase.side != "here":
        last = _reach(cue, number, clauses, tokens)
    is_alone = cue.first == start and _is_all(cue, end, tokens)
    if number and is_alone and phrase.side not in ("here", "alone"):
        first = _back(*clauses[number - 1], tokens)  # "AKI, ruled out"
    for at in range(max(first, cue.first - phrase.most), min(last, cue.last + phrase.most)):
        said[at] = max(said[at], phrase.said)


def _is_all(cue: _Cue, end: int, tokens: list[_Token]) -> bool:
    """Whether a clause says no more than the cue: "resolved", "ruled out by biopsy"."""
    if cue.last == end:
        return True
    following = tokens[cue.last].text
    return following.isdigit() or (following in _CLOSING and end - cue.last <= _FEW)


def _beside(
    cue: _Cue, number: int, clauses: list[tuple[int, int]], tokens: list[_Token]
) -> tuple[int, int]:
    """The clause that a relative alone tells of: "Dialysis (mother)", "Mother - dialysis"."""
    if any(start < end for start, end in clauses[:number]):
        return _back(*clauses[number - 1], tokens), cue.last
    is_opened = cue.last < len(tokens) and tokens[cue.last].text in _OPENING | {")", "]"}
    return cue.first, clauses[number + 1][1] if is_opened else cue.last


def _back(start: int, end: int, tokens: list[_Token]) -> int:
    """From where a cue turns round what comes before it: the last disease of the clause."""
    for at in range(end - 1, start, -1):
        if tokens[at].text == "with":
            return at + 1
        if _is_other(tokens, start, at, end):
            return at
    return start


def _reach(cue: _Cue, number: int, clauses: list[tuple[int, int]], tokens: list[_Token]) -> int:
    """How far a cue turns round what follows: its clause, and a list that it opens.

    "No AKI, CKD or dialysis" denies all three; of relatives the rest of the sentence is told.
    """
    is_list = cue.phrase.side == "list"
    last = clauses[number][1]
    if not is_list:
        stop = _stop(cue.last, last, tokens, spares=cue.phrase.spares)
        if stop < last:
            return stop
    for start, end in clauses[number + 1 :]:
        between = tokens[start - 1].text
        if between in _DASHES and is_list and cue.last == start - 1:
            last = end  # "Family history - dialysis"
            continue
        if between in _SENTENCE or between not in (",", "/"):
            break
        if not is_list and not (cue.phrase.said is Said.ABSENT and _has_or(tokens, start)):
            break
        last = end if is_list else _stop(start, end, tokens, spares=False)
        if last < end:
            break
    return last


def _stop(start: int, end: int, tokens: list[_Token], *, spares: bool) -> int:
    """Before which token what follows a cue ends: "in", "due to", or the name of another disease.

    What comes first is what the cue is of ("not in kidney failure"), unless it `spares` it.
    """
    for at in range(start, end):
        if at > start and _has(bounds().ends, tokens, at, end):
            return at
        is_other = (
            at > start and _begins(tokens, at, end) and not _is_joined(tokens, start, at, end)
        )
        if _has(bounds().begins, tokens, at, end) if spares else is_other:
            return at
    return end


def _is_other(tokens: list[_Token], start: int, at: int, end: int) -> bool:
    return _begins(tokens, at, end) and not _is_joined(tokens, start, at, end)


def _begins(tokens: list[_Token], at: int, end: int) -> bool:
    return _has(bounds().begins, tokens, at, end) or _has(bounds().treats, tokens, at, end)


def _has(
    held: Mapping[str, tuple[tuple[str, ...], ...]], tokens: list[_Token], at: int, end: int
) -> bool:
    return any(_stands(words, tokens, at, end) for words in held.get(tokens[at].text, ()))


def _is_joined(tokens: list[_Token], start: int, at: int, end: int) -> bool:
    """Whether the name of a disease goes with what stands before it: "chronic", "AKI or"."""
    before = tokens[at - 1].text
    if at == start or _ADJECTIVE.search(before):
        return True
    if before in ("and", "&"):
        return any(_begins(tokens, each, end) for each in range(start, at))
    return any(
        at - len(words) >= start and _stands(words, tokens, at - len(words), at)
        for words in bounds().joins.get(before, ())
    )


def _has_or(tokens: list[_Token], start: int) -> bool:
    """Whether names are joined by "or" in what follows; "stage 4 or 5" joins none."""
    return any(
        tokens[at].text in ("or", "nor") and not tokens[at - 1].text[-1].isdigit()
        for at in range(start + 1, _sentence_end(start, tokens))
    )


def _sentence_end(start: int, tokens: list[_Token]) -> int:
    ends = (at for at in range(start, len(tokens)) if tokens[at].text in _SENTENCE)
    return next(ends, len(tokens))


def _kept(text: str, tokens: list[_Token], said: list[Said], wanted: set[Said]) -> str:
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
